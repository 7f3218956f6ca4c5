//! From part to part of the form by one key: Alt with the arrow down or up.

use leptos::ev;
use wasm_bindgen::JsCast as _;

use crate::app::browser;

/// The parts in the order of the page.
const PARTS: &str = ".contact-form :is(.band.first, .band.spent, section.measure, .talk > .field, .talk > .more, .group.next, .save-bar)";
/// What takes the focus in a part, the best first: an open question, the button that is chosen, any field.
const FIELDS: [&str; 3] = [
    ".measure-grid input, .total-entry input",
    "input:checked",
    "input:not([disabled]), select, textarea, summary, button",
];

/// Moves on or back, where the key says so.
pub fn walk(event: &ev::KeyboardEvent) {
    if !event.alt_key() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let forward = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    event.prevent_default();
    // Parts that are not shown have no place on the page.
    let parts = browser::all_of(PARTS)
        .into_iter()
        .filter(|part| part.offset_parent().is_some());
    let parts: Vec<web_sys::HtmlElement> = parts.collect();
    let here = web_sys::window().and_then(|window| window.document()?.active_element());
    let at = parts
        .iter()
        .position(|part| part.contains(here.as_ref().map(AsRef::as_ref)));
    let next = match (at, forward) {
        (Some(at), true) => parts.get(at + 1),
        (Some(at), false) => at.checked_sub(1).and_then(|at| parts.get(at)),
        (None, true) => parts.first(),
        (None, false) => parts.last(),
    };
    let Some(next) = next else { return };
    // In a closed disclosure only its summary can take the focus.
    let is_closed = next.matches("details:not([open])").unwrap_or(false);
    let wanted: &[&str] = if is_closed { &["summary"] } else { &FIELDS };
    let field = wanted
        .iter()
        .find_map(|selector| next.query_selector(selector).ok().flatten());
    if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _focused = field.focus();
    }
}
