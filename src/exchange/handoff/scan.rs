//! Splits a handoff into its pieces as its bytes arrive: header members, charts, end. It holds one piece at a time.

use super::{DEEPEST, HandoffError, LARGEST_CHART, LARGEST_FILE};

/// The largest header member or end mark, in bytes.
const LARGEST_MEMBER: usize = 4 << 20;
/// The longest key at the top level, in bytes.
const LONGEST_KEY: usize = 200;

/// A piece of the document and where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A member of the document other than `charts`.
    Member { key: &'a str, json: &'a str },
    /// `charts` begins.
    Charts,
    /// One element of `charts`.
    Chart { json: &'a str },
}

/// A place in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub line: u64,
    pub column: u64,
}

impl Place {
    /// Counts some bytes that were passed.
    fn pass(&mut self, bytes: &[u8]) {
        match bytes.iter().rposition(|b| *b == b'\n') {
            None => self.column += bytes.len() as u64,
            Some(last) => {
                self.line += bytes.iter().filter(|b| **b == b'\n').count() as u64;
                self.column = (bytes.len() - last) as u64;
            }
        }
    }
    /// Where something is that a JSON parser found in a piece that begins here.
    pub fn within(self, line: usize, column: usize) -> HandoffError {
        let (line, column) = (line.max(1) as u64, column.max(1) as u64);
        let column = if line == 1 { self.column + column - 1 } else { column };
        HandoffError::NotJson {
            line: self.line + line - 1,
            column,
        }
    }
    fn not_json(self) -> HandoffError {
        HandoffError::NotJson {
            line: self.line,
            column: self.column,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Start,
    FirstKey,
    NextKey,
    Key,
    Colon,
    BeforeValue,
    Value,
    AfterValue,
    FirstChart,
    NextChart,
    Chart,
    AfterChart,
    End,
}

/// The scanner: bytes in, pieces out.
#[derive(Debug)]
pub(super) struct Scanner {
    state: State,
    at: Place,
    seen: u64,
    key: String,
    value: Vec<u8>,
    value_at: Place,
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl Scanner {
    pub fn new() -> Self {
        let start = Place { line: 1, column: 1 };
        Self {
            state: State::Start,
            at: start,
            seen: 0,
            key: String::new(),
            value: Vec::new(),
            value_at: start,
            depth: 0,
            in_string: false,
            escaped: false,
        }
    }

    /// Takes the next bytes and hands out the pieces that they complete.
    pub fn push(
        &mut self,
        mut bytes: &[u8],
        sink: &mut impl FnMut(Piece<'_>, Place) -> Result<(), HandoffError>,
    ) -> Result<(), HandoffError> {
        self.seen = self.seen.saturating_add(bytes.len() as u64);
        if self.seen > LARGEST_FILE {
            return Err(HandoffError::TooLarge);
        }
        while let Some(first) = bytes.first() {
            let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
            let taken = match self.state {
                State::Key | State::Value | State::Chart => self.take(bytes, sink)?,
                _ if blank(first) => bytes.iter().position(|b| !blank(b)).unwrap_or(bytes.len()),
                _ => self.step(*first, sink)?,
            };
            let (passed, rest) = bytes.split_at(taken);
            self.at.pass(passed);
            bytes = rest;
        }
        Ok(())
    }

    /// Whether the document is complete.
    pub fn finish(&self) -> Result<(), HandoffError> {
        match self.state {
            State::End => Ok(()),
            State::Start => Err(HandoffError::Empty),
            _ => Err(HandoffError::Truncated { line: self.at.line }),
        }
    }

    /// One byte between values. Returns how many bytes were used: none when a value begins with this one.
    fn step(
        &mut self,
        byte: u8,
        sink: &mut impl FnMut(Piece<'_>, Place) -> Result<(), HandoffError>,
    ) -> Result<usize, HandoffError> {
        use State::*;
        let next = match (self.state, byte) {
            (Start, b'{') => FirstKey,
            (Start, b'[' | b'"' | b'0'..=b'9') => return Err(HandoffError::NotAHandoff),
            (FirstKey, b'}') | (AfterValue, b'}') => End,
            (FirstKey | NextKey, b'"') => return Ok(self.begin(Key)),
            (Colon, b':') => BeforeValue,
            (BeforeValue, b'[') if self.key == "charts" => {
                sink(Piece::Charts, self.at)?;
                FirstChart
            }
            (BeforeValue, b',' | b'}' | b']' | b':') => return Err(self.at.not_json()),
            (BeforeValue, _) => return Ok(self.begin(Value)),
            (AfterValue, b',') => NextKey,
            (FirstChart | AfterChart, b']') => AfterValue,
            (FirstChart | NextChart, b'{') => return Ok(self.begin(Chart)),
            (AfterChart, b',') => NextChart,
            _ => return Err(self.at.not_json()),
        };
        self.state = next;
        Ok(1)
    }

    /// Gets ready to take a key or a value that begins with the byte at hand.
    fn begin(&mut self, state: State) -> usize {
        self.state = state;
        self.value.clear();
        self.value_at = self.at;
        (self.depth, self.in_string, self.escaped) = (0, false, false);
        0
    }

    /// Takes bytes of a key or a value up to its end, and hands it out when it is complete.
    fn take(
        &mut self,
        bytes: &[u8],
        sink: &mut impl FnMut(Piece<'_>, Place) -> Result<(), HandoffError>,
    ) -> Result<usize, HandoffError> {
        let end = self.end_in(bytes)?;
        let (passed, _) = bytes.split_at(end.unwrap_or(bytes.len()));
        self.value.extend_from_slice(passed);
        self.check_size()?;
        if end.is_some() {
            self.complete(sink)?;
        }
        Ok(passed.len())
    }

    /// Where the value ends in these bytes, when it does.
    fn end_in(&mut self, bytes: &[u8]) -> Result<Option<usize>, HandoffError> {
        for (i, byte) in bytes.iter().enumerate() {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => {
                        self.in_string = false;
                        if self.depth == 0 {
                            return Ok(Some(i + 1));
                        }
                    }
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' if self.depth == DEEPEST => {
                    let mut at = self.at;
                    at.pass(bytes.split_at(i).0);
                    return Err(HandoffError::TooDeep { line: at.line });
                }
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth == 0 => return Ok(Some(i)),
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Ok(Some(i + 1));
                    }
                }
                b',' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => return Ok(Some(i)),
                _ => {}
            }
        }
        Ok(None)
    }

    fn check_size(&self) -> Result<(), HandoffError> {
        match self.state {
            State::Key if self.value.len() > LONGEST_KEY => Err(HandoffError::NotAHandoff),
            State::Value if self.value.len() > LARGEST_MEMBER => Err(HandoffError::NotAHandoff),
            State::Chart if self.value.len() > LARGEST_CHART => Err(HandoffError::TooLarge),
            _ => Ok(()),
        }
    }

    fn complete(
        &mut self,
        sink: &mut impl FnMut(Piece<'_>, Place) -> Result<(), HandoffError>,
    ) -> Result<(), HandoffError> {
        let at = self.value_at;
        let json = std::str::from_utf8(&self.value).map_err(|e| {
            let mut place = at;
            place.pass(self.value.split_at(e.valid_up_to()).0);
            place.not_json()
        })?;
        self.state = match self.state {
            State::Key => {
                self.key = serde_json::from_str(json).map_err(|e| at.within(e.line(), e.column()))?;
                State::Colon
            }
            State::Value => {
                sink(Piece::Member { key: &self.key, json }, at)?;
                State::AfterValue
            }
            _ => {
                sink(Piece::Chart { json }, at)?;
                State::AfterChart
            }
        };
        Ok(())
    }
}
