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
mod audit;
mod closing;
mod codes;
mod coverage;
mod day;
mod diary;
mod erasing;
mod files;
mod intake;
mod learned;
mod news;
mod notes;
mod patient;
mod plan;
mod review;
mod supervision;
mod timebook;
mod times;

pub use alerts::*;
pub use around::*;
pub use audit::*;
pub use closing::*;
pub use codes::*;
pub use coverage::*;
pub use day::*;
pub use diary::*;
pub use erasing::*;
pub use files::*;
pub use intake::*;
pub use learned::*;
pub use news::*;
pub use notes::*;
pub use patient::*;
pub use plan::*;
pub use review::*;
pub use supervision::*;
pub use timebook::*;
pub use times::*;
