//! Tells one invented patient's history, from referral to today.

mod endings;
mod visits;

use super::arc::Arc;
use super::lists::{FAMILY, GIVEN, PAYERS, REASONS};
use super::people::{Staff, staff};
use super::prng::Prng;
use super::story::{Moment, Story, workday};
use super::{Recipe, chart_of};
use crate::journal::facts::{Assignment, Channel, Episode, Payer, Referral, Registration, Sex, Status, StatusChange};
use crate::journal::{Day, Entry, EntryError, EntryId, EpisodeId, PersonId, When};

/// One patient's history in the making.
pub(super) struct Course {
    story: Story,
    arc: Arc,
    episode: EpisodeId,
    care_manager: PersonId,
    stand_in: PersonId,
    clinician: PersonId,
    consultant: PersonId,
    status: Option<EntryId>,
    referred: Moment,
    medicine: Option<(crate::journal::ThingId, EntryId, usize)>,
    last_visit: Option<Moment>,
    last_score: Option<EntryId>,
}

/// Tells a patient's history and writes it down.
pub(super) fn tell(recipe: &Recipe, number: u32, arc: Arc, rng: Prng) -> Result<Vec<Entry>, EntryError> {
    let mut course = Course::new(recipe, number, arc, rng);
    course.register(number);
    course.refer();
    match arc {
        Arc::NewReferral => {}
        Arc::Outreach => course.try_to_reach(3),
        _ => {
            course.treat();
            course.end();
        }
    }
    course.story.finish()
}

impl Course {
    fn new(recipe: &Recipe, number: u32, arc: Arc, mut rng: Prng) -> Self {
        let Staff {
            care_managers,
            clinicians,
            consultant,
            supervisor,
            ..
        } = staff(recipe);
        let nth = |list: &[PersonId], n: u32| list.get(n as usize % list.len().max(1)).copied().unwrap_or(supervisor);
        let care_manager = nth(&care_managers, number);
        let clinician = nth(&clinicians, rng.below(8));
        let days = match arc {
            Arc::NewReferral => rng.between(5, 7),
            Arc::Outreach => rng.between(8, 14),
            _ => rng
                .between(14, 30 * i64::from(recipe.months.max(1)))
                .max(arc.least_days()),
        };
        let episode = EpisodeId::from_random(rng.bytes());
        let mut story = Story::new(recipe, chart_of(recipe, number), care_manager, rng);
        let referred = story.moment(recipe.as_of.plus(-days));
        Self {
            story,
            arc,
            episode,
            care_manager,
            stand_in: nth(&care_managers, number + 1),
            clinician,
            consultant,
            status: None,
            referred,
            medicine: None,
            last_visit: None,
            last_score: None,
        }
    }

    fn register(&mut self, number: u32) {
        let from = self.referred_day();
        let rng = &mut self.story.rng;
        let years = rng.between(19, 84);
        let birth = self.story.as_of.plus(-365 * years - rng.between(0, 364));
        let (area, line) = (rng.between(201, 989), rng.between(100, 199));
        let registration = Registration {
            given: rng.pick(GIVEN).to_owned(),
            family: rng.pick(FAMILY).to_owned(),
            preferred: None,
            birth: Some(birth),
            sex: rng
                .chance(85)
                .then(|| if rng.chance(60) { Sex::Female } else { Sex::Male }),
            gender: None,
            pronouns: None,
            mrn: Some(format!("T{:06}", number + 1)),
            phones: vec![format!("{area}-555-0{line}")],
            email: None,
            address: None,
            language: rng.chance(8).then(|| "Spanish".to_owned()),
            emergency: None,
            guardian: None,
            prefers: rng.chance(30).then_some(Channel::Text),
            hours: rng.chance(15).then(|| "After 5 pm".to_owned()),
            messages_by: Vec::new(),
            clinician: Some(self.clinician),
            interpreter: None,
        };
        let payer = Payer {
            name: rng.pick(PAYERS).to_owned(),
            profile: None,
            member: None,
            from,
        };
        self.story.say(self.referred, registration);
        self.story.say(self.referred, payer);
    }

    fn refer(&mut self) {
        let reason = Some(self.story.rng.pick(REASONS).to_owned());
        let warm = self.story.rng.chance(25);
        let (episode, from) = (self.episode, self.referred_day());
        let referral = Referral {
            episode,
            at: When::At(self.referred),
            by: Some(self.clinician),
            reason,
            warm,
            from: None,
            scores: Vec::new(),
            feedback: None,
        };
        self.story.say(self.referred, referral);
        self.story.say(
            self.referred,
            Episode {
                episode,
                opened: from,
                target: Some("phq9".into()),
            },
        );
        self.set_status(self.referred, from, Status::Referred);
        if self.arc != Arc::Unassigned {
            self.story.say(
                self.referred,
                Assignment {
                    care_manager: Some(self.care_manager),
                    from,
                    why: None,
                },
            );
        }
    }

    fn set_status(&mut self, at: Moment, from: Day, status: Status) {
        let before: Vec<EntryId> = self.status.into_iter().collect();
        let change = StatusChange {
            episode: self.episode,
            status,
            from,
            why: None,
        };
        self.status = Some(self.story.again(at, &before, change));
    }

    fn referred_day(&self) -> Day {
        workday(self.story.zone.day(self.referred))
    }
    /// The last day on which anything can have happened.
    fn yesterday(&self) -> Day {
        workday(self.story.as_of.plus(-1))
    }
    fn day_of(&self, at: Moment) -> Day {
        self.story.zone.day(at)
    }
}
