//! What pages show. Plain data, made from flowsheets and folded charts; sentences are made here or below, never
//! in a page, so that `inspect` and the app say the same.

macro_rules! views {
    ($($item:item)*) => {
        $(
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            $item
        )*
    };
}

mod alerts;
mod around;
mod closing;
mod codes;
mod day;
mod files;
mod intake;
mod learned;
mod notes;
mod patient;
mod plan;

pub use alerts::*;
pub use around::*;
pub use closing::*;
pub use codes::*;
pub use day::*;
pub use files::*;
pub use intake::*;
pub use learned::*;
pub use notes::*;
pub use patient::*;
pub use plan::*;
