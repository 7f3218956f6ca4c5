//! The few things that pages ask of the browser itself.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Milliseconds since 1970.
pub fn now_millis() -> u64 {
    // Whole milliseconds of this era are exact in a double.
    js_sys::Date::now() as u64
}

/// Milliseconds since the page was loaded, by a clock that nobody sets. It may stand still while the machine sleeps.
pub fn steady_millis() -> f64 {
    let number = || -> Option<f64> {
        let performance = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("performance")).ok()?;
        let now: js_sys::Function = js_sys::Reflect::get(&performance, &JsValue::from_str("now"))
            .ok()?
            .dyn_into()
            .ok()?;
        now.call0(&performance).ok()?.as_f64()
    };
    number().unwrap_or_default()
}

/// The browser's time zone by its IANA name.
pub fn zone_name() -> String {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
    js_sys::Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()
        .and_then(|name| name.as_string())
        .unwrap_or_default()
}

/// Fills a buffer with the browser's random bytes. `false` where it has none.
pub fn fill_random(buffer: &mut [u8]) -> bool {
    getrandom::fill(buffer).is_ok()
}

/// Loads the page again, at the same route.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _loading = window.location().reload();
    }
}

/// What `boot.js` says of this page: the version, whether it is the single file, whether it works offline.
pub fn contract(name: &str) -> JsValue {
    js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("__caseload"))
        .and_then(|contract| js_sys::Reflect::get(&contract, &JsValue::from_str(name)))
        .unwrap_or(JsValue::UNDEFINED)
}

/// The app's version.
pub fn version() -> String {
    contract("version").as_string().unwrap_or_default()
}

/// What local storage holds under keys that begin so: key and text, by key.
pub fn stored_under(prefix: &str) -> Vec<(String, String)> {
    let Some(storage) = local_storage() else {
        return Vec::new();
    };
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    let mut found: Vec<(String, String)> = keys
        .filter(|key| key.starts_with(prefix))
        .filter_map(|key| storage.get_item(&key).ok().flatten().map(|text| (key, text)))
        .collect();
    found.sort();
    found
}

/// Writes to local storage. A browser that refuses it remembers nothing and goes on.
pub fn store(key: &str, text: &str) {
    if let Some(storage) = local_storage() {
        let _kept = storage.set_item(key, text);
    }
}

/// Writes to local storage and says whether it is there.
pub fn store_surely(key: &str, text: &str) -> bool {
    store(key, text);
    local_storage()
        .and_then(|storage| storage.get_item(key).ok().flatten())
        .as_deref()
        == Some(text)
}

/// Removes a key from local storage.
pub fn forget(key: &str) {
    if let Some(storage) = local_storage() {
        let _gone = storage.remove_item(key);
    }
}

fn local_storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Gives bytes to the browser to save as a file. The name must hold nothing about a patient.
pub fn save_file(name: &str, media: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let properties = web_sys::BlobPropertyBag::new();
    properties.set_type(media);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &properties)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let document = window.document().ok_or(JsValue::NULL)?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads the blob after the click; it is let go a minute later.
    leptos::prelude::set_timeout(
        move || {
            let _revoked = web_sys::Url::revoke_object_url(&url);
        },
        std::time::Duration::from_secs(60),
    );
    Ok(())
}

/// A drawing as a PNG picture, so many times as large. The drawing must carry its own colours: none of the page's styles
/// reach it.
pub async fn picture_of(svg: &str, times: u32) -> Result<Vec<u8>, JsValue> {
    let properties = web_sys::BlobPropertyBag::new();
    properties.set_type("image/svg+xml");
    let parts = js_sys::Array::of1(&JsValue::from_str(svg));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &properties)?;
    let url = web_sys::Url::create_object_url_with_blob(&blob)?;
    let picture = painted(&url, times).await;
    web_sys::Url::revoke_object_url(&url)?;
    let bytes = JsFuture::from(picture?.array_buffer()).await?;
    Ok(js_sys::Uint8Array::new(&bytes).to_vec())
}

async fn painted(url: &str, times: u32) -> Result<web_sys::Blob, JsValue> {
    let image = web_sys::HtmlImageElement::new()?;
    image.set_src(url);
    JsFuture::from(image.decode()).await?;
    let document = web_sys::window().and_then(|w| w.document()).ok_or(JsValue::NULL)?;
    let canvas: web_sys::HtmlCanvasElement = document.create_element("canvas")?.unchecked_into();
    let (width, height) = (image.natural_width() * times, image.natural_height() * times);
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: web_sys::CanvasRenderingContext2d = context.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width.into(), height.into())?;
    let made = js_sys::Promise::new(&mut |resolve, reject| {
        if canvas.to_blob(&resolve).is_err() {
            let _told = reject.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(made).await?.dyn_into()
}

/// Moves the keyboard's focus to an element by its id.
pub fn focus(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _focused = element.focus();
    }
}

/// Moves the keyboard's focus to an element that is just being drawn: as soon as it is there, for the keys that are typed next
/// are meant for it and would otherwise be read as keys of the page. It is looked for in the next two frames too, and in them
/// gets the focus back that it lost to nobody by being drawn anew, or to the page as a whole. Whoever moved on meanwhile keeps their place.
pub fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    leptos::prelude::queue_microtask(move || follow_focus(id, false, 2));
}

fn follow_focus(id: String, reached: bool, frames: u8) {
    let field = || {
        let active = web_sys::window()?.document()?.active_element()?;
        // A page that was just opened has it as a whole: its keys are read.
        (!matches!(active.tag_name().as_str(), "BODY" | "MAIN")).then(|| active.id())
    };
    if !reached || field().is_none() {
        focus(&id);
    }
    let reached = reached || field().is_some_and(|at| at == id);
    if let Some(left) = frames.checked_sub(1) {
        leptos::prelude::request_animation_frame(move || follow_focus(id, reached, left));
    }
}

#[wasm_bindgen]
extern "C" {
    /// An element, for the one way of scrolling that is asked of it.
    type Scrolling;
    #[wasm_bindgen(method, js_name = scrollIntoView)]
    fn scroll_into_view(this: &Scrolling, options: &js_sys::Object);

    /// The document, for the search that gives all it finds.
    type Searching;
    #[wasm_bindgen(method, catch, js_name = querySelectorAll)]
    fn query_selector_all(this: &Searching, selector: &str) -> Result<JsValue, JsValue>;
}

/// Scrolls as little as it takes to show the whole element, at once and without moving the focus. The element's
/// scroll margins and the page's scroll padding keep it clear of the bars.
pub fn bring_into_view(element: &web_sys::Element) {
    let options = js_sys::Object::new();
    let block = (JsValue::from_str("block"), JsValue::from_str("nearest"));
    if js_sys::Reflect::set(&options, &block.0, &block.1).is_ok() {
        element.unchecked_ref::<Scrolling>().scroll_into_view(&options);
    }
}

/// Whether an element is the only one that a selector finds.
pub fn is_the_only(element: &web_sys::Element, selector: &str) -> bool {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return false;
    };
    let Ok(found) = document.unchecked_ref::<Searching>().query_selector_all(selector) else {
        return false;
    };
    let found = js_sys::Array::from(&found);
    let own: &JsValue = element.as_ref();
    found.length() == 1 && found.get(0) == *own
}

/// The elements that a selector finds, in the order of the page.
pub fn all_of(selector: &str) -> Vec<web_sys::HtmlElement> {
    let document = web_sys::window().and_then(|window| window.document());
    let found = document.and_then(|document| document.unchecked_ref::<Searching>().query_selector_all(selector).ok());
    let found = found.map(|found| js_sys::Array::from(&found)).unwrap_or_default();
    found.iter().filter_map(|element| element.dyn_into().ok()).collect()
}

/// Whether a selector finds anything.
pub fn is_there(selector: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.query_selector(selector).ok().flatten().is_some())
}

/// Asks the browser to keep this address's data when space runs low. `None` where it can't be asked.
pub async fn ask_to_persist() -> Option<bool> {
    let storage = web_sys::window()?.navigator().storage();
    let answer = wasm_bindgen_futures::JsFuture::from(storage.persist().ok()?).await;
    answer.ok()?.as_bool()
}

/// Whether the page has an address that no other page shares: not a file, and not a host known to serve many sites
/// from one address.
pub fn has_own_address() -> bool {
    let Some(location) = web_sys::window().map(|window| window.location()) else {
        return false;
    };
    let path = location.pathname().unwrap_or_default();
    let is_file = location.protocol().is_ok_and(|protocol| protocol == "file:");
    // A site in a folder shares its address with whatever is in the other folders.
    let in_folder = !path.trim_end_matches("index.html").trim_matches('/').is_empty();
    !is_file && !in_folder
}

/// Prints the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _printing = window.print();
    }
}

/// Puts text on the clipboard; whether the browser did so. It may be refused: outside of a secure address, by a setting, or
/// without a click.
pub async fn copy_text(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let member = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &JsValue::from_str(name)).ok();
    let clipboard = member(window.navigator().as_ref(), "clipboard").filter(JsValue::is_object);
    let Some(clipboard) = clipboard else { return false };
    let write = member(&clipboard, "writeText").and_then(|write| write.dyn_into::<js_sys::Function>().ok());
    let Some(write) = write else { return false };
    let Ok(written) = write.call1(&clipboard, &JsValue::from_str(text)) else {
        return false;
    };
    match written.dyn_into::<js_sys::Promise>() {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => false,
    }
}

/// The window's next turn: all that was asked for in this one has run.
pub async fn next_turn() {
    let turn = js_sys::Promise::new(&mut |resolve, _reject| {
        let asked = web_sys::window().and_then(|window| window.set_timeout_with_callback(&resolve).ok());
        if asked.is_none() {
            let _at_once = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let _came = JsFuture::from(turn).await;
}

/// Selects all that a field of several lines holds, so that one key copies it.
pub fn select_all(id: &str) {
    let element = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id(id));
    if let Some(field) = element.and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok()) {
        let _focused = field.focus();
        field.select();
    }
}
