//! The change counter: how far all that can be shown has moved.

/// How far the change counter has moved. `None` while it is not known: then nothing may be taken from a cache.
pub type Counter = Option<i64>;

/// The counter never moves back, in whichever order the news arrives.
pub(super) fn move_forward(known: &mut Counter, heard: i64) -> bool {
    let moves = known.is_none_or(|known| heard > known);
    if moves {
        *known = Some(heard);
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_counter_never_moves_back() {
        let mut known = None;
        assert!(move_forward(&mut known, 3));
        assert!(!move_forward(&mut known, 2));
        assert!(!move_forward(&mut known, 3));
        assert!(move_forward(&mut known, 4));
        assert_eq!(known, Some(4));
    }
}
