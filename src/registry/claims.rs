//! What came back from the biller, and what is asked about months and money: one request with its answers.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::api::{Failure, Response};
use super::books::Books;
use super::month_sent::dated;
use super::open::count;
use crate::billing::{Code, standing};
use crate::exchange::claims::{ClaimProblem, ClaimRow, read_claims, read_fees};
use crate::journal::facts::{Claim, ClaimState};
use crate::journal::{ChartId, Month};
use crate::store::Store;
use crate::vault::Aead;

pub use super::month_money::{FeesView, MoneyView, ShortView, SumView};
pub use super::month_papers::{PaperFor, PaperView};

/// What is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ClaimsAsk {
    /// Reads the attached file of what came back. Nothing is written.
    Preview,
    /// What a month comes to, by payer and by care manager, with the amounts of a schedule.
    Money(Month, Option<String>),
    /// Reads the attached file of amounts. Nothing is written.
    Fees,
    /// A paper about one patient's month.
    Paper(ChartId, Month, PaperFor),
    /// Every entry of a month, as a file.
    Log(Month),
}

/// What comes back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum ClaimsView {
    /// To [`ClaimsAsk::Preview`].
    Preview(ClaimsPreview),
    /// To [`ClaimsAsk::Money`].
    Money(MoneyView),
    /// To [`ClaimsAsk::Fees`]: cents by code, and what is wrong by row.
    Fees(BTreeMap<String, u32>, Vec<ClaimProblemView>),
    /// To [`ClaimsAsk::Paper`].
    Paper(PaperView),
}

/// What would be made of a file of what came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimsPreview {
    /// What would be written, by chart.
    #[serde(with = "crate::journal::as_json")]
    pub claims: Vec<(ChartId, Claim)>,
    /// The same in words: row, name, and what came back.
    pub lines: Vec<(u32, String, String)>,
    /// Rows that say what is on record already.
    pub known: u32,
    /// Rows that are left out, each with its reason.
    pub problems: Vec<ClaimProblemView>,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimProblemView {
    /// The row, as a spreadsheet program counts.
    pub row: u32,
    /// The column.
    pub column: String,
    /// What is wrong, and what becomes of the row.
    pub words: String,
}

impl From<ClaimProblem> for ClaimProblemView {
    fn from(problem: ClaimProblem) -> Self {
        Self {
            row: problem.row,
            column: problem.column.to_owned(),
            words: problem.words,
        }
    }
}

/// "sent", "claimed", "denied".
pub(super) fn state_word(state: ClaimState) -> &'static str {
    match state {
        ClaimState::Sent => "sent",
        ClaimState::Claimed => "claimed",
        ClaimState::Denied => "denied",
    }
}

/// The line of a claim in the timeline.
pub(super) fn claim_line(claim: &Claim) -> String {
    let units = claim.units.map(|units| format!(" x{units}")).unwrap_or_default();
    let month = claim.month.first().date().format("%B %Y");
    format!("{}{units} of {month} {}", claim.code, state_word(claim.state))
}

type Answered = Result<(Response, Option<Vec<u8>>), Failure>;

impl<S: Store, A: Aead> Books<S, A> {
    /// Answers what is asked about months and money.
    ///
    /// # Errors
    /// A file that can't be read, a record that isn't here.
    pub fn claims(&self, ask: ClaimsAsk, files: &[Vec<u8>], at: DateTime<FixedOffset>) -> Answered {
        let file = || files.first().map(Vec::as_slice).ok_or(Failure::Nothing);
        let view = match ask {
            ClaimsAsk::Preview => ClaimsView::Preview(self.preview_claims(file()?, at)?),
            ClaimsAsk::Money(month, fees) => ClaimsView::Money(self.money(month, fees.as_deref(), at)),
            ClaimsAsk::Fees => {
                let (cents, problems) = read_fees(file()?).map_err(|error| Failure::File(error.to_string()))?;
                ClaimsView::Fees(cents, problems.into_iter().map(Into::into).collect())
            }
            ClaimsAsk::Paper(chart, month, paper) => ClaimsView::Paper(self.paper(chart, month, paper, at)?),
            ClaimsAsk::Log(month) => {
                let response = Response::File {
                    name: format!("caseload-log-{month}.csv"),
                    media: "text/csv".to_owned(),
                };
                return Ok((response, Some(self.log(month, at).into_bytes())));
            }
        };
        Ok((Response::Claims(Box::new(view)), None))
    }

    fn preview_claims(&self, bytes: &[u8], at: DateTime<FixedOffset>) -> Result<ClaimsPreview, Failure> {
        let today = self.zone().day(at);
        let read = read_claims(bytes, today).map_err(|error| Failure::File(error.to_string()))?;
        let mut charts: BTreeMap<String, Vec<ChartId>> = BTreeMap::new();
        for sheet in self.sheets.values().filter(|sheet| !sheet.erased) {
            if let Some(mrn) = &sheet.who.mrn {
                charts.entry(mrn_key(mrn)).or_default().push(sheet.chart);
            }
        }
        let mut preview = ClaimsPreview {
            claims: Vec::new(),
            lines: Vec::new(),
            known: 0,
            problems: read.problems.into_iter().map(Into::into).collect(),
        };
        let (mut taken, mut known) = (Vec::new(), 0);
        for row in read.rows {
            let wrong = |column: &str, words: String| ClaimProblemView {
                row: row.row,
                column: column.to_owned(),
                words: format!("{words} This row is left out."),
            };
            let found = charts.get(&mrn_key(&row.mrn)).map(Vec::as_slice).unwrap_or_default();
            let chart = match found {
                [chart] => *chart,
                [] => {
                    preview
                        .problems
                        .push(wrong("MRN", "No patient here has this chart number.".to_owned()));
                    continue;
                }
                _ => {
                    let words = "Several patients here have this chart number: settle that first.";
                    preview.problems.push(wrong("MRN", words.to_owned()));
                    continue;
                }
            };
            if Code::named(&row.claim.code).is_none() {
                let words = format!("{} is none of the codes of this care.", row.claim.code);
                preview.problems.push(wrong("Code", words));
                continue;
            }
            if self.is_known(chart, &row.claim) || taken.contains(&(chart, row.claim.clone())) {
                known += 1;
                continue;
            }
            if let Some(words) = self.goes_twice(chart, &row.claim, &taken) {
                preview.problems.push(wrong("Status", words));
                continue;
            }
            preview.lines.push(self.preview_line(chart, &row));
            taken.push((chart, row.claim));
        }
        preview.problems.sort_by_key(|problem| problem.row);
        preview.claims = taken;
        preview.known = count(known);
        Ok(preview)
    }

    fn preview_line(&self, chart: ChartId, row: &ClaimRow) -> (u32, String, String) {
        let name = self
            .sheets
            .get(&chart)
            .map(|sheet| sheet.list_name())
            .unwrap_or_default();
        let reason = row
            .claim
            .reason
            .as_ref()
            .map(|why| format!(": {why}"))
            .unwrap_or_default();
        let words = format!("{} on {}{reason}", claim_line(&row.claim), dated(row.claim.day));
        (row.row, name, words)
    }

    fn is_known(&self, chart: ChartId, claim: &Claim) -> bool {
        let Some(sheet) = self.sheets.get(&chart) else {
            return false;
        };
        sheet.gates.claims.iter().any(|line| {
            (line.month, line.code.as_str(), line.state, line.day)
                == (claim.month, claim.code.as_str(), claim.state, claim.day)
                && line.units == claim.units.unwrap_or(1)
                && line.reason == claim.reason
        })
    }

    /// Why a code can't have been sent again: it was claimed, or sent on another day, and not denied since.
    fn goes_twice(&self, chart: ChartId, claim: &Claim, taken: &[(ChartId, Claim)]) -> Option<String> {
        if claim.state != ClaimState::Sent {
            return None;
        }
        let sheet = self.sheets.get(&chart)?;
        let on_record = standing(sheet, claim.month)
            .get(claim.code.as_str())
            .map(|line| (line.state, line.day));
        let in_file = taken.iter().filter(|(of, other)| {
            *of == chart && (other.month, other.code.as_str()) == (claim.month, claim.code.as_str())
        });
        let in_file = in_file
            .map(|(_, other)| (other.state, other.day))
            .max_by_key(|(_, day)| *day);
        let (state, day) = in_file.into_iter().chain(on_record).max_by_key(|(_, day)| *day)?;
        (state != ClaimState::Denied).then(|| {
            format!(
                "{} of this month was {} on {} already, and a month doesn\u{2019}t go twice.",
                claim.code,
                state_word(state),
                dated(day)
            )
        })
    }
}

/// A chart number as it is compared: a spreadsheet program may have taken its leading zeros.
fn mrn_key(mrn: &str) -> String {
    let plain = mrn.trim().to_lowercase();
    match plain.trim_start_matches('0') {
        "" => plain,
        rest => rest.to_owned(),
    }
}
