//! What can go wrong: one sentence each, and never what a patient said.

use std::io;

use caseload::billing::ProfileError;
use caseload::exchange::handoff::HandoffError;
use thiserror::Error;

/// Why a command has nothing to print.
#[derive(Debug, Error)]
pub enum Problem {
    /// Nothing was asked.
    #[error("say what to print: {}", commands())]
    NoCommand,
    /// No such command.
    #[error("there is no command {0:?}; there are {names}", names = commands())]
    UnknownCommand(String),
    /// An option that the command doesn't have.
    #[error("there is no option --{option} here: inspect {usage}")]
    UnknownOption {
        /// The option.
        option: String,
        /// How the command is called.
        usage: &'static str,
    },
    /// Something is missing, or there is too much.
    #[error("{what}: inspect {usage}")]
    Usage {
        /// What.
        what: String,
        /// How the command is called.
        usage: &'static str,
    },
    /// A value can't be read.
    #[error("--{option} {value:?} is {why}")]
    Value {
        /// Which option.
        option: &'static str,
        /// What was given.
        value: String,
        /// Why not.
        why: String,
    },
    /// A file can't be opened or read.
    #[error("{path} can't be read: {error}")]
    File {
        /// Which.
        path: String,
        /// Why.
        error: io::Error,
    },
    /// A file isn't a handoff, or not a whole one.
    #[error("{path}: {error}")]
    Handoff {
        /// Which.
        path: String,
        /// Why.
        error: HandoffError,
    },
    /// No chart has this id or record number.
    #[error("no chart in this file has the id or the record number that was given")]
    NoChart,
    /// No such protocol.
    #[error("there is no protocol {asked:?} here; there are default and {own:?}")]
    Protocol {
        /// What was asked for.
        asked: String,
        /// The clinic's own.
        own: String,
    },
    /// No such payer profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The codes can't be told.
    #[error(transparent)]
    Codes(#[from] caseload::billing::InspectError),
    /// The answers can't be scored.
    #[error(transparent)]
    Score(#[from] caseload::instruments::InspectError),
    /// The sheets or handoffs can't be used.
    #[error(transparent)]
    Exchange(#[from] caseload::exchange::inspect::InspectError),
    /// An invented entry could not be made.
    #[error(transparent)]
    Entry(#[from] caseload::journal::EntryError),
    /// The result could not be written.
    #[error("the result can't be written: {0}")]
    Write(io::Error),
    /// Who reads the result has gone, as `head` does.
    #[error("nobody reads the result")]
    ReaderGone,
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderGone
        } else {
            Self::Write(error)
        }
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

fn commands() -> String {
    crate::COMMANDS.iter().map(|c| c.name).collect::<Vec<_>>().join(", ")
}
