//! The registry's own chart: clinic, people, protocol, payer profile.

use std::collections::BTreeMap;

use super::timeline::activity_word;
use super::views::MeasuresView;
use crate::billing::{DEFAULT_PROFILE, Profile, Profiles, Team};
use crate::care::{Office as Hours, Protocol};
use crate::instruments::MissingPolicy;
use crate::journal::facts::{
    Activity, Clinic, ColumnMapping, MeasureSettings, MinimumDose, OwnActivity, OwnInstrument, PayerProfileChange,
    Person, SameDayReview, Sheet, Weekday,
};
use crate::journal::{Chart, ChartId, Fact, Folded, Kinds, PersonId, Slot, Zone};

/// What the registry's own chart says.
pub struct Office {
    /// The registry's own chart.
    pub chart: ChartId,
    /// Its entries.
    pub entries: Chart,
    /// The same, folded.
    pub folded: Folded,
    /// The clinic; an unnamed one before it is written.
    pub clinic: Clinic,
    /// Who works with the registry or treats its patients.
    pub people: BTreeMap<PersonId, Person>,
    /// The numbers of the clocks.
    pub protocol: Protocol,
    /// The numbers of the payers.
    pub profiles: Profiles,
    /// The people's roles.
    pub team: Team,
    /// When the clinic is open.
    pub hours: Hours,
    /// Its own measures, and what it chose for the others.
    pub measures: MeasuresView,
    /// Who looks at what patients answered alone on the same day; `None` until somebody confirmed it.
    pub same_day_review: Option<SameDayReview>,
}

impl Office {
    /// Folds the registry's own chart. Before a clinic is written, `zone` is the browser's.
    pub fn of(chart: ChartId, entries: Chart, zone: Zone) -> Self {
        Self::of_kinds(chart, entries, zone, Kinds::all())
    }

    /// The same, of a chart that has no other kinds of fact than these.
    pub fn of_kinds(chart: ChartId, entries: Chart, zone: Zone, kinds: Kinds) -> Self {
        let folded = entries.fold_kinds(kinds);
        let clinic = match folded.head(&Slot::Clinic).map(|l| &l.fact) {
            Some(Fact::Clinic(clinic)) => clinic.clone(),
            _ => unnamed(zone),
        };
        let people: BTreeMap<PersonId, Person> = folded
            .slots()
            .filter_map(|slot| folded.head(slot))
            .filter_map(|l| match &l.fact {
                Fact::Person(p) => Some((p.person, p.clone())),
                _ => None,
            })
            .collect();
        let protocol = match folded.head(&Slot::Protocol).map(|l| &l.fact) {
            Some(Fact::ProtocolChange(change)) => {
                // Numbers that another version wrote and this one can't take leave the default in force.
                Protocol::with_changes(&change.name, &change.numbers).unwrap_or_else(|_| Protocol::default_v1())
            }
            _ => Protocol::default_v1(),
        };
        let profiles = profiles(&folded, &clinic);
        let team = Team::of(people.values());
        let hours = Hours::of(&clinic);
        let measures = measures(&folded);
        let same_day_review = match folded.head(&Slot::PatientMode).map(|l| &l.fact) {
            Some(Fact::PatientMode(agreed)) => agreed.same_day_review.clone(),
            _ => None,
        };
        Self {
            chart,
            entries,
            folded,
            clinic,
            people,
            protocol,
            profiles,
            team,
            hours,
            same_day_review,
            measures,
        }
    }

    /// What an incomplete form counts as.
    pub fn missing(&self) -> MissingPolicy {
        match self.measures.settings.prorating {
            true => MissingPolicy::Prorate,
            false => MissingPolicy::CompleteOnly,
        }
    }

    /// The clinic's own payer profiles, as they were written down.
    pub fn own_profiles(&self) -> Vec<PayerProfileChange> {
        profile_changes(&self.folded)
    }

    /// The clinic's own activities by name, retired ones with them.
    pub fn own_activities(&self) -> Vec<OwnActivity> {
        own_activities(&self.folded)
    }

    /// What an activity is called: one of the clinic's own by its name now, or as the entry has it.
    pub fn activity(&self, activity: Activity, written: Option<&str>) -> String {
        let Activity::Own(id) = activity else {
            return activity_word(activity).to_owned();
        };
        let defined = self.folded.head(&Slot::OwnActivity(id)).map(|live| &live.fact);
        match (defined, written) {
            (Some(Fact::OwnActivity(own)), _) => own.name.clone(),
            (_, Some(written)) => written.to_owned(),
            (_, None) => activity_word(activity).to_owned(),
        }
    }

    /// The clinic's own minimum doses.
    pub fn minimum_doses(&self) -> Vec<MinimumDose> {
        match self.folded.head(&Slot::MinimumDoses).map(|l| &l.fact) {
            Some(Fact::MinimumDoses(minimum)) => minimum.doses.clone(),
            _ => Vec::new(),
        }
    }

    /// A person's name; what their id can't tell is said plainly.
    pub fn name(&self, person: PersonId) -> String {
        self.people
            .get(&self.stands_for(person))
            .or_else(|| self.people.get(&person))
            .map_or_else(|| "someone not on file".to_owned(), |p| p.name.clone())
    }

    /// The person of whom this is another name; oneself where it is nobody else's.
    pub fn stands_for(&self, person: PersonId) -> PersonId {
        let same_as = |now: PersonId| self.people.get(&now).and_then(|p| p.same_as).unwrap_or(now);
        same_as(same_as(person))
    }

    /// How a kind of sheet was read last.
    pub fn mapping(&self, sheet: Sheet) -> Option<&ColumnMapping> {
        match self.folded.head(&Slot::ColumnMapping(sheet)).map(|l| &l.fact) {
            Some(Fact::ColumnMapping(mapping)) => Some(mapping),
            _ => None,
        }
    }
}

/// The clinic's own measures by name, and what it chose.
fn measures(folded: &Folded) -> MeasuresView {
    let own = folded
        .slots()
        .filter_map(|slot| folded.head(slot))
        .filter_map(|l| match &l.fact {
            Fact::OwnInstrument(own) if own.problems().is_empty() => Some(own.clone()),
            _ => None,
        });
    let mut own: Vec<OwnInstrument> = own.collect();
    own.sort_by_key(|own| own.name.to_lowercase());
    let settings = match folded.head(&Slot::MeasureSettings).map(|l| &l.fact) {
        Some(Fact::MeasureSettings(settings)) => settings.clone(),
        _ => MeasureSettings::default(),
    };
    MeasuresView { own, settings }
}

/// What the clinic changed about shipped profiles.
fn profile_changes(folded: &Folded) -> Vec<PayerProfileChange> {
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    heads
        .filter_map(|l| match &l.fact {
            Fact::PayerProfileChange(change) => Some(change.clone()),
            _ => None,
        })
        .collect()
}

/// The clinic's payer profiles; a name that this version doesn't know leaves the default in force.
fn profiles(folded: &Folded, clinic: &Clinic) -> Profiles {
    let changes = profile_changes(folded);
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    let choices = heads.filter_map(|live| match &live.fact {
        Fact::PayerChoice(choice) => Some(choice),
        _ => None,
    });
    let profiles = Profiles::new(&clinic.payer_profile, &changes)
        .or_else(|_| Profiles::new(DEFAULT_PROFILE, &[]))
        .unwrap_or_else(|_| Profiles::only(Profile::default()));
    profiles
        .with_choices(choices)
        .with_own_activities(&own_activities(folded))
}

/// The clinic's own activities by name, retired ones with them.
fn own_activities(folded: &Folded) -> Vec<OwnActivity> {
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    let own = heads.filter_map(|live| match &live.fact {
        Fact::OwnActivity(own) => Some(own.clone()),
        _ => None,
    });
    let mut own: Vec<OwnActivity> = own.collect();
    own.sort_by_key(|own| (own.name.to_lowercase(), own.activity));
    own
}

fn unnamed(zone: Zone) -> Clinic {
    Clinic {
        name: "Clinic".to_owned(),
        zone,
        crisis_line: None,
        working_days: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
        payer_profile: DEFAULT_PROFILE.to_owned(),
        of_age: None,
        consents_from: None,
    }
}
