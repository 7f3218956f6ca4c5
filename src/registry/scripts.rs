//! Scripts for calls, as the clinic has them, for whoever works here.

use super::books::Books;
use super::office::Office;
use super::views::{ScriptView, ScriptsView};
use crate::care::cosign::Crew;
use crate::exchange::note::{Paper, Script, Speaker, script};
use crate::journal::PersonId;
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// All scripts, the clinic's own text where there is one.
    pub fn scripts(&self) -> ScriptsView {
        let view = |one: Script| {
            let own = self.own_template(Paper::Script(one));
            ScriptView {
                script: one,
                title: one.title(),
                is_own: own.is_some(),
                text: self.office.script(own.as_deref().unwrap_or(one.ours()), self.me),
            }
        };
        ScriptsView {
            is_trainee: Crew::of(&self.office.folded).is_trainee(self.me),
            scripts: Script::ALL.map(view).to_vec(),
        }
    }
}

impl Office {
    /// A script with who calls, and for which clinic.
    pub(super) fn script(&self, text: &str, me: PersonId) -> String {
        let name = self.people.get(&me).map(|person| person.name.as_str());
        let clinic = Some(self.clinic.name.as_str()).filter(|name| !name.is_empty());
        let speaker = Speaker {
            me: name.unwrap_or("(your name)"),
            clinic: clinic.unwrap_or("the clinic"),
            line: self.clinic.crisis_line.as_deref(),
        };
        script(text, &speaker)
    }
}
