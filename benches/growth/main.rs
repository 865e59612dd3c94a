//! Measures how cost grows: with the number of rules when a mapping is loaded and when a rule is selected, with the size
//! of an event, the length of a list, and the number of mapped values. The last column is the factor by which the time
//! grows when the size doubles: 2.00 is linear, and consistently larger factors are superlinear.
//!
//! ```text
//! cargo bench --bench growth [-- --smoke] [--rounds N] [--only WORD]
//! ```
//! `cargo test --bench growth` checks that the bench runs, without a release build.

#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a bench reads files, measures and prints"
)]

mod curve;
#[path = "../measure/mod.rs"]
#[expect(dead_code, reason = "the other benches use the rest")]
mod measure;
mod shape;
mod work;

use curve::Curve;
use measure::Arguments;
use work::{Work, load, map, rotate};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments = Arguments::read();
    let rounds = arguments.number("--rounds", 1, 15);
    let only = arguments.text("--only", "");
    // A smoke run uses only the two smallest sizes.
    let sizes = |sizes: &[usize]| -> Vec<usize> {
        sizes.iter().copied().take(if arguments.smoke { 2 } else { sizes.len() }).collect()
    };
    let curve = |title: String, unit: &'static str, works: &dyn Fn() -> Vec<(usize, Work)>| {
        if title.contains(&only) {
            let mut curve = Curve::new(title, unit, works());
            curve.measure(rounds, !arguments.smoke);
            println!("{curve}");
        }
    };

    for name in ["customerio", "customerio_upstream"] {
        curve(format!("loading mappings/{name}.yaml"), "file", &|| vec![(1, load(name, None))]);
    }
    for (title, mapping) in shape::LOADING {
        curve(format!("loading: {title}"), "rule", &|| {
            let counts = sizes(&[10, 100, 1000, 10_000]);
            counts.into_iter().map(|count| (count, load("generated", Some(mapping(count))))).collect()
        });
    }
    for (title, mapping) in shape::SELECTION {
        curve(format!("selecting a rule: {title}"), "rule", &|| {
            let counts = sizes(&[10, 100, 1000]);
            let works =
                counts.into_iter().map(|count| (count, map(&mapping(count), shape::selected_event(), 100)));
            works.collect()
        });
    }
    for (title, body, event) in shape::EVENT_SIZES {
        curve(format!("event size: {title}"), "byte", &|| {
            let events = sizes(&[1_000, 10_000, 100_000, 1_000_000]).into_iter().map(event);
            events.map(|event| (event.len(), map(&shape::body(body), event, 0))).collect()
        });
    }
    for (title, rest) in shape::LISTS {
        curve(format!("list length: {title}"), "element", &|| {
            let lengths = sizes(&[10, 100, 1000, 10_000]).into_iter();
            let mapping = shape::request(rest);
            lengths.map(|length| (length, map(&mapping, shape::products(length), length * 2))).collect()
        });
    }
    for (title, capacity) in [("all kept", 64 << 20), ("few kept", 64 << 10)] {
        curve(format!("configurations of envelopes in rotation: {title}"), "configuration", &|| {
            let counts = sizes(&[16, 17, 100, 1000]).into_iter();
            counts.map(|count| (count, rotate(count, capacity))).collect()
        });
    }
    for (title, mapping, event) in shape::VALUES {
        curve(format!("mapped values: {title}"), "value", &|| {
            let counts = sizes(&[10, 30, 60, 100, 300, 1000]).into_iter();
            counts.map(|count| (count, map(&mapping(count), event(count), count * 8))).collect()
        });
    }
}
