pub mod calendar;
pub fn x() {}
