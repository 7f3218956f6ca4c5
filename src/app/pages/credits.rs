//! Whose work the app stands on: the notices of the instruments, of LOINC, and of the software.

use leptos::prelude::*;

use crate::app::route::Route;
use crate::instruments::{Definition, catalog};

/// The notice that goes with LOINC codes: <https://loinc.org/license>.
const LOINC: &str = "This material contains content from LOINC (http://loinc.org). LOINC is copyright \u{a9} Regenstrief \
     Institute, Inc. and the LOINC Committee and is available at no cost under the license at http://loinc.org/license.";

/// Software that is part of the page, and its licence.
const SOFTWARE: [(&str, &str); 14] = [
    ("Leptos", "MIT"),
    ("wasm-bindgen, web-sys, js-sys", "MIT or Apache-2.0"),
    ("Serde, postcard, csv", "MIT or Apache-2.0"),
    ("chrono, chrono-tz", "MIT or Apache-2.0"),
    ("Plotters", "MIT"),
    ("Argon2, SHA-2 (RustCrypto)", "MIT or Apache-2.0"),
    ("hpke", "MIT or Apache-2.0"),
    (
        "age-encryption, noble ciphers, curves, hashes and post-quantum, scure base",
        "BSD-3-Clause or MIT",
    ),
    ("x25519-dalek", "BSD-3-Clause"),
    ("bech32", "MIT"),
    ("zeroize, uuid, thiserror, getrandom", "MIT or Apache-2.0"),
    ("flate2, miniz_oxide", "MIT or Apache-2.0"),
    ("matrix_indexed_db_futures, gloo", "MIT or Apache-2.0"),
    ("Workbox", "MIT"),
];

/// Credits.
#[component]
pub fn CreditsPage() -> impl IntoView {
    let notice = |(notice, instruments): (&'static str, Vec<&'static Definition>)| {
        let scoring = |definition: &'static Definition| {
            view! {
                <li>
                    <strong>{definition.short_title.clone()}</strong>", "{definition.title.clone()}
                    <span class="quiet-text">". Scoring: "{definition.rule.clone()}" Source: "{definition.source.clone()}</span>
                </li>
            }
        };
        view! {
            <section class="credit">
                <p>{notice}</p>
                <ul>{instruments.into_iter().map(scoring).collect_view()}</ul>
            </section>
        }
    };
    view! {
        <div class="page-head"><h1>"Credits and notices"</h1></div>
        <div class="prose">
            <h2>"Instruments"</h2>
            <p><a href=Route::Form(None).href()>"Print a blank form"</a></p>
            {catalog().notices().into_iter().map(notice).collect_view()}
            <h2>"Codes"</h2>
            <p>{LOINC}</p>
            <h2>"Software"</h2>
            <p>"Caseload is licensed under Apache 2.0 and contains:"</p>
        </div>
        <table class="data list software">
            <caption class="visually-hidden">"Software and licenses"</caption>
            <thead><tr><th scope="col">"Software"</th><th scope="col">"License"</th></tr></thead>
            <tbody>
                {SOFTWARE.map(|(name, licence)| view! { <tr><th scope="row">{name}</th><td>{licence}</td></tr> }).collect_view()}
            </tbody>
        </table>
    }
}
