//! What one key records from a row of Today: a try that reached nobody, with the minutes that such a try usually takes.
//!
//! Nothing is asked; so what a patient said of messages is looked at here, before it is written down that one was left.

use serde::{Deserialize, Serialize};

use super::protocol::{Number, Protocol};
use super::sentence::day_words;
use crate::journal::Day;
use crate::journal::facts::{AttemptOutcome, Channel, MessageWay, Permission, Permissions, Registration};

/// A try that one key records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum QuickTry {
    /// A call, and a voicemail was left.
    Voicemail,
    /// A call that nobody answered.
    NoAnswer,
    /// A text message was sent.
    Text,
    /// A letter was sent.
    Letter,
}

impl QuickTry {
    /// By which channel it goes.
    pub fn channel(self) -> Channel {
        match self {
            Self::Voicemail | Self::NoAnswer => Channel::Phone,
            Self::Text => Channel::Text,
            Self::Letter => Channel::Letter,
        }
    }

    /// What came of it.
    pub fn outcome(self) -> AttemptOutcome {
        match self {
            Self::Voicemail => AttemptOutcome::Voicemail,
            Self::NoAnswer => AttemptOutcome::NoAnswer,
            Self::Text | Self::Letter => AttemptOutcome::Sent,
        }
    }

    /// What the record says of minutes that nobody measured.
    pub fn minutes_note(self) -> &'static str {
        match self {
            Self::Voicemail => "the clinic's usual minutes for a voicemail",
            Self::NoAnswer => "the clinic's usual minutes for a call without an answer",
            Self::Text => "the clinic's usual minutes for a text",
            Self::Letter => "the clinic's usual minutes for a letter",
        }
    }

    /// The way in which it leaves a message, as permissions name it, and its word; a call that nobody answered leaves none.
    fn way(self) -> Option<(MessageWay, &'static str)> {
        match self {
            Self::Voicemail => Some((MessageWay::Voicemail, "voicemail")),
            Self::NoAnswer => None,
            Self::Text => Some((MessageWay::Text, "text messages")),
            Self::Letter => Some((MessageWay::Post, "letters")),
        }
    }
}

/// Minutes that are written down with each of these tries; 0 writes none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TryMinutes {
    /// With a voicemail.
    pub voicemail: u32,
    /// With a call that nobody answered.
    pub no_answer: u32,
    /// With a text.
    pub text: u32,
    /// With a letter.
    pub letter: u32,
}

impl TryMinutes {
    /// The protocol's.
    pub fn of(protocol: &Protocol) -> Self {
        Self {
            voicemail: protocol.get(Number::TryVoicemail),
            no_answer: protocol.get(Number::TryNoAnswer),
            text: protocol.get(Number::TryText),
            letter: protocol.get(Number::TryLetter),
        }
    }

    /// Those of one.
    pub fn get(self, what: QuickTry) -> u32 {
        match what {
            QuickTry::Voicemail => self.voicemail,
            QuickTry::NoAnswer => self.no_answer,
            QuickTry::Text => self.text,
            QuickTry::Letter => self.letter,
        }
    }
}

/// Why a message may not be left in this way, as the patient said; `None` where it may, and where nobody asked. What was
/// asked way by way goes before the ways that the registration lists.
pub fn said_no(
    what: QuickTry,
    permissions: Option<&Permissions>,
    registration: Option<&Registration>,
    today: Day,
) -> Option<String> {
    let (way, word) = what.way()?;
    if let Some(asked) = permissions.filter(|permissions| !permissions.ways.is_empty()) {
        let no = asked.ways.get(&way) == Some(&Permission::No);
        return no.then(|| {
            format!(
                "The patient said no to {word}, asked on {}",
                day_words(asked.day, today)
            )
        });
    }
    let listed = &registration?.messages_by;
    let is_left_out = !listed.is_empty() && !listed.contains(&what.channel());
    is_left_out.then(|| {
        format!("The registration lists the ways in which a message may be left, and {word} is not among them")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use QuickTry::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn asked(ways: &[(MessageWay, Permission)]) -> Permissions {
        Permissions {
            day: day("2026-11-12"),
            ways: ways.iter().cloned().collect(),
            speak_with: Vec::new(),
        }
    }

    fn listed(ways: &[Channel]) -> Registration {
        Registration {
            messages_by: ways.to_vec(),
            ..Registration::named("Jun".to_owned(), "Ito".to_owned())
        }
    }

    #[test]
    fn a_message_is_left_in_no_way_to_which_the_patient_said_no() {
        use MessageWay as Way;
        let no = |way| Some(asked(&[(way, Permission::No)]));
        let yes = |way| Some(asked(&[(way, Permission::Yes)]));
        // What, what was asked way by way, what the registration lists, whether it is refused.
        let table = [
            (Voicemail, None, None, false),
            (Voicemail, None, Some(listed(&[])), false),
            (Voicemail, no(Way::Voicemail), None, true),
            (Voicemail, yes(Way::Voicemail), Some(listed(&[Channel::Letter])), false),
            // Asked of another way only: nobody said no to this one.
            (Text, no(Way::Voicemail), None, false),
            (Text, no(Way::Text), None, true),
            (Letter, no(Way::Post), None, true),
            (Letter, None, Some(listed(&[Channel::Phone, Channel::Text])), true),
            (Text, None, Some(listed(&[Channel::Phone, Channel::Text])), false),
            (Voicemail, None, Some(listed(&[Channel::Phone])), false),
            // Permissions without any way are about whom we may speak with.
            (Text, Some(asked(&[])), Some(listed(&[Channel::Phone])), true),
            // A call that nobody answered leaves nothing behind.
            (NoAnswer, no(Way::Voicemail), Some(listed(&[Channel::Letter])), false),
        ];
        for (what, permissions, registration, refused) in table {
            let why = said_no(what, permissions.as_ref(), registration.as_ref(), day("2026-11-20"));
            assert_eq!(why.is_some(), refused, "{what:?} {permissions:?} {why:?}");
        }
    }

    #[test]
    fn the_refusal_says_what_and_when_it_was_asked() {
        let permissions = asked(&[(MessageWay::Text, Permission::No)]);
        assert_eq!(
            said_no(Text, Some(&permissions), None, day("2026-11-20")).unwrap(),
            "The patient said no to text messages, asked on Thu 12 Nov"
        );
    }

    #[test]
    fn minutes_are_the_protocols() {
        let minutes = TryMinutes::of(&Protocol::default_v1());
        let all = [Voicemail, NoAnswer, Text, Letter].map(|what| minutes.get(what));
        assert_eq!(all, [3, 2, 2, 5]);
    }
}
