//! The definitions that are shipped, read once: each version of each instrument, in each language.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::check::DefinitionError;
use super::definition::{Definition, Entry};
use super::files::{FILES, FORMS, PACKS, WORDS};
use super::ids::InstrumentId;
use super::pack::Pack;
use super::wording::Wording;

/// The shipped definitions.
#[derive(Debug)]
pub struct Catalog {
    /// The version of each instrument that new assessments are taken with.
    current: BTreeMap<InstrumentId, Definition>,
    /// Versions before it, which assessments still carry.
    earlier: BTreeMap<(InstrumentId, String), Definition>,
    /// The current ones in other languages.
    worded: BTreeMap<(InstrumentId, String), Definition>,
    packs: BTreeMap<InstrumentId, Pack>,
    broken: Vec<(&'static str, DefinitionError)>,
}

impl Catalog {
    fn empty() -> Self {
        Self {
            current: BTreeMap::new(),
            earlier: BTreeMap::new(),
            worded: BTreeMap::new(),
            packs: BTreeMap::new(),
            broken: Vec::new(),
        }
    }

    /// A catalog of these definitions. Of two versions of one instrument the later in the list is the current one.
    pub fn of(definitions: impl IntoIterator<Item = Definition>) -> Self {
        let mut catalog = Self::empty();
        definitions.into_iter().for_each(|definition| catalog.add(definition));
        catalog
    }

    fn add(&mut self, definition: Definition) {
        if let Some(before) = self.current.insert(definition.id.clone(), definition) {
            let key = (before.id.clone(), before.version.clone());
            self.earlier.insert(key, before);
        }
    }

    /// The definition that new assessments of an instrument are taken with; none when this version doesn't know it.
    pub fn get(&self, id: &InstrumentId) -> Option<&Definition> {
        self.current.get(id)
    }

    /// One version of an instrument: an assessment is scored by the version that it carries, and by no other.
    pub fn version(&self, id: &InstrumentId, version: &str) -> Option<&Definition> {
        let current = self.current.get(id).filter(|it| it.version == version);
        current.or_else(|| self.earlier.get(&(id.clone(), version.to_owned())))
    }

    /// The current definition of an instrument in a language; none where there is no checked wording in it.
    pub fn in_language(&self, id: &InstrumentId, language: &str) -> Option<&Definition> {
        let own = self.current.get(id).filter(|it| it.language == language);
        own.or_else(|| self.worded.get(&(id.clone(), language.to_owned())))
    }

    /// The languages that an instrument can be shown in, its own first.
    pub fn languages(&self, id: &InstrumentId) -> Vec<&str> {
        let own = self.current.get(id).map(|it| it.language.as_str());
        let others = self.worded.keys().filter(|(other, _)| other == id);
        own.into_iter()
            .chain(others.map(|(_, language)| language.as_str()))
            .collect()
    }

    /// The words that a clinic switches on after reading their terms; none where an instrument has no such words.
    pub fn pack(&self, id: &InstrumentId) -> Option<&Pack> {
        self.packs.get(id)
    }

    /// All such packs by instrument.
    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.packs.values()
    }

    /// Every licence notice once, with the instruments that it is for; those that are not offered are left out, as
    /// their forms have it. The notices of other languages and of packs come after.
    pub fn notices(&self) -> Vec<(&str, Vec<&Definition>)> {
        let offered = self.current.values().filter(|it| it.entry != Entry::NotOffered);
        let packs = self.packs.values().map(|pack| &pack.definition);
        let mut notices: Vec<(&str, Vec<&Definition>)> = Vec::new();
        for definition in offered.chain(self.worded.values()).chain(packs) {
            match notices.iter_mut().find(|(notice, _)| *notice == definition.notice) {
                Some((_, its)) if its.iter().any(|other| other.id == definition.id) => {}
                Some((_, its)) => its.push(definition),
                None => notices.push((&definition.notice, vec![definition])),
            }
        }
        notices
    }

    /// All current definitions by id.
    pub fn iter(&self) -> impl Iterator<Item = &Definition> {
        self.current.values()
    }

    /// Files that couldn't be read, with the reason: none in a released build, where a test looks at it.
    pub fn broken(&self) -> &[(&'static str, DefinitionError)] {
        &self.broken
    }

    fn read_words(&mut self, json: &str) -> Result<(), DefinitionError> {
        let words: Wording = serde_json::from_str(json).map_err(DefinitionError::unreadable)?;
        let unknown = || DefinitionError::Missing {
            place: "words".to_owned(),
            name: words.instrument.to_string(),
        };
        let worded = self
            .current
            .get(&words.instrument)
            .ok_or_else(unknown)?
            .worded(&words)?;
        self.worded
            .insert((words.instrument.clone(), words.language.clone()), worded);
        Ok(())
    }

    fn read_pack(&mut self, json: &str) -> Result<(), DefinitionError> {
        let pack = Pack::parse(json, &self.current)?;
        self.packs.insert(pack.definition.id.clone(), pack);
        Ok(())
    }
}

// Not a `LazyLock`: that names the function which reads all files, so that whoever holds the static holds all of it. The
// module's first part, which asks for no instrument, must not (docs/decisions/0024).
static CATALOG: OnceLock<Catalog> = OnceLock::new();

fn read_all() -> Catalog {
    let mut catalog = Catalog::empty();
    let mut broken = Vec::new();
    let whole = FILES.iter().map(|(name, json)| (*name, Definition::parse(json)));
    let forms = FORMS
        .iter()
        .map(|(name, base, differs)| (*name, Definition::parse_like(base, differs)));
    for (name, read) in whole.chain(forms) {
        match read {
            Ok(definition) => catalog.add(definition),
            Err(error) => broken.push((name, error)),
        }
    }
    for (name, json) in WORDS {
        broken.extend(catalog.read_words(json).err().map(|error| (*name, error)));
    }
    for (name, json) in PACKS {
        broken.extend(catalog.read_pack(json).err().map(|error| (*name, error)));
    }
    catalog.broken = broken;
    catalog
}

/// The shipped definitions.
pub fn catalog() -> &'static Catalog {
    CATALOG.get_or_init(read_all)
}

/// Definitions that were asked for one by one, in the order of the files.
static ASKED: [OnceLock<Option<Definition>>; FILES.len() + FORMS.len()] =
    [const { OnceLock::new() }; FILES.len() + FORMS.len()];

/// The shipped definition of an instrument; none when this version doesn't know it.
///
/// Reads its file and no other while nobody has asked for the whole catalog: the first list of a day needs a few of them.
pub fn definition(id: &InstrumentId) -> Option<&'static Definition> {
    if let Some(catalog) = CATALOG.get() {
        return catalog.get(id);
    }
    let whole = FILES.iter().map(|(name, _)| *name);
    let place = whole
        .chain(FORMS.iter().map(|(name, ..)| *name))
        .position(|name| name == id.as_str())?;
    ASKED.get(place)?.get_or_init(|| read_one(place)).as_ref()
}

fn read_one(place: usize) -> Option<Definition> {
    let read = match FILES.get(place) {
        Some((_, json)) => Definition::parse(json),
        None => FORMS
            .get(place - FILES.len())
            .map(|(_, base, differs)| Definition::parse_like(base, differs))?,
    };
    read.ok()
}

/// The ids of the shipped instruments, in order.
pub fn known_instruments() -> impl Iterator<Item = &'static InstrumentId> {
    catalog().current.keys()
}

impl Definition {
    /// This instrument in another language, where the catalog has checked words for it: the same items, the same
    /// scoring, the same version.
    pub fn in_language(&self, language: &str) -> Option<&'static Self> {
        catalog().in_language(&self.id, language)
    }

    /// The languages that this instrument can be shown in, its own first; none for one that isn't shipped.
    pub fn languages(&self) -> Vec<&'static str> {
        catalog().languages(&self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_that_is_asked_for_alone_is_the_catalogs() {
        for place in 0..FILES.len() + FORMS.len() {
            let alone = read_one(place).unwrap();
            assert_eq!(Some(&alone), catalog().get(&alone.id));
        }
        assert_eq!(read_one(FILES.len() + FORMS.len()), None);
    }

    #[test]
    fn every_file_reads_and_is_named_after_its_instrument() {
        assert!(catalog().broken().is_empty(), "{:?}", catalog().broken());
        let names = FILES.iter().map(|(name, _)| *name);
        for name in names.chain(FORMS.iter().map(|(name, ..)| *name)) {
            assert!(definition(&InstrumentId::from(name)).is_some(), "{name}");
        }
        assert_eq!(FILES.len() + FORMS.len(), catalog().iter().count());
        assert_eq!(WORDS.len(), catalog().worded.len());
        assert_eq!(PACKS.len(), catalog().packs().count());
    }
}
