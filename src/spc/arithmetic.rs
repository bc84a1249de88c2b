//! Means and medians that hold also where a plain sum would be too large.

/// The mean of some figures; those too large to be summed are divided first. `None` without any, or when no figure
/// is large enough to hold it.
pub fn average(figures: &[f64]) -> Option<f64> {
    share(figures.iter().sum(), figures.len())
        .or_else(|| {
            let number = float(figures.len());
            Some(figures.iter().map(|figure| figure / number).sum()).filter(|mean: &f64| mean.is_finite())
        })
        .filter(|_| !figures.is_empty())
}

/// A sum divided by a number of figures; `None` when that is no finite figure.
fn share(sum: f64, number: usize) -> Option<f64> {
    Some(sum / float(number)).filter(|mean| mean.is_finite())
}

/// The middle of some figures, or the mean of the two in the middle.
pub fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_unstable_by(f64::total_cmp);
    let half = figures.len() / 2;
    let upper = *figures.get(half)?;
    let middle = if figures.len().is_multiple_of(2) { figures[half - 1] / 2.0 + upper / 2.0 } else { upper };
    Some(middle).filter(|middle| middle.is_finite())
}

/// A count as a figure to compute with.
pub fn float(count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a series has far fewer than 2^52 values")]
    let figure = count as f64;
    figure
}
