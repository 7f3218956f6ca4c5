//! Addresses read back as they were printed.

use super::*;

const CHART: &str = "6f1c2d3e-4a5b-4c6d-8e7f-901a2b3c4d5e";

#[test]
fn every_route_reads_back_as_it_was_printed() {
    let chart: ChartId = CHART.parse().unwrap();
    let concern: ThingId = CHART.parse().unwrap();
    let routes = [
        Route::Today,
        Route::CarryOut(chart, concern),
        Route::Caseload(CaseloadRoute::default()),
        Route::Caseload(CaseloadRoute {
            tab: CaseloadTab::RelapsePrevention,
            filter: CaseloadFilter::NotImproving,
            sort: CaseloadSort::Phq9Change,
            descending: true,
            care_manager: Some(CHART.parse().unwrap()),
        }),
        Route::Caseload(CaseloadRoute {
            descending: true,
            ..CaseloadRoute::default()
        }),
        Route::NewPatient,
        Route::Patient(chart),
        Route::Contact(chart),
        Route::Safety(chart, concern),
        Route::Month(None),
        Route::Month(Some("2026-11".parse().unwrap())),
        Route::MonthPart("2026-10".parse().unwrap(), MonthPart::Claims),
        Route::MonthPart("2026-10".parse().unwrap(), MonthPart::Amounts),
        Route::MonthPart("2026-10".parse().unwrap(), MonthPart::Statement(chart)),
        Route::MonthPart("2026-10".parse().unwrap(), MonthPart::Audit(chart)),
        Route::Send,
        Route::Assign,
        Route::Import,
        Route::Triage,
        Route::Settings,
        Route::Credits,
        Route::Privacy,
        Route::Crisis,
        Route::Alerts,
        Route::SafetyPlan(chart),
        Route::HandOver(chart),
        Route::Stack,
        Route::Form(None),
        Route::Form(Some("phq9")),
        Route::Filled(chart, CHART.parse().unwrap()),
        Route::ChartAudit(chart),
        Route::Audit(None),
        Route::Audit(Some("2026-11-22".parse().unwrap())),
        Route::Erase(chart),
        Route::Erased,
        Route::Evening,
        Route::Huddle,
        Route::Day(None),
        Route::Day(Some("2026-11-22".parse().unwrap())),
        Route::Time(TimeSpan::Day, None),
        Route::Time(TimeSpan::Day, Some("2026-11-22".parse().unwrap())),
        Route::Time(TimeSpan::Week, None),
        Route::Time(TimeSpan::Week, Some("2026-11-22".parse().unwrap())),
        Route::Week(None),
        Route::Week(Some("2026-11-22".parse().unwrap())),
        Route::Review(None),
        Route::Review(Some(chart)),
        Route::Supervision(SupervisionTab::Work),
        Route::Supervision(SupervisionTab::Hours),
        Route::Supervision(SupervisionTab::Audit),
    ];
    for route in routes {
        assert_eq!(Route::parse(&route.href()), Some(route), "{}", route.href());
    }
}

#[test]
fn an_empty_hash_is_today() {
    for hash in ["", "#", "#/", "#/today", "#/today/"] {
        assert_eq!(Route::parse(hash), Some(Route::Today), "{hash}");
    }
}

#[test]
fn what_is_no_page_is_refused() {
    for hash in [
        "#/nowhere",
        "#/patient/jun-ito",
        "#/month/2026-13",
        "#/month/2026-10/profit",
        "#/caseload?tab=everyone",
        "#/caseload?search=ito",
        "#/caseload?sort",
        "#/today/tomorrow",
        "#/audit/yesterday",
        "#/form/horoscope",
    ] {
        assert_eq!(Route::parse(hash), None, "{hash}");
    }
}

#[test]
fn a_caseload_as_it_opens_has_a_short_address() {
    assert_eq!(Route::Caseload(CaseloadRoute::default()).href(), "#/caseload");
    let late = CaseloadRoute {
        filter: CaseloadFilter::Late,
        sort: CaseloadSort::Phq9,
        descending: true,
        ..CaseloadRoute::default()
    };
    assert_eq!(Route::Caseload(late).href(), "#/caseload?filter=late&sort=-phq9");
}
