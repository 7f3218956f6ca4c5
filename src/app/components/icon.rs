//! Small line drawings beside words; never alone where they mean something.

use leptos::prelude::*;

/// A drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// A triangle with an exclamation mark: safety, errors.
    Alert,
    /// An arrow that rises: worse.
    Rise,
    /// A clock: late, time.
    Clock,
    /// A calendar: due, a month.
    Calendar,
    /// A tick in a circle: at target, done.
    Done,
    /// An hourglass: waiting.
    Waiting,
    /// A crossed-out person: missed.
    Missed,
    /// A person with a plus: referred, new.
    NewPerson,
    /// A speech bubble: an answer.
    Answer,
    /// A list with a tick: today.
    Today,
    /// Lines: the caseload.
    List,
    /// Two arrows: send and receive.
    Exchange,
    /// An arrow into a tray: import.
    Import,
    /// Sliders: settings.
    Settings,
    /// A padlock.
    Lock,
    /// A magnifying glass.
    Search,
    /// Start.
    Play,
    /// Pause.
    Pause,
    /// Stop.
    Stop,
    /// A circle with an i.
    Info,
    /// A cross: close, clear.
    Close,
    /// An arrow to the left: back.
    Back,
    /// Sorted, smallest first.
    Up,
    /// Sorted, largest first.
    Down,
    /// A telephone.
    Phone,
    /// A printer.
    Print,
    /// A sheet with lines: notes.
    Note,
    /// A book: the directory.
    Book,
}

impl IconName {
    /// Its strokes in a box of 16 by 16, as one path: making one element is quicker than reading markup, and a list has
    /// hundreds of them.
    pub fn strokes(self) -> &'static str {
        match self {
            Self::Alert => "M8 2 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.2",
            Self::Rise => "M2 12 6 8l2.5 2.5L14 4M9.8 4H14v4.2",
            Self::Clock => "M2 8a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M8 4.5V8l2.4 1.6",
            Self::Calendar => "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v2.6M10.5 2v2.6",
            Self::Done => "M2 8a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M5.2 8.2l2 2 3.8-4.2",
            Self::Waiting => "M4 2.5h8M4 13.5h8M5 2.5c0 3 3 4 3 5.5s-3 2.5-3 5.5M11 2.5c0 3-3 4-3 5.5s3 2.5 3 5.5",
            Self::Missed => {
                "M4 5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M2 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M11 4.5l3.5 3.5M14.5 4.5 11 8"
            }
            Self::NewPerson => {
                "M4 5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M2 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M12.7 4.2v4M10.7 6.2h4"
            }
            Self::Answer => "M2.5 3h11v8h-6L4.5 13.5V11h-2z",
            Self::Today => "M2 4.2l1.2 1.2L5.4 3M2 10.7l1.2 1.2 2.2-2.4M8 4.5h6M8 11h6",
            Self::List => "M2 4h12M2 8h12M2 12h12",
            Self::Exchange => "M2.5 5.5h11M10.5 2.5l3 3-3 3M13.5 11h-11M5.5 8l-3 3 3 3",
            Self::Import => "M8 2v8M4.8 7 8 10.2 11.2 7M2.5 10.5v3h11v-3",
            Self::Settings => {
                "M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M8.2 4.5a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0 -3.6 0M4.2 11.5a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0 -3.6 0"
            }
            Self::Lock => "M3.5 7h9v6.5h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
            Self::Search => "M2.5 7a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0M10.5 10.5l3.5 3.5",
            Self::Play => "M4.5 3v10l8-5z",
            Self::Pause => "M5.5 3v10M10.5 3v10",
            Self::Stop => "M4 4h8v8H4z",
            Self::Info => "M2 8a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M8 7.3v4M8 4.8v.2",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Back => "M9.5 3.5 5 8l4.5 4.5",
            Self::Up => "M4.5 9.5 8 6l3.5 3.5",
            Self::Down => "M4.5 6.5 8 10l3.5-3.5",
            Self::Phone => "M3 2.5h3l1.2 3.3-1.7 1.2a8 8 0 0 0 3.5 3.5l1.2-1.7 3.3 1.2v3c-6 1-11.5-4.5-10.5-10.5z",
            Self::Note => "M3.5 2.5h9v11h-9zM5.5 5.5h5M5.5 8h5M5.5 10.5h3",
            Self::Book => "M3.5 2.5h9v11h-9zM6 2.5v11M8 5.5h2.5M8 8h2.5",
            Self::Print => "M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z",
        }
    }
}

/// A small line drawing, hidden from those who listen: the words beside it say it.
#[component]
pub fn Icon(
    /// Which drawing.
    name: IconName,
) -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=name.strokes()></path></svg> }
}
