//! The outreach ladder: what is tried next for a patient who doesn't answer, and when.
//!
//! Call, call at another time of day, a text or portal message, a letter, ask the clinician, close as unreachable. How
//! many tries and days lie between are numbers of the protocol. Closing is always a person's step.

use crate::flowsheet::{AttemptLine, Flowsheet, MessageLine};
use crate::journal::Day;
use crate::journal::facts::{AttemptOutcome, Audience, Channel, DayPart};

use super::case::{Case, Phase};
use super::coordination::{is_call, next_part, part_of};
use super::office::AsOf;
use super::protocol::Number;
use super::sentence::{day_words, near_words};
use super::try_now::parts_named;

/// When to call, in words.
fn in_part(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "in the morning",
        DayPart::Midday => "around midday",
        DayPart::Afternoon => "in the afternoon",
        DayPart::Evening => "in the evening",
    }
}

/// A rung of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// The first call.
    Call,
    /// Another call, in the part of the day that was agreed on with the last try, otherwise in the one that was tried
    /// least, within the patient's preferred hours; any other time where no time is known.
    CallAgain(Option<DayPart>),
    /// A text or a portal message.
    Message,
    /// A letter.
    Letter,
    /// Asking the treating clinician how the patient can be reached.
    AskClinician,
    /// Closing as unreachable, which a person decides.
    Close,
}

impl Rung {
    /// What to do, in words.
    pub fn words(self) -> String {
        match self {
            Self::Call => "call".to_owned(),
            Self::CallAgain(None) => "call at another time of day".to_owned(),
            Self::CallAgain(Some(part)) => format!("call {}", in_part(part)),
            Self::Message => "text or portal message".to_owned(),
            Self::Letter => "letter".to_owned(),
            Self::AskClinician => "ask the clinician how to reach the patient".to_owned(),
            Self::Close => "close as unreachable, or go on trying".to_owned(),
        }
    }
}

/// Where outreach stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outreach {
    /// Since when tries count: the referral, or the last contact.
    pub since: Day,
    /// Tries since then.
    pub tries: u32,
    /// The last of them.
    pub last_try: Option<Day>,
    /// Rungs that were climbed, with the day of each.
    pub done: Vec<(Rung, Day)>,
    /// What is next.
    pub next: Rung,
    /// When.
    pub on: Day,
}

impl Outreach {
    /// `; 2 tries, the last yesterday; next Tue 24 Nov: text or portal message`; empty before the first try.
    pub fn words(&self, today: Day) -> String {
        let Some(last) = self.last_try else {
            return String::new();
        };
        let many = match self.tries {
            1 => "1 try".to_owned(),
            tries => format!("{tries} tries"),
        };
        let next = match today.since(self.on) {
            1.. => format!("late since {}", day_words(self.on, today)),
            _ => near_words(self.on, today),
        };
        let last = near_words(last, today);
        format!("; {many}, the last {last}; next {next}: {}", self.next.words())
    }
}

/// Where outreach stands for a patient; `None` when the patient is reached, or not looked for.
pub fn outreach_of(sheet: &Flowsheet, at: &AsOf<'_>) -> Option<Outreach> {
    let case = Case::of(sheet, at);
    let episode = case.episode?;
    match case.phase {
        Phase::Closed | Phase::NoEpisode | Phase::OnHold(_) => None,
        _ if case.died().is_some() => None,
        _ => {
            let referred = episode.referred.map_or(episode.opened, |at| case.at.day_of(at));
            let since = case.last_contact().filter(|last| referred <= *last);
            match since {
                // Somebody in care is called on the day of the contact clock; the ladder begins with the first try.
                None => Some(climbed(&case, referred)).filter(|o| case.phase == Phase::Referred || o.tries > 0),
                Some(last) => Some(climbed(&case, last)).filter(|outreach| outreach.tries > 0),
            }
        }
    }
}

/// The ladder from a day on.
pub(super) fn climbed(case: &Case<'_>, since: Day) -> Outreach {
    let (office, protocol, today) = (case.at.office, case.at.protocol, case.at.today);
    let last_contact = case.contacts().next().map(|c| c.at.instant(office.zone));
    let counts = |a: &&AttemptLine| {
        let after_contact = last_contact.is_none_or(|last| a.at.instant(office.zone) > last || a.day.since(since) > 0);
        since <= a.day && a.day <= today && after_contact
    };
    let tries: Vec<&AttemptLine> = case.sheet.attempts.iter().filter(counts).collect();
    let count = u32::try_from(tries.len()).unwrap_or(u32::MAX);
    let last_try = tries.last().map(|a| a.day);
    let first = |by: &[Channel]| tries.iter().find(|a| by.contains(&a.by)).map(|a| a.day);
    let calls: Vec<&&AttemptLine> = tries.iter().filter(|a| is_call(a.by)).collect();
    let message = first(&[Channel::Text, Channel::Portal, Channel::Email]);
    // A letter before every other try is no end of them: whoever has a number is called first.
    let tried = tries.iter().find(|a| a.by != Channel::Letter).map(|a| a.day);
    let can_be_called = case.sheet.who.phone.is_some();
    let letter = first(&[Channel::Letter]);
    let last_resort = letter.filter(|day| !can_be_called || tried.is_some_and(|tried| tried <= *day));
    let only_letters = tried.is_none() && can_be_called;
    // A message about a recommendation, a concern or a referral asks for something else.
    let asks = |m: &&MessageLine| {
        let since_tried = tries.first().is_some_and(|a| a.day <= m.day) && m.day <= today;
        m.to == Audience::Clinician && m.about.is_none() && since_tried
    };
    let asked = case.sheet.messages.iter().rev().find(asks).map(|m| m.day);
    let parts: Vec<DayPart> = calls.iter().filter_map(|a| part_of(a.at, office.zone)).collect();
    let agreed = tries.last().and_then(|last| last.next);
    let preferred = case.sheet.who.hours.as_deref().map(parts_named).unwrap_or_default();
    let again = Rung::CallAgain(agreed.or_else(|| (!parts.is_empty()).then(|| next_part(&parts, &preferred))));
    let mut done: Vec<(Rung, Day)> = Vec::new();
    done.extend(calls.first().map(|a| (Rung::Call, a.day)));
    done.extend(calls.get(1).map(|a| (Rung::CallAgain(None), a.day)));
    done.extend(message.map(|day| (Rung::Message, day)));
    done.extend(letter.map(|day| (Rung::Letter, day)));
    done.extend(asked.map(|day| (Rung::AskClinician, day)));
    let every = protocol.get(Number::OutreachEvery);
    let after_last = last_try.map_or(today, |last| office.working_days_after(last, every));
    let wrong_number = calls.last().is_some_and(|a| a.outcome == AttemptOutcome::WrongNumber);
    let (next, on) = match (last_try, last_resort) {
        (None, _) => (Rung::Call, today),
        _ if only_letters => (Rung::Call, today),
        // A number that is wrong is not called again: somebody may know another.
        (Some(last), _) if wrong_number && asked.is_none_or(|asked| asked < last) => (Rung::AskClinician, last),
        // One call with messages on the same day is not what a letter waits for: the second call comes first.
        (Some(_), None) if protocol.get(Number::OutreachTries) <= count && calls.len() != 1 => {
            (Rung::Letter, after_last)
        }
        // Somebody who may not be texted, or for whom another call was decided on, comes to the letter all the same.
        (Some(_), None) if message.is_none() && agreed.is_none() && protocol.get(Number::OutreachMessage) <= count => {
            (Rung::Message, after_last)
        }
        (Some(_), None) => (again, after_last),
        (Some(_), Some(letter)) if asked.is_none() => {
            let wait = protocol.get(Number::OutreachAsk);
            (Rung::AskClinician, office.working_days_after(letter, wait))
        }
        (Some(_), Some(letter)) => (Rung::Close, letter.plus(protocol.days(Number::OutreachClose))),
    };
    Outreach {
        since,
        tries: count,
        last_try,
        done,
        next,
        on,
    }
}

/// What a letter to a patient who could not be reached is made from.
#[derive(Clone, Copy, Debug)]
pub struct LetterParts<'a> {
    /// How the patient is addressed.
    pub patient: &'a str,
    /// The treating clinician's name.
    pub clinician: Option<&'a str>,
    /// Who writes.
    pub author: &'a str,
    /// The author's telephone number.
    pub phone: Option<&'a str>,
    /// The clinic.
    pub clinic: &'a str,
    /// Whether anything was tried before.
    pub tried: bool,
    /// The day by which an answer is hoped for.
    pub by: Day,
}

/// A letter that says who tried, why, how to answer, and what happens without an answer. It names no condition: an
/// envelope may be opened by somebody else.
pub fn letter(parts: &LetterParts<'_>) -> String {
    let LetterParts {
        patient,
        author,
        clinic,
        ..
    } = parts;
    let asked = match parts.clinician {
        Some(clinician) => format!("{clinician} asked me to get in touch with you."),
        None => "I was asked to get in touch with you.".to_owned(),
    };
    let call = match parts.phone {
        Some(phone) => format!("Please call me at {phone}, or send a message to the clinic."),
        None => "Please call the clinic and ask for me, or send a message.".to_owned(),
    };
    let tried = match parts.tried {
        true => " I have tried to reach you and have not been able to.",
        false => "",
    };
    let by = parts.by.date().format("%B %-d, %Y");
    format!(
        "Dear {patient},\n\n{asked} I am {author}, and I work with your care team at {clinic}.{tried}\n\nI would like to hear how you are doing and what would help. {call} Tell me which \
         days and times suit you, and how you would like to be reached.\n\nIf I have not heard from you by {by}, I will \
         let your care team know. You can come back to us at any time.\n\nIf you are in danger, call 911. To talk with \
         somebody at any hour, call or text 988.\n\nKind regards,\n{author}\n{clinic}"
    )
}
