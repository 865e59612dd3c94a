//! Exact arithmetic, held to arithmetic with whole numbers.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::print;
use crate::value::{Arena, Decimal, Number, Rounding, Value, same};

#[test]
fn computed_numbers_are_written_in_the_usual_notation() {
    let arena = &Arena::new();
    let table: &[(&str, &str)] = &[
        ("1e18", "1000000000000000000"),
        ("1e19", "10000000000000000000"),
        ("12.50", "12.5"),
        ("-0.000050", "-0.00005"),
        ("0.0000012", "1.2e-6"),
        ("1e40", "1e40"),
        ("-1.20e300", "-1.2e300"),
        ("0.00", "0"),
        ("12345678901234567890.01", "12345678901234567890.01"),
    ];
    for (text, written) in table {
        let exact = Number::Literal(text).decimal().expect("few digits");
        assert_eq!(print(Value::Number(Number::from_decimal(exact, arena))), *written, "{text}");
    }
}

/// A number as its digits and its exponent, and a text of it.
fn any_decimal() -> impl Strategy<Value = (i128, u32, String)> {
    (any::<i32>(), 0_u32..12, 0_usize..4, 0_u32..4).prop_map(|(digits, places, spelling, zeros)| {
        let (number, sign) = (i128::from(digits), if digits < 0 { "-" } else { "" });
        let digits = number.unsigned_abs();
        let text = match spelling {
            0 => format!("{sign}{digits}e-{places}"),
            1 => format!("{sign}{digits}.{}E-{places}", "0".repeat(zeros as usize + 1)),
            2 => format!("{sign}{}e-{}", digits * 10_u128.pow(zeros), places + zeros),
            _ => format!("{sign}0.{digits:010}e{}", 10 - i64::from(places)),
        };
        (number, places, text)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2000, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn decimals_compute_as_whole_numbers_do(left in any_decimal(), right in any_decimal()) {
        let arena = &Arena::new();
        let places = left.1.max(right.1);
        let whole = |number: &(i128, u32, String)| number.0 * 10_i128.pow(places - number.1);
        let (one, other) = (whole(&left), whole(&right));
        let (left, right) = (Number::Literal(&left.2), Number::Literal(&right.2));
        prop_assert_eq!(left.compare(right), Some(one.cmp(&other)));
        prop_assert_eq!(same(Value::Number(left), Value::Number(right), arena), one == other);
        let (exact, operand) = (left.decimal().expect("few digits"), right.decimal().expect("few digits"));
        let equals = |result: Option<Decimal>, expected: i128, places: u32| {
            let number = Number::from_decimal(result.expect("few digits"), arena);
            same(Value::Number(number), Value::Number(Number::Literal(arena.alloc_str(&format!("{expected}e-{places}")))), arena)
        };
        prop_assert!(equals(exact.add(operand), one + other, places));
        prop_assert!(equals(exact.multiply(operand), one * other, places * 2));
        if other != 0 {
            let (quotient, rest) = exact.divide_whole(operand).expect("few digits");
            prop_assert!(equals(Some(quotient), one.div_euclid(other) - i128::from(other < 0 && one.rem_euclid(other) != 0), 0));
            let product = quotient.multiply(operand).and_then(|product| product.add(rest));
            prop_assert!(equals(product, one, places));
        }
        for digits in 0..4_u32 {
            let (unit, half) = (10_i128.pow(12), 10_i128.pow(12) / 2);
            // The number in units of 10^-(digits + 12), rounded to whole units of 10^-digits.
            let scaled = one * 10_i128.pow(12 + digits) ;
            let scaled = scaled / 10_i128.pow(places.min(12 + digits)) ;
            if places <= 12 + digits {
                let rounded = (scaled.abs() + half) / unit * scaled.signum();
                prop_assert!(equals(left.rounded(i64::from(digits), Rounding::Nearest), rounded, digits));
                prop_assert!(equals(left.rounded(i64::from(digits), Rounding::Down), scaled.div_euclid(unit), digits));
            }
        }
    }
}
