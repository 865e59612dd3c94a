//! Arithmetic in templates: exact, or refused.

use bumpalo::collections::{String, Vec};

use crate::template::comparison::{Evaluated, RenderError, word};
use crate::template::program::Arithmetic;
use crate::value::{Arena, Decimal, Number, Value, View};

/// Largest exponent of `**`.
const MAX_POWER: i64 = 1000;

/// The result of an operation on two numbers; `+` also joins two texts or two lists.
pub(super) fn compute<'a>(
    operation: Arithmetic,
    left: Option<Value<'a>>,
    right: Option<Value<'a>>,
    arena: &'a Arena,
) -> Evaluated<Value<'a>> {
    let sign = operation.sign();
    let (Some(left), Some(right)) = (left, right) else {
        return Err(RenderError(format!("`{sign}` needs two numbers, and one is missing")));
    };
    match (operation, left.view(arena), right.view(arena)) {
        (_, View::Number(left), View::Number(right)) => {
            if matches!(operation, Arithmetic::Divide | Arithmetic::DivideWhole | Arithmetic::Remainder)
                && right.compare(Number::Int(0)).is_none_or(std::cmp::Ordering::is_eq)
            {
                return Err(RenderError(format!("`{sign}` cannot divide by zero")));
            }
            let result = numbers(operation, left, right, arena);
            result.map(Value::Number).ok_or_else(|| {
                RenderError(format!("`{sign}` cannot compute this exactly: it has more than 38 digits"))
            })
        }
        (Arithmetic::Add, View::Text(left), View::Text(right)) => {
            let mut text = String::with_capacity_in(left.len() + right.len(), arena);
            text.push_str(left);
            text.push_str(right);
            Ok(Value::Text(text.into_bump_str()))
        }
        (Arithmetic::Add, View::List(left), View::List(right)) => {
            Ok(Value::List(Vec::from_iter_in(left.iter().chain(right.iter()), arena).into_bump_slice()))
        }
        (Arithmetic::Add, View::Text(_), _) | (Arithmetic::Add, _, View::Text(_)) => Err(RenderError(
            "`+` needs two numbers or two texts; join them with `~`, or convert one with `| number`"
                .to_owned(),
        )),
        (_, View::Number(_), other) | (_, other, _) => Err(RenderError(format!(
            "`{sign}` needs two numbers, not {}; convert it with `| number`",
            word(other)
        ))),
    }
}

/// The number with the other sign.
pub(super) fn negate<'a>(value: Option<Value<'a>>, arena: &'a Arena) -> Evaluated<Value<'a>> {
    let Some(View::Number(number)) = value.map(|value| value.view(arena)) else {
        return Err(RenderError("`-` needs a number; convert the value with `| number`".to_owned()));
    };
    let negated = number.decimal().and_then(Decimal::negate);
    let negated = negated.map(|exact| Value::Number(Number::from_decimal(exact, arena)));
    negated
        .ok_or_else(|| RenderError("`-` cannot compute this exactly: it has more than 38 digits".to_owned()))
}

fn numbers<'a>(
    operation: Arithmetic,
    left: Number<'a>,
    right: Number<'a>,
    arena: &'a Arena,
) -> Option<Number<'a>> {
    let exact = |result: Decimal| Number::from_decimal(result, arena);
    let (one, other) = (left.decimal()?, right.decimal()?);
    match operation {
        Arithmetic::Add => one.add(other).map(exact),
        Arithmetic::Subtract => one.add(other.negate()?).map(exact),
        Arithmetic::Multiply => one.multiply(other).map(exact),
        Arithmetic::DivideWhole => Some(exact(one.divide_whole(other)?.0)),
        Arithmetic::Remainder => Some(exact(one.divide_whole(other)?.1)),
        Arithmetic::Power => power(one, other.as_i64()?).map(exact),
        // The nearest double stands for a quotient whose digits do not end.
        Arithmetic::Divide => one.divide(other).map(exact).or_else(|| {
            let few_digits = left.fits_a_double() && right.fits_a_double();
            few_digits.then(|| Number::from_f64(left.as_f64() / right.as_f64()))?
        }),
    }
}

fn power(base: Decimal, exponent: i64) -> Option<Decimal> {
    let one = Number::Int(1).decimal()?;
    (0..=MAX_POWER).contains(&exponent).then_some(())?;
    (0..exponent).try_fold(one, |power, _| power.multiply(base))
}
