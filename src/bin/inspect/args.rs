//! Arguments: words, and options that begin with two hyphens. A single hyphen begins a word: `-` is an unanswered item.

use std::collections::BTreeMap;
use std::io::Write;
use std::str::FromStr;

use caseload::journal::Day;
use serde_json::Value;

use crate::problem::Problem;

/// The arguments of a command.
pub struct Args {
    usage: &'static str,
    words: Vec<String>,
    options: BTreeMap<&'static str, Vec<String>>,
}

impl Args {
    /// Reads arguments; `--name value` and `--name=value` are the same, and `--with` takes several values.
    pub fn parse(arguments: &[String], known: &[&'static str], usage: &'static str) -> Result<Self, Problem> {
        let mut args = Self {
            usage,
            words: Vec::new(),
            options: BTreeMap::new(),
        };
        let mut rest = arguments.iter().peekable();
        while let Some(argument) = rest.next() {
            let Some(option) = argument.strip_prefix("--") else {
                args.words.push(argument.clone());
                continue;
            };
            let (name, inline) = match option.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (option, None),
            };
            let unknown = || Problem::UnknownOption {
                option: name.to_owned(),
                usage,
            };
            let name = known.iter().copied().find(|k| *k == name).ok_or_else(unknown)?;
            let values = args.options.entry(name).or_default();
            match inline {
                Some(value) => values.push(value),
                None => values.extend(rest.next().cloned()),
            }
            while name == "with"
                && rest
                    .peek()
                    .is_some_and(|next| !next.starts_with("--") && next.contains('='))
            {
                values.extend(rest.next().cloned());
            }
            if values.is_empty() {
                return Err(args.usage(format!("--{name} needs a value")));
            }
        }
        Ok(args)
    }
    /// The words, when there are exactly as many as asked for.
    pub fn words<const N: usize>(&self) -> Result<[&str; N], Problem> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let count = words.len();
        words
            .try_into()
            .map_err(|_words: Vec<&str>| self.usage(format!("this takes {N} words, not {count}")))
    }
    /// All words, when there is at least one.
    pub fn some_words(&self) -> Result<&[String], Problem> {
        if self.words.is_empty() {
            Err(self.usage("a file is missing".to_owned()))
        } else {
            Ok(&self.words)
        }
    }
    /// Every value of an option.
    pub fn all(&self, option: &'static str) -> &[String] {
        self.options.get(option).map_or(&[], Vec::as_slice)
    }
    /// An option's value; the last one holds.
    pub fn text(&self, option: &'static str) -> Option<&str> {
        self.all(option).last().map(String::as_str)
    }
    /// An option's value, read.
    pub fn value<T: FromStr<Err: std::fmt::Display>>(&self, option: &'static str) -> Result<Option<T>, Problem> {
        self.text(option).map(|text| read(option, text)).transpose()
    }
    /// An option's value, read; without one, what stands for it.
    pub fn value_or<T: FromStr<Err: std::fmt::Display>>(
        &self,
        option: &'static str,
        otherwise: &str,
    ) -> Result<T, Problem> {
        read(option, self.text(option).unwrap_or(otherwise))
    }
    /// An option's value, which has to be there.
    pub fn needed<T: FromStr<Err: std::fmt::Display>>(&self, option: &'static str) -> Result<T, Problem> {
        self.value(option)?
            .ok_or_else(|| self.usage(format!("--{option} is missing")))
    }
    /// The day as of which is asked.
    pub fn as_of(&self) -> Result<Day, Problem> {
        self.needed("as-of")
    }
    /// A complaint that says how the command is called.
    pub fn usage(&self, what: String) -> Problem {
        Problem::Usage {
            what,
            usage: self.usage,
        }
    }
}

fn read<T: FromStr<Err: std::fmt::Display>>(option: &'static str, text: &str) -> Result<T, Problem> {
    text.parse().map_err(|error: T::Err| Problem::Value {
        option,
        value: text.to_owned(),
        why: error.to_string(),
    })
}

/// Prints JSON, one value, readable.
pub fn print(out: &mut dyn Write, value: &Value) -> Result<(), Problem> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    Ok(writeln!(out)?)
}
