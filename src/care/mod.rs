//! Protocol, outcome definitions, clocks, worklist, and what an intent writes down.
//!
//! Rules read flowsheets and nothing else, and no rule looks at payers or minutes. In reading order: [`Protocol`]
//! (the numbers), [`AsOf`] (the moment and the calendar), [`baseline`] and [`outcomes`] (what scores come to),
//! [`clocks()`] (what is late, why, what clears it), [`worklist()`], [`agenda()`], [`caseload_row`], [`alike`],
//! [`Searchable`].

pub mod decide;
pub mod intent;

mod agenda;
mod area_state;
mod areas;
mod asked;
mod asked_safety;
mod case;
mod caseload;
mod clash;
mod clocks;
mod closing;
mod concern_kind;
pub mod coordination;
pub mod cosign;
pub mod coverage;
pub mod diagnosis;
pub mod diary;
pub mod directory;
mod dose;
mod effect;
pub mod episodes;
pub mod erasing;
pub mod evening;
pub mod fidelity;
mod fired;
mod history;
pub mod items;
mod language;
mod listed;
mod medicine;
mod meeting;
mod minor;
mod names;
pub mod news;
mod office;
mod outcome;
pub mod outreach;
pub mod overlap;
mod positive;
pub mod privacy;
mod protocol;
pub mod quick;
mod readiness;
mod reason;
mod refusal;
mod relapse;
mod review;
mod reworded;
mod safety;
mod scale;
mod scores;
mod search;
mod sentence;
mod set_for_many;
pub mod settle;
mod severity;
mod target;
pub mod time_batch;
pub mod timebook;
pub mod try_now;
pub mod typed_time;
pub mod typed_whom;
mod worklist;
mod worksheet;

pub use agenda::{AgendaItem, Group, agenda};
pub use area_state::AreaState;
pub use areas::{
    AREAS, AreaInfo, ManiaScreen, QuestionInfo, answers, area_info, gap_words, is_relevant, mania_screen, not_asked,
    reply,
};
pub use asked_safety::{
    OpensConcern, asked_anew, asked_before, asked_on, concern_of, concern_words_of, concerns_of, known_of_safety,
    was_asked_in_error,
};
pub use case::Phase;
pub use caseload::{CaseloadRow, SafetyMark, ScoreBand, Scores, Trend, band, caseload_row, scores_of};
pub use clash::{Clash, clashes};
pub use clocks::{Clock, State, clocks, planned, reason_of_feedback};
pub use closing::{
    AtRisk, Loose, LooseEnd, OutcomeThen, SEVERE_PHQ9, kept_why, loose_ends, needs_agreement, open_tasks, outcomes_on,
    outcomes_then, referral_words, scores_on,
};
pub use concern_kind::{FirstStep, KindRule, Question, kind_rule};
pub use dose::{Amount, CantCompare, DoseCheck, check_dose, minimum_of, read_dose};
pub use effect::{Effect, Judged, Seen, effect_of};
pub use fired::{Fired, fired};
pub use history::{Missed, missed, stood_open, written_later};
pub use language::{Language, spoken};
pub use listed::{
    Listing, advised_change, can_be_listed, carried_out_as, decided, is_accepted, is_dose_of, is_named, is_unlisted,
    listed, said_of, starts_later,
};
pub use medicine::{DoseSince, dose_since, medicine_words, written_on};
pub use meeting::{EACH, Lineup, MEETING, Move, advice_text, fitting};
pub use minor::{OF_AGE, UnderAge};
pub use names::{Alike, Somebody, alike, birth_key, mrn_key};
pub use office::{AsOf, Office, WorkingDays};
pub use outcome::{Definition, Outcomes, fell_by_percent, has_responded, outcomes, percent};
pub use positive::{Positive, latest_answer, positives, to_name};
pub use protocol::{Number, NumberInfo, Protocol, ProtocolError, Unit};
pub use readiness::{Readiness, ReadyLine, ReadyTest, Target, goals_doubted, readiness};
pub use reason::{Clears, ConcernState, Found, Interval, Kind, Needed, Opened, Reason, Rule, SecondStep};
pub use relapse::{RelapsePart, Relapsed, missing_parts, relapsed};
pub use review::{ReviewCause, ReviewDue, review_due};
pub use reworded::{reworded, step_words};
pub use safety::{
    Watch, answers_since, concern_state, is_answered_since, is_open, missing_to_close, needs_second_step, owes_today,
    was_typed_in_error, watch_of, watched,
};
pub use scale::{Point, Scale};
pub use scores::{
    Against, Baseline, BaselineRule, Progress, Worse, baseline, baseline_by_rule, latest, latest_with_safety_item,
    primary, progress, worse,
};
pub use search::{Searchable, Wanted, fold, telephone_key};
pub use sentence::{concern as concern_words, day_words, near_words};
pub use severity::Severity;
pub use target::is_at_target;
pub use worklist::{Item, Worklist, filter, item_of, longest_snooze, put_off_by, worklist, worklist_as_of};
pub use worksheet::{EarlierWords, gone_on};
