//! Colours. plotters is given one colour for each kind of thing; on a page it becomes a class, on paper a colour.

use plotters::style::RGBColor;

/// The classes that a page's styles give colours to: `g-line`, `g-range`, `g-dot`, `g-text`, `g-muted` (text), `g-value` (text
/// with a rim), `g-axis` (lines),
/// `g-target`, `g-response`, `g-cutoff` (lines), `g-band-0` to `g-band-4` (fills from least to most severe),
/// `g-treatment` (line), `g-treatment-fill` and `g-number` (text on it), `g-review`, `g-contact` (fills), `g-missing`,
/// `g-early` (lines), `g-phase` (fill), `g-phase-line` (line).
pub const CLASSES: &[&str] = &[
    "g-graph",
    "g-spark",
    "g-line",
    "g-range",
    "g-dot",
    "g-text",
    "g-value",
    "g-muted",
    "g-axis",
    "g-target",
    "g-response",
    "g-cutoff",
    "g-band-0",
    "g-band-1",
    "g-band-2",
    "g-band-3",
    "g-band-4",
    "g-treatment",
    "g-treatment-fill",
    "g-number",
    "g-review",
    "g-contact",
    "g-missing",
    "g-early",
    "g-phase",
    "g-phase-line",
];

/// Where a drawing is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// On a page: colours are the page's.
    Page,
    /// In a file of its own: black on white, with its title, its colours in the file.
    Paper,
}

/// The colours that plotters is given; each stands for a class and is replaced by it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Line,
    Range,
    Dot,
    Text,
    Value,
    Muted,
    Axis,
    Target,
    Response,
    Cutoff,
    Treatment,
    TreatmentFill,
    Number,
    Review,
    Contact,
    Missing,
    Early,
    Phase,
    PhaseLine,
    Band(u8),
}

/// The most severe shade.
pub(super) const SHADES: u8 = 4;

/// Ink, number, class, colour on paper, attributes that aren't colours. The colours are those of the light page.
const TABLE: [(Ink, u8, &str, &str, &str); 24] = [
    (Ink::Range, 19, "g-range", "#0B6170", r#" stroke-opacity="0.35""#),
    (Ink::Line, 1, "g-line", "#0B6170", ""),
    (Ink::Dot, 2, "g-dot", "#0B6170", ""),
    (Ink::Text, 3, "g-text", "#1B2027", ""),
    (
        Ink::Value,
        18,
        "g-value",
        "#1B2027",
        r#" paint-order="stroke" stroke-width="3" stroke-linejoin="round""#,
    ),
    (Ink::Muted, 4, "g-muted", "#525C68", ""),
    (Ink::Axis, 5, "g-axis", "#7A838F", ""),
    (Ink::Target, 6, "g-target", "#1A6B3C", r#" stroke-dasharray="6 4""#),
    (Ink::Response, 7, "g-response", "#1A6B3C", r#" stroke-dasharray="2 3""#),
    (Ink::Cutoff, 8, "g-cutoff", "#805600", r#" stroke-dasharray="9 3 2 3""#),
    (
        Ink::Treatment,
        9,
        "g-treatment",
        "#1A5AA8",
        r#" stroke-dasharray="2 3""#,
    ),
    (Ink::TreatmentFill, 10, "g-treatment-fill", "#1A5AA8", ""),
    (Ink::Number, 11, "g-number", "#FFFFFF", ""),
    (Ink::Review, 12, "g-review", "#084B57", ""),
    (Ink::Contact, 13, "g-contact", "#525C68", ""),
    (Ink::Missing, 14, "g-missing", "#525C68", ""),
    (Ink::Early, 15, "g-early", "#A84300", ""),
    (Ink::Phase, 16, "g-phase", "#7A838F", ""),
    (Ink::PhaseLine, 17, "g-phase-line", "#7A838F", ""),
    (Ink::Band(0), 32, "g-band-0", "#FFFFFF", ""),
    (Ink::Band(1), 33, "g-band-1", "#F7F1E6", ""),
    (Ink::Band(2), 34, "g-band-2", "#F8E7CF", ""),
    (Ink::Band(3), 35, "g-band-3", "#F8DBB8", ""),
    (Ink::Band(4), 36, "g-band-4", "#F6CAA0", ""),
];

impl Ink {
    /// The shade of a band among so many.
    pub(super) fn band(shade: u8, bands: usize) -> Self {
        let last = u16::try_from(bands.saturating_sub(1).max(1)).unwrap_or(1);
        let place = (u16::from(shade) * u16::from(SHADES) / last).min(u16::from(SHADES));
        Self::Band(u8::try_from(place).unwrap_or(SHADES))
    }
    pub(super) fn color(self) -> RGBColor {
        let number = TABLE.iter().find(|row| row.0 == self).map_or(0, |row| row.1);
        RGBColor(0xC0, 0xDE, number)
    }
}

/// What plotters wrote between the opening and the closing tag of its SVG.
pub(super) fn inside(svg: &str) -> &str {
    let start = svg.find('>').map_or(0, |at| at + 1);
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    svg.get(start..end).unwrap_or_default()
}

/// Colours become classes, and the font the page's; on paper they become colours, and the font stays.
pub(super) fn dressed(body: &str, look: Look) -> String {
    let plain = body
        .replace(" opacity=\"1\"", "")
        .replace(">\n", ">")
        .replace("\n<", "<");
    let plain = match look {
        Look::Page => plain.replace(" font-family=\"sans-serif\"", ""),
        Look::Paper => plain,
    };
    // One pass: a drawing of ten years has a thousand elements, and each pass copies them all.
    let mut out = String::with_capacity(plain.len() + plain.len() / 4);
    let mut rest = plain.as_str();
    while let Some((before, after)) = rest.split_once("=\"#C0DE") {
        let number = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let row = number.and_then(|number| TABLE.iter().find(|row| row.1 == number));
        match (row, before.rsplit_once(' '), after.get(3..)) {
            (Some(&(_, _, class, color, extra)), Some((head, attribute)), Some(tail)) => {
                out.push_str(head);
                match look {
                    Look::Page => out.extend([" class=\"", class, "\"", extra]),
                    Look::Paper => {
                        // A rim keeps a number apart from the lines under it; on a page its colour is the page's.
                        let rim = if class == "g-value" {
                            r##" stroke="#FFFFFF""##
                        } else {
                            ""
                        };
                        out.extend([" ", attribute, "=\"", color, "\"", extra, rim]);
                    }
                }
                rest = tail;
            }
            _ => {
                out.push_str(before);
                out.push_str("=\"#C0DE");
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// Text as it stands in markup.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
