//! The instruments of the open registry: the shipped ones, with the words that the clinic switched on, and its own.

use leptos::prelude::*;

use super::state::Desk;
use crate::instruments::{Definition, Entry, InstrumentId, catalog, definition_taken, is_own, own_definition};
use crate::journal::facts::{Assessment, OwnInstrument};
use crate::registry::MeasuresView;

/// The clinic's measures, and the definitions of its own ones that pages hold on to.
#[derive(Clone, Copy)]
pub struct Instruments {
    measures: RwSignal<MeasuresView>,
    /// Each version of an own measure is made once and kept until the page is left: pages refer to it.
    made: StoredValue<Vec<&'static Definition>>,
}

impl Instruments {
    /// As the registry was opened.
    pub fn new(measures: MeasuresView) -> Self {
        Self {
            measures: RwSignal::new(measures),
            made: StoredValue::new(Vec::new()),
        }
    }

    fn keep(self, made: Definition) -> &'static Definition {
        if let Some(same) = self.made.with_value(|all| all.iter().copied().find(|it| **it == made)) {
            return same;
        }
        let kept: &'static Definition = Box::leak(Box::new(made));
        self.made.update_value(|all| all.push(kept));
        kept
    }

    fn own(self, own: &OwnInstrument) -> Option<&'static Definition> {
        let made = own_definition(&own.instrument, &own.version.to_string(), &own.scale).ok()?;
        Some(self.keep(made))
    }
}

impl Desk {
    /// The clinic's own measures, and what it chose for the others, as settings have it now.
    pub fn measures(&self) -> RwSignal<MeasuresView> {
        self.instruments().measures
    }

    /// Whether the clinic switched on the words of an instrument, in the terms as they are now.
    pub fn pack_on(&self, instrument: &str) -> bool {
        let Some(pack) = catalog().pack(&InstrumentId::new(instrument)) else {
            return false;
        };
        self.measures().with(|measures| {
            let mut on = measures.settings.packs.iter();
            on.any(|it| it.instrument == instrument && it.terms == pack.terms_version)
        })
    }

    /// The definition that new assessments of an instrument are taken with: a shipped one, in the words that the clinic
    /// switched on, or the clinic's own.
    pub fn instrument(&self, id: &str) -> Option<&'static Definition> {
        if is_own(id) {
            let own = self
                .measures()
                .with(|measures| measures.own.iter().find(|own| own.instrument == id).cloned());
            return self.instruments().own(&own?);
        }
        let key = InstrumentId::new(id);
        let pack = catalog().pack(&key).filter(|_| self.pack_on(id));
        pack.map(|pack| &pack.definition).or_else(|| catalog().get(&key))
    }

    /// The clinic's own measures, also those that are no longer offered.
    pub fn own_instruments(&self) -> Vec<&'static Definition> {
        let own = self.measures().with(|measures| measures.own.clone());
        own.iter().filter_map(|own| self.instruments().own(own)).collect()
    }

    /// The instruments that can be entered: the two of the programme first, the clinic's own next, then by title.
    pub fn offered(&self) -> Vec<&'static Definition> {
        let shipped = catalog().iter().filter(|it| it.entry != Entry::NotOffered);
        let ids = shipped.map(|it| it.id.as_str().to_owned());
        let own = self.measures().with(|measures| {
            let own = measures.own.iter().filter(|own| !own.retired);
            own.map(|own| own.instrument.clone()).collect::<Vec<_>>()
        });
        let mut all: Vec<&'static Definition> = ids.chain(own).filter_map(|id| self.instrument(&id)).collect();
        let rank = |it: &Definition| match it.id.as_str() {
            "phq9" => 0,
            "gad7" => 1,
            id if is_own(id) => 2,
            _ => 3,
        };
        all.sort_by_key(|it| (rank(it), it.short_title.to_lowercase()));
        all
    }

    /// The definition that an assessment was taken with; none when this version doesn't know it.
    pub fn definition_taken(&self, taken: &Assessment) -> Option<&'static Definition> {
        match definition_taken(taken).ok()? {
            std::borrow::Cow::Borrowed(shipped) => Some(shipped),
            std::borrow::Cow::Owned(own) => Some(self.instruments().keep(own)),
        }
    }
}
