//! Reads a handoff as its bytes arrive.

use std::io::Read;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::scan::{Piece, Place, Scanner};
use super::{EndMark, FORMAT, Handoff, HandoffError, Header, LARGEST_FILE, VERSION};
use crate::journal::{ChartId, Entry};

/// The byte order mark of UTF-8, which some programs put in front of a file.
const MARK: &[u8] = b"\xef\xbb\xbf";
/// How files begin that age encrypted.
const AGE: [&[u8]; 2] = [b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----"];

/// A handoff that is being read: push its bytes in pieces of any size, then finish.
#[derive(Debug)]
pub struct Reader {
    scanner: Scanner,
    content: Content,
    /// The first bytes, until there are enough to tell a mark or an encrypted file.
    head: Option<Vec<u8>>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            scanner: Scanner::new(),
            content: Content::default(),
            head: Some(Vec::new()),
        }
    }
}

impl Reader {
    /// A reader that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
    /// Whether a file of this many bytes is worth beginning with.
    pub fn check_size(bytes: u64) -> Result<(), HandoffError> {
        match bytes {
            0 => Err(HandoffError::Empty),
            _ if bytes > LARGEST_FILE => Err(HandoffError::TooLarge),
            _ => Ok(()),
        }
    }
    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), HandoffError> {
        let Some(head) = &mut self.head else {
            return self.scan(bytes);
        };
        head.extend_from_slice(bytes);
        if head.len() < 64 { Ok(()) } else { self.scan_head() }
    }
    /// The charts read since the last call. Believe them only when [`Reader::finish`] succeeds: the digest comes last.
    pub fn take_charts(&mut self) -> Vec<(ChartId, Vec<Entry>)> {
        std::mem::take(&mut self.content.charts)
    }
    /// How many entries were read so far.
    pub fn entries_so_far(&self) -> u64 {
        self.content.counted.entries
    }
    /// The header, once all of it was read.
    pub fn header(&self) -> Option<Header> {
        self.content.header().ok()
    }
    /// The handoff, when the file was whole and its digest fits.
    pub fn finish(mut self) -> Result<Handoff, HandoffError> {
        self.scan_head()?;
        self.scanner.finish()?;
        self.content.finish()
    }

    fn scan_head(&mut self) -> Result<(), HandoffError> {
        let Some(head) = self.head.take() else { return Ok(()) };
        let bytes = head.strip_prefix(MARK).unwrap_or(&head);
        if AGE.iter().any(|begin| bytes.starts_with(begin)) {
            return Err(HandoffError::Encrypted);
        }
        self.scan(bytes)
    }
    fn scan(&mut self, bytes: &[u8]) -> Result<(), HandoffError> {
        let content = &mut self.content;
        self.scanner.push(bytes, &mut |piece, at| content.take(piece, at))
    }
}

/// Reads a handoff that is in memory.
pub fn read(bytes: &[u8]) -> Result<Handoff, HandoffError> {
    Reader::check_size(bytes.len() as u64)?;
    let mut reader = Reader::new();
    reader.push(bytes)?;
    reader.finish()
}

/// Reads a handoff from a stream, holding one chart's text at a time.
pub fn read_from(stream: &mut impl Read) -> std::io::Result<Result<Handoff, HandoffError>> {
    let mut reader = Reader::new();
    let mut buffer = vec![0; 256 << 10];
    loop {
        let count = stream.read(&mut buffer)?;
        if count == 0 {
            return Ok(reader.finish());
        }
        if let Err(error) = reader.push(buffer.split_at(count).0) {
            return Ok(Err(error));
        }
    }
}

/// What was read so far.
#[derive(Debug, Default)]
struct Content {
    format: Option<String>,
    version: Option<u64>,
    registry: Option<Box<str>>,
    kind: Option<Box<str>>,
    created: Option<Box<str>>,
    author: Option<Box<str>>,
    scope: Option<Box<str>>,
    people: Option<Box<str>>,
    cover: Option<Box<str>>,
    digest: Option<Box<str>>,
    charts_began: bool,
    charts: Vec<(ChartId, Vec<Entry>)>,
    counted: EndMark,
}

#[derive(Deserialize)]
struct ChartLine<'a> {
    chart: ChartId,
    #[serde(borrow)]
    entries: Vec<&'a RawValue>,
}

impl Content {
    fn take(&mut self, piece: Piece<'_>, at: Place) -> Result<(), HandoffError> {
        match piece {
            Piece::Member { key, json } => self.member(key, json, at),
            Piece::Charts if self.charts_began => Err(HandoffError::Header { key: "charts" }),
            Piece::Charts => {
                self.charts_began = true;
                Ok(())
            }
            Piece::Chart { json } => self.chart(json, at),
        }
    }

    fn member(&mut self, key: &str, json: &str, at: Place) -> Result<(), HandoffError> {
        let checked: Result<&RawValue, _> = serde_json::from_str(json);
        checked.map_err(|e| at.within(e.line(), e.column()))?;
        match key {
            "format" => {
                let format: String =
                    parsed("format", json).map_err(|_error: HandoffError| HandoffError::NotAHandoff)?;
                if format != FORMAT {
                    return Err(HandoffError::NotAHandoff);
                }
                self.format = Some(format);
            }
            "version" => self.version = Some(parsed("version", json)?),
            "registry" => set("registry", &mut self.registry, json)?,
            "kind" => set("kind", &mut self.kind, json)?,
            "created" => set("created", &mut self.created, json)?,
            "author" => set("author", &mut self.author, json)?,
            "scope" => set("scope", &mut self.scope, json)?,
            "people" => set("people", &mut self.people, json)?,
            "cover" => set("cover", &mut self.cover, json)?,
            "digest" => set("digest", &mut self.digest, json)?,
            "charts" => return Err(HandoffError::Header { key: "charts" }),
            // A later 1.x may add keys; they carry nothing that this version has to know.
            _ => {}
        }
        match (&self.format, self.version) {
            (Some(_), Some(version)) if version > VERSION => Err(HandoffError::newer(version)),
            _ => Ok(()),
        }
    }

    fn chart(&mut self, json: &str, at: Place) -> Result<(), HandoffError> {
        let ordinal = self.counted.charts + 1;
        let line: ChartLine<'_> = serde_json::from_str(json).map_err(|e| match e.classify() {
            serde_json::error::Category::Syntax | serde_json::error::Category::Eof => at.within(e.line(), e.column()),
            _ => HandoffError::Chart {
                chart: ordinal,
                line: at.line,
            },
        })?;
        let mut entries = Vec::with_capacity(line.entries.len());
        for (i, raw) in line.entries.iter().enumerate() {
            let damaged = HandoffError::Entry {
                chart: ordinal,
                entry: i as u64 + 1,
                line: at.line,
            };
            let entry = read_entry(raw.get()).ok_or(damaged.clone())?;
            if entry.chart() != line.chart {
                return Err(damaged);
            }
            self.counted.count(&entry);
            entries.push(entry);
        }
        self.counted.charts += 1;
        self.charts.push((line.chart, entries));
        Ok(())
    }

    fn header(&self) -> Result<Header, HandoffError> {
        Ok(Header {
            registry: field("registry", self.registry.as_deref())?,
            kind: field("kind", self.kind.as_deref())?,
            created: field("created", self.created.as_deref())?,
            author: field("author", self.author.as_deref())?,
            scope: field("scope", self.scope.as_deref())?,
            people: field("people", self.people.as_deref())?,
            cover: self.cover.as_deref().map(|json| parsed("cover", json)).transpose()?,
        })
    }

    fn finish(self) -> Result<Handoff, HandoffError> {
        if self.format.is_none() {
            return Err(HandoffError::NotAHandoff);
        }
        if self.version.is_none_or(|v| v == 0) {
            return Err(HandoffError::Header { key: "version" });
        }
        let header = self.header()?;
        if !self.charts_began {
            return Err(HandoffError::Header { key: "charts" });
        }
        let end: EndMark = field("digest", self.digest.as_deref())?;
        if end != self.counted {
            return Err(HandoffError::DigestMismatch {
                expected: end.entries,
                found: self.counted.entries,
            });
        }
        Ok(Handoff {
            header,
            charts: self.charts,
            end,
        })
    }
}

/// Reads an entry; one that is compact already, as this app writes it, is not copied an extra time.
fn read_entry(json: &str) -> Option<Entry> {
    if is_compact(json) {
        Entry::read_compact(json.to_owned()).ok()
    } else {
        Entry::read(json).ok()
    }
}

/// Whether JSON has no white space outside strings.
fn is_compact(json: &str) -> bool {
    let (mut in_string, mut escaped) = (false, false);
    json.bytes().all(|byte| {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            return true;
        }
        in_string = byte == b'"';
        !byte.is_ascii_whitespace()
    })
}

fn set(key: &'static str, slot: &mut Option<Box<str>>, json: &str) -> Result<(), HandoffError> {
    match slot.replace(json.into()) {
        None => Ok(()),
        Some(_) => Err(HandoffError::Header { key }),
    }
}

fn field<T: DeserializeOwned>(key: &'static str, json: Option<&str>) -> Result<T, HandoffError> {
    json.ok_or(HandoffError::Header { key })
        .and_then(|json| parsed(key, json))
}

fn parsed<T: DeserializeOwned>(key: &'static str, json: &str) -> Result<T, HandoffError> {
    serde_json::from_str(json).map_err(|_error: serde_json::Error| HandoffError::Header { key })
}
