//! The core on the command line, for analysts, auditors and tests: the numbers and reasons that the app shows, as JSON.
//!
//! Exit code 0, or 2 with one sentence on standard error.

mod args;
mod book;
mod chart;
mod files;
mod lists;
mod month;
mod problem;
mod rows;
mod single;
mod words;

use std::io::Write;
use std::process::ExitCode;

use args::Args;
use problem::Problem;

/// A command: its name, what may follow it, what it does.
struct Command {
    name: &'static str,
    usage: &'static str,
    options: &'static [&'static str],
    run: fn(&Args, &mut dyn Write) -> Result<(), Problem>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "score",
        usage: "score INSTRUMENT ANSWERS [--age N] [--sex S] [--with name=value ..]",
        options: &["age", "sex", "with"],
        run: single::score,
    },
    Command {
        name: "codes",
        usage: "codes --payer NAME --kind initial|subsequent|bhi|bhi-therapist --seconds N [--month YYYY-MM], or codes --payer NAME --claim CODES --month YYYY-MM",
        options: &["payer", "kind", "seconds", "month", "claim"],
        run: single::codes,
    },
    Command {
        name: "worklist",
        usage: "worklist FILE --as-of DATE [--known-at INSTANT] [--protocol NAME] [--zone NAME]",
        options: &["as-of", "known-at", "protocol", "zone"],
        run: lists::worklist,
    },
    Command {
        name: "review",
        usage: "review FILE --as-of DATE [--known-at INSTANT] [--protocol NAME] [--zone NAME]",
        options: &["as-of", "known-at", "protocol", "zone"],
        run: lists::review,
    },
    Command {
        name: "caseload",
        usage: "caseload FILE --as-of DATE [--known-at INSTANT] [--protocol NAME] [--zone NAME]",
        options: &["as-of", "known-at", "protocol", "zone"],
        run: rows::caseload,
    },
    Command {
        name: "month",
        usage: "month FILE YYYY-MM [--payer NAME] [--as-of DATE] [--known-at INSTANT] [--zone NAME]",
        options: &["payer", "as-of", "known-at", "zone"],
        run: month::month,
    },
    Command {
        name: "chart",
        usage: "chart ID FILE [--as-of DATE] [--known-at INSTANT] [--protocol NAME] [--zone NAME]",
        options: &["as-of", "known-at", "protocol", "zone"],
        run: chart::chart,
    },
    Command {
        name: "merge",
        usage: "merge FILE FILE .. [--out FILE]",
        options: &["out"],
        run: files::merge,
    },
    Command {
        name: "import",
        usage: "import CASELOAD.csv CONTACTS.csv --as-of DATE [--out FILE]",
        options: &["as-of", "out", "zone"],
        run: files::import,
    },
    Command {
        name: "generate",
        usage: "generate --seed N --patients N --months N [--as-of DATE] [--zone NAME]",
        options: &["seed", "patients", "months", "as-of", "zone"],
        run: files::generate,
    },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let done = run(&arguments, &mut out).and_then(|()| out.flush().map_err(Problem::from));
    match done {
        Ok(()) | Err(Problem::ReaderGone) => ExitCode::SUCCESS,
        Err(problem) => {
            // Standard error may be closed too; the exit code tells all the same.
            writeln!(std::io::stderr(), "inspect: {problem}").ok();
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String], out: &mut dyn Write) -> Result<(), Problem> {
    let (name, rest) = arguments.split_first().ok_or(Problem::NoCommand)?;
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        for command in COMMANDS {
            writeln!(out, "inspect {}", command.usage)?;
        }
        return Ok(());
    }
    let command = COMMANDS
        .iter()
        .find(|c| c.name == name)
        .ok_or_else(|| Problem::UnknownCommand(name.clone()))?;
    let args = Args::parse(rest, command.options, command.usage)?;
    (command.run)(&args, out)
}
