//! Choosing files: by a button or by dropping them. Read piece by piece, and never more than the limit.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

use super::Loading;
use crate::app::format;

/// A piece that is read at a time, in bytes.
const PIECE: u64 = 4 * 1024 * 1024;

/// A file that was chosen.
#[derive(Clone, PartialEq, Eq)]
pub struct PickedFile {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A button to choose files with, in a place where they can be dropped.
#[component]
pub fn FileDrop(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    /// The button's words: `Choose a backup file`.
    #[prop(into)]
    label: String,
    /// What files are offered: `.json` or `.csv,.txt`.
    #[prop(into)]
    accept: String,
    /// How many can be chosen at once.
    #[prop(default = 1)]
    most: u32,
    /// The largest file that is read, in bytes.
    #[prop(default = 64 * 1024 * 1024)]
    largest: u64,
    /// Is run when files are chosen, before they are looked at: what was said of the last ones goes.
    #[prop(optional, into)]
    on_choice: Option<Callback<()>>,
    /// Is run when files that were chosen can't be read; the reason is shown here.
    #[prop(optional, into)]
    on_refused: Option<Callback<()>>,
    /// Takes the files that were read.
    #[prop(into)]
    on_files: Callback<Vec<PickedFile>>,
) -> impl IntoView {
    let progress = RwSignal::new(None::<(u64, u64)>);
    let problem = RwSignal::new(None::<String>);
    let over = RwSignal::new(false);
    let refuse = move |sentence: String| {
        problem.set(Some(sentence));
        if let Some(on_refused) = on_refused {
            on_refused.run(());
        }
    };
    let take = move |list: Option<web_sys::FileList>| {
        let files = listed(list);
        if files.is_empty() {
            return;
        }
        if let Some(on_choice) = on_choice {
            on_choice.run(());
        }
        problem.set(None);
        if let Some(sentence) = check(&files, most, largest) {
            return refuse(sentence);
        }
        spawn_local(async move {
            let read = read_all(files, progress).await;
            progress.set(None);
            match read {
                Ok(files) => on_files.run(files),
                Err(sentence) => refuse(sentence),
            }
        });
    };
    let drop = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|data| data.files()));
    };
    let drag = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let choose = move |event: ev::Event| {
        let input = event
            .target()
            .and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        take(input.files());
        // The same file can be chosen again after it was changed.
        input.set_value("");
    };
    let wrong = format!("{id}-error");
    let described = wrong.clone();
    view! {
        <div
            class="file-drop"
            class:over=over
            on:drop=drop
            on:dragover=drag
            on:dragleave=move |_| over.set(false)
        >
            <label class="button" for=id.clone()>{label}</label>
            <input
                class="visually-hidden"
                type="file"
                id=id
                accept=accept
                multiple={most > 1}
                aria-describedby=described
                on:change=choose
            />
            <span class="hint">"or drop it here"</span>
            <p class="error" id=wrong role="alert">{problem}</p>
            {move || progress.get().map(|(read, all)| view! {
                <Loading words=format!("Reading {} of {}", format::size(read), format::size(all))/>
            })}
        </div>
    }
}

fn listed(list: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    list.map_or_else(Vec::new, |list| {
        (0..list.length()).filter_map(|at| list.get(at)).collect()
    })
}

/// What is wrong with the files before a byte of them is read.
fn check(files: &[web_sys::File], most: u32, largest: u64) -> Option<String> {
    if files.len() > usize::try_from(most).unwrap_or(usize::MAX) {
        return Some(format!(
            "Choose {} at most. Nothing was read.",
            format::count(most.into(), "file", "files")
        ));
    }
    let large = files.iter().find(|file| file.size() > largest as f64)?;
    Some(format!(
        "{} is {}; files up to {} can be read. Nothing was read.",
        large.name(),
        format::size(large.size() as u64),
        format::size(largest)
    ))
}

async fn read_all(
    files: Vec<web_sys::File>,
    progress: RwSignal<Option<(u64, u64)>>,
) -> Result<Vec<PickedFile>, String> {
    let all: u64 = files.iter().map(|file| file.size() as u64).sum();
    let mut read = 0;
    let mut picked = Vec::new();
    for file in files {
        let size = file.size() as u64;
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        let mut at = 0;
        while at < size {
            progress.set(Some((read + at, all)));
            let end = (at + PIECE).min(size);
            bytes.extend(piece(&file, at, end).await.ok_or_else(|| unreadable(&file))?);
            at = end;
        }
        read += size;
        picked.push(PickedFile {
            name: file.name(),
            bytes,
        });
    }
    Ok(picked)
}

async fn piece(file: &web_sys::File, from: u64, to: u64) -> Option<Vec<u8>> {
    let slice = file.slice_with_f64_and_f64(from as f64, to as f64).ok()?;
    let buffer = JsFuture::from(slice.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

fn unreadable(file: &web_sys::File) -> String {
    format!(
        "{} can't be read any more. Choose it again. Nothing was changed.",
        file.name()
    )
}
