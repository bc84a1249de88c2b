//! The pages that read across all features, one file for each address.

pub mod home;
pub mod leadership;
pub mod more;
pub mod still_holding;
