//! The cells of one row, as elements that stay and change their text.
//!
//! A key press in the search puts other patients into every row in view. Made from a view, some thirty rows of fifteen cells are
//! two thousand nodes that are thrown away and made again; here each cell is written only where it differs from what it shows.

use leptos::prelude::*;
use leptos::tachys::renderer::dom::Dom;
use web_sys::Element;

use super::NewsMarks;
use super::rows::Rows;
use crate::app::components::{IconName, StatusKind, is_worse, safety_letter, score_class, score_told};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::use_desk;
use crate::graphs::spark_path;
use crate::journal::Day;
use crate::registry::{CaseloadRowView, CourseView, ItemKind, OutMark, SafetyMark, ScoreCells};

const SVG: &str = "http://www.w3.org/2000/svg";
const DASH: &str = "\u{2013}";

/// The cells: class, and heading on a narrow screen.
const CELLS: [(&str, Option<&str>); 15] = [
    ("flag", None),
    ("name", None),
    ("standing", None),
    ("num wk", Some("week")),
    ("num first", None),
    ("num last phq9", Some("PHQ-9")),
    ("num delta", None),
    ("trend", None),
    ("num first", None),
    ("num last gad7", Some("GAD-7")),
    ("num contact", Some("contact")),
    ("date next", Some("next")),
    ("date review", Some("review")),
    ("num month", Some("month")),
    ("why", None),
];

/// Fills a row with the cells of a place, from 0, and follows what is there; until it is known it says so.
pub fn fill(row: Element, at: u32, rows: Rows) {
    let (news, today) = (expect_context::<NewsMarks>().0, use_desk().today());
    let mut cells = None::<Cells>;
    let follow = RenderEffect::new(move |_| {
        let Some(view) = rows.at(at) else {
            cells = None;
            waiting(&row);
            return;
        };
        let (today, news) = (today.get(), news.with(|news| news.get(&view.chart).cloned()));
        if cells.is_none() {
            cells = Cells::into(&row);
        }
        if let Some(cells) = &mut cells {
            cells.show(Shown { view, news, today });
        }
    });
    // It ends with the row.
    StoredValue::new_local(follow);
}

/// A row that is still asked for.
fn waiting(row: &Element) {
    let cell = made("td", "hint");
    set(&cell, "colspan", Some("15"));
    cell.set_text_content(Some("\u{2026}"));
    row.replace_children_with_node_1(&cell);
}

/// What a row shows.
struct Shown {
    view: CaseloadRowView,
    /// How many news there are of the patient, and in words.
    news: Option<(u32, String)>,
    today: Day,
}

/// The cells of a row that is in the page.
struct Cells {
    cells: Vec<Element>,
    link: Element,
    age: web_sys::Node,
    shown: Option<Shown>,
}

impl Cells {
    /// Puts empty cells into a row.
    fn into(row: &Element) -> Option<Self> {
        row.set_text_content(None);
        let cell = |(class, heading): (&str, Option<&str>)| {
            let cell = made("td", class);
            if heading.is_some() {
                set(&cell, "data-label", heading);
            }
            append(row, &cell);
            cell
        };
        let cells: Vec<Element> = CELLS.into_iter().map(cell).collect();
        let link = made("a", "");
        set(&link, "tabindex", Some("-1"));
        let age: web_sys::Node = document().create_text_node("").into();
        let name = cells.get(1)?;
        append(name, &link);
        append(name, &age);
        Some(Self {
            cells,
            link,
            age,
            shown: None,
        })
    }

    /// Shows a patient: what is the same as before stays as it is.
    fn show(&mut self, new: Shown) {
        let old = self.shown.take();
        let was = old.as_ref().map(|old| &old.view);
        let now = &new.view;
        let is_new_day = old.as_ref().is_none_or(|old| old.today != new.today);
        let [
            flag,
            name,
            standing,
            weeks,
            first,
            last,
            change,
            trend,
            first_gad7,
            last_gad7,
            contact,
            next,
            review,
            month,
            why,
        ] = self.cells.as_slice()
        else {
            return;
        };
        let flag_of = |v: &CaseloadRowView| (v.flag, v.phq9.safety, v.watched);
        if was.map(flag_of) != Some(flag_of(now)) {
            only(flag, mark(now));
        }
        if was.map(|v| (v.chart, &v.name, &v.mrn)) != Some((now.chart, &now.name, &now.mrn)) {
            set(&self.link, "href", Some(&Route::Patient(now.chart).href()));
            let number = now.mrn.as_ref().map(|mrn| format!("MRN {mrn}"));
            set(&self.link, "title", number.as_deref());
            self.link.set_text_content(Some(&now.name));
        }
        if was.map(|v| v.age) != Some(now.age) {
            let age = now.age.map(|age| format!(" {age}"));
            self.age.set_node_value(age.as_deref().or(Some("")));
        }
        if old.as_ref().map(|old| &old.news) != Some(&new.news) {
            news_of(name, new.news.as_ref());
        }
        if was.map(|v| (&v.out, &v.status)) != Some((&now.out, &now.status)) {
            standing.set_text_content(Some(&now.status));
            if let Some(out) = &now.out {
                let mark = away(out);
                let _put = standing.prepend_with_node_2(&mark, &document().create_text_node(" "));
            }
        }
        let number = |n: Option<u32>| n.map(|n| n.to_string()).unwrap_or_default();
        text(weeks, was.map(|v| number(v.weeks)), number(now.weeks));
        for (cells, old_cells, first, last) in [
            (&now.phq9, was.map(|v| &v.phq9), first, last),
            (&now.gad7, was.map(|v| &v.gad7), first_gad7, last_gad7),
        ] {
            if old_cells != Some(cells) {
                text(first, old_cells.map(first_of), first_of(cells));
                only(last, Some(score(cells)));
                if let Some(beside) = beside(cells) {
                    append(last, &beside);
                }
            }
        }
        let change_of = |v: &CaseloadRowView| (v.phq9.change, v.phq9.percent, v.phq9.better);
        if was.map(change_of) != Some(change_of(now)) {
            only(change, Some(change_in_points(&now.phq9)));
        }
        if was.map(|v| &v.course) != Some(&now.course) {
            course(trend, &now.course);
        }
        let days_since = |v: &CaseloadRowView| {
            v.contact_days
                .map_or_else(|| "never".to_owned(), |days| format!("{days} d"))
        };
        text(contact, was.map(days_since), days_since(now));
        if is_new_day || was.map(|v| (v.late, v.next)) != Some((now.late, now.next)) {
            next_contact(next, now, new.today);
        }
        if is_new_day || was.map(|v| v.review) != Some(now.review) {
            match now.review {
                Some(day) => only(review, Some(day_of(day, new.today))),
                None => review.set_text_content(Some("never")),
            }
        }
        let minutes = |v: &CaseloadRowView| format!("{} m", v.minutes);
        text(month, was.map(minutes), minutes(now));
        if was.map(|v| &v.why) != Some(&now.why) {
            why.set_text_content(Some(&now.why));
            set(why, "title", Some(&now.why));
        }
        self.shown = Some(new);
    }
}

fn made(tag: &str, class: &str) -> Element {
    // Throws for a tag that can't be one: those written here can.
    let element: Element = Dom::create_element(tag, None);
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

/// Sets or removes an attribute; neither can fail on names that are written here.
fn set(element: &Element, name: &str, value: Option<&str>) {
    let _set = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn append(to: &Element, what: &web_sys::Node) {
    let _appended = to.append_child(what);
}

/// Puts one element, or nothing, in the place of what a cell holds.
fn only(cell: &Element, what: Option<Element>) {
    match what {
        Some(what) => cell.replace_children_with_node_1(&what),
        None => cell.set_text_content(None),
    }
}

fn text(cell: &Element, was: Option<String>, now: String) {
    if was.as_ref() != Some(&now) {
        cell.set_text_content(Some(&now));
    }
}

fn span(class: &str, words: &str) -> Element {
    let span = made("span", class);
    span.set_text_content(Some(words));
    span
}

/// Shown, and not said: words beside it are.
fn unsaid(class: &str, words: &str) -> Element {
    let span = span(class, words);
    set(&span, "aria-hidden", Some("true"));
    span
}

fn said(words: &str) -> Element {
    span("visually-hidden", words)
}

fn icon(name: IconName) -> Element {
    let (svg, path) = (in_svg("svg"), in_svg("path"));
    set(&svg, "class", Some("icon"));
    set(&svg, "viewBox", Some("0 0 16 16"));
    set(&svg, "aria-hidden", Some("true"));
    set(&svg, "focusable", Some("false"));
    set(&path, "d", Some(name.strokes()));
    append(&svg, &path);
    svg
}

fn in_svg(tag: &str) -> Element {
    Dom::create_element(tag, Some(SVG))
}

/// The mark of the row: S for safety, ? for a safety item that is not known, the kind's drawing otherwise.
fn mark(row: &CaseloadRowView) -> Option<Element> {
    let lettered = |class: &str, title: &str, letter: &str, words: &str| {
        let mark = made("span", class);
        set(&mark, "title", Some(title));
        append(&mark, &unsaid("", letter));
        append(&mark, &said(words));
        mark
    };
    if row.flag == Some(ItemKind::Safety) {
        let mark = span("mark positive", "S");
        set(&mark, "title", Some("Safety: an open concern"));
        append(&mark, &said("afety"));
        return Some(mark);
    }
    if row.phq9.safety == SafetyMark::NotKnown {
        let title = "Safety item not answered: ask it";
        return Some(lettered("mark unknown", title, "?", "Safety item not answered"));
    }
    if let Some(until) = row.watched {
        let title = format!("A closed concern is watched until {}", format::plain_day(until));
        return Some(lettered("mark watched", &title, "W", &title));
    }
    let kind = StatusKind::from(row.flag?);
    let mark = made("span", &format!("{} only-icon", kind.class()));
    set(&mark, "title", Some(kind.word()));
    append(&mark, &icon(kind.icon()));
    append(&mark, &said(kind.word()));
    Some(mark)
}

/// How many news there are, after the name.
fn news_of(name: &Element, news: Option<&(u32, String)>) {
    if let Ok(Some(old)) = name.query_selector(".mark.news") {
        old.remove();
    }
    if let Some((count, words)) = news {
        let mark = made("span", "mark news");
        set(&mark, "title", Some(words));
        append(&mark, &unsaid("", &format!("{count} new")));
        append(&mark, &said(words));
        append(name, &mark);
    }
}

/// Where the record is while somebody stands in: short in the row, whole for who points at it, hears it or prints it.
fn away(out: &OutMark) -> Element {
    let (class, short, words) = match out.late {
        true => ("away late", "late", format!("Coverage, late: {}", out.words)),
        false => ("away", "out", format!("Coverage: {}", out.words)),
    };
    let mark = made("span", class);
    set(&mark, "title", Some(&words));
    append(&mark, &unsaid("away-short", short));
    append(&mark, &span("away-whole", &words));
    mark
}

/// The baseline; a dash where there is none. 0 is a score.
fn first_of(cells: &ScoreCells) -> String {
    cells.first.map_or_else(|| DASH.to_owned(), |first| first.to_string())
}

/// The latest score, as [`crate::app::components::ScoreCell`] draws it.
fn score(cells: &ScoreCells) -> Element {
    let Some(last) = cells.last else {
        let none = span("score none", DASH);
        append(&none, &said("no score"));
        return none;
    };
    let score = made("span", &score_class(cells));
    set(&score, "title", Some(&score_told(cells)));
    if cells.open_questions > 0 {
        append(&score, &unsaid("", "\u{2248}"));
        append(&score, &said("about "));
    }
    append(&score, &span("value", &last.to_string()));
    if let Some((says, letter, class)) = safety_letter(cells.safety) {
        let mark = made("span", class);
        set(&mark, "title", Some(&says));
        append(&mark, &unsaid("", letter));
        append(&mark, &said(&says));
        append(&score, &mark);
    }
    if let Some(days) = cells.age_days.filter(|_| cells.stale) {
        append(&score, &span("age", &format!("{days} d")));
    }
    score
}

/// A change in points, as [`crate::app::components::ChangeCell`] draws it.
fn change_in_points(cells: &ScoreCells) -> Element {
    let Some(points) = cells.change else {
        let none = span("change none", DASH);
        set(&none, "title", Some("There is one score only"));
        return none;
    };
    let worse = is_worse(points, cells.better);
    let change = span(if worse { "change rises" } else { "change" }, &format::signed(points));
    let percent = cells.percent.map(|percent| format!("{} %", format::signed(percent)));
    if let Some(percent) = percent {
        set(&change, "title", Some(&percent));
    }
    if 0 < points {
        append(&change, &icon(IconName::Rise));
        append(&change, &said("up"));
    } else if worse {
        append(&change, &said("worse"));
    }
    change
}

/// On a narrow screen a score has no columns beside it: its change, and its age where the score itself doesn't say it.
fn beside(cells: &ScoreCells) -> Option<Element> {
    cells.last?;
    let beside = made("span", "beside");
    append(&beside, &change_in_points(cells));
    if let Some(days) = cells.age_days.filter(|_| !cells.stale) {
        append(&beside, &span("age", &format!("{days} d")));
    }
    Some(beside)
}

/// The measure that the episode is judged by, over time. One without columns of its own says its name and latest total.
fn course(cell: &Element, course: &CourseView) {
    let CourseView { title, totals, most } = course;
    cell.set_text_content(None);
    let has_columns = ["PHQ-9", "GAD-7"].contains(&title.as_str());
    if let Some(last) = totals.last().filter(|_| !has_columns) {
        append(cell, &span("course-name", &format!("{title} {last}")));
    }
    let Some((path, (x, y))) = spark_path(totals, *most) else {
        return;
    };
    let told: Vec<String> = totals.iter().map(u16::to_string).collect();
    let says = format!("{title} over time: {}", told.join(", "));
    let spark = made("span", "sparkline");
    set(&spark, "role", Some("img"));
    set(&spark, "aria-label", Some(&says));
    set(&spark, "title", Some(&says));
    let (svg, line, dot) = (in_svg("svg"), in_svg("path"), in_svg("circle"));
    let (x, y) = (x.to_string(), y.to_string());
    for (element, name, value) in [
        (&svg, "class", "g-spark"),
        (&svg, "viewBox", "0 0 64 20"),
        (&svg, "aria-hidden", "true"),
        (&svg, "focusable", "false"),
        (&line, "class", "g-line"),
        (&line, "fill", "none"),
        (&line, "d", path.as_str()),
        (&dot, "class", "g-dot"),
        (&dot, "cx", x.as_str()),
        (&dot, "cy", y.as_str()),
        (&dot, "r", "2"),
    ] {
        set(element, name, Some(value));
    }
    append(&svg, &line);
    append(&svg, &dot);
    append(&spark, &svg);
    append(cell, &spark);
}

/// When the next contact is due: how late, or on which day.
fn next_contact(cell: &Element, row: &CaseloadRowView, today: Day) {
    let class = if row.late.is_some() {
        "date next late"
    } else {
        "date next"
    };
    cell.set_class_name(class);
    match (row.late, row.next) {
        (Some(days), _) => {
            let late = span("", &format!("{days} d late"));
            let whole = format!("{} late", format::count(days.into(), "day", "days"));
            set(&late, "title", Some(&whole));
            only(cell, Some(late));
        }
        (None, Some(day)) => only(cell, Some(day_of(day, today))),
        (None, None) => cell.set_text_content(Some(DASH)),
    }
}

/// A day, as [`crate::app::components::DayText`] draws it.
fn day_of(day: Day, today: Day) -> Element {
    let time = made("time", "");
    set(&time, "datetime", Some(&day.to_string()));
    set(&time, "title", Some(&format::full_day(day)));
    time.set_text_content(Some(&format::short_day(day, today)));
    time
}
