//! The definitions that are shipped, read once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::check::DefinitionError;
use super::definition::Definition;
use super::ids::InstrumentId;

/// One file an instrument; a new instrument is a file and a line here.
const FILES: &[(&str, &str)] = &[
    ("phq9", include_str!("data/phq9.json")),
    ("phq9m", include_str!("data/phq9m.json")),
    ("phq8", include_str!("data/phq8.json")),
    ("phq4", include_str!("data/phq4.json")),
    ("phq2", include_str!("data/phq2.json")),
    ("phqads", include_str!("data/phqads.json")),
    ("phq15", include_str!("data/phq15.json")),
    ("gad7", include_str!("data/gad7.json")),
    ("gad2", include_str!("data/gad2.json")),
    ("asq", include_str!("data/asq.json")),
    ("asrs6", include_str!("data/asrs6.json")),
    ("audit", include_str!("data/audit.json")),
    ("auditc", include_str!("data/auditc.json")),
    ("bam", include_str!("data/bam.json")),
    ("cage", include_str!("data/cage.json")),
    ("cage_aid", include_str!("data/cage_aid.json")),
    ("cssrs_screen", include_str!("data/cssrs_screen.json")),
    ("dast10", include_str!("data/dast10.json")),
    ("gds15", include_str!("data/gds15.json")),
    ("isi", include_str!("data/isi.json")),
    ("mdq", include_str!("data/mdq.json")),
    ("minicog", include_str!("data/minicog.json")),
    ("pcl5", include_str!("data/pcl5.json")),
    ("pcptsd5", include_str!("data/pcptsd5.json")),
    ("psc17", include_str!("data/psc17.json")),
    ("scared", include_str!("data/scared.json")),
    ("smfq", include_str!("data/smfq.json")),
    ("taps1", include_str!("data/taps1.json")),
    ("taps2_substance", include_str!("data/taps2_substance.json")),
    ("vanderbilt_parent", include_str!("data/vanderbilt_parent.json")),
    ("who5", include_str!("data/who5.json")),
    ("wsas_total", include_str!("data/wsas_total.json")),
];

/// The shipped definitions.
#[derive(Debug)]
pub struct Catalog {
    definitions: BTreeMap<InstrumentId, Definition>,
    broken: Vec<(&'static str, DefinitionError)>,
}

impl Catalog {
    /// The definition of an instrument; none when this version doesn't know it.
    pub fn get(&self, id: &InstrumentId) -> Option<&Definition> {
        self.definitions.get(id)
    }

    /// All definitions by id.
    pub fn iter(&self) -> impl Iterator<Item = &Definition> {
        self.definitions.values()
    }

    /// Files that couldn't be read, with the reason: none in a released build, where a test looks at it.
    pub fn broken(&self) -> &[(&'static str, DefinitionError)] {
        &self.broken
    }
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let mut catalog = Catalog {
        definitions: BTreeMap::new(),
        broken: Vec::new(),
    };
    for (name, json) in FILES {
        match Definition::parse(json) {
            Ok(definition) => {
                catalog.definitions.insert(definition.id.clone(), definition);
            }
            Err(error) => catalog.broken.push((name, error)),
        }
    }
    catalog
});

/// The shipped definitions.
pub fn catalog() -> &'static Catalog {
    &CATALOG
}

/// The shipped definition of an instrument; none when this version doesn't know it.
pub fn definition(id: &InstrumentId) -> Option<&'static Definition> {
    CATALOG.get(id)
}

/// The ids of the shipped instruments, in order.
pub fn known_instruments() -> impl Iterator<Item = &'static InstrumentId> {
    CATALOG.definitions.keys()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_reads_and_is_named_after_its_instrument() {
        assert!(catalog().broken().is_empty(), "{:?}", catalog().broken());
        for (name, _) in FILES {
            assert!(definition(&InstrumentId::from(*name)).is_some(), "{name}");
        }
        assert_eq!(FILES.len(), catalog().iter().count());
    }
}
