//! What the initial assessment, dated values, permissions, releases and marks must be.

use super::{Check, LABEL, Problem, TEXT};
use crate::journal::facts::{
    AreaAnswers, Condition, DatedValue, Mark, MarkState, MinorCare, MinorConsent, Permissions, Release, Said,
    ValueTarget,
};
use crate::journal::read_value;

impl Check {
    pub(super) fn area(&mut self, area: &AreaAnswers) {
        for reply in area.replies.values() {
            if let Said::Yes { words } = reply {
                self.maybe("What was said", words.as_ref(), TEXT);
            }
        }
        for past in &area.treatments {
            self.text("Earlier treatment", &past.what, LABEL);
            self.maybe("Dose", past.dose.as_ref(), LABEL);
            self.maybe("For how long", past.how_long.as_ref(), LABEL);
        }
    }

    pub(super) fn condition(&mut self, condition: &Condition) {
        self.text("Condition", &condition.label, LABEL);
        self.maybe("What is known of it", condition.note.as_ref(), TEXT);
        self.order("Condition", condition.from, condition.until);
    }

    /// A value of a known kind has a shape; one from elsewhere is kept as it was written.
    pub(super) fn value(&mut self, value: &DatedValue) {
        self.text("Name", &value.name, LABEL);
        self.text("Value", &value.value, LABEL);
        self.maybe("Unit", value.unit.as_ref(), 20);
        let Some(kind) = value.what else { return };
        let mut shape = |field, text: &str| {
            if let Err(error) = read_value(kind, text) {
                self.fail(field, Problem::Shape(error));
            }
        };
        shape("Value", &value.value);
        match &value.target {
            None => {}
            Some(ValueTarget::Below { value } | ValueTarget::Above { value }) => shape("Target", value),
            Some(ValueTarget::Between { low, high }) => {
                shape("Target", low);
                shape("Target", high);
            }
        }
    }

    pub(super) fn release(&mut self, release: &Release) {
        self.text("Recipient", &release.to, LABEL);
        self.length("Scope", &release.scope, TEXT);
        if release.covers.is_empty() && release.scope.trim().is_empty() {
            self.fail("Scope", Problem::Empty);
        }
        self.maybe("Telephone or address", release.contact.as_ref(), LABEL);
        self.order("Release", Some(release.from), release.until);
    }

    pub(super) fn mark(&mut self, mark: &Mark) {
        match &mark.state {
            MarkState::Set { note } => self.maybe("Note", note.as_ref(), TEXT),
            MarkState::Removed { reason } => self.text("Why it is no longer protected", reason, TEXT),
        }
    }

    pub(super) fn permissions(&mut self, permissions: &Permissions) {
        for person in &permissions.speak_with {
            self.text("With whom", &person.name, LABEL);
            self.maybe("Relation", person.relation.as_ref(), LABEL);
            self.maybe("About what", person.about.as_ref(), LABEL);
        }
    }

    pub(super) fn minor(&mut self, minor: &MinorCare) {
        self.maybe("Guardian", minor.guardian.as_ref(), LABEL);
        self.maybe("What stays confidential", minor.confidential.as_ref(), TEXT);
        if let MinorConsent::Minor { rule } = &minor.consented {
            self.maybe("Rule", rule.as_ref(), LABEL);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::journal::facts::*;
    use crate::journal::{Day, EntryId, Fact, ThingId, When, Zone};

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn release(from: &str, until: Option<&str>) -> Release {
        Release {
            release: ThingId::from_random([1; 16]),
            to: "Dana Reyes".to_owned(),
            scope: String::new(),
            from: day(from),
            until: until.map(day),
            part2: false,
            revoked: None,
            covers: vec![Covers::Progress],
            minor: false,
            kind: None,
            contact: None,
        }
    }

    fn area(words: &str) -> AreaAnswers {
        let words = Some(words.to_owned());
        AreaAnswers {
            area: Area::Trauma,
            day: day("2026-11-20"),
            replies: BTreeMap::from([(Question::TraumaPast, Said::Yes { words })]),
            treatments: Vec::new(),
        }
    }

    #[test]
    fn bad_input_is_refused_field_by_field() {
        let long = "x".repeat(TEXT + 1);
        let entry = EntryId::from_time(1, [0; 10]);
        let removed = MarkState::Removed { reason: " ".to_owned() };
        let value = |value: &str| DatedValue {
            name: "Blood pressure".to_owned(),
            value: value.to_owned(),
            unit: None,
            at: When::Day(day("2026-11-20")),
            what: Some(ValueKind::BloodPressure),
            target: Some(ValueTarget::Below {
                value: "130/80".to_owned(),
            }),
        };
        let cases: Vec<(Fact, &[&str])> = vec![
            (area("moved often").into(), &[]),
            (area("<script>alert(1)</script>").into(), &[]),
            (area(&"x".repeat(10_000)).into(), &[]),
            (area(&long).into(), &["What was said is longer than 20000 characters"]),
            (area(" ").into(), &["What was said is empty"]),
            (release("2026-11-20", None).into(), &[]),
            (release("2026-11-20", Some("2026-11-20")).into(), &[]),
            (
                release("2026-11-20", Some("2026-11-19")).into(),
                &["Release ends before it starts"],
            ),
            (
                Release {
                    to: String::new(),
                    ..release("2026-11-20", None)
                }
                .into(),
                &["Recipient is empty"],
            ),
            (
                Release {
                    covers: Vec::new(),
                    ..release("2026-11-20", None)
                }
                .into(),
                &["Scope is empty"],
            ),
            (value("128/82").into(), &[]),
            (
                value("12o/80").into(),
                &["Value is not a blood pressure such as 128/82"],
            ),
            (
                Mark {
                    entry,
                    why: Protection::Part2,
                    state: removed,
                }
                .into(),
                &["Why it is no longer protected is empty"],
            ),
        ];
        for (fact, expected) in cases {
            let found: Vec<String> = fact.problems().iter().map(ToString::to_string).collect();
            assert_eq!(found, expected, "{}", fact.kind());
        }
    }

    #[test]
    fn what_was_asked_lies_neither_in_the_future_nor_before_the_birth() {
        let (today, birth) = (day("2026-11-20"), Some(day("2010-05-01")));
        let on = |text: &str| AreaAnswers {
            day: day(text),
            ..area("x")
        };
        let since = |text: &str| Condition {
            condition: ThingId::from_random([2; 16]),
            label: "Asthma".to_owned(),
            from: Some(day(text)),
            until: None,
            what: None,
            note: None,
        };
        let cases: [(Fact, Option<Problem>); 6] = [
            (on("2026-11-20").into(), None),
            (on("2026-11-21").into(), Some(Problem::InFuture)),
            (on("2010-04-30").into(), Some(Problem::BeforeBirth)),
            (since("2010-05-01").into(), None),
            (since("2010-04-30").into(), Some(Problem::BeforeBirth)),
            (since("2026-11-21").into(), Some(Problem::InFuture)),
        ];
        for (fact, expected) in cases {
            let found = fact.timing(today, birth, Zone::UTC);
            assert_eq!(found.into_iter().next().map(|p| p.problem), expected);
        }
    }
}
