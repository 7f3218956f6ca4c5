use super::dates::dates;
use super::*;
use crate::graphs::*;
use crate::journal::Day;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn point(d: &str, value: Option<u16>) -> Point {
    Point { day: day(d), value }
}

fn mark(d: &str, kind: MarkKind, label: &str) -> Mark {
    Mark {
        day: day(d),
        kind,
        label: label.into(),
    }
}

fn phq9(points: Vec<Point>) -> Panel {
    let band = |(shade, (from, to, label)): (u8, (u16, u16, &str))| Band {
        from,
        to,
        label: label.into(),
        shade,
    };
    let bands = [
        (0, 4, "minimal"),
        (5, 9, "mild"),
        (10, 14, "moderate"),
        (15, 19, "moderately severe"),
        (20, 27, "severe"),
    ];
    let line = |kind, most, label: &str| Line {
        kind,
        edge: Edge::AtMost(most),
        from: None,
        until: None,
        label: label.into(),
    };
    let early = |week, d: &str, score| Early {
        week,
        day: day(d),
        score,
    };
    Panel {
        points,
        bands: (0..).zip(bands).map(band).collect(),
        lines: vec![
            line(LineKind::Target, 4, "target: under 5"),
            line(LineKind::Response, 8, "response: 8 or less, half of the baseline 17"),
        ],
        early: vec![early(4, "2026-10-22", 17), early(9, "2026-11-26", 13)],
        ..Panel::new("phq9", "PHQ-9 <over time>", (0, 27))
    }
}

fn gad7() -> Panel {
    Panel {
        points: vec![point("2026-09-24", Some(12)), point("2026-11-19", Some(6))],
        ..Panel::new("gad7", "GAD-7", (0, 21))
    }
}

fn history() -> History {
    let points = vec![
        point("2026-09-24", Some(17)),
        point("2026-10-08", Some(14)),
        point("2026-10-22", None),
        point("2026-10-30", Some(14)),
        point("2026-11-20", Some(0)),
    ];
    History {
        panels: vec![phq9(points), gad7()],
        marks: vec![
            mark("2026-10-02", MarkKind::Treatment, "sertraline 50 mg"),
            mark("2026-10-08", MarkKind::Contact, ""),
            mark("2026-10-22", MarkKind::Contact, ""),
            mark("2026-10-23", MarkKind::Review, ""),
        ],
        spans: vec![
            Span {
                from: day("2026-09-20"),
                until: Some(day("2026-10-30")),
                phase: Phase::Care,
            },
            Span {
                from: day("2026-10-30"),
                until: None,
                phase: Phase::RelapsePrevention,
            },
        ],
        courses: vec![Course {
            from: day("2026-09-20"),
            until: None,
        }],
        today: day("2026-11-20"),
    }
}

fn of(history: &History, shape: Shape) -> Graph {
    let panels: Vec<&Panel> = history.of_instrument("phq9").collect();
    history.graph(&panels, Range::Episode, EarlyWarning::Hidden, shape)
}

fn drawn(history: &History, shape: Shape) -> String {
    score_graph(&of(history, shape), Look::Page)
}

/// The opening tags of an element.
fn tags<'a>(svg: &'a str, element: &str, class: &str) -> Vec<&'a str> {
    let open = format!("<{element} ");
    svg.match_indices(&open)
        .map(|(at, _)| &svg[at..at + svg[at..].find('>').unwrap()])
        .filter(|tag| tag.contains(&format!("class=\"{class}\"")))
        .collect()
}

/// Texts on the drawing.
fn texts(svg: &str) -> Vec<&str> {
    let inner = svg.split("<text ").skip(1).map(|rest| rest.split_once('>').unwrap().1);
    inner.map(|rest| rest.split('<').next().unwrap()).collect()
}

/// A number of an attribute.
fn number(tag: &str, attribute: &str) -> i32 {
    let rest = tag.split(&format!("{attribute}=\"")).nth(1).unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

#[test]
fn a_missing_score_breaks_the_line_has_a_cross_and_is_never_a_dot() {
    let svg = drawn(&history(), Shape::Wide);
    assert_eq!(tags(&svg, "polyline", "g-line").len(), 2);
    assert_eq!(tags(&svg, "circle", "g-dot").len(), 4);
    assert_eq!(tags(&svg, "polyline", "g-missing").len(), 2, "a cross of two strokes");
}

#[test]
fn a_new_episode_breaks_the_line_too() {
    let mut two = history();
    two.panels[0].points.retain(|p| p.value.is_some());
    assert_eq!(tags(&drawn(&two, Shape::Wide), "polyline", "g-line").len(), 1);
    two.courses.push(Course {
        from: day("2026-10-20"),
        until: None,
    });
    let panels: Vec<&Panel> = two.of_instrument("phq9").collect();
    let all = two.graph(&panels, Range::All, EarlyWarning::Hidden, Shape::Wide);
    assert_eq!(tags(&score_graph(&all, Look::Page), "polyline", "g-line").len(), 2);
}

#[test]
fn a_score_of_zero_is_drawn_on_the_axis() {
    let svg = drawn(&history(), Shape::Wide);
    let zero = number(tags(&svg, "circle", "g-dot").pop().unwrap(), "cy");
    let axis = format!("points=\"36,{zero} 375,{zero} \"");
    assert!(
        tags(&svg, "polyline", "g-axis").iter().any(|tag| tag.contains(&axis)),
        "{axis}"
    );
}

#[test]
fn every_band_line_and_mark_is_there() {
    let svg = drawn(&history(), Shape::Wide);
    for (n, name) in ["minimal", "mild", "moderate", "severe"].iter().enumerate() {
        assert_eq!(tags(&svg, "rect", &format!("g-band-{n}")).len(), 1);
        assert!(texts(&svg).contains(name), "{name}");
    }
    // In the plot, and before its words in the key.
    assert_eq!(tags(&svg, "polyline", "g-target").len(), 2);
    assert_eq!(tags(&svg, "polyline", "g-response").len(), 2);
    assert!(texts(&svg).contains(&"response: 8 or less, half of the baseline 17"));
    assert_eq!(tags(&svg, "polyline", "g-treatment").len(), 1);
    assert_eq!(
        tags(&svg, "rect", "g-treatment-fill").len(),
        2,
        "in its lane and in the key"
    );
    assert_eq!(tags(&svg, "text", "g-number").len(), 2);
    assert!(texts(&svg).contains(&"2 Oct 2026: sertraline 50 mg"));
    assert_eq!(tags(&svg, "polygon", "g-review").len(), 1);
    assert_eq!(tags(&svg, "circle", "g-contact").len(), 2);
    assert_eq!(tags(&svg, "rect", "g-phase").len(), 1, "in treatment");
    assert_eq!(
        tags(&svg, "polyline", "g-phase-line").len(),
        1,
        "relapse prevention, hollow"
    );
}

/// A score of 4 is at target and a score of 5 is not: the line lies between them.
#[test]
fn no_dot_ever_lies_on_a_line_or_on_the_edge_of_a_band() {
    let mut every = history();
    every.panels[0].points = (0..=27)
        .map(|n| Point {
            day: day("2026-09-24").plus(n * 2),
            value: Some(u16::try_from(n).unwrap()),
        })
        .collect();
    let svg = drawn(&every, Shape::Wide);
    let dots: Vec<i32> = tags(&svg, "circle", "g-dot")
        .iter()
        .map(|tag| number(tag, "cy"))
        .collect();
    assert_eq!(dots.len(), 28);
    let target = tags(&svg, "polyline", "g-target")[0];
    let y: i32 = target
        .split("points=\"")
        .nth(1)
        .unwrap()
        .split([',', ' '])
        .nth(1)
        .unwrap()
        .parse()
        .unwrap();
    assert!(dots[4] > y && y > dots[5], "{} {y} {}", dots[4], dots[5]);
    let mild = tags(&svg, "rect", "g-band-1")[0];
    let (top, height) = (number(mild, "y"), number(mild, "height"));
    let inside = |y: i32| top < y && y < top + height;
    assert_eq!(
        [4, 5, 9, 10].map(|n: usize| inside(dots[n])),
        [false, true, true, false]
    );
}

#[test]
fn each_kind_of_event_has_a_lane_of_its_own_and_only_those_that_there_are() {
    let lanes =
        |svg: &str| ["episode", "treatment", "review", "contact", "no score"].map(|lane| texts(svg).contains(&lane));
    assert_eq!(lanes(&drawn(&history(), Shape::Narrow)), [true; 5]);
    let mut quiet = history();
    quiet.marks.retain(|m| m.kind == MarkKind::Review);
    quiet.panels[0].points.retain(|p| p.value.is_some());
    quiet.spans.clear();
    assert_eq!(lanes(&drawn(&quiet, Shape::Narrow)), [false, false, true, false, false]);
}

#[test]
fn early_warning_points_are_drawn_only_where_they_are_asked_for() {
    let history = history();
    let panels: Vec<&Panel> = history.of_instrument("phq9").collect();
    let with = |early| score_graph(&history.graph(&panels, Range::Episode, early, Shape::Wide), Look::Page);
    assert_eq!(tags(&with(EarlyWarning::Hidden), "polyline", "g-early").len(), 0);
    // Week 9 lies ahead.
    assert_eq!(
        tags(&with(EarlyWarning::Shown), "polyline", "g-early").len(),
        2,
        "in the plot and in the key"
    );
    let shown = history.graph(&panels, Range::Episode, EarlyWarning::Shown, Shape::Wide);
    assert_eq!(
        early_words(&shown.panels[0]),
        ["Week 4 (22 Oct 2026): 17 or more warns; no score within a week of it."]
    );
}

#[test]
fn several_measures_stand_above_each_other_on_one_axis_of_time() {
    let history = history();
    let graph = history.graph(&history.together(), Range::Episode, EarlyWarning::Hidden, Shape::Full);
    let svg = score_graph(&graph, Look::Page);
    assert_eq!(tags(&svg, "polyline", "g-line").len(), 3);
    let dots = tags(&svg, "circle", "g-dot");
    let places: Vec<(i32, i32)> = dots.iter().map(|tag| (number(tag, "cx"), number(tag, "cy"))).collect();
    assert_eq!(places[0].0, places[4].0, "both first scores are of one day");
    assert!(places[..4].iter().all(|p| p.1 < places[4].1 && p.1 < places[5].1));
    assert_eq!(
        texts(&svg).iter().filter(|t| **t == "contact").count(),
        1,
        "one set of lanes"
    );
    assert_eq!(graph.title, "PHQ-9 <over time>, GAD-7");
}

#[test]
fn there_is_no_fixed_colour_no_inline_style_and_no_font() {
    for shape in [Shape::Full, Shape::Wide, Shape::Narrow] {
        let svg = drawn(&history(), shape);
        for never in ["style=", "#", "font-family", "rgb("] {
            assert!(!svg.contains(never), "{never}");
        }
        let classes = svg
            .split("class=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap());
        for class in classes {
            assert!(CLASSES.contains(&class), "{class}");
        }
    }
}

#[test]
fn on_paper_it_carries_its_colours_its_ground_its_title_and_its_time() {
    let svg = score_graph(&of(&history(), Shape::Wide), Look::Paper);
    assert!(!svg.contains("class=") && !svg.contains("style=") && !svg.contains("#C0DE"));
    assert!(svg.contains(r##"fill="#FFFFFF""##) && svg.contains(r##"stroke="#0B6170""##));
    assert!(svg.contains("stroke-dasharray"));
    assert_eq!(
        texts(&svg)[..2],
        ["PHQ-9 &lt;over time&gt;", "20 Sep 2026 to 20 Nov 2026 (this episode)"]
    );
    assert!(svg.contains("width=\"500\" height=\""));
}

#[test]
fn the_title_and_the_summary_come_first_and_markup_in_them_is_text() {
    let svg = drawn(&history(), Shape::Wide);
    assert!(svg.contains("role=\"img\" focusable=\"false\"><title>PHQ-9 &lt;over time&gt;</title><desc>"));
    assert_eq!(svg.matches("<svg").count(), 1);
    assert!(svg.ends_with("</svg>"));
}

#[test]
fn every_shape_keeps_its_text_at_twelve_pixels_and_everything_inside() {
    for (shape, width) in [(Shape::Full, 900), (Shape::Wide, 500), (Shape::Narrow, 360)] {
        let svg = drawn(&history(), shape);
        let box_of = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap();
        let (drawn_width, height) = box_of.split_once(' ').unwrap();
        assert_eq!(drawn_width.parse(), Ok(width));
        for size in svg.split("font-size=\"").skip(1) {
            let size = size.split('"').next().unwrap().parse::<f64>().unwrap();
            assert_eq!(size.round() as i32, 12);
        }
        for (attribute, most) in [("x", width), ("y", height.parse().unwrap())] {
            for place in svg.split(&format!(" {attribute}=\"")).skip(1) {
                let place: i32 = place.split('"').next().unwrap().parse().unwrap();
                assert!((0..=most).contains(&place), "{attribute} {place}");
            }
        }
    }
}

#[test]
fn the_year_stands_at_the_first_date_and_where_it_changes_never_as_two_digits() {
    let labels = |from, to, most| {
        let all = dates(day(from), day(to), most);
        all.into_iter().map(|(_, label)| label).collect::<Vec<_>>()
    };
    assert_eq!(labels("2026-07-20", "2026-11-05", 8), ["Aug 2026", "Sep", "Oct", "Nov"]);
    assert_eq!(
        labels("2026-10-20", "2027-02-05", 8),
        ["Nov 2026", "Dec", "Jan 2027", "Feb"]
    );
    assert_eq!(labels("2026-10-20", "2027-02-05", 2), ["Nov 2026", "Feb 2027"]);
    assert_eq!(labels("2016-11-20", "2026-11-20", 5), ["2017", "2020", "2023", "2026"]);
}

/// Ten years of everything: 300 scores, 60 treatment changes, 400 contacts.
fn crowded() -> History {
    let every = |count: i64| (0..count).map(move |n| day("2016-11-20").plus(n * 3650 / count));
    let score = |(n, day): (u16, Day)| Point {
        day,
        value: (n % 17 != 0).then_some(n * 7 % 28),
    };
    let mut many = history();
    many.panels[0].points = (0..).zip(every(300)).map(score).collect();
    let marks = |count, kind, label: &'static str| {
        every(count).map(move |day| Mark {
            day,
            kind,
            label: label.into(),
        })
    };
    many.marks = marks(60, MarkKind::Treatment, "sertraline 100 mg")
        .chain(marks(400, MarkKind::Contact, ""))
        .chain(marks(90, MarkKind::Review, ""))
        .collect();
    many.courses[0].from = day("2016-11-20");
    many
}

#[test]
fn ten_years_stay_readable_numbers_boxes_and_dots_keep_apart() {
    for shape in [Shape::Full, Shape::Wide, Shape::Narrow] {
        let svg = drawn(&crowded(), shape);
        let dots = tags(&svg, "circle", "g-dot");
        assert_eq!(dots.len(), 2, "the first and the last: dots that touch are a smear");
        assert!(texts(&svg).iter().any(|t| t.starts_with("many scores: a stroke")));
        let strokes = tags(&svg, "polyline", "g-range").len();
        assert!((30..160).contains(&strokes), "{strokes}");
        assert_eq!(
            tags(&svg, "polyline", "g-treatment").len(),
            0,
            "a hatching says nothing"
        );
        let boxes: Vec<(i32, i32)> = tags(&svg, "rect", "g-treatment-fill")
            .iter()
            .map(|tag| (number(tag, " x"), number(tag, "width")))
            .collect();
        let lane = &boxes[..boxes.len() - 10];
        for pair in lane.windows(2) {
            assert!(pair[0].0 + pair[0].1 <= pair[1].0, "{shape:?} {pair:?}");
        }
        assert!(texts(&svg).contains(&"Treatment changes 1 to 50 are in the table."));
        assert!(tags(&svg, "circle", "g-contact").len() < 260);
    }
}

/// The promise: ten years of assessments draw in under 50 ms in the bench; here only that the drawing stays small.
#[test]
fn ten_years_are_a_small_file() {
    let svg = drawn(&crowded(), Shape::Wide);
    assert!(svg.len() < 60_000, "{} bytes", svg.len());
}

#[test]
fn nothing_and_one_score_are_drawn() {
    let mut one = history();
    one.panels[0].points.clear();
    assert!(texts(&drawn(&one, Shape::Narrow)).contains(&"No score in this time"));
    one.panels[0].points = vec![point("2026-11-20", Some(300))];
    assert_eq!(tags(&drawn(&one, Shape::Narrow), "circle", "g-dot").len(), 1);
    one.courses.clear();
    assert_eq!(tags(&drawn(&one, Shape::Narrow), "circle", "g-dot").len(), 1);
}

#[test]
fn the_summary_says_what_the_graph_shows() {
    let mut named = history();
    named.panels[0].title = "PHQ-9".into();
    assert_eq!(
        summary(&of(&named, Shape::Wide)),
        "PHQ-9: 4 scores from 24 Sep 2026 to 20 Nov 2026; first 17, latest 0 (minimal), 17 lower, better. At target (under 5). \
         Reached: response: 8 or less, half of the baseline 17. 1 score missing. In this time: 1 treatment change, 1 case \
         review, 2 contacts."
    );
    named.panels[0].better = Better::Higher;
    assert!(summary(&of(&named, Shape::Wide)).contains("17 lower, worse"));
    named.panels[0].points.clear();
    assert!(summary(&of(&named, Shape::Wide)).starts_with("PHQ-9: no score in this time."));
}

#[test]
fn the_table_has_every_day_with_its_scores_and_events() {
    let history = history();
    let rows = table(&history.graph(&history.together(), Range::Episode, EarlyWarning::Hidden, Shape::Full));
    assert_eq!(rows.len(), 8);
    assert_eq!(rows[0].values, [vec![Some(17)], vec![Some(12)]]);
    assert_eq!(rows[1].events, ["treatment change: sertraline 50 mg"]);
    assert_eq!((rows[3].values[0].clone(), rows[3].events.len()), (vec![None], 1));
    assert_eq!(rows[7].bands, [Some("minimal".to_owned()), None]);
}

#[test]
fn a_range_holds_what_lies_in_it_and_begins_with_the_episode_where_that_has_scores() {
    let mut long = crowded();
    long.courses = vec![
        Course {
            from: day("2016-11-20"),
            until: Some(day("2020-01-01")),
        },
        Course {
            from: day("2026-01-10"),
            until: None,
        },
    ];
    let panels: Vec<&Panel> = long.of_instrument("phq9").collect();
    let count = |range| {
        long.graph(&panels, range, EarlyWarning::Hidden, Shape::Wide).panels[0]
            .points
            .len()
    };
    assert_eq!([Range::All, Range::Year, Range::HalfYear].map(count), [300, 29, 14]);
    let episode = long.graph(&panels, Range::Episode, EarlyWarning::Hidden, Shape::Wide);
    assert_eq!((episode.from, episode.to), (day("2026-01-10"), day("2026-11-20")));
    assert_eq!(long.first_range(&panels), Range::Episode);
    // Closed years ago: drawn up to its end, not up to today.
    long.courses.truncate(1);
    long.panels[0].points.retain(|p| p.day < day("2020-01-01"));
    let panels: Vec<&Panel> = long.of_instrument("phq9").collect();
    let closed = long.graph(&panels, Range::Episode, EarlyWarning::Hidden, Shape::Wide);
    assert_eq!(closed.to, day("2020-01-01"));
}
