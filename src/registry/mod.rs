//! One open registry: the queue through which every read and write goes. The window asks, the core worker answers.

mod api;
mod views;

pub use api::*;
pub use views::*;
