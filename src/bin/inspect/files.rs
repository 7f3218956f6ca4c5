//! Handoffs and sheets, in and out.

use std::fs;
use std::io::Write;

use caseload::exchange::handoff::{Header, NamedPerson, RegistryKind, Scope, write_to};
use caseload::exchange::inspect::{import as import_sheets, inspect_merge, inspected};
use caseload::journal::facts::Role;
use caseload::journal::{Day, Fact, Journal, Zone};
use caseload::training::{Recipe, author, generate as invent};

use crate::args::{Args, print};
use crate::book::zone;
use crate::problem::Problem;

/// The day on which an invented caseload is looked at, when none is given.
const INVENTED_ON: &str = "2026-11-20";

/// `merge FILE FILE ..`: what each file brought; `--out` writes the merged handoff.
pub fn merge(args: &Args, out: &mut dyn Write) -> Result<(), Problem> {
    let contents: Vec<Vec<u8>> = args
        .some_words()?
        .iter()
        .map(|path| bytes(path))
        .collect::<Result<_, _>>()?;
    let parts: Vec<&[u8]> = contents.iter().map(Vec::as_slice).collect();
    let (report, merged) = inspect_merge(&parts)?;
    if let Some(path) = args.text("out") {
        fs::write(path, merged)?;
    }
    print(out, &report)
}

/// `import CASELOAD CONTACTS --as-of DATE`: the dry run; `--out` writes what it would make as a handoff.
pub fn import(args: &Args, out: &mut dyn Write) -> Result<(), Problem> {
    let [caseload, contacts] = args.words()?;
    let as_of = args.as_of()?;
    let (entries, plan) = import_sheets(&bytes(caseload)?, &bytes(contacts)?, as_of)?;
    if let Some(path) = args.text("out") {
        let author = entries
            .first()
            .map_or_else(|| caseload::journal::PersonId::derived([0; 16]), |e| e.author());
        let header = Header {
            registry: inspected(),
            kind: RegistryKind::Real,
            created: zone(args)?.start_of(as_of),
            author,
            scope: Scope::All,
            people: Vec::new(),
            cover: None,
        };
        write(&header, &Journal::of(entries), &mut fs::File::create(path)?)?;
    }
    print(out, &plan)
}

/// `generate --seed N --patients N --months N`: an invented caseload as a handoff.
pub fn generate(args: &Args, out: &mut dyn Write) -> Result<(), Problem> {
    let [] = args.words()?;
    let as_of: Day = args.value_or("as-of", INVENTED_ON)?;
    let zone: Zone = zone(args)?;
    let recipe = Recipe::new(
        args.needed("seed")?,
        args.needed("patients")?,
        args.needed("months")?,
        as_of,
        zone,
    );
    let journal = Journal::of(invent(&recipe)?);
    let header = Header {
        registry: recipe.registry,
        kind: RegistryKind::Training,
        created: zone.start_of(as_of),
        author: author(&recipe),
        scope: Scope::All,
        people: people(&journal, &recipe),
        cover: None,
    };
    write(&header, &journal, out)
}

/// The people of an invented registry.
fn people(journal: &Journal, recipe: &Recipe) -> Vec<NamedPerson> {
    let own = journal.chart(recipe.registry.own_chart());
    let facts = own
        .into_iter()
        .flat_map(|chart| chart.entries())
        .map(|entry| entry.fact());
    facts
        .filter_map(|fact| match fact {
            Fact::Person(p) => Some(NamedPerson {
                person: p.person,
                name: p.name.clone(),
                role: p.role,
            }),
            _ => None,
        })
        .filter(|p| p.role != Role::Import)
        .collect()
}

fn write(header: &Header, journal: &Journal, mut out: &mut dyn Write) -> Result<(), Problem> {
    Ok(write_to(
        &mut out,
        header,
        journal.charts().map(|(id, chart)| (id, chart.entries())),
    )?)
}

fn bytes(path: &str) -> Result<Vec<u8>, Problem> {
    fs::read(path).map_err(|error| Problem::File {
        path: path.to_owned(),
        error,
    })
}
