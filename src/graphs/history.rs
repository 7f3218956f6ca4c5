//! From a record to what can be drawn of it: no instrument is named here, but where a rule is one instrument's own.

use std::collections::BTreeMap;

use super::model::{
    Band, Better, Course, Early, Edge, History, Line, LineKind, Mark, MarkKind, Panel, Phase, Point, Span,
};
use crate::care::{self, AsOf, Number, Scale};
use crate::flowsheet::{EpisodeLine, Flowsheet, StatusLine};
use crate::instruments::{
    self, ChangeTest, Context, Cutoff, Definition, Direction, Limit, Measure, definition_drawn, score_assessment,
    title_of,
};
use crate::journal::facts::{Assessment, Sex};
use crate::journal::{Day, EntryId, Fact, Folded};

/// PHQ-9 scores that predict that treatment will not have helped by its end: 17 or more in week 4, 13 in week 9, 9 in
/// week 14. Schueller 2015, <https://pubmed.ncbi.nlm.nih.gov/26077754>: two trials of cognitive-behavioral treatment,
/// 487 people.
const EARLY_PHQ9: [(u8, u16); 3] = [(4, 17), (9, 13), (14, 9)];

/// Where the early-warning points come from, for the page that offers them.
pub const EARLY_SOURCE: &str = "PHQ-9 of 17 or more in week 4, 13 in week 9 or 9 in week 14 predicted no response at the \
     end of cognitive-behavioral treatment in two trials (487 people); Schueller 2015, https://pubmed.ncbi.nlm.nih.gov/26077754. \
     A hint, not a rule: nothing on the worklist rests on it";

/// All that can be drawn of a patient, the measures in this order.
pub fn history(sheet: &Flowsheet, folded: &Folded, instruments: &[&str], at: &AsOf<'_>) -> History {
    let assessments = assessments(folded);
    let mut panels = Vec::new();
    for id in instruments {
        panels.extend(panels_of(sheet, &assessments, id, at));
    }
    History {
        panels,
        marks: marks(sheet, folded, at.today),
        spans: spans(sheet),
        courses: courses(sheet),
        today: at.today,
    }
}

fn assessments(folded: &Folded) -> BTreeMap<EntryId, &Assessment> {
    let taken = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::Assessment(taken) => Some((live.id, taken)),
        _ => None,
    });
    taken.collect()
}

/// The panel of the total, then one for each part that has a sum of its own. An instrument that this version doesn't
/// know has its total drawn up to the greatest that was recorded.
fn panels_of(sheet: &Flowsheet, assessments: &BTreeMap<EntryId, &Assessment>, id: &str, at: &AsOf<'_>) -> Vec<Panel> {
    let points = points(sheet, id, at.today);
    let Some(definition) = definition_drawn(assessments.values().copied(), id) else {
        let most = points.iter().filter_map(|p| p.value).max().unwrap_or(1);
        let mut panel = Panel::new(id, &title_of(id), (0, most));
        panel.points = points;
        return vec![panel];
    };
    let definition = definition.as_ref();
    let mut panels = Vec::new();
    if let (Some(key), Some((low, high))) = (&definition.total, definition.score_range) {
        let mut panel = Panel::new(id, &definition.short_title, (score(low), score(high)));
        panel.better = better(definition.direction);
        panel.points = points;
        panel.bands = bands(definition, key, &panel);
        panel.lines = lines(sheet, definition, key, &panel, at);
        if id == Scale::Phq9.id() {
            panel.early = early(sheet, at.today);
        }
        panels.push(panel);
    }
    panels.extend(parts(sheet, assessments, definition, at.today));
    panels
}

fn points(sheet: &Flowsheet, id: &str, until: Day) -> Vec<Point> {
    let taken = sheet.scores_of(id, until).map(|s| Point {
        day: s.day,
        value: s.total,
    });
    let declined = sheet.declined.iter().filter(|(day, i)| i == id && *day <= until);
    let declined = declined.map(|(day, _)| Point { day: *day, value: None });
    let mut points: Vec<Point> = taken.chain(declined).collect();
    points.sort_by_key(|p| p.day);
    points
}

/// The sums of some of the items, as panels.
fn parts(
    sheet: &Flowsheet,
    assessments: &BTreeMap<EntryId, &Assessment>,
    definition: &Definition,
    until: Day,
) -> Vec<Panel> {
    let id = definition.id.as_str();
    let sums: Vec<(&str, (u16, u16), Better)> = definition
        .results
        .iter()
        .filter_map(|step| match &step.by {
            Measure::Sum { items, times } if !items.is_empty() && definition.total.as_ref() != Some(&step.key) => {
                let better = better(step.direction.unwrap_or(definition.direction));
                Some((step.key.as_str(), sum_range(definition, items, *times), better))
            }
            _ => None,
        })
        .collect();
    if sums.is_empty() {
        return Vec::new();
    }
    let scored: Vec<_> = sheet
        .scores_of(id, until)
        .filter_map(|line| {
            let scored = score_assessment(assessments.get(&line.entry)?, &Context::new()).ok()?;
            Some((line.day, scored.results))
        })
        .collect();
    let panel = |(key, range, better): (&str, (u16, u16), Better)| {
        let title = format!("{}, {}", definition.short_title, key.replace('_', " "));
        let mut panel = Panel::new(id, &title, range);
        panel.part = Some(key.to_owned());
        panel.better = better;
        let value = |results: &BTreeMap<String, instruments::ResultValue>| {
            let number = results.get(key).and_then(instruments::ResultValue::number);
            number.and_then(|n| u16::try_from(n).ok())
        };
        let points = scored.iter().map(|(day, results)| Point {
            day: *day,
            value: value(results),
        });
        panel.points = points.collect();
        panel.lines = cutoffs(definition, key, sheet.who.sex);
        panel
    };
    sums.into_iter().map(panel).collect()
}

/// The least and the greatest sum of some items.
fn sum_range(definition: &Definition, items: &[instruments::ItemId], times: i32) -> (u16, u16) {
    let ranges = items
        .iter()
        .filter_map(|id| definition.item(id))
        .filter_map(|item| definition.item_range(item));
    let (low, high) = ranges.fold((0, 0), |(low, high), (l, h)| (low + l, high + h));
    (score(low * times), score(high * times))
}

fn score(points: i32) -> u16 {
    u16::try_from(points.max(0)).unwrap_or(u16::MAX)
}

fn better(direction: Direction) -> Better {
    match direction {
        Direction::HigherIsWorse => Better::Lower,
        Direction::HigherIsBetter => Better::Higher,
    }
}

/// The instrument's own bands; where it has none, those of a result of its total (AUDIT's zones).
fn bands(definition: &Definition, total: &str, panel: &Panel) -> Vec<Band> {
    let of_total = |step: &instruments::Step| match &step.by {
        Measure::Band { of, bands } if of == total && !bands.is_empty() => Some(bands.clone()),
        _ => None,
    };
    let bands = match definition.bands.is_empty() {
        false => definition.bands.clone(),
        true => definition.results.iter().find_map(of_total).unwrap_or_default(),
    };
    let last = bands.len().saturating_sub(1);
    let next = bands.iter().skip(1).map(|b| score(b.from).saturating_sub(1));
    let ends = next.chain([panel.max]);
    let shade = |place: usize| {
        let severity = match panel.better {
            Better::Lower => place,
            Better::Higher => last - place,
        };
        u8::try_from(severity).unwrap_or(u8::MAX)
    };
    let band = |(place, (band, to)): (usize, (&instruments::Band, u16))| Band {
        from: score(band.from),
        to,
        label: band.label.to_lowercase(),
        shade: shade(place),
    };
    bands.iter().zip(ends).enumerate().map(band).collect()
}

/// Target and response of each episode; cut-offs where there are no bands.
fn lines(sheet: &Flowsheet, definition: &Definition, total: &str, panel: &Panel, at: &AsOf<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if panel.bands.is_empty() {
        lines.extend(cutoffs(definition, total, sheet.who.sex));
    }
    lines.extend(target(definition, at));
    let scale = Scale::of(definition.id.as_str());
    for episode in &sheet.episodes {
        let until = episode.closed();
        let Some(first) = care::baseline(sheet, episode, &scale, until.unwrap_or(at.today)) else {
            continue;
        };
        if let Some((edge, label)) = response(definition, panel, first.point.total) {
            lines.push(Line {
                kind: LineKind::Response,
                edge,
                from: Some(first.point.day),
                until,
                label,
            });
        }
    }
    lines
}

/// The line under which the protocol says "at target"; for another instrument its published remission.
fn target(definition: &Definition, at: &AsOf<'_>) -> Option<Line> {
    let (edge, label) = match Scale::of(definition.id.as_str()) {
        Scale::Phq9 | Scale::Gad7 => {
            let under = at.protocol.get(Number::TargetUnder);
            let most = u16::try_from(under).unwrap_or(u16::MAX).saturating_sub(1);
            (Edge::AtMost(most), format!("target: under {under}"))
        }
        Scale::Other(_) => definition.change.iter().find_map(|rule| match rule.any.as_slice() {
            [ChangeTest::LatestBelow(limit)] => {
                let label = format!("target: {}", rule.label.to_lowercase());
                Some((Edge::AtMost(score(*limit - 1)), label))
            }
            _ => None,
        })?,
    };
    Some(Line {
        kind: LineKind::Target,
        edge,
        from: None,
        until: None,
        label,
    })
}

/// The score from which a published change holds: half of the baseline where the instrument has such a rule, otherwise
/// its first rule in points.
fn response(definition: &Definition, panel: &Panel, baseline: u16) -> Option<(Edge, String)> {
    let base = i32::from(baseline);
    let edge = |least_change: i32| match panel.better {
        Better::Lower => (panel.min <= score(base - least_change) && least_change <= base)
            .then(|| Edge::AtMost(score(base - least_change))),
        Better::Higher => {
            (base + least_change <= i32::from(panel.max)).then(|| Edge::AtLeast(score(base + least_change)))
        }
    };
    let alone = |rule: &instruments::ChangeRule| match rule.any.as_slice() {
        [only] => Some((*only, rule.label.clone())),
        _ => None,
    };
    let rules: Vec<(ChangeTest, String)> = definition.change.iter().filter_map(alone).collect();
    let by_percent = rules.iter().find_map(|(test, _)| match test {
        // Exactly so many percent count, so a part of a point is a whole one more.
        ChangeTest::BetterByPercent(percent) if 0 < base => {
            let edge = edge((base * percent + 99) / 100)?;
            let part = if *percent == 50 {
                "half".to_owned()
            } else {
                format!("{percent} %")
            };
            Some((
                edge,
                format!("response: {}, {part} of the baseline {base}", edge.words()),
            ))
        }
        _ => None,
    });
    by_percent.or_else(|| {
        rules.iter().find_map(|(test, label)| match test {
            ChangeTest::BetterByPoints(points) => {
                let edge = edge(*points)?;
                let label = label.to_lowercase();
                Some((edge, format!("{label}: {} after the baseline {base}", edge.words())))
            }
            _ => None,
        })
    })
}

/// The cut-offs of a score, each limit once. One that depends on the patient's sex is drawn when that is known.
fn cutoffs(definition: &Definition, key: &str, sex: Option<Sex>) -> Vec<Line> {
    let of_key = definition.results.iter().filter_map(|step| match &step.by {
        Measure::Cutoff(cutoff) if cutoff.of == key => edge_of(cutoff, sex),
        _ => None,
    });
    let mut edges: Vec<Edge> = of_key.collect();
    edges.sort_unstable();
    edges.dedup();
    let line = |edge: Edge| Line {
        kind: LineKind::Cutoff,
        edge,
        from: None,
        until: None,
        label: format!("cut-off: {}", edge.words()),
    };
    edges.into_iter().map(line).collect()
}

fn edge_of(cutoff: &Cutoff, sex: Option<Sex>) -> Option<Edge> {
    let points = |limit: &Limit| match limit {
        Limit::Points(points) => Some(*points),
        Limit::By { by, values } if by == "sex" => {
            let sex = match sex? {
                Sex::Female => "female",
                Sex::Male => "male",
                _ => return None,
            };
            values.get(sex).copied()
        }
        Limit::By { .. } => None,
    };
    let least = cutoff.at_least.as_ref().and_then(points);
    let most = cutoff.at_most.as_ref().and_then(points);
    least
        .map(|p| Edge::AtLeast(score(p)))
        .or_else(|| most.map(|p| Edge::AtMost(score(p))))
}

/// The early-warning points of the latest episode, counted from the day on which treatment began.
fn early(sheet: &Flowsheet, today: Day) -> Vec<Early> {
    let began = |episode: &EpisodeLine| {
        let active = episode.statuses.iter().find(|(_, s)| *s == StatusLine::Active);
        active.map(|(day, _)| *day).or_else(|| episode.enrolled())
    };
    let Some(start) = sheet.episode_on(today).and_then(began) else {
        return Vec::new();
    };
    let point = |(week, score): (u8, u16)| Early {
        week,
        day: start.plus(7 * i64::from(week)),
        score,
    };
    EARLY_PHQ9.map(point).to_vec()
}

fn marks(sheet: &Flowsheet, folded: &Folded, today: Day) -> Vec<Mark> {
    let changes: BTreeMap<EntryId, &str> = folded
        .live()
        .iter()
        .filter_map(|live| match &live.fact {
            Fact::TreatmentChange(change) => Some((live.id, change.what.as_str())),
            _ => None,
        })
        .collect();
    let mark = |day: Day, kind: MarkKind, label: &str| Mark {
        day,
        kind,
        label: label.to_owned(),
    };
    let treatments = sheet.treatments.iter().map(|t| {
        let what = changes.get(&t.entry).copied().unwrap_or_default();
        mark(t.day, MarkKind::Treatment, what)
    });
    let reviews = sheet.reviews.iter().map(|r| mark(r.day, MarkKind::Review, ""));
    let contacts = sheet.contacts.iter().filter(|c| c.with_patient);
    let contacts = contacts.map(|c| mark(c.day, MarkKind::Contact, ""));
    let mut marks: Vec<Mark> = treatments.chain(reviews).chain(contacts).collect();
    marks.retain(|m| m.day <= today);
    marks.sort();
    marks.dedup();
    marks
}

fn spans(sheet: &Flowsheet) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let all = sheet.episodes.iter().flat_map(|e| &e.statuses);
    for (from, status) in all {
        let phase = match status {
            StatusLine::Referred | StatusLine::Outreach => Phase::Waiting,
            StatusLine::Enrolled | StatusLine::Active => Phase::Care,
            StatusLine::RelapsePrevention => Phase::RelapsePrevention,
            StatusLine::OnHold { .. } => Phase::OnHold,
            StatusLine::Closed(_) => Phase::Closed,
        };
        if let Some(last) = spans.last_mut() {
            if last.phase == phase {
                continue;
            }
            last.until = Some((*from).max(last.from));
        }
        spans.push(Span {
            from: *from,
            until: None,
            phase,
        });
    }
    spans
}

/// Episodes by their days. Scores from before the first one belong to it: the screening that led to it.
fn courses(sheet: &Flowsheet) -> Vec<Course> {
    let first_score = sheet.scores.iter().map(|s| s.day).min();
    let course = |(place, episode): (usize, &EpisodeLine)| Course {
        from: match first_score {
            Some(first) if place == 0 => episode.opened.min(first),
            _ => episode.opened,
        },
        until: episode.closed(),
    };
    sheet.episodes.iter().enumerate().map(course).collect()
}
