//! A table of any length of which only the rows in view are in the page.

use leptos::ev;
use leptos::prelude::*;

use crate::app::effects::effect;

use super::{Icon, IconName};
use crate::app::browser;

/// Height of a row in pixels on a wide screen.
const ROW: u32 = 32;
/// Height of the bar on top of the window, in pixels, under which a narrow screen's rows scroll.
const TOP_BAR: i32 = 48;
/// Height of the bars above and below the page on a narrow screen, in pixels.
const BARS: i32 = 120;
/// Rows kept in the page above and below those in view.
const MARGIN: u32 = 4;
/// Up to this width of the window, in pixels, rows are set as a list.
const NARROW: f64 = 700.0;

/// A column.
#[derive(Clone, Debug)]
pub struct Column<S> {
    /// Its heading.
    pub label: &'static str,
    /// The heading in full, where it is short; shown on hover and said to those who listen.
    pub title: Option<&'static str>,
    /// What it sorts by, if it can be sorted.
    pub sort: Option<S>,
    /// A class for its width and alignment: `num` aligns right. Give the cells the same.
    pub class: &'static str,
}

/// The rows in view: ask the core for these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible {
    /// First row, from 0.
    pub from: u32,
    /// Number of rows.
    pub count: u32,
}

impl Default for Visible {
    fn default() -> Self {
        Self { from: 0, count: 60 }
    }
}

/// A table with sort buttons in its head and only the visible rows in the page. Rows can be walked with the arrow
/// keys, Page Up and Down, Home and End, and opened with Enter or a click.
#[component]
pub fn DataTable<S>(
    /// What the table holds, for those who listen.
    #[prop(into)]
    caption: String,
    /// The columns.
    columns: Vec<Column<S>>,
    /// The order shown: by what, and whether the largest comes first.
    #[prop(into)]
    sort: Signal<(S, bool)>,
    /// Takes the column whose head was pressed.
    #[prop(into)]
    on_sort: Callback<S>,
    /// Number of rows in all.
    #[prop(into)]
    total: Signal<u32>,
    /// Is set to the rows in view.
    visible: RwSignal<Visible>,
    /// Height of a row on a narrow screen, in pixels, where rows are set as a list.
    #[prop(default = 72)]
    narrow_row: u32,
    /// Opens a row, by its number from 0.
    #[prop(into)]
    on_open: Callback<u32>,
    /// Fills a row, by its number from 0, with `td` elements that follow the page's data for as long as the row is there.
    #[prop(into)]
    row: Callback<(web_sys::Element, u32)>,
) -> impl IntoView
where
    S: Copy + PartialEq + Send + Sync + 'static,
{
    let place = NodeRef::<leptos::html::Div>::new();
    let height = RwSignal::new(ROW);
    let current = RwSignal::new(0_u32);
    let measure = move || {
        let Some(place) = place.get_untracked() else {
            return;
        };
        height.set(if is_narrow() { narrow_row } else { ROW });
        let row = height.get_untracked();
        let (above, inside) = scrolled(&place);
        let top = u32::try_from(above).unwrap_or(0) / row;
        let inside = u32::try_from(inside).unwrap_or(0) / row;
        let from = top.saturating_sub(MARGIN);
        let next = Visible {
            from,
            count: top - from + inside + 1 + MARGIN,
        };
        if visible.get_untracked() != next {
            visible.set(next);
        }
    };
    effect(move |_| {
        place.track();
        measure();
    });
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    // On a narrow screen the rows scroll with the page.
    let moved = window_event_listener(ev::scroll, move |_| measure());
    on_cleanup(move || moved.remove());
    effect(move |_| {
        let last = total.get().saturating_sub(1);
        if current.get_untracked() > last {
            current.set(last);
        }
    });

    let go = move |to: u32| {
        current.set(to);
        let Some(place) = place.get_untracked() else {
            return;
        };
        let (row, to) = (height.get_untracked().cast_signed(), to.cast_signed());
        let (top, inside) = scrolled(&place);
        let inside = inside - if is_narrow() { BARS } else { ROW.cast_signed() };
        if to * row < top {
            scroll(&place, to * row - top);
        } else if (to + 1) * row > top + inside {
            scroll(&place, (to + 1) * row - inside - top);
        }
        measure();
        request_animation_frame(move || {
            if let Some(current) = current.try_get_untracked() {
                browser::focus(&row_id(current));
            }
        });
    };
    let walk = move |event: ev::KeyboardEvent| {
        let (at, last) = (current.get_untracked(), total.get_untracked().saturating_sub(1));
        let page = visible.get_untracked().count.saturating_sub(2 * MARGIN).max(1);
        let to = match event.key().as_str() {
            "ArrowDown" => (at + 1).min(last),
            "ArrowUp" => at.saturating_sub(1),
            "PageDown" => (at + page).min(last),
            "PageUp" => at.saturating_sub(page),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        go(to);
    };

    let rows = move || {
        let Visible { from, count } = visible.get();
        let end = (from + count).min(total.get());
        from.min(end)..end
    };
    let above = move || pixels(rows().start * height.get());
    let below = move || pixels((total.get() - rows().end.min(total.get())) * height.get());
    let line = move |at: u32| {
        let open_by_key = move |event: ev::KeyboardEvent| {
            if event.key() == "Enter" && is_row(&event) {
                event.prevent_default();
                on_open.run(at);
            }
        };
        view! {
            <tr
                id=row_id(at)
                class="row"
                aria-rowindex=at + 2
                tabindex=move || if current.get() == at { "0" } else { "-1" }
                on:focus=move |_| current.set(at)
                on:keydown=open_by_key
                on:click=move |event| if !on_control(&event) { on_open.run(at) }
                use:filled=(row, at)
            ></tr>
        }
    };
    let width = columns.len();
    view! {
        <div class="table-scroll" node_ref=place on:scroll=move |_| measure() on:keydown=walk>
            <table class="data virtual" aria-rowcount=move || total.get() + 1>
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr aria-rowindex="1">
                        {columns.into_iter().map(|column| head(column, sort, on_sort)).collect_view()}
                    </tr>
                </thead>
                <tbody>
                    <tr class="spacer" aria-hidden="true"><td colspan=width style:height=above></td></tr>
                    <For each=rows key=|at| *at children=line/>
                    <tr class="spacer" aria-hidden="true"><td colspan=width style:height=below></td></tr>
                </tbody>
            </table>
        </div>
    }
}

/// Fills a row that was just made.
fn filled(element: web_sys::Element, (row, at): (Callback<(web_sys::Element, u32)>, u32)) {
    row.run((element, at));
}

/// A column's head: a button where it can be sorted.
fn head<S>(column: Column<S>, sort: Signal<(S, bool)>, on_sort: Callback<S>) -> impl IntoView
where
    S: Copy + PartialEq + Send + Sync + 'static,
{
    let Column {
        label,
        title,
        sort: by,
        class,
    } = column;
    let Some(by) = by else {
        return view! { <th scope="col" class=class title=title>{label}</th> }.into_any();
    };
    let order = move || {
        let (now, descending) = sort.get();
        (now == by).then_some(if descending { "descending" } else { "ascending" })
    };
    let arrow = move || {
        order().map(|order| {
            let name = if order == "descending" {
                IconName::Down
            } else {
                IconName::Up
            };
            view! { <Icon name/> }
        })
    };
    view! {
        <th scope="col" class=class aria-sort=order>
            <button type="button" class="sort" title=title on:click=move |_| on_sort.run(by)>
                {label}
                {arrow}
            </button>
        </th>
    }
    .into_any()
}

/// How far the rows are scrolled up, and how much of the screen they have, in pixels.
fn scrolled(place: &web_sys::Element) -> (i32, i32) {
    if !is_narrow() {
        return (place.scroll_top(), place.client_height());
    }
    let top = place.get_bounding_client_rect().top() as i32;
    ((TOP_BAR - top).max(0), inner_height())
}

/// Scrolls the rows, or on a narrow screen the page.
fn scroll(place: &web_sys::Element, by: i32) {
    if is_narrow() {
        window().scroll_by_with_x_and_y(0.0, f64::from(by));
    } else {
        place.set_scroll_top(place.scroll_top() + by);
    }
}

fn inner_height() -> i32 {
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    height.map_or(0, |height| height as i32)
}

/// The row that has the focus, itself or by anything in it: its number from 0.
pub fn table_row() -> Option<u32> {
    let row = document().active_element()?.closest("tr.row").ok().flatten()?;
    row.id().strip_prefix("row-")?.parse().ok()
}

fn row_id(at: u32) -> String {
    format!("row-{at}")
}

fn pixels(height: u32) -> String {
    format!("{height}px")
}

fn is_narrow() -> bool {
    let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.is_some_and(|width| width <= NARROW)
}

/// Whether the key was pressed on the row itself, not on a link or button in it.
fn is_row(event: &ev::KeyboardEvent) -> bool {
    event.target() == event.current_target()
}

/// Whether the click was on a link, button or field in the row.
fn on_control(event: &ev::MouseEvent) -> bool {
    use wasm_bindgen::JsCast as _;
    let element = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
    element
        .and_then(|element| element.closest("a, button, input, select, label").ok())
        .flatten()
        .is_some()
}
