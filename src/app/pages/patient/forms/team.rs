//! Case review and recommendation, the clinician's answer.

use leptos::prelude::*;

use super::{Place, empty};
use crate::app::components::{Choice, DateField, NumberField, Select, TextArea};
use crate::app::format::shortened;
use crate::app::pages::common::{QuickForm, Reading, Written, follow_people, new_thing, people_options, today_text};
use crate::app::pages::form_draft::{FormDraft, put, row};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::app::words::{ANSWER_WAYS, ANSWERS, options};
use crate::journal::facts::{
    Activity, Answer, AnswerKind, AnswerWay, Bucket, CaseReview, Clocked, Recommendation, ReviewRequest, Role,
    SupervisionPoint, Time,
};
use crate::journal::{Fact, Seconds, When};

/// A question for the consultant, from wherever it comes up.
#[component]
pub fn AskForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let question = empty();
    FormDraft::keep(
        format!("ask-review/{}", place.chart),
        move || vec![row(&[question])],
        move |rows| put(&[question], rows.first()),
    );
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let words = reading.text(&question.get_untracked(), "ask-question", "Write the question");
        let fact = words.map(|question| {
            Fact::ReviewRequest(ReviewRequest {
                at: When::At(desk.instant()),
                question,
                kind: None,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    view! {
        <QuickForm chart=place.chart title="Ask for a case review" deed="Question for the case review recorded" save="Save question" read on_close=place.close>
            <TextArea id="ask-question" label="Question for the consultant" value=question rows=2
                hint="It stands on the agenda until the patient was reviewed, beside other questions about them."/>
        </QuickForm>
    }
}

#[component]
pub fn ReviewForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let people = follow_people(desk);
    let (note, advice, minutes, consultant) = (empty(), empty(), empty(), empty());
    let day = RwSignal::new(today_text(desk));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let on = reading.past(&day.get_untracked(), "review-day", "the day", today);
        let minutes = match text(&minutes.get_untracked()) {
            None => None,
            Some(typed) => {
                let read = crate::app::format::parse_whole(&typed, "Minutes", 0..=600);
                reading.take(read.map_err(|text| Wrong::new("review-minutes", text)))
            }
        };
        let consultant = consultant.get_untracked().parse().ok();
        let facts = match on {
            None => None,
            Some(on) => {
                let at = if on == today {
                    When::At(desk.instant())
                } else {
                    When::Day(on)
                };
                let note = text(&note.get_untracked());
                let mut facts = vec![Fact::CaseReview(CaseReview { at, consultant, note })];
                if let Some(text) = text(&advice.get_untracked()) {
                    let recommendation = new_thing()?;
                    let advice = Recommendation::in_words(recommendation, on, text, consultant);
                    facts.push(Fact::Recommendation(advice));
                }
                if let Some(minutes) = minutes.filter(|minutes| *minutes > 0) {
                    facts.push(Fact::Time(Time {
                        start: at,
                        seconds: Seconds(minutes * 60),
                        activity: Activity::CaseloadReview,
                        bucket: Bucket::Cocm,
                        by: desk.me(),
                        mode: None,
                        clocked: Clocked::Typed,
                        of: None,
                        note: None,
                        with: Vec::new(),
                        beside: None,
                        own: None,
                    }));
                }
                Some(facts)
            }
        };
        reading.finish(facts)
    });
    view! {
        <QuickForm chart=place.chart title="Case review" deed="Case review recorded" save="Save review" read on_close=place.close>
            <crate::app::pages::course::assessment::ManiaLine view=place.view/>
            <div class="fields">
                <DateField id="review-day" label="Day" value=day max=today_text(desk)/>
                <Select id="review-consultant" label="Consultant" options=people_options(people, Role::Consultant, "Not in the list") value=consultant/>
                <NumberField id="review-minutes" label="Minutes for this patient" value=minutes unit="min"/>
            </div>
            <TextArea id="review-note" label="What was said" value=note rows=3/>
            <TextArea id="review-advice" label="Recommendation to the PCP" value=advice rows=2
                hint="Empty when there is none. It waits for the PCP\u{2019}s answer on your worklist."/>
        </QuickForm>
    }
}

#[component]
pub fn AnswerForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let open = place.view.with_untracked(|view| view.recommendations.clone());
    let first = open
        .first()
        .map_or_else(String::new, |open| open.recommendation.to_string());
    let which = RwSignal::new(first);
    let answer = RwSignal::new(None::<AnswerKind>);
    let how = RwSignal::new(Some(AnswerWay::Spoken));
    let (note, again) = (empty(), empty());
    let day = RwSignal::new(today_text(desk));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let day = reading.past(
            &day.get_untracked(),
            "answer-day",
            "the day",
            desk.today().get_untracked(),
        );
        let recommendation = reading.chosen(
            which.get_untracked().parse().ok(),
            "answer-which",
            "Choose the recommendation",
        );
        let answer = reading.chosen(answer.get_untracked(), "answer-kind", "Choose the PCP\u{2019}s answer");
        let note = text(&note.get_untracked());
        if answer == Some(AnswerKind::Declined) {
            reading.chosen(note.as_ref(), "answer-note", "Say why it was declined");
        }
        let again = match (answer, text(&again.get_untracked())) {
            (Some(AnswerKind::Later), Some(typed)) => reading.chosen(
                typed.parse().ok(),
                "answer-again",
                "Choose the day on which to ask again",
            ),
            _ => None,
        };
        let how = how.get_untracked();
        let fact = day
            .zip(recommendation)
            .zip(answer)
            .map(|((day, recommendation), answer)| {
                Fact::Answer(Answer {
                    recommendation,
                    day,
                    answer,
                    note,
                    how,
                    again,
                })
            });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let choices: Vec<(String, String)> = match open.is_empty() {
        true => vec![(String::new(), "No recommendation is open".to_owned())],
        false => open
            .into_iter()
            .map(|open| (open.recommendation.to_string(), shortened(&open.text)))
            .collect(),
    };
    view! {
        <QuickForm chart=place.chart title="PCP\u{2019}s answer" deed="Answer recorded" save="Save answer" read on_close=place.close>
            <Select id="answer-which" label="Recommendation" options=Signal::stored(choices) value=which/>
            <Choice id="answer-kind" legend="The PCP" options=options(ANSWERS) value=answer/>
            <Choice id="answer-how" legend="How it came" options=options(ANSWER_WAYS) value=how/>
            <TextArea id="answer-note" label="Why, or what was done" value=note rows=2/>
            <Show when=move || answer.get() == Some(AnswerKind::Later)>
                <DateField id="answer-again" label="Ask again on" value=again hint="Empty: when the protocol says."/>
            </Show>
            <DateField id="answer-day" label="Day" value=day max=today_text(desk)/>
        </QuickForm>
    }
}

/// Puts the patient on the agenda of supervision.
#[component]
pub fn SupervisionForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let wanted = empty();
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let text = reading.text(
            &wanted.get_untracked(),
            "supervision-text",
            "Say what is to be discussed",
        );
        let text = reading.finish(text)?;
        Ok(vec![Fact::from(SupervisionPoint {
            point: new_thing()?,
            by: desk.me(),
            text,
            day: desk.today().get_untracked(),
            discussed: None,
        })])
    });
    view! {
        <QuickForm chart=place.chart title="Discuss in supervision" deed="Put on the agenda of supervision" save="Put on the agenda" read on_close=place.close>
            <TextArea id="supervision-text" label="What is to be discussed" value=wanted rows=2/>
        </QuickForm>
    }
}
