//! One bit per value, oldest lowest, in words of 64: how runs and windows are found many values at a time.

use std::ops::Range;

/// Bits in a word.
pub const WORD: usize = u64::BITS as usize;

/// One bit per value. The buffer is kept when it is filled again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// Forgets all bits and makes room for so many words.
    pub fn reset(&mut self, words: usize) {
        self.0.clear();
        self.0.resize(words, 0);
    }

    /// The words, oldest first.
    pub fn words(&self) -> &[u64] {
        &self.0
    }

    /// The words, to be written.
    pub fn words_mut(&mut self) -> &mut [u64] {
        &mut self.0
    }

    /// The same bits as `other`.
    pub fn copy(&mut self, other: &Self) {
        self.0.clear();
        self.0.extend_from_slice(&other.0);
    }

    /// Whether the bit of a value is set.
    pub fn has(&self, at: usize) -> bool {
        self.0.get(at / WORD).is_some_and(|word| word >> (at % WORD) & 1 == 1)
    }

    /// Sets the bit of a value; there must be room for it.
    pub fn set(&mut self, at: usize) {
        self.0[at / WORD] |= 1 << (at % WORD);
    }

    /// Clears the bit of a value; there must be room for it.
    pub fn unset(&mut self, at: usize) {
        self.0[at / WORD] &= !(1 << (at % WORD));
    }

    /// Whether no bit is set.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// The values whose bit is set, oldest first.
    pub fn ones(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(place, &word)| {
            let rest = |word: &u64| Some(word & (word - 1)).filter(|&left| left != 0);
            std::iter::successors(Some(word).filter(|&word| word != 0), rest)
                .map(move |word| place * WORD + word.trailing_zeros() as usize)
        })
    }

    /// The unbroken stretches of set bits, oldest first.
    pub fn stretches(&self) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in self.ones() {
            match found.last_mut() {
                Some(last) if last.end == at => last.end = at + 1,
                _ => found.push(at..at + 1),
            }
        }
        found
    }

    /// Leaves only the bits that belong to unbroken stretches of at least `length`; none at all for a length of 0 or one
    /// beyond the bits there are, however large it is.
    pub fn keep_runs(&mut self, length: usize) {
        if length == 0 || length > self.0.len() * WORD {
            self.0.fill(0);
            return;
        }
        self.each_step(length, Self::and_later);
        if !self.is_empty() {
            self.each_step(length, Self::or_earlier);
        }
    }

    /// Doubles the reach step by step: after it, each bit has met its `length - 1` neighbours.
    fn each_step(&mut self, length: usize, meet: impl Fn(&mut Self, usize)) {
        let mut reach = 1;
        while reach < length {
            let step = reach.min(length - reach).min(WORD - 1);
            meet(self, step);
            reach += step;
        }
    }

    /// Keeps a bit only if the one `by` later is set as well; `by` is between 1 and 63.
    fn and_later(&mut self, by: usize) {
        let mut words = self.0.as_mut_slice();
        while let Some((word, later)) = words.split_first_mut() {
            *word &= *word >> by | later.first().map_or(0, |next| next << (WORD - by));
            words = later;
        }
    }

    /// Sets a bit also if the one `by` earlier is set; `by` is between 1 and 63.
    fn or_earlier(&mut self, by: usize) {
        let mut words = self.0.as_mut_slice();
        while let Some((word, earlier)) = words.split_last_mut() {
            *word |= *word << by | earlier.last().map_or(0, |before| before >> (WORD - by));
            words = earlier;
        }
    }

    /// Sets the last value of each window of `self` that the rule finds among so many values: `rule` sees a word of
    /// the bits of each value and those of the values one, two and three before it.
    pub fn windows(&self, values: usize, window: usize, found: &mut Self, rule: impl Fn([u64; 4]) -> u64) {
        let mut before = 0;
        for (&word, found) in self.0.iter().zip(&mut found.0) {
            let earlier = |by: usize| word << by | before >> (WORD - by);
            *found = rule([word, earlier(1), earlier(2), earlier(3)]);
            before = word;
        }
        // A window begins and ends with a value: there is none before the first and none after the last.
        if let Some(first) = found.0.first_mut() {
            *first &= u64::MAX << (window - 1);
        }
        if let Some(last) = found.0.last_mut().filter(|_| !values.is_multiple_of(WORD)) {
            *last &= u64::MAX >> (WORD - values % WORD);
        }
    }

    /// Keeps a bit only if it lies in one of the windows that end at the bits of `ends`.
    pub fn keep_windows(&mut self, window: usize, ends: &Self) {
        for (place, word) in self.0.iter_mut().enumerate() {
            let (now, next) = (ends.0[place], ends.0.get(place + 1).copied().unwrap_or(0));
            let reached = (1..window).fold(now, |reached, by| reached | now >> by | next << (WORD - by));
            *word &= reached;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_longer_than_the_series_is_none_and_found_at_once() {
        let of = |length: usize| {
            let mut bits = Bits(vec![u64::MAX; 2]);
            bits.keep_runs(length);
            bits.ones().count()
        };
        assert_eq!([1, 64, 128].map(of), [128; 3]);
        assert_eq!([0, 129, 1_000_000_000_000, usize::MAX].map(of), [0; 4]);
    }
}
