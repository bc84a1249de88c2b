pub mod calendar;
pub fn x() {}
pub mod measures;
