//! What was typed into a short form whose place another one took: it stands in the form again when that is opened. It is kept in
//! memory only; a lock loads the page anew and takes it away. Saving, cancelling and Escape end it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Element;

/// What stands in a field: its id and its text, or whether it is ticked.
type Field = (String, JsValue);

/// A form as it stood.
struct Aside {
    /// Where, and what it said of itself before anything was typed: a form about something else says something else.
    of: (String, String),
    typed: Vec<Field>,
}

/// Most forms that are kept; older ones go first.
const MOST: usize = 8;

/// Frames within which fields appear that others bring.
const FRAMES: u8 = 4;

thread_local! {
    static ASIDE: RefCell<Vec<Aside>> = const { RefCell::new(Vec::new()) };
}

/// One open form.
#[derive(Clone)]
pub struct SetAside(Rc<RefCell<Open>>);

#[derive(Default)]
struct Open {
    place: Option<Element>,
    of: (String, String),
    fresh: Vec<Field>,
    ended: bool,
}

impl SetAside {
    /// Keeps what is typed into the form that the calling component makes, should it go without having ended.
    pub fn keep() -> Self {
        let this = Self(Rc::default());
        let leaving = StoredValue::new_local(this.clone());
        on_cleanup(move || {
            if let Some(this) = leaving.try_get_value() {
                this.leave();
            }
        });
        this
    }

    /// The form is there, with what the record fills in. Says whether something was put back into it.
    pub fn begin(&self, place: &Element, is_back: RwSignal<bool>) {
        let (place, this) = (place.clone(), self.clone());
        request_animation_frame(move || {
            let address = web_sys::window().and_then(|window| window.location().hash().ok());
            let of = (address.unwrap_or_default(), place.text_content().unwrap_or_default());
            *this.0.borrow_mut() = Open {
                fresh: fields(&place),
                of: of.clone(),
                place: Some(place.clone()),
                ended: false,
            };
            let kept = ASIDE.with_borrow_mut(|all| {
                let at = all.iter().position(|aside| aside.of == of)?;
                Some(all.remove(at).typed)
            });
            if let Some(typed) = kept {
                let _gone = is_back.try_set(true);
                put_back(place, typed, FRAMES);
            }
        });
    }

    /// It was saved, or somebody closed it.
    pub fn end(&self) {
        let mut open = self.0.borrow_mut();
        open.ended = true;
        ASIDE.with_borrow_mut(|all| all.retain(|aside| aside.of != open.of));
    }

    fn leave(&self) {
        let open = self.0.borrow();
        let Some(place) = open.place.as_ref().filter(|_| !open.ended) else {
            return;
        };
        let typed = fields(place);
        if typed == open.fresh {
            return;
        }
        ASIDE.with_borrow_mut(|all| {
            all.retain(|aside| aside.of != open.of);
            if MOST <= all.len() {
                all.remove(0);
            }
            all.push(Aside {
                of: open.of.clone(),
                typed,
            });
        });
    }
}

fn get(field: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(field, &name.into()).unwrap_or_default()
}

fn is_ticked(field: &JsValue) -> bool {
    matches!(get(field, "type").as_string().as_deref(), Some("checkbox" | "radio"))
}

/// The fields of a form that have an id.
fn fields(place: &Element) -> Vec<Field> {
    let found = place.query_selector_all("input[id], select[id], textarea[id]");
    let found = found.map(|found| js_sys::Array::from(&found)).unwrap_or_default();
    let field = |field: JsValue| {
        let id = get(&field, "id").as_string()?;
        Some((id, get(&field, if is_ticked(&field) { "checked" } else { "value" })))
    };
    found.iter().filter_map(field).collect()
}

/// Types it anew, so that the form hears of it; what appears with a choice is filled in on the next frames.
fn put_back(place: Element, typed: Vec<Field>, frames: u8) {
    let mut left = Vec::new();
    for (id, was) in typed {
        let Some(field) = place.query_selector(&format!("[id=\"{id}\"]")).ok().flatten() else {
            left.push((id, was));
            continue;
        };
        let ticked = is_ticked(field.as_ref());
        let now = get(field.as_ref(), if ticked { "checked" } else { "value" });
        if now == was {
            continue;
        }
        if ticked {
            // A radio button that isn't chosen any more goes out with the one that is.
            let is_radio = get(field.as_ref(), "type").as_string().as_deref() == Some("radio");
            if let Some(field) = field
                .dyn_ref::<web_sys::HtmlElement>()
                .filter(|_| !is_radio || was.is_truthy())
            {
                field.click();
            }
            continue;
        }
        let _set = js_sys::Reflect::set(field.as_ref(), &"value".into(), &was);
        for name in ["input", "change"] {
            let init = web_sys::EventInit::new();
            init.set_bubbles(true);
            if let Ok(event) = web_sys::Event::new_with_event_init_dict(name, &init) {
                let _heard = field.dispatch_event(&event);
            }
        }
    }
    if !left.is_empty() && 0 < frames {
        request_animation_frame(move || put_back(place, left, frames - 1));
    }
}
