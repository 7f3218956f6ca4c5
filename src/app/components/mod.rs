//! What pages are made of. Native elements first; every field is wired to its label, hint and error by id; styles are
//! classes of `style/`, never attributes.

mod answer;
mod button;
mod choices;
mod crisis;
mod day;
mod dialog;
mod fields;
mod files;
mod folded;
mod form;
mod icon;
mod long;
mod notice;
mod passphrase;
mod score;
mod source;
mod status;
mod table;
mod tabs;

pub use answer::{Loaded, Loading};
pub use button::{Button, ButtonKind, ButtonLink, Submit};
pub use choices::{Check, Checks, Choice, Select};
pub use crisis::{CrisisLines, remember_crisis_line};
pub use day::{DayText, MonthText, WhenText};
pub use dialog::{Confirm, Dialog};
pub use fields::{DateField, InputKind, NumberField, TextArea, TextField, TimeField, Width};
pub use files::{FileDrop, PickedFile};
pub use folded::FoldedText;
pub use form::{ErrorSummary, FieldError, Form, FormErrors, FormGroup};
pub use icon::{Icon, IconName};
pub use long::LongWork;
pub use notice::{EmptyState, FailureNotice, Notice, Tone};
pub use passphrase::{NewPassphrase, PassphraseField, new_passphrase_errors};
pub use score::{ChangeCell, ScoreCell, Svg, is_worse, safety_letter, score_class, score_told};
pub use source::Sourced;
pub use status::{StatusKind, StatusTag};
pub use table::{Column, DataTable, Visible, table_row};
pub use tabs::{Tab, Tabs};
