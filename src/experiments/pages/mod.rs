//! The pages of experiments, one file for each address; [`forms`], [`fields`] and [`options`] are what they share.

pub mod chart;
pub mod decision;
pub mod edit;
pub mod fields;
pub mod forms;
pub mod index;
pub mod lines;
pub mod links;
pub mod list;
pub mod new;
pub mod options;
pub mod readiness;
pub mod safety_answer;
pub mod safety_question;
pub mod show;
pub mod start;
pub mod stop;
pub mod study;
pub mod submission;
pub mod withdrawal;
