//! How the files that are saved on this page are protected: by a passphrase, or not at all.

use leptos::prelude::*;
use leptos::task::spawn_local;
use zeroize::Zeroizing;

use crate::app::components::{
    Button, ButtonKind, Choice, FailureNotice, LongWork, NewPassphrase, Notice, Tone, new_passphrase_errors,
};
use crate::app::files::MadeFile;
use crate::app::sealed;
use crate::app::state::{Desk, use_desk};
use crate::registry::{Failure, Request};

/// What stands between the file and whoever gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// A passphrase.
    Passphrase,
    /// Nothing.
    Nothing,
}

/// The choice, for all that is saved on the page. It is gone with the page.
#[derive(Clone, Copy)]
pub(super) struct Protection {
    by: RwSignal<Option<By>>,
    passphrase: RwSignal<String>,
    again: RwSignal<String>,
}

impl Protection {
    /// By a passphrase that is still to be typed.
    pub(super) fn new() -> Self {
        Self {
            by: RwSignal::new(Some(By::Passphrase)),
            passphrase: RwSignal::new(String::new()),
            again: RwSignal::new(String::new()),
        }
    }

    /// The one of the page.
    pub(super) fn of_page() -> Self {
        use_context().unwrap_or_else(Self::new)
    }

    /// Whether a passphrase will be asked for.
    pub(super) fn seals(self) -> bool {
        self.by.get() != Some(By::Nothing)
    }

    /// What to do before a file can be saved.
    ///
    /// # Errors
    /// That, as a sentence.
    pub(super) fn check(self) -> Result<(), Failure> {
        if self.by.get_untracked() == Some(By::Nothing) {
            return Ok(());
        }
        let wrong = new_passphrase_errors("file-passphrase", self.passphrase, self.again, &[]);
        wrong.into_iter().next().map_or(Ok(()), |first| {
            Err(Failure::File(format!(
                "{}, under \u{201c}How the files you save here are protected\u{201d}. Nothing was saved.",
                first.text
            )))
        })
    }

    /// Asks for a file, protects it and gives it to the browser to save; says under which name.
    ///
    /// # Errors
    /// As [`check`](Self::check), and what the core, the worker that seals and the browser answer.
    pub(super) async fn save_file(self, desk: Desk, request: Request) -> Result<String, Failure> {
        self.check()?;
        let made = desk.make_file(request).await?;
        let made = match self.by.get_untracked() {
            Some(By::Nothing) => made,
            _ => {
                let passphrase = Zeroizing::new(self.passphrase.get_untracked());
                MadeFile {
                    name: format!("{}{}", made.name, sealed::SUFFIX),
                    media: "application/octet-stream".to_owned(),
                    bytes: sealed::seal(&made.bytes, &passphrase).await?,
                    whole: made.whole,
                }
            }
        };
        desk.hand_out(made).await
    }
}

/// The choice.
#[component]
pub(super) fn ProtectionPanel() -> impl IntoView {
    let protection = Protection::of_page();
    let options = vec![
        (
            By::Passphrase,
            "With a passphrase: whoever gets the file needs it to open it".to_owned(),
        ),
        (
            By::Nothing,
            "Not at all: anyone who gets the file can read it".to_owned(),
        ),
    ];
    let chosen = move || {
        match protection.seals() {
        true => view! {
            <NewPassphrase
                id="file-passphrase"
                value=protection.passphrase
                again=protection.again
                context=Signal::stored(Vec::new())
                hint="At least 15 characters. Tell it to the receiver by another way than the file: by telephone, not in the same \
                mail. Without it nobody can open the file, nor can you."
            />
        }
        .into_any(),
        false => view! {
            <Notice tone=Tone::Warning title="Anyone who gets this file can read it">
                <p>
                    "It is not encrypted. Hand it over on a drive or a share that only your clinic can open, and delete \
                     it when it was received."
                </p>
            </Notice>
        }
        .into_any(),
    }
    };
    view! {
        <section class="no-print" aria-labelledby="protection">
            <h2 id="protection">"Protection"</h2>
            <Choice
                id="protect-by"
                legend="How the files you save here are protected"
                options
                value=protection.by
                stacked=true
                hint="A protected file is an age file: Caseload opens it, and so does the standard age program."
            />
            {chosen}
        </section>
    }
}

/// A button that saves a file as the page protects it, and says under which name, or why not.
#[component]
pub(super) fn SaveButton(
    /// What to ask for when it is pressed.
    #[prop(into)]
    request: Callback<(), Request>,
    /// How much it matters.
    #[prop(optional)]
    kind: ButtonKind,
    /// Its words, a verb first.
    children: Children,
) -> impl IntoView {
    let desk = use_desk();
    let protection = Protection::of_page();
    let outcome = RwSignal::new(None::<Result<String, Failure>>);
    let busy = RwSignal::new(false);
    let press = move |()| {
        if busy.get_untracked() {
            return;
        }
        outcome.set(None);
        busy.set(true);
        let request = request.run(());
        spawn_local(async move {
            let result = protection.save_file(desk, request).await;
            let _gone = busy.try_set(false);
            let _gone = outcome.try_set(Some(result));
        });
    };
    view! {
        <div class="download">
            <Button kind on_press=press>{children()}</Button>
            <Show when=move || busy.get()><LongWork core=desk.core()/></Show>
            <span class="hint" role="status">
                {move || outcome.get().and_then(Result::ok).map(|name| format!("Saved as {name}"))}
            </span>
            {move || outcome.get().and_then(Result::err).map(|failure| view! { <FailureNotice failure/> })}
        </div>
    }
}
