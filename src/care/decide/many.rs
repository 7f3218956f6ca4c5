//! One thing set for several patients: who pays, consent, the treating clinician.

use super::{Desk, Planned, check, times};
use crate::care::intent::{Refusal, SetForMany};
use crate::journal::facts::{Claim, Payer, Registration};
use crate::journal::{ChartId, Draft, Fact, Folded, Slot};

/// Writes the fact into each chart that lacks it. A chart whose registration isn't here is left alone.
pub(super) fn set(desk: &mut Desk<'_, '_, '_>, what: &SetForMany) -> Result<(), Refusal> {
    match what {
        SetForMany::Times(batch) => return times::save(desk, batch),
        SetForMany::TimesTakenBack(entries) => return times::take_back(desk, entries),
        SetForMany::Payer(_) | SetForMany::Consent(_) | SetForMany::Clinician(_) | SetForMany::Claims(_) => {}
    }
    for (chart, folded) in &desk.view.assigned {
        let Some(registered) = registration(folded) else {
            continue;
        };
        let facts = match what {
            SetForMany::Claims(claims) => new_claims(claims, *chart, folded),
            _ => fact_for(what, folded, registered).into_iter().collect(),
        };
        for fact in facts {
            check(&fact, desk.hand.today(), registered.birth, desk.hand.zone)?;
            let slot = fact.slot();
            let replaces = slot.map(|slot| folded.replaced_by_next(&slot)).unwrap_or_default();
            let draft = Draft {
                chart: *chart,
                replaces,
                fact,
            };
            let id = desk.entry();
            desk.entries.push(Planned { id, draft });
        }
    }
    if desk.entries.is_empty() {
        let why = match what {
            SetForMany::Consent(_) => "All the patients chosen have an answer about consent on record already",
            SetForMany::Payer(_) => "All the patients chosen have this on record already, or a payer from a later day",
            SetForMany::Claims(_) => "All of this is on record already",
            SetForMany::Times(_) | SetForMany::TimesTakenBack(_) => "There is no time to save",
            SetForMany::Clinician(_) => {
                "All the patients chosen have this on record already, or two versions of their details to settle first"
            }
        };
        return Err(Refusal::Field(why.to_owned()));
    }
    Ok(())
}

/// What came back about months of one chart and isn't on record word for word.
fn new_claims(claims: &[(ChartId, Claim)], chart: ChartId, folded: &Folded) -> Vec<Fact> {
    let of_chart = claims.iter().filter(|(of, _)| *of == chart);
    let facts = of_chart.map(|(_, claim)| Fact::Claim(claim.clone()));
    facts
        .filter(|fact| folded.live().iter().all(|live| live.fact != *fact))
        .collect()
}

/// What is written into one chart; nothing where it holds already, and never over an answer that a patient gave.
fn fact_for(what: &SetForMany, folded: &Folded, registered: &Registration) -> Option<Fact> {
    match what {
        SetForMany::Payer(payer) => {
            let known = || {
                folded.live().iter().filter_map(|live| match &live.fact {
                    Fact::Payer(known) => Some(known),
                    _ => None,
                })
            };
            // Who pays from a later day on stays, and so does the member number with the same payer.
            if known().any(|known| payer.from < known.from) {
                return None;
            }
            let of_same = known().filter(|known| known.name == payer.name);
            let member = of_same.filter_map(|known| known.member.clone()).next_back();
            let fact = Fact::Payer(Payer {
                member: payer.member.clone().or(member),
                ..payer.clone()
            });
            (folded.head(&Slot::Payer).map(|live| &live.fact) != Some(&fact)).then_some(fact)
        }
        SetForMany::Consent(consent) => {
            let answered = folded.head(&Slot::Consent(consent.programme)).is_some();
            (!answered).then(|| Fact::Consent(consent.clone()))
        }
        SetForMany::Claims(_) | SetForMany::Times(_) | SetForMany::TimesTakenBack(_) => None,
        // Where copies differ, a person settles it first.
        SetForMany::Clinician(_) if folded.heads(&Slot::Registration).len() > 1 => None,
        SetForMany::Clinician(person) => (registered.clinician != Some(*person)).then(|| {
            Fact::Registration(Registration {
                clinician: Some(*person),
                ..registered.clone()
            })
        }),
    }
}

pub(super) fn registration(folded: &Folded) -> Option<&Registration> {
    match folded.head(&Slot::Registration).map(|live| &live.fact) {
        Some(Fact::Registration(registered)) => Some(registered),
        _ => None,
    }
}
