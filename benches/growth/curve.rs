//! A growth curve: the same work at several sizes, timed in turns.

#![expect(clippy::cast_precision_loss, reason = "precision is irrelevant for displayed figures")]

use std::fmt;
use std::time::{Duration, Instant};

use crate::measure::median;
use crate::work::Work;

/// Minimum duration of one measurement: long enough for the resolution of the clock, and short enough that it is rarely
/// interrupted by other programs.
const MIN_DURATION: Duration = Duration::from_micros(300);

/// The same work at several sizes.
pub(crate) struct Curve {
    title: String,
    unit: &'static str,
    points: Vec<Point>,
}

struct Point {
    size: usize,
    work: Work,
    /// How often the work is repeated in one measurement.
    passes: u32,
    /// Seconds per pass: the median and the minimum of all rounds.
    seconds: (f64, f64),
}

impl Curve {
    /// A curve from the sizes, counted in `unit`, and the work for each.
    pub(crate) fn new(title: String, unit: &'static str, works: Vec<(usize, Work)>) -> Self {
        let point = |(size, work)| Point { size, work, passes: 1, seconds: (0.0, 0.0) };
        Self { title, unit, points: works.into_iter().map(point).collect() }
    }

    /// Times the work of every size once per round. `thorough` repeats short work until it reaches the minimum duration.
    pub(crate) fn measure(&mut self, rounds: usize, thorough: bool) {
        for point in &mut self.points {
            while thorough && time(point) * f64::from(point.passes) < MIN_DURATION.as_secs_f64() {
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
            let minimum = times.iter().copied().fold(f64::INFINITY, f64::min);
            point.seconds = (median(times), minimum);
        }
    }
}

/// Seconds per pass in one measurement.
fn time(point: &mut Point) -> f64 {
    let start = Instant::now();
    for _ in 0..point.passes {
        (point.work)();
    }
    start.elapsed().as_secs_f64() / f64::from(point.passes)
}

/// A table. Cost and growth are computed from the minimum times, since other programs can only add to a measurement.
impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        let (units, rate) = (format!("{}s", self.unit), format!("ns/{}", self.unit));
        let [median, minimum, first, doubling] = ["median µs", "minimum µs", "vs first", "per doubling"];
        writeln!(f, "{units:>10} {median:>12} {minimum:>12} {rate:>12} {first:>12} {doubling:>12}")?;
        for (index, point) in self.points.iter().enumerate() {
            let (size, (median, seconds)) = (point.size as f64, point.seconds);
            write!(f, "{:>10} {:>12.2} {:>12.2}", point.size, median * 1e6, seconds * 1e6)?;
            write!(f, " {:>12.2} {:>12.2}", seconds * 1e9 / size, seconds / self.points[0].seconds.1)?;
            if let Some(previous) = index.checked_sub(1).map(|previous| &self.points[previous]) {
                let doublings = (size / previous.size as f64).log2();
                write!(f, " {:>12.2}", (seconds / previous.seconds.1).powf(1.0 / doublings))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
