//! What a month comes to, by payer and by care manager; amounts from a fee schedule; time that reaches no code.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::{
    Button, Dialog, FailureNotice, FieldError, FileDrop, Form, FormErrors, Loaded, PickedFile, Select, Submit, Svg,
    TextArea, TextField,
};
use crate::app::format;
use crate::app::pages::download::DownloadButton;
use crate::app::state::use_desk;
use crate::billing::Cents;
use crate::care::intent::Intent;
use crate::journal::facts::FeeSchedule;
use crate::journal::{Fact, Month};
use crate::registry::{
    ClaimProblemView, ClaimsAsk, ClaimsView, Failure, FeesView, MoneyView, Request, Response, ShortView, SumView,
};

/// The page.
#[component]
pub(super) fn Amounts(
    /// The month.
    month: Month,
) -> impl IntoView {
    let chosen = RwSignal::new(String::new());
    let open = RwSignal::new(false);
    let answer = use_desk().follow(
        move || {
            let fees = Some(chosen.get()).filter(|name| !name.is_empty());
            Request::Claims(Box::new(ClaimsAsk::Money(month, fees)))
        },
        |response| match response {
            Response::Claims(view) => match *view {
                ClaimsView::Money(view) => Some(view),
                _ => None,
            },
            _ => None,
        },
    );
    view! {
        <h1>"Sums and amounts: "{format::month_name(month)}</h1>
        <div class="actions no-print">
            <DownloadButton request=move |()| Request::Claims(Box::new(ClaimsAsk::Log(month)))>
                "Save every entry as CSV"
            </DownloadButton>
            <Button on_press=move |()| open.set(true)>"Type or import amounts"</Button>
        </div>
        <Dialog open title="Amounts of a payer">
            <OwnFees open/>
        </Dialog>
        <Loaded answer what="the sums" let:view>
            <Sums view chosen/>
        </Loaded>
    }
}

#[component]
fn Sums(view: Arc<MoneyView>, chosen: RwSignal<String>) -> impl IntoView {
    let options = std::iter::once((String::new(), "No amounts".to_owned()))
        .chain(view.fees.iter().map(|fees| (fees.name.clone(), fees.label.clone())))
        .collect::<Vec<_>>();
    let options = Signal::stored(options);
    let label = view.chosen.as_ref().map(|(fees, _)| fees.label.clone());
    let note = view.chosen.clone().map(|(fees, note)| view! { <Chosen fees note/> });
    let unsettled = (view.unsettled > 0).then(|| {
        let months = format::count(view.unsettled.into(), "month waits", "months wait");
        view! { <p>{months}" for a choice about G2214: in none of these codes and amounts."</p> }
    });
    view! {
        <Select id="fees" label="Amounts" options value=chosen hint="Optional. No payer\u{2019}s amounts are known here by themselves."/>
        {note}
        {unsettled}
        {table("By payer", "Payer", &view.payers, label.clone())}
        {table("By care manager", "Care manager", &view.managers, label)}
        <Short short=view.short.clone() plot=view.plot.clone()/>
    }
}

/// The schedule in use: its year and place, its source, its amounts.
#[component]
fn Chosen(fees: FeesView, note: String) -> impl IntoView {
    let amounts: Vec<String> = fees
        .amounts
        .iter()
        .map(|(code, amount)| format!("{code} {amount}"))
        .collect();
    view! {
        <p class="hint">{fees.label}": "{amounts.join(", ")}". "{note}" Source: "{fees.source}"."</p>
    }
}

fn table(title: &'static str, who: &'static str, sums: &[SumView], label: Option<String>) -> impl IntoView + use<> {
    let heading = label.map(|label| format!("Amount ({label})"));
    let head = heading
        .clone()
        .map(|heading| view! { <th scope="col" class="num">{heading}</th> });
    let row = |sum: &SumView| {
        let amount = sum.amount.clone().map(|amount| {
            let lacks = match sum.unpriced.is_empty() {
                true => String::new(),
                false => format!(", without {}", sum.unpriced.join(", ")),
            };
            view! { <td class="num" data-label="Amount">{amount}{lacks}</td> }
        });
        let codes = match sum.codes.as_str() {
            "" => "None".to_owned(),
            codes => codes.to_owned(),
        };
        view! {
            <tr>
                <th scope="row" class="name">{sum.name.clone()}</th>
                <td class="num" data-label="Patients">{sum.patients}</td>
                <td class="num" data-label="Minutes">{sum.minutes}</td>
                <td data-label="Codes">{codes}</td>
                <td class="num" data-label="Minutes below every code">{sum.short}</td>
                {amount}
            </tr>
        }
    };
    let rows = sums.iter().map(row).collect_view();
    view! {
        <h2>{title}</h2>
        <table class="data list sums">
            <caption class="visually-hidden">{title}</caption>
            <thead>
                <tr>
                    <th scope="col">{who}</th>
                    <th scope="col" class="num">"Patients"</th>
                    <th scope="col" class="num">"Minutes"</th>
                    <th scope="col">"Codes"</th>
                    <th scope="col" class="num">"Minutes below every code"</th>
                    {head}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// Time that was given and reaches no code, month by month.
#[component]
fn Short(short: Vec<ShortView>, plot: String) -> impl IntoView {
    let row = |one: &ShortView| {
        view! {
            <tr>
                <th scope="row">{format::month_name(one.month)}</th>
                <td class="num" data-label="Minutes with a code">{one.reached}</td>
                <td class="num" data-label="Minutes that wait">{one.waiting}</td>
                <td class="num" data-label="Minutes below every code">{one.short}</td>
                <td class="num" data-label="Patients below">{one.patients}</td>
            </tr>
        }
    };
    let rows = short.iter().rev().map(row).collect_view();
    let sum = |of: fn(&ShortView) -> u32| short.iter().map(of).sum::<u32>();
    let (below, waiting) = (sum(|one| one.short), sum(|one| one.waiting));
    let summary = format!(
        "{below} minutes of twelve months were below every code; {waiting} reach one that waits for something that is \
         missing, or for the clinic\u{2019}s choice."
    );
    let drawn = (!plot.is_empty()).then(|| {
        view! {
            <p class="hint">"Full: minutes of months with a code that is ready. Outlined: minutes that wait, or are below every code."</p>
            <Svg markup=plot summary=summary.clone()/>
        }
    });
    view! {
        <h2>"Time given that isn\u{2019}t paid"</h2>
        <p>{summary.clone()}" It is care all the same: nothing here ranks a patient."</p>
        {drawn}
        <table class="data list">
            <caption class="visually-hidden">"Minutes with a code, with one that waits, and below every code, by month"</caption>
            <thead>
                <tr>
                    <th scope="col">"Month"</th>
                    <th scope="col" class="num">"Minutes with a code"</th>
                    <th scope="col" class="num">"Minutes that wait"</th>
                    <th scope="col" class="num">"Minutes below every code"</th>
                    <th scope="col" class="num">"Patients below"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// Amounts typed, or taken from a file.
#[component]
fn OwnFees(open: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let year = RwSignal::new(String::new());
    let locality = RwSignal::new(String::new());
    let source = RwSignal::new(String::new());
    let amounts = RwSignal::new(String::new());
    let wrong_rows = RwSignal::new(Vec::<ClaimProblemView>::new());
    let failure = RwSignal::new(None::<Failure>);
    let read = move |files: Vec<PickedFile>| {
        let files: Vec<Vec<u8>> = files.into_iter().map(|file| file.bytes).collect();
        spawn_local(async move {
            match desk
                .core()
                .ask_with_files(Request::Claims(Box::new(ClaimsAsk::Fees)), files)
                .await
            {
                Ok(Response::Claims(view)) => {
                    if let ClaimsView::Fees(cents, problems) = *view {
                        let lines = cents
                            .iter()
                            .map(|(code, cents)| format!("{code} {}", Cents((*cents).into()).text()));
                        let _gone = amounts.try_set(lines.collect::<Vec<_>>().join("\n"));
                        let _gone = wrong_rows.try_set(problems);
                    }
                }
                Ok(_) => {}
                Err(why) => {
                    let _gone = failure.try_set(Some(why));
                }
            }
        });
    };
    let save = move |()| {
        let mut wrong = Vec::new();
        let mut fail = |field: &str, text: String| {
            wrong.push(FieldError {
                field: field.to_owned(),
                text,
            })
        };
        let of_year = year
            .get_untracked()
            .trim()
            .parse::<u32>()
            .ok()
            .filter(|year| (2017..=2100).contains(year));
        if of_year.is_none() {
            fail("fees-year", "Enter the year of the amounts, such as 2026".to_owned());
        }
        let place = locality.get_untracked().trim().to_owned();
        if place.is_empty() {
            fail(
                "fees-locality",
                "Enter the place or the payer of the amounts".to_owned(),
            );
        }
        let cents = match typed(&amounts.get_untracked()) {
            Ok(cents) => cents,
            Err(line) => {
                fail(
                    "fees-amounts",
                    format!("Line {line} is no code with its amount: write 99492 160.32"),
                );
                BTreeMap::new()
            }
        };
        if wrong.is_empty() && cents.is_empty() {
            wrong.push(FieldError {
                field: "fees-amounts".to_owned(),
                text: "Enter at least one code with its amount".to_owned(),
            });
        }
        errors.set(wrong.clone());
        let Some(year) = of_year.filter(|_| wrong.is_empty() && !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        let fees = FeeSchedule {
            year,
            locality: place,
            source: Some(source.get_untracked().trim().to_owned()).filter(|source| !source.is_empty()),
            cents,
        };
        desk.submit(
            Intent::Office(vec![Fact::FeeSchedule(fees)]),
            "Amounts saved",
            move |result| {
                let _gone = busy.try_set(false);
                match result {
                    Ok(_) => {
                        let _closed = open.try_set(false);
                    }
                    Err(failure) => errors.set_whole(failure.to_string()),
                }
            },
        );
    };
    view! {
        <Form errors on_submit=save label="Amounts of a payer">
            <TextField id="fees-year" label="Year" value=year/>
            <TextField id="fees-locality" label="Place or payer" value=locality hint="Both stand beside every figure"/>
            <TextField id="fees-source" label="Where the amounts come from (optional)" value=source/>
            <FileDrop id="fees-file" label="Fill in from a CSV file" accept=".csv,.txt,.tsv,text/csv"
                on_choice=move |()| failure.set(None) on_files=read/>
            {move || failure.get().map(|failure| view! { <FailureNotice failure/> })}
            {move || wrong_rows.with(|rows| super::claims::problems(rows))}
            <TextArea id="fees-amounts" label="Codes and amounts" value=amounts hint="A line each: 99492 160.32"/>
            <div class="actions">
                <Submit busy>"Save amounts"</Submit>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}

/// Codes with their amounts as they are typed, a line each; or the number of the first line that is none.
fn typed(text: &str) -> Result<BTreeMap<String, u32>, usize> {
    let mut cents = BTreeMap::new();
    for (place, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let read = || {
            let (code, amount) = line.trim().split_once([' ', ',', ';', '\t'])?;
            let code = code.trim().to_ascii_uppercase();
            let is_code = code.len() == 5 && code.bytes().all(|b| b.is_ascii_alphanumeric());
            let amount = u32::try_from(Cents::read(amount)?.0).ok()?;
            (is_code && !cents.contains_key(&code)).then_some((code, amount))
        };
        let (code, amount) = read().ok_or(place + 1)?;
        cents.insert(code, amount);
    }
    Ok(cents)
}
