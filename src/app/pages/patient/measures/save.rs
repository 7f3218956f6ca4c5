//! A graph as a file: the drawing itself, or a picture of it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::components::{Button, ButtonKind};
use crate::graphs::{self, Look};

/// Pixels of a picture for each of the drawing: sharp on paper.
const SHARP: u32 = 3;

#[component]
pub fn SaveGraph(
    /// The graph.
    graph: Signal<graphs::Graph>,
    /// The beginning of the file's name: instruments, never a patient.
    file: Signal<String>,
) -> impl IntoView {
    let told = RwSignal::new(String::new());
    let drawing = move || graph.with_untracked(|graph| graphs::score_graph(graph, Look::Paper));
    let name = move |kind: &str| {
        let day = graph.with_untracked(|graph| graph.to);
        format!("{}-{day}.{kind}", file.get_untracked())
    };
    let say = move |name: String, saved: bool| {
        let words = match saved {
            true => format!("Saved as {name}. It holds no name; treatments and scores are in it."),
            false => "The browser could not make the file. Nothing was changed.".to_owned(),
        };
        let _gone = told.try_set(words);
    };
    let save_svg = move |()| {
        let name = name("svg");
        let saved = browser::save_file(&name, "image/svg+xml", drawing().as_bytes());
        say(name, saved.is_ok());
    };
    let save_png = move |()| {
        let (name, drawing) = (name("png"), drawing());
        spawn_local(async move {
            let saved = match browser::picture_of(&drawing, SHARP).await {
                Ok(bytes) => browser::save_file(&name, "image/png", &bytes),
                Err(failure) => Err(failure),
            };
            say(name, saved.is_ok());
        });
    };
    view! {
        <span class="save-graph">
            <Button kind=ButtonKind::Quiet on_press=save_png>"Save picture (PNG)"</Button>
            <Button kind=ButtonKind::Quiet on_press=save_svg>"Save drawing (SVG)"</Button>
            <span class="hint" role="status">{told}</span>
        </span>
    }
}
