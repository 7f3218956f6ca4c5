//! A clinic's own measure: scored by the scale that its assessments carry.

use caseload::instruments::{
    AssessmentError, Context, OwnError, SafetyAnswer, Score, is_own, own_definition, own_id, score_assessment, title_of,
};
use caseload::journal::Fact;
use caseload::journal::facts::{
    Answered, Assessment, ConcernKind, OwnAlarm, OwnBand, OwnInstrument, OwnScale, Taken, Worse,
};
use proptest::prelude::*;

fn band(from: u16, label: &str) -> OwnBand {
    OwnBand {
        from,
        label: label.to_owned(),
    }
}

fn scale(worse: Worse, alarm: u16) -> OwnScale {
    OwnScale {
        low: 0,
        high: 10,
        worse,
        bands: vec![band(0, "Low"), band(4, "Some"), band(8, "High")],
        alarm: Some(OwnAlarm {
            at: alarm,
            concern: ConcernKind::Overdose,
        }),
    }
}

fn taken(total: u16, scale: Option<OwnScale>) -> Assessment {
    Assessment {
        instrument: own_id("Craving"),
        version: "1".to_owned(),
        at: "2026-11-20".parse().unwrap(),
        taken: Taken::Remotely,
        answers: Answered::Total {
            total,
            known: [].into(),
        },
        scale,
        respondent: None,
    }
}

#[test]
fn a_score_reaches_the_alarm_line_on_it_and_beyond_it_in_the_worse_direction() {
    let table = [
        // worse, line, score, answer
        (Worse::Higher, 8, 7, SafetyAnswer::Negative),
        (Worse::Higher, 8, 8, SafetyAnswer::Positive(8)),
        (Worse::Higher, 8, 10, SafetyAnswer::Positive(10)),
        // Where lower is worse, further below the line is a higher answer; 0 is reached and never reads as "no".
        (Worse::Lower, 3, 4, SafetyAnswer::Negative),
        (Worse::Lower, 3, 3, SafetyAnswer::Positive(1)),
        (Worse::Lower, 3, 0, SafetyAnswer::Positive(4)),
    ];
    for (worse, line, total, answer) in table {
        let scored = score_assessment(&taken(total, Some(scale(worse, line))), &Context::new()).unwrap();
        assert_eq!(scored.safety_answer(), answer, "{worse:?} {line} {total}");
        assert_eq!(scored.flags.is_empty(), answer == SafetyAnswer::Negative);
        assert_eq!(scored.concern, Some(ConcernKind::Overdose));
    }
}

#[test]
fn an_assessment_keeps_the_bands_that_it_was_taken_with() {
    let mut later = scale(Worse::Higher, 9);
    later.bands = vec![band(0, "Fine"), band(9, "Bad")];
    let before = score_assessment(&taken(8, Some(scale(Worse::Higher, 9))), &Context::new()).unwrap();
    let after = score_assessment(&taken(8, Some(later)), &Context::new()).unwrap();
    assert_eq!(before.band.unwrap().label, "High");
    assert_eq!(after.band.unwrap().label, "Fine");
    assert_eq!(before.total, Some(Score::new(8)));
}

#[test]
fn a_score_without_its_scale_or_outside_it_is_not_scored() {
    let refused = |taken: &Assessment| score_assessment(taken, &Context::new()).unwrap_err();
    assert_eq!(refused(&taken(3, None)), AssessmentError::UnknownInstrument);
    let outside = refused(&taken(11, Some(scale(Worse::Higher, 8))));
    assert!(matches!(outside, AssessmentError::Score(_)), "{outside}");
    // A scale is read only for a clinic's own measure: it can't stand in for a shipped one.
    let mut posing = taken(3, Some(scale(Worse::Higher, 1)));
    posing.instrument = "phq9".to_owned();
    let scored = score_assessment(&posing, &Context::new()).unwrap();
    assert_eq!(
        (scored.concern, scored.band.unwrap().label),
        (None, "None to minimal".to_owned())
    );
}

/// Makes numbers that don't hold together.
type Spoil = fn(&mut OwnScale);

#[test]
fn numbers_that_do_not_hold_together_are_refused_where_they_are_written_and_where_they_are_read() {
    let spoil: [(Spoil, OwnError); 6] = [
        (|it| it.high = 0, OwnError::Range),
        (|it| it.bands[0].from = 1, OwnError::Bands),
        (|it| it.bands[2].from = 4, OwnError::Bands),
        (|it| it.bands[2].from = 11, OwnError::Bands),
        (|it| it.alarm.as_mut().unwrap().at = 0, OwnError::Alarm),
        (|it| it.alarm.as_mut().unwrap().at = 11, OwnError::Alarm),
    ];
    let written = |scale: OwnScale| {
        let own = OwnInstrument {
            instrument: own_id("Craving"),
            version: 1,
            name: "Craving".to_owned(),
            scale,
            retired: false,
        };
        Fact::OwnInstrument(own).problems()
    };
    assert!(written(scale(Worse::Higher, 8)).is_empty());
    for (spoil, error) in spoil {
        let mut bad = scale(Worse::Higher, 8);
        spoil(&mut bad);
        assert_eq!(own_definition("own:Craving", "1", &bad).unwrap_err(), error);
        assert!(!written(bad).is_empty(), "{error}");
    }
}

#[test]
fn its_name_is_its_id_and_no_shipped_instrument_can_be_meant() {
    assert_eq!(own_id("  Sleep hours "), "own:Sleep hours");
    assert!(is_own("own:PHQ-9") && !is_own("phq9"));
    assert_eq!(title_of("own:Sleep hours"), "Sleep hours");
    assert_eq!(title_of("phq9"), "PHQ-9");
    assert_eq!(title_of("from_a_newer_copy"), "from_a_newer_copy");
}

proptest! {
    #[test]
    fn every_score_of_a_scale_has_its_points_and_a_band(low in 0_u16..50, length in 1_u16..500, at in 0_u16..500) {
        let scale = OwnScale {
            low,
            high: low + length,
            worse: Worse::Higher,
            bands: vec![band(low, "All")],
            alarm: None,
        };
        let total = low + at % (length + 1);
        let scored = score_assessment(&taken(total, Some(scale)), &Context::new()).unwrap();
        prop_assert_eq!(scored.total, Some(Score::new(total.into())));
        prop_assert_eq!(scored.band.unwrap().label, "All");
        prop_assert_eq!(scored.safety.len(), 0);
    }
}
