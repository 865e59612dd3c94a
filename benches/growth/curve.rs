//! A curve: works of several sizes, timed in turns, and how the cost grows from one to the next.

#![expect(clippy::cast_precision_loss, reason = "figures for people")]

use std::fmt;
use std::time::{Duration, Instant};

use crate::measure::median;
use crate::work::Work;

/// One measurement takes at least so long, so that the clock's own steps do not count, and not much longer, so that
/// other programs seldom come in between.
const LEAST: Duration = Duration::from_micros(300);

/// Works of several sizes.
pub(crate) struct Curve {
    title: String,
    unit: &'static str,
    points: Vec<Point>,
}

struct Point {
    size: usize,
    work: Work,
    /// How often the work is done for one measurement.
    passes: u32,
    /// Seconds for one pass: the middle round and the quickest.
    seconds: (f64, f64),
}

impl Curve {
    /// Works with their sizes, counted in `unit`.
    pub(crate) fn new(title: String, unit: &'static str, works: Vec<(usize, Work)>) -> Self {
        let point = |(size, work)| Point { size, work, passes: 1, seconds: (0.0, 0.0) };
        Self { title, unit, points: works.into_iter().map(point).collect() }
    }

    /// Times all works, one after another in each round.
    pub(crate) fn measure(&mut self, rounds: usize, thorough: bool) {
        for point in &mut self.points {
            while thorough && time(point) * f64::from(point.passes) < LEAST.as_secs_f64() {
                point.passes *= 2;
            }
        }
        let mut times = vec![Vec::new(); self.points.len()];
        for _ in 0..rounds {
            for (point, times) in self.points.iter_mut().zip(&mut times) {
                times.push(time(point));
            }
        }
        for (point, times) in self.points.iter_mut().zip(times) {
            let quickest = times.iter().copied().fold(f64::INFINITY, f64::min);
            point.seconds = (median(times), quickest);
        }
    }
}

fn time(point: &mut Point) -> f64 {
    let start = Instant::now();
    for _ in 0..point.passes {
        (point.work)();
    }
    start.elapsed().as_secs_f64() / f64::from(point.passes)
}

/// Cost and growth are told of the quickest rounds: other programs only add.
impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        let (units, rate) = (format!("{}s", self.unit), format!("ns/{}", self.unit));
        let [median, quickest, first, doubling] = ["median µs", "quickest µs", "to the first", "a doubling"];
        writeln!(f, "{units:>10} {median:>12} {quickest:>12} {rate:>12} {first:>12} {doubling:>12}")?;
        for (at, point) in self.points.iter().enumerate() {
            let (size, (median, seconds)) = (point.size as f64, point.seconds);
            write!(f, "{:>10} {:>12.2} {:>12.2}", point.size, median * 1e6, seconds * 1e6)?;
            write!(f, " {:>12.2} {:>12.2}", seconds * 1e9 / size, seconds / self.points[0].seconds.1)?;
            if let Some(before) = at.checked_sub(1).map(|before| &self.points[before]) {
                let doublings = (size / before.size as f64).log2();
                write!(f, " {:>12.2}", (seconds / before.seconds.1).powf(1.0 / doublings))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
