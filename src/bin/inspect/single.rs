//! What needs no file: scores and codes.

use std::collections::BTreeMap;
use std::io::Write;

use caseload::billing::{DEFAULT_PROFILE, inspect_claim, inspect_codes_in};
use caseload::instruments::inspect_score;

use crate::args::{Args, print};
use crate::problem::Problem;

/// `score INSTRUMENT ANSWERS`.
pub fn score(args: &Args, out: &mut dyn Write) -> Result<(), Problem> {
    let [instrument, answers] = args.words()?;
    let mut context = BTreeMap::new();
    for name in ["age", "sex"] {
        context.extend(args.text(name).map(|value| (name.to_owned(), value.to_owned())));
    }
    for pair in args.all("with") {
        let (name, value) = pair
            .split_once('=')
            .ok_or_else(|| args.usage("--with takes name=value".to_owned()))?;
        context.insert(name.to_owned(), value.to_owned());
    }
    print(out, &inspect_score(instrument, answers, &context)?)
}

/// `codes --payer NAME --kind KIND --seconds N [--month YYYY-MM]`, or `--claim CODES --month YYYY-MM`: which of them go
/// together.
pub fn codes(args: &Args, out: &mut dyn Write) -> Result<(), Problem> {
    let [] = args.words()?;
    let payer = args.text("payer").unwrap_or(DEFAULT_PROFILE);
    if let Some(claim) = args.text("claim") {
        return print(out, &inspect_claim(payer, claim, args.needed("month")?)?);
    }
    let kind: String = args.needed("kind")?;
    let seconds = args.needed("seconds")?;
    print(out, &inspect_codes_in(payer, &kind, seconds, args.value("month")?)?)
}
