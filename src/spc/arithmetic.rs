//! Sums of a stretch of values and of the moving ranges inside it, in one pass over memory.

/// How many sums run side by side. Floating point sums may not be put in another order by the compiler, so the
/// order that lets it use wide registers is written down here.
const LANES: usize = 8;

/// What means are made of: numbers and sums of values and moving ranges.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    pub values: usize,
    pub ranges: usize,
    pub value_sum: f64,
    pub range_sum: f64,
}

impl Sums {
    /// Adds a stretch of neighbours without a break. No moving range is taken to what was added before.
    pub fn add(&mut self, stretch: &[f64]) {
        let Some((first, later)) = stretch.split_first() else { return };
        let (laters, last_ones) = later.as_chunks::<LANES>();
        let (earliers, before_last) = stretch[..later.len()].as_chunks::<LANES>();
        let (mut values, mut ranges) = ([0.0; LANES], [0.0; LANES]);
        for (now, before) in laters.iter().zip(earliers) {
            for lane in 0..LANES {
                values[lane] += now[lane];
                ranges[lane] += (now[lane] - before[lane]).abs();
            }
        }
        self.values += stretch.len();
        self.ranges += later.len();
        self.value_sum += first + values.iter().chain(last_ones).sum::<f64>();
        self.range_sum += ranges.iter().sum::<f64>()
            + last_ones.iter().zip(before_last).map(|(now, before)| (now - before).abs()).sum::<f64>();
    }
}

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
pub fn share(sum: f64, number: usize) -> Option<f64> {
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
