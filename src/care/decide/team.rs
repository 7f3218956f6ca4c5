//! Several patients at once: sent out to whoever stands in, handed back, given to another care manager. One save.

use super::{Desk, Planned, check};
use crate::care::coverage;
use crate::care::intent::{Refusal, TeamChange};
use crate::journal::facts::{Assignment, CameBack, Coverage, EnteredInError, Role};
use crate::journal::{ChartId, Day, Draft, EntryId, Fact, Folded, PersonId, Slot};

/// Writes the change into each chart.
pub(super) fn change(desk: &mut Desk<'_, '_, '_>, change: &TeamChange) -> Result<(), Refusal> {
    let today = desk.hand.today();
    match change {
        TeamChange::SendOut { by, from, until } => send_out(desk, *by, *from, *until),
        TeamChange::HandBack { coverage } => {
            let me = desk.hand.me;
            let mine = |sent: &Coverage| sent.by == me && sent.coverage == Some(*coverage);
            come_back(desk, mine, &CameBack::HandedBack { on: today })
        }
        TeamChange::BackOtherwise { coverage, reason } => {
            let back = CameBack::Otherwise {
                on: today,
                reason: reason.trim().to_owned(),
            };
            come_back(desk, |sent| sent.coverage == Some(*coverage), &back)
        }
        TeamChange::Assign { to, from, reason } => assign(desk, *to, *from, reason.trim()),
        TeamChange::TakeBack { entries } => take_back(desk, entries),
    }
}

fn send_out(desk: &mut Desk<'_, '_, '_>, by: PersonId, from: Day, until: Day) -> Result<(), Refusal> {
    is_of_the_clinic(desk, by)?;
    if by == desk.hand.me {
        return Err(Refusal::Field(
            "Choose somebody else: you can\u{2019}t stand in for yourself".to_owned(),
        ));
    }
    if until < desk.hand.today() {
        return Err(Refusal::Field(
            "The last day of the coverage lies in the past".to_owned(),
        ));
    }
    let charts = desk.view.assigned.iter();
    let out_already = charts
        .filter(|(_, folded)| !coverage::open_in(folded).is_empty())
        .count();
    if 0 < out_already {
        return Err(Refusal::Field(format!(
            "{out_already} of these patients are out already: merge them back first, or leave them off the list"
        )));
    }
    let me = desk.hand.me;
    let id = desk.hand.thing();
    each(desk, |_, folded| {
        let managed_by = match folded.head(&Slot::Assignment).map(|live| &live.fact) {
            Some(Fact::Assignment(assignment)) => assignment.care_manager,
            _ => None,
        };
        vec![
            Coverage {
                by,
                from,
                until,
                coverage: Some(id),
                of: managed_by.filter(|person| *person != by).or(Some(me)),
                back: None,
            }
            .into(),
        ]
    })
}

fn come_back(desk: &mut Desk<'_, '_, '_>, which: impl Fn(&Coverage) -> bool, back: &CameBack) -> Result<(), Refusal> {
    each(desk, |_, folded| {
        let open = coverage::open_in(folded).into_iter().filter(&which);
        let returned = open.map(|sent| Coverage {
            back: Some(back.clone()),
            ..sent
        });
        returned.map(Fact::from).collect()
    })
}

fn assign(desk: &mut Desk<'_, '_, '_>, to: Option<PersonId>, from: Day, reason: &str) -> Result<(), Refusal> {
    if let Some(person) = to {
        is_of_the_clinic(desk, person)?;
    }
    if reason.is_empty() {
        return Err(Refusal::Field("Say why they change hands".to_owned()));
    }
    each(desk, |_, _| {
        vec![
            Assignment {
                care_manager: to,
                from,
                why: Some(reason.to_owned()),
            }
            .into(),
        ]
    })
}

/// Each entry is marked as entered in error; only what a change of the team writes is taken back here, and only by whoever
/// wrote it.
fn take_back(desk: &mut Desk<'_, '_, '_>, entries: &[EntryId]) -> Result<(), Refusal> {
    let me = desk.hand.me;
    let is_mine = |folded: &Folded, entry: EntryId| {
        let mut live = folded.live().iter();
        live.any(|live| {
            let of_team = matches!(live.fact, Fact::Coverage(_) | Fact::Assignment(_));
            live.id == entry && live.author == me && of_team
        })
    };
    let found = |entry: EntryId| desk.view.assigned.iter().any(|(_, folded)| is_mine(folded, entry));
    if !entries.iter().all(|entry| found(*entry)) {
        return Err(Refusal::Field(
            "It can\u{2019}t be undone any more: something of it was changed since. Make the change the other way round".to_owned(),
        ));
    }
    each(desk, |_, folded| {
        let mine = entries.iter().copied().filter(|entry| is_mine(folded, *entry));
        let void = |entry| EnteredInError {
            entry,
            reason: "Undone".to_owned(),
            moved_to: None,
        };
        mine.map(|entry| Fact::from(void(entry))).collect()
    })
}

fn is_of_the_clinic(desk: &Desk<'_, '_, '_>, person: PersonId) -> Result<(), Refusal> {
    match desk.view.office.1.head(&Slot::Person(person)).map(|live| &live.fact) {
        Some(Fact::Person(found)) if found.same_as.is_none() && !found.left && found.role != Role::Import => Ok(()),
        _ => Err(Refusal::Field("Choose a person of the clinic".to_owned())),
    }
}

/// Adds facts to each of the charts.
fn each(desk: &mut Desk<'_, '_, '_>, facts: impl Fn(ChartId, &Folded) -> Vec<Fact>) -> Result<(), Refusal> {
    let (today, zone) = (desk.hand.today(), desk.hand.zone);
    for (chart, folded) in &desk.view.assigned {
        for fact in facts(*chart, folded) {
            check(&fact, today, None, zone)?;
            let replaces = fact
                .slot()
                .map(|slot| folded.replaced_by_next(&slot))
                .unwrap_or_default();
            let id = desk.entry();
            desk.entries.push(Planned {
                id,
                draft: Draft {
                    chart: *chart,
                    replaces,
                    fact,
                },
            });
        }
    }
    Ok(())
}
