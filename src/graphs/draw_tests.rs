use super::*;
use crate::graphs::{Band, Mark, Point, table};

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn model(shape: Shape) -> Model {
    let band = |from, to, label: &str| Band {
        from,
        to,
        label: label.into(),
    };
    let point = |d, value| Point { day: day(d), value };
    Model {
        title: "PHQ-9 <over time>".into(),
        points: vec![
            point("2026-09-24", Some(17)),
            point("2026-10-08", Some(14)),
            point("2026-10-22", None),
            point("2026-10-30", Some(14)),
            point("2026-11-20", Some(0)),
        ],
        bands: vec![
            band(0, 4, "minimal"),
            band(5, 9, "mild"),
            band(10, 14, "moderate"),
            band(15, 19, "moderately severe"),
            band(20, 27, "severe"),
        ],
        target: Some(5),
        marks: vec![
            Mark {
                day: day("2026-10-02"),
                kind: MarkKind::Treatment,
            },
            Mark {
                day: day("2026-10-08"),
                kind: MarkKind::Contact,
            },
            Mark {
                day: day("2026-10-22"),
                kind: MarkKind::Contact,
            },
            Mark {
                day: day("2026-10-23"),
                kind: MarkKind::Review,
            },
        ],
        ..Model::new("", 27, shape)
    }
}

/// The opening tags of an element.
fn tags<'a>(svg: &'a str, element: &str, class: &str) -> Vec<&'a str> {
    let open = format!("<{element} ");
    svg.match_indices(&open)
        .map(|(at, _)| &svg[at..at + svg[at..].find('>').unwrap()])
        .filter(|tag| tag.contains(&format!("class=\"{class}\"")))
        .collect()
}

#[test]
fn a_missing_score_breaks_the_line_has_a_cross_and_is_never_a_dot() {
    let svg = score_graph(&model(Shape::Wide));
    assert_eq!(tags(&svg, "polyline", "g-line").len(), 2);
    assert_eq!(tags(&svg, "circle", "g-dot").len(), 4);
    assert_eq!(tags(&svg, "polyline", "g-missing").len(), 2, "a cross of two strokes");
}

#[test]
fn a_score_of_zero_is_drawn_on_the_axis() {
    let svg = score_graph(&model(Shape::Wide));
    let zero = tags(&svg, "circle", "g-dot").pop().unwrap();
    let y = zero.split("cy=\"").nth(1).unwrap().split('"').next().unwrap();
    // The axis runs from the left edge of the plot at one height to its right edge.
    let axis = format!("points=\"36,{y} 375,{y} \"");
    assert!(
        tags(&svg, "polyline", "g-axis").iter().any(|tag| tag.contains(&axis)),
        "{axis}"
    );
}

#[test]
fn every_band_mark_and_the_target_is_there() {
    let svg = score_graph(&model(Shape::Wide));
    for (n, name) in ["minimal", "mild", "moderate", "moderately severe", "severe"]
        .iter()
        .enumerate()
    {
        assert_eq!(tags(&svg, "rect", &format!("g-band-{n}")).len(), 1);
        assert!(svg.contains(&format!(">{name}")), "{name}");
    }
    assert_eq!(tags(&svg, "polyline", "g-target").len(), 1);
    assert_eq!(tags(&svg, "polyline", "g-treatment").len(), 1);
    assert_eq!(tags(&svg, "rect", "g-treatment-fill").len(), 1);
    assert_eq!(tags(&svg, "polygon", "g-review").len(), 1);
    assert_eq!(tags(&svg, "circle", "g-contact").len(), 2);
}

#[test]
fn each_kind_of_event_has_a_lane_of_its_own_and_only_those_that_there_are() {
    let lanes =
        |svg: &str| ["treatment", "review", "contact", "no score"].map(|lane| svg.contains(&format!(">{lane}</text>")));
    assert_eq!(lanes(&score_graph(&model(Shape::Narrow))), [true; 4]);
    let mut quiet = model(Shape::Narrow);
    quiet.marks.retain(|m| m.kind == MarkKind::Review);
    quiet.points.retain(|p| p.value.is_some());
    assert_eq!(lanes(&score_graph(&quiet)), [false, true, false, false]);
}

#[test]
fn there_is_no_fixed_colour_no_inline_style_and_no_font() {
    for shape in [Shape::Wide, Shape::Narrow] {
        let svg = score_graph(&model(shape));
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
fn the_title_and_the_summary_come_first_and_markup_in_them_is_text() {
    let svg = score_graph(&model(Shape::Wide));
    assert!(svg.contains("role=\"img\" focusable=\"false\"><title>PHQ-9 &lt;over time&gt;</title><desc>"));
    assert_eq!(svg.matches("<svg").count(), 1);
    assert!(svg.ends_with("</svg>"));
}

#[test]
fn both_shapes_keep_their_text_at_twelve_pixels_and_everything_inside() {
    for (shape, width) in [(Shape::Wide, 500), (Shape::Narrow, 360)] {
        let svg = score_graph(&model(shape));
        assert!(svg.contains(&format!("viewBox=\"0 0 {width} 316\"")));
        for size in svg.split("font-size=\"").skip(1) {
            assert_eq!(
                size.split('"').next().unwrap().parse::<f64>().unwrap().round() as i32,
                12
            );
        }
        for x in svg.split(" x=\"").skip(1) {
            let x: i32 = x.split('"').next().unwrap().parse().unwrap();
            assert!((0..=width).contains(&x), "{x}");
        }
    }
}

#[test]
fn the_year_stands_at_the_first_date_and_where_it_changes_never_as_two_digits() {
    let months = |from, to, most| {
        let all = dates(day(from), day(to), most);
        all.into_iter().map(|(_, label)| label).collect::<Vec<_>>()
    };
    assert_eq!(months("2026-07-20", "2026-11-05", 8), ["Aug 2026", "Sep", "Oct", "Nov"]);
    assert_eq!(
        months("2026-10-20", "2027-02-05", 8),
        ["Nov 2026", "Dec", "Jan 2027", "Feb"]
    );
    assert_eq!(months("2026-10-20", "2027-02-05", 2), ["Nov 2026", "Feb 2027"]);
}

#[test]
fn nothing_one_and_many_scores_are_drawn() {
    assert!(score_graph(&Model::new("PHQ-9", 27, Shape::Narrow)).contains("No score yet"));
    let mut one = Model::new("PHQ-9", 27, Shape::Narrow);
    one.points.push(Point {
        day: day("2026-11-20"),
        value: Some(300),
    });
    assert_eq!(tags(&score_graph(&one), "circle", "g-dot").len(), 1);
    let mut many = model(Shape::Narrow);
    many.points = (0..300)
        .map(|n| Point {
            day: day("2020-01-01").plus(n * 7),
            value: Some(9),
        })
        .collect();
    let svg = score_graph(&many);
    assert!(tags(&svg, "text", "g-text").len() < 16, "dates and numbers leave room");
}

#[test]
fn the_summary_says_what_the_graph_shows() {
    assert_eq!(
        summary(&Model {
            title: "PHQ-9".into(),
            ..model(Shape::Wide)
        }),
        "PHQ-9: 4 scores from 24 Sep 2026 to 20 Nov 2026; first 17, latest 0 (minimal), 17 lower. At target (under 5). \
         1 score missing. In this time: 1 treatment change, 1 case review, 2 contacts."
    );
    assert_eq!(summary(&Model::new("GAD-7", 21, Shape::Wide)), "GAD-7: no score yet.");
}

#[test]
fn the_table_has_every_day_with_its_scores_and_events() {
    let rows = table(&model(Shape::Wide));
    let brief: Vec<_> = rows
        .iter()
        .map(|r| (r.day.to_string(), r.values.clone(), r.band.clone(), r.events.len()))
        .collect();
    assert_eq!(brief.len(), 7);
    assert_eq!(brief[1], ("2026-10-02".into(), vec![], None, 1));
    assert_eq!(brief[3], ("2026-10-22".into(), vec![None], None, 1));
    assert_eq!(
        brief[6],
        ("2026-11-20".into(), vec![Some(0)], Some("minimal".into()), 0)
    );
}
