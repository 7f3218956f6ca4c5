//! Minutes, as a number or as a span: `22`, `9:10-9:32`, `1:05 to 1:40 pm`.

/// What was typed as minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spent {
    /// So many minutes.
    Minutes(u32),
    /// From one time of day to another, as hours and minutes.
    Span {
        /// Hour and minute of the start.
        from: (u32, u32),
        /// Hour and minute of the end.
        to: (u32, u32),
    },
}

impl Spent {
    /// Reads what was typed; `None` when it is neither, or when a span ends before it starts.
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_lowercase();
        if let Ok(minutes) = typed.parse() {
            return Some(Self::Minutes(minutes));
        }
        let parts: Vec<&str> = match typed.split_once("to") {
            Some((from, to)) => vec![from, to],
            None => typed.split(['-', '\u{2013}']).collect(),
        };
        let [from, to] = parts.as_slice() else { return None };
        let to = Time::read(to)?;
        let from = Time::read(from)?;
        // "1:05 to 1:40 pm" says it once for both.
        let from = from.half.or(to.half).map_or(from, |half| Time {
            half: Some(half),
            ..from
        });
        let (from, to) = match (from.clock()?, to.clock()?) {
            // "11:50 to 12:10 pm": the start is still in the morning.
            (from, to) if to < from && from.0 >= 12 => ((from.0 - 12, from.1), to),
            both => both,
        };
        (from <= to).then_some(Self::Span { from, to })
    }

    /// How many minutes it is.
    pub fn minutes(self) -> u32 {
        match self {
            Self::Minutes(minutes) => minutes,
            Self::Span { from, to } => (to.0 * 60 + to.1).saturating_sub(from.0 * 60 + from.1),
        }
    }
}

/// Half of a day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

/// A time as it was typed.
#[derive(Clone, Copy)]
struct Time {
    hour: u32,
    minute: u32,
    half: Option<Half>,
}

impl Time {
    fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        let (digits, half) = match typed.trim_end_matches('m') {
            rest if rest.len() == typed.len() => (typed, None),
            rest if rest.ends_with('a') => (rest.trim_end_matches('a'), Some(Half::Am)),
            rest if rest.ends_with('p') => (rest.trim_end_matches('p'), Some(Half::Pm)),
            _ => return None,
        };
        let (hour, minute) = digits.trim().split_once([':', '.']).unwrap_or((digits.trim(), "0"));
        let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some(Self { hour, minute, half })
    }

    /// Hour and minute of the day. Without am or pm, hours before 7 are afternoon: nobody calls at 2 in the morning.
    fn clock(self) -> Option<(u32, u32)> {
        let hour = match (self.half, self.hour) {
            (Some(Half::Am), 12) => 0,
            (Some(Half::Am), hour @ 0..12) => hour,
            (Some(Half::Pm), hour @ 0..12) => hour + 12,
            (Some(Half::Pm), 12) => 12,
            (Some(_), _) => return None,
            (None, hour @ 1..7) => hour + 12,
            (None, hour) => hour,
        };
        Some((hour, self.minute))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_typed_as_a_number_or_as_a_span() {
        for (typed, minutes) in [
            ("22", Some(22)),
            (" 0 ", Some(0)),
            ("9:10-9:32", Some(22)),
            ("9:10 \u{2013} 9:32", Some(22)),
            ("9:10 to 9:32", Some(22)),
            ("09:10 - 10:05", Some(55)),
            ("1:05 to 1:40 pm", Some(35)),
            ("11:50 to 12:10 pm", Some(20)),
            ("11:50 am - 12:10 pm", Some(20)),
            ("12:10am-12:20am", Some(10)),
            ("9-10", Some(60)),
            ("9:32-9:10", None),
            ("13:10 pm - 14:00", None),
            ("9:75-10:00", None),
            ("9:10-", None),
            ("soon", None),
            ("", None),
            ("-5", None),
        ] {
            assert_eq!(Spent::read(typed).map(Spent::minutes), minutes, "{typed:?}");
        }
    }

    #[test]
    fn small_hours_are_afternoon_unless_somebody_says_am() {
        let start = |typed| match Spent::read(typed) {
            Some(Spent::Span { from, .. }) => from,
            other => panic!("{other:?}"),
        };
        assert_eq!(start("2:10-2:32"), (14, 10));
        assert_eq!(start("2:10 am - 2:32 am"), (2, 10));
        assert_eq!(start("8:10-8:32"), (8, 10));
        assert_eq!(start("16:10-16:32"), (16, 10));
        assert_eq!(start("11:50 to 12:10 pm"), (11, 50));
    }
}
