//! OpenAPI's table of styles, with its own examples: `blue`, `[blue, black, brown]`, `{R: 100, G: 200, B: 150}`.

use serde_json::{Value, json};

use crate::bodies::sent;
use crate::runtime::{Error, Style};

async fn path(style: Style, value: Value) -> Result<String, Error> {
    let seen = sent(move |call| call.path("arg", style, &value)).await?;
    Ok(seen.head.uri.path().strip_prefix("/p/").unwrap().strip_suffix("/end").unwrap().to_owned())
}

async fn query(style: Style, value: Value) -> Option<String> {
    let seen = sent(move |call| call.query("color", style, &value)).await.unwrap();
    seen.head.uri.query().map(str::to_owned)
}

fn blue() -> Value {
    json!("blue")
}

fn colors() -> Value {
    json!(["blue", "black", "brown"])
}

fn rgb() -> Value {
    serde_json::from_str(r#"{"R":100,"G":200,"B":150}"#).unwrap()
}

#[tokio::test]
async fn paths() {
    for (style, one, list, object) in [
        (Style::Simple, "blue", "blue,black,brown", "R,100,G,200,B,150"),
        (Style::SimpleExplode, "blue", "blue,black,brown", "R=100,G=200,B=150"),
        (Style::Label, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
        (Style::LabelExplode, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
        (Style::Matrix, ";arg=blue", ";arg=blue,black,brown", ";arg=R,100,G,200,B,150"),
        (Style::MatrixExplode, ";arg=blue", ";arg=blue;arg=black;arg=brown", ";R=100;G=200;B=150"),
    ] {
        assert_eq!(path(style, blue()).await.unwrap(), one, "{style:?}");
        assert_eq!(path(style, colors()).await.unwrap(), list, "{style:?}");
        assert_eq!(path(style, rgb()).await.unwrap(), object, "{style:?}");
    }
}

#[tokio::test]
async fn paths_refuse_what_would_change_them() {
    for style in [Style::Simple, Style::Label, Style::LabelExplode, Style::Matrix] {
        for value in [json!(null), json!(""), json!("."), json!(".."), json!([]), json!({})] {
            assert!(path(style, value.clone()).await.is_err(), "{style:?} {value}");
        }
    }
    assert!(path(Style::Label, json!(["."])).await.is_err(), "`.` and a leading dot make `..`");
    assert!(path(Style::Simple, json!([".."])).await.is_err());
    assert!(path(Style::Simple, json!([""])).await.is_err());
}

#[tokio::test]
async fn queries() {
    for (style, list, object) in [
        (Style::FormExplode, "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
        (Style::Form, "color=blue,black,brown", "color=R,100,G,200,B,150"),
        (Style::SpaceDelimited, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"),
        (Style::PipeDelimited, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"),
        (
            Style::DeepObject,
            "color%5B%5D=blue&color%5B%5D=black&color%5B%5D=brown",
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
        (
            Style::Json,
            "color=%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
            "color=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
        ),
    ] {
        assert_eq!(query(style, colors()).await.as_deref(), Some(list), "{style:?}");
        assert!(style == Style::Json || query(style, blue()).await.as_deref() == Some("color=blue"));
        let object_sent = query(style, rgb()).await.unwrap();
        let sorted = |text: &str| {
            let mut pairs: Vec<String> = text.split('&').map(str::to_owned).collect();
            pairs.sort();
            pairs
        };
        assert_eq!(sorted(&object_sent), sorted(object), "{style:?}");
        assert_eq!(query(style, json!(null)).await, None, "{style:?}");
    }
}

#[tokio::test]
async fn query_encoding_is_exact() {
    let text = query(Style::Form, json!("a b+c&d=e/f?g#h%i~-._,")).await.unwrap();
    assert_eq!(text, "color=a%20b%2Bc%26d%3De%2Ff%3Fg%23h%25i~-._%2C");
    assert_eq!(query(Style::Form, json!(["a,b", "c"])).await.unwrap(), "color=a%2Cb,c");
    assert_eq!(query(Style::Json, json!("a")).await.unwrap(), "color=%22a%22");
    assert_eq!(query(Style::FormExplode, json!(["", 1.5, true])).await.unwrap(), "color=&color=1.5&color=true");
}

#[tokio::test]
async fn reserved_characters_stand_where_they_are_allowed_to() {
    let reserved = |style, value: Value| async move {
        let seen = sent(move |call| call.query_reserved("re", style, &value)).await.unwrap();
        seen.head.uri.query().unwrap().to_owned()
    };
    let all = reserved(Style::FormExplode, json!(":/?#[]@!$&'()*+,;= %41~")).await;
    assert_eq!(all, "re=:/?%23%5B%5D@!$%26%27()*%2B,;=%20%2541~");
    assert_eq!(reserved(Style::Form, json!(["a,b", "c/d"])).await, "re=a%2Cb,c/d", "a comma between items is one");
    assert_eq!(reserved(Style::FormExplode, json!(["a,b", "c/d"])).await, "re=a,b&re=c/d");
    assert_eq!(reserved(Style::DeepObject, json!({"k/": "a/b"})).await, "re%5Bk%2F%5D=a/b", "names are escaped");
}

#[tokio::test]
async fn empty_lists_are_sent_only_where_that_is_allowed() {
    for value in [json!([]), json!({})] {
        for style in [Style::Form, Style::FormExplode, Style::PipeDelimited, Style::DeepObject] {
            assert_eq!(query(style, value.clone()).await, None, "{style:?}");
            let given = value.clone();
            let seen = sent(move |call| call.query_or_empty("color", style, &given)).await.unwrap();
            assert_eq!(seen.head.uri.query(), Some("color="), "{style:?}");
        }
    }
    let seen = sent(|call| {
        call.query_or_empty("none", Style::Form, &None::<i64>)?;
        call.query_or_empty("text", Style::Form, "")?;
        call.query_or_empty("list", Style::Form, &[1])
    });
    assert_eq!(seen.await.unwrap().head.uri.query(), Some("text=&list=1"));
}

#[tokio::test]
async fn deep_objects_nest() {
    let value = json!({"a": {"b": [1, 2]}, "c": null});
    let text = query(Style::DeepObject, value).await.unwrap();
    assert_eq!(text.replace("%5B", "[").replace("%5D", "]"), "color[a][b][]=1&color[a][b][]=2");
}

#[tokio::test]
async fn headers_and_cookies() {
    let seen = sent(|call| {
        call.header("X-One", Style::Simple, "a b,c")?;
        call.header("X-List", Style::Simple, &["a", "b"])?;
        call.header("X-Map", Style::SimpleExplode, &rgb())?;
        call.header("X-None", Style::Simple, &None::<&str>)?;
        call.header("X-Json", Style::Json, &colors())?;
        call.cookie("a", Style::Form, &["x;", "y"])?;
        call.cookie("b", Style::FormExplode, &1)
    })
    .await
    .unwrap();
    assert_eq!(seen.header("x-one"), Some("a b,c"));
    assert_eq!(seen.header("x-list"), Some("a,b"));
    assert_eq!(seen.header("x-map").map(str::len), Some("R=100,G=200,B=150".len()));
    assert_eq!(seen.header("x-none"), None);
    assert_eq!(seen.header("x-json"), Some(r#"["blue","black","brown"]"#));
    assert_eq!(seen.header("cookie"), Some("a=x%3B,y; b=1"));
    let seen = sent(|call| call.header("X-Json", Style::Json, "กา\u{7f} 😀")).await.unwrap();
    assert_eq!(seen.header("x-json"), Some(r#""\u0e01\u0e32\u007f \ud83d\ude00""#));
    assert!(sent(|call| call.header("X-Bad", Style::Simple, "a\nb")).await.is_err());
}
