//! How cost grows: with the number of rules when a mapping is loaded and when a rule is chosen, with the size of an
//! event, the length of a list, the number of mapped values. In the last column a doubling that costs twice as much
//! is 2.00: what is above 2.00 in line after line is no straight line.
//!
//! ```text
//! cargo bench --bench growth [-- --smoke] [--rounds N] [--only WORD]
//! ```
//! That it runs: `cargo test --bench growth`, which needs no release build.

#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a bench reads files, measures and prints"
)]

mod curve;
#[path = "../measure/mod.rs"]
#[expect(dead_code, reason = "the other benches use the rest of it")]
mod measure;
mod shape;
mod work;

use curve::Curve;
use measure::Arguments;
use work::{Work, loads, maps, rotates};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments = Arguments::read();
    let rounds = arguments.number("--rounds", 1, 15);
    let only = arguments.text("--only", "");
    // A smoke run takes the two smallest of each.
    let sizes = |all: &[usize]| -> Vec<usize> {
        all.iter().copied().take(if arguments.smoke { 2 } else { all.len() }).collect()
    };
    let curve = |title: String, unit: &'static str, works: &dyn Fn() -> Vec<(usize, Work)>| {
        if title.contains(&only) {
            let mut curve = Curve::new(title, unit, works());
            curve.measure(rounds, !arguments.smoke);
            println!("{curve}");
        }
    };

    for name in ["customerio", "customerio_upstream"] {
        curve(format!("loading mappings/{name}.yaml"), "file", &|| vec![(1, loads(name, None))]);
    }
    for (title, mapping) in shape::LOADED {
        curve(format!("loading: {title}"), "rule", &|| {
            let counts = sizes(&[10, 100, 1000, 10_000]);
            counts.into_iter().map(|count| (count, loads("generated", Some(mapping(count))))).collect()
        });
    }
    for (title, mapping) in shape::CHOSEN {
        curve(format!("choosing: {title}"), "rule", &|| {
            let counts = sizes(&[10, 100, 1000]);
            let works =
                counts.into_iter().map(|count| (count, maps(&mapping(count), shape::chosen_event(), 100)));
            works.collect()
        });
    }
    for (title, body, event) in shape::SIZED {
        curve(format!("event size: {title}"), "byte", &|| {
            let events = sizes(&[1_000, 10_000, 100_000, 1_000_000]).into_iter().map(event);
            events.map(|event| (event.len(), maps(&shape::body(body), event, 0))).collect()
        });
    }
    for (title, rest) in shape::LISTED {
        curve(format!("list length: {title}"), "element", &|| {
            let lengths = sizes(&[10, 100, 1000, 10_000]).into_iter();
            let mapping = shape::request(rest);
            lengths.map(|length| (length, maps(&mapping, shape::products(length), length * 2))).collect()
        });
    }
    for (title, capacity) in [("all kept", 1024), ("16 kept", 16)] {
        curve(format!("configurations of envelopes in rotation: {title}"), "configuration", &|| {
            let counts = sizes(&[16, 17, 100, 1000]).into_iter();
            counts.map(|count| (count, rotates(count, capacity))).collect()
        });
    }
    for (title, mapping, event) in shape::MAPPED {
        curve(format!("mapped values: {title}"), "value", &|| {
            let counts = sizes(&[10, 30, 60, 100, 300, 1000]).into_iter();
            counts.map(|count| (count, maps(&mapping(count), event(count), count * 8))).collect()
        });
    }
}
