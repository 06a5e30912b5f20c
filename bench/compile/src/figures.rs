//! Minimum, median and maximum, rounded for print.

use serde_json::{Value, json};

/// A number with this many digits after the point.
pub(crate) fn round(value: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    (value * scale).round() / scale
}

/// The middle one, the upper of two.
pub(crate) fn median(values: &[f64]) -> f64 {
    let sorted = sorted(values);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Minimum, median and maximum of times.
pub(crate) fn of_times(seconds: &[f64], digits: i32, unit: impl Fn(f64) -> f64) -> Value {
    let sorted = sorted(seconds);
    let value = |at: usize| sorted.get(at).map(|seconds| round(unit(*seconds), digits));
    json!({ "min": value(0), "median": value(sorted.len() / 2), "max": value(sorted.len().saturating_sub(1)) })
}

/// Minimum, median and maximum of what was done per second; the shortest time is the highest rate.
pub(crate) fn of_rates(seconds: &[f64], digits: i32, amount: f64) -> Value {
    let sorted = sorted(seconds);
    let value = |at: usize| sorted.get(at).map(|seconds| round(amount / seconds, digits));
    json!({ "min": value(sorted.len().saturating_sub(1)), "median": value(sorted.len() / 2), "max": value(0) })
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_rate_is_that_of_the_shortest_time() {
        let rates = of_rates(&[2.0, 0.5, 1.0], 1, 10.0);
        assert_eq!(rates, json!({ "min": 5.0, "median": 10.0, "max": 20.0 }));
        assert_eq!(
            of_times(&[2.0, 0.5, 1.0], 0, |s| s * 1e3),
            json!({ "min": 500.0, "median": 1000.0, "max": 2000.0 })
        );
        assert_eq!(median(&[3.0, 1.0]), 3.0);
    }
}
