//! A handoff opened as a registry: its charts projected, its own chart read.

use std::fs::File;
use std::io::{self, Read};

use caseload::care::{AsOf, Protocol};
use caseload::exchange::handoff::{Handoff, Header, read_from};
use caseload::flowsheet::{Flowsheet, project_with};
use caseload::journal::{Chart, ChartId, Day, PersonId, Zone};
use caseload::registry::Office;
use serde_json::{Value, json};

use crate::args::Args;
use crate::problem::Problem;

/// The zone of a file that holds no clinic.
const ZONE: &str = "America/New_York";

/// An opened handoff.
pub struct Book {
    /// What came before the charts.
    pub header: Header,
    /// What the registry's own chart says.
    pub office: Office,
    /// The patients' flowsheets, by chart.
    pub sheets: Vec<Flowsheet>,
    protocol: Protocol,
}

impl Book {
    /// Opens a handoff, as known now or at `--known-at`.
    pub fn open(path: &str, args: &Args) -> Result<Self, Problem> {
        let handoff = handoff(path)?;
        let known_at = known_at(args)?;
        let journal = handoff.journal();
        let known = |chart: &Chart| known_at.map_or_else(|| chart.clone(), |millis| chart.known_at(millis));
        let own = handoff.header.registry.own_chart();
        let entries = journal.chart(own).map(known).unwrap_or_default();
        let office = Office::of(own, entries, zone(args)?);
        let sheets = journal.charts().filter(|(id, _)| *id != own);
        let sheets = sheets
            .map(|(id, chart)| (id, known(chart)))
            .filter(|(_, chart)| !chart.is_empty());
        let sheets = sheets
            .map(|(id, chart)| project_with(id, &chart, &chart.fold(), office.clinic.zone, office.missing()))
            .collect();
        let protocol = protocol(args.text("protocol"), &office)?;
        Ok(Self {
            header: handoff.header,
            office,
            sheets,
            protocol,
        })
    }
    /// The clinic's zone.
    pub fn zone(&self) -> Zone {
        self.office.clinic.zone
    }
    /// The end of a day, by the protocol asked for.
    pub fn at(&self, day: Day) -> AsOf<'_> {
        AsOf::day(&self.protocol, &self.office.hours, day)
    }
    /// The flowsheet of a chart.
    pub fn sheet(&self, chart: ChartId) -> Option<&Flowsheet> {
        self.sheets.iter().find(|sheet| sheet.chart == chart)
    }
    /// Who a chart is about, for a row.
    pub fn who(&self, chart: ChartId) -> Value {
        let sheet = self.sheet(chart);
        json!({
            "chart": chart,
            "mrn": sheet.and_then(|s| s.who.mrn.clone()),
            "name": sheet.map(Flowsheet::list_name),
        })
    }
    /// A person, by id and name.
    pub fn person(&self, person: Option<PersonId>) -> Value {
        let person =
            person.map(|id| json!({ "person": id, "name": self.office.people.get(&id).map(|p| p.name.clone()) }));
        person.unwrap_or(Value::Null)
    }
}

/// Reads a handoff from a file, or from standard input for `-`.
pub fn handoff(path: &str) -> Result<Handoff, Problem> {
    let unreadable = |error| Problem::File {
        path: path.to_owned(),
        error,
    };
    let mut stream: Box<dyn Read> = match path {
        "-" => Box::new(io::stdin().lock()),
        path => Box::new(File::open(path).map_err(unreadable)?),
    };
    let read = read_from(&mut stream).map_err(unreadable)?;
    read.map_err(|error| Problem::Handoff {
        path: path.to_owned(),
        error,
    })
}

/// The zone asked for, for files without a clinic.
pub fn zone(args: &Args) -> Result<Zone, Problem> {
    args.value_or("zone", ZONE)
}

/// Milliseconds since 1970 of `--known-at`.
fn known_at(args: &Args) -> Result<Option<u64>, Problem> {
    let instant: Option<chrono::DateTime<chrono::FixedOffset>> = args.value("known-at")?;
    Ok(instant.map(|at| u64::try_from(at.timestamp_millis()).unwrap_or(0)))
}

fn protocol(asked: Option<&str>, office: &Office) -> Result<Protocol, Problem> {
    let own = office.protocol.label();
    match asked {
        None => Ok(office.protocol.clone()),
        Some(asked) if own == asked || own.starts_with(&format!("{asked} (")) => Ok(office.protocol.clone()),
        Some("default" | "default protocol v1") => Ok(Protocol::default_v1()),
        Some(asked) => Err(Problem::Protocol {
            asked: asked.to_owned(),
            own: own.to_owned(),
        }),
    }
}
