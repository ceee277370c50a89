//! Bounds of integers: openapiv3 turns what is not an i64 into a float, so those are kept as written under `x-` keys.

use serde_json::Value;

use super::{Context, Object};

/// Brings `3.0` to `3` and moves what no i64 holds to `x-minimum`, `x-maximum` and `x-multipleOf`.
pub(super) fn repair(object: &mut Object, at: &str, context: &mut Context<'_>) {
    if object.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    for key in ["minimum", "maximum", "multipleOf"] {
        let Some(Value::Number(number)) = object.get(key) else { continue };
        if number.is_i64() {
            continue;
        }
        match number.as_f64().and_then(whole) {
            Some(whole) if !number.is_u64() => {
                object.insert(key.to_owned(), whole.into());
            }
            _ => context.rename(object, at, key, &format!("x-{key}")),
        }
    }
}

/// A float as the integer it stands for, where that is exact.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::schema;

    #[test]
    fn integers_keep_their_bounds() {
        assert_eq!(
            schema(
                json!({"type": "integer", "minimum": 1.0, "maximum": 18_446_744_073_709_551_615_u64, "multipleOf": 0.5})
            ),
            json!({"type": "integer", "minimum": 1, "x-maximum": 18_446_744_073_709_551_615_u64, "x-multipleOf": 0.5})
        );
    }
}
