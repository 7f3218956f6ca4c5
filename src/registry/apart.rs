//! Names as rows show them: patients of one name are told apart where there is not only one.

use std::collections::{BTreeMap, BTreeSet};

use super::books::Books;
use super::queries::about;
use crate::care::fold;
use crate::flowsheet::Flowsheet;
use crate::journal::{ChartId, Day};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// Some patients' names, family name first; where another patient is called the same, with age and MRN or date of birth.
    pub(super) fn names_apart(&self, charts: impl Iterator<Item = ChartId>, today: Day) -> BTreeMap<ChartId, String> {
        let wanted: BTreeMap<ChartId, &Flowsheet> = charts
            .filter_map(|chart| Some((chart, self.sheets.get(&chart)?)))
            .collect();
        if wanted.is_empty() {
            return BTreeMap::new();
        }
        let families: BTreeSet<String> = wanted.values().map(|sheet| fold(&sheet.who.family)).collect();
        let mut called: BTreeMap<String, u32> = BTreeMap::new();
        for sheet in self.sheets.values().filter(|sheet| !sheet.erased) {
            if families.contains(&fold(&sheet.who.family)) {
                *called.entry(fold(&sheet.list_name())).or_default() += 1;
            }
        }
        let name = |(chart, sheet): (ChartId, &Flowsheet)| {
            let name = sheet.list_name();
            let is_shared = called.get(&fold(&name)).is_some_and(|count| 1 < *count);
            let told = match is_shared {
                true => format!("{name} ({})", about(sheet, today)),
                false => name,
            };
            (chart, told)
        };
        wanted.into_iter().map(name).collect()
    }
}
