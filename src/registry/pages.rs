//! Pages of 32 flowsheets, as bytes to be sealed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::flowsheet::Flowsheet;
use crate::journal::ChartId;
use crate::store::PageNumber;

/// Layout of a page. A page of another layout, or made in another zone or by another rule for incomplete forms, is not
/// read: its charts are folded anew.
const VERSION: u8 = 14;

#[derive(Serialize)]
struct Written<'a> {
    made: &'a str,
    sheets: Vec<&'a Flowsheet>,
}

#[derive(Deserialize)]
struct Read {
    made: String,
    sheets: Vec<Flowsheet>,
}

/// Which charts are on which page.
pub(super) type Layout = BTreeMap<PageNumber, Vec<ChartId>>;

/// A page's bytes. A flowsheet that can't be laid out leaves the page empty: its charts are folded anew.
/// `made` says in which zone and by which rule they were made.
pub(super) fn encode<'a>(sheets: impl Iterator<Item = &'a Flowsheet>, made: &str) -> Vec<u8> {
    let page = Written {
        made,
        sheets: sheets.collect(),
    };
    let mut bytes = vec![VERSION];
    if let Ok(body) = postcard::to_stdvec(&page) {
        bytes.extend_from_slice(&body);
    }
    bytes
}

/// The flowsheets of a page; none when it was laid out otherwise.
pub(super) fn decode(bytes: &[u8], made: &str) -> Vec<Flowsheet> {
    match bytes.split_first() {
        Some((&VERSION, body)) => postcard::from_bytes::<Read>(body)
            .ok()
            .filter(|page| page.made == made)
            .map_or_else(Vec::new, |page| page.sheets),
        _ => Vec::new(),
    }
}
