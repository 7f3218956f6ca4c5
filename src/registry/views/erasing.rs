//! Erasing a record for good.

use serde::{Deserialize, Serialize};

use crate::journal::ChartId;
use crate::journal::facts::ErasureAsker;

views! {
    /// What erasing one record would do.
    pub struct ErasingView {
        /// Whose.
        pub chart: ChartId,
        /// Name as lists show it.
        pub name: String,
        /// What tells two patients of one name apart.
        pub about: String,
        /// What has to be typed to say whose record it is, in words: `MRN 4711 or Silva`; `None` when neither is known.
        pub type_this: Option<String>,
        /// Entries that would be gone.
        pub entries: u32,
        /// Forms that were begun and not saved.
        pub drafts: u32,
        /// Open safety concerns.
        pub open_concerns: u32,
        /// Other records of the same person: they stay unless they are chosen.
        pub linked: Vec<(ChartId, String)>,
        /// What another copy says, when it was erased there.
        pub elsewhere: Vec<ErasureWords>,
    }
    /// That a record was erased.
    pub struct ErasureWords {
        /// When, in words.
        pub when: String,
        /// By whom.
        pub by: String,
        /// Why, with the legal basis and who asked.
        pub why: String,
    }
    /// A record that was erased in another copy, and is hidden here until somebody decides.
    pub struct ErasedElsewhereRow {
        /// Whose.
        pub chart: ChartId,
        /// The name: whoever decides has to know whose record it is.
        pub name: String,
        /// What tells two patients of one name apart.
        pub about: String,
        /// What has to be typed.
        pub type_this: Option<String>,
        /// Entries that are here.
        pub entries: u32,
        /// Open safety concerns in it.
        pub open_concerns: u32,
        /// Who erased it there, when and why.
        pub said: Vec<ErasureWords>,
    }
    /// Records that were erased.
    pub struct ErasedView {
        /// In another copy, and to be decided on here.
        pub waiting: Vec<ErasedElsewhereRow>,
        /// For good, newest first: who, when, why, and no name.
        pub gone: Vec<ErasureWords>,
    }
    /// What a person typed to erase a record.
    pub struct EraseAsk {
        /// Whose.
        pub chart: ChartId,
        /// Other records of the same person that go too.
        pub linked: Vec<ChartId>,
        /// The record number or the family name, as typed.
        pub typed: String,
        /// The word, as typed.
        pub word: String,
        /// Why.
        pub reason: String,
        /// The legal basis.
        pub basis: Option<String>,
        /// Who asked.
        pub asked_by: ErasureAsker,
    }
    /// What a person typed to keep a record that another copy erased.
    pub struct KeepAsk {
        /// Whose.
        pub chart: ChartId,
        /// The record number or the family name, as typed.
        pub typed: String,
        /// The word, as typed.
        pub word: String,
        /// Why; the record keeps it as a note.
        pub reason: String,
    }
}
