//! The one place where text becomes a token, so that no text of a document can panic or break out.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::ir;

/// An identifier. Text that is none becomes one: the letters, digits and underscores it holds.
pub(super) fn ident(text: &str) -> Ident {
    let mut clean: String = text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    if clean.is_empty() || clean == "_" || clean.starts_with(|c: char| c.is_ascii_digit()) {
        clean.insert_str(0, "n_");
    }
    // The text is a non-empty ASCII word here, which never panics.
    #[allow(clippy::disallowed_methods)]
    Ident::new(&clean, Span::call_site())
}

/// A string literal.
pub(super) fn string(text: &str) -> Literal {
    Literal::string(text)
}

/// An index.
pub(super) fn index(value: usize) -> Literal {
    Literal::usize_unsuffixed(value)
}

/// A whole number with `_` between thousands, when the text is one that fits `i64`.
pub(super) fn integer(text: &str) -> Option<TokenStream> {
    let value: i64 = text.parse().ok()?;
    let digits = group_digits(value.unsigned_abs());
    let literal: Literal = digits.parse().ok()?;
    Some(if value < 0 { quote!(-#literal) } else { quote!(#literal) })
}

/// A floating point number, when the text is a finite one.
pub(super) fn float(text: &str) -> Option<TokenStream> {
    let value: f64 = text.parse().ok()?;
    if !value.is_finite() {
        return None;
    }
    // Finite, and the sign is a token of its own: no panic.
    #[allow(clippy::disallowed_methods)]
    let literal = Literal::f64_unsuffixed(value.abs());
    Some(if value.is_sign_negative() { quote!(-#literal) } else { quote!(#literal) })
}

/// A scalar constant as an expression that borrows nothing but statics; `None` for lists, objects and null.
pub(super) fn constant(literal: &ir::Literal) -> Option<TokenStream> {
    match literal {
        ir::Literal::Bool(value) => Some(quote!(#value)),
        ir::Literal::Number(text) => integer(text).or_else(|| float(text)),
        ir::Literal::String(text) => {
            let text = string(text);
            Some(quote!(#text))
        }
        ir::Literal::Null | ir::Literal::List(_) | ir::Literal::Object(_) => None,
    }
}

/// `1000000` as `1_000_000`.
pub(super) fn group_digits(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() >= 5 && (digits.len() - at).is_multiple_of(3) {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_an_identifier() {
        for text in ["", "_", "2fa", "日本", "a b", "*/", "r#type", "\u{202e}"] {
            assert!(syn::parse_str::<syn::Ident>(&ident(text).to_string()).is_ok(), "{text:?}");
        }
        assert_eq!(ident("charge_id").to_string(), "charge_id");
    }

    #[test]
    fn literals_keep_their_quotes() {
        let text = "\"; fn x() {} // \u{202e}\n*/";
        let printed = string(text).to_string();
        assert!(!printed.contains('\n') && !printed.contains('\u{202e}'), "{printed}");
        assert_eq!(syn::parse_str::<syn::LitStr>(&printed).unwrap().value(), text);
    }

    #[test]
    fn numbers() {
        let print = |tokens: Option<TokenStream>| tokens.map(|t| t.to_string().replace(' ', ""));
        assert_eq!(print(integer("100000")).as_deref(), Some("100_000"));
        assert_eq!(print(integer("-9223372036854775808")).as_deref(), Some("-9_223_372_036_854_775_808"));
        assert_eq!(print(integer("2000")).as_deref(), Some("2000"));
        assert!(integer("1e400").is_none() && float("1e400").is_none());
        assert_eq!(print(float("-0.5")).as_deref(), Some("-0.5"));
    }
}
