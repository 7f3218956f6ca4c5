//! What comes back from the biller, choices by payer, papers, and what a merge brings after a month was closed.

use caseload::care::intent::SetForMany;
use caseload::journal::Month;
use caseload::registry::{ClaimsAsk, ClaimsPreview, ClaimsView, MoneyView, PaperFor, PaperView};

use super::months::{month, ready, spent};
use super::*;

fn october() -> Month {
    "2026-10".parse().unwrap()
}

fn ask(desk: &mut Desk, ask: ClaimsAsk, files: Vec<Vec<u8>>) -> Result<ClaimsView, Failure> {
    match desk.ask_with(Request::Claims(Box::new(ask)), files)? {
        Response::Claims(view) => Ok(*view),
        other => panic!("{other:?}"),
    }
}

fn preview(desk: &mut Desk, file: &str) -> ClaimsPreview {
    match ask(desk, ClaimsAsk::Preview, vec![file.as_bytes().to_vec()]).unwrap() {
        ClaimsView::Preview(preview) => preview,
        other => panic!("{other:?}"),
    }
}

fn take(desk: &mut Desk, preview: ClaimsPreview) {
    let charts = preview.claims.iter().map(|(chart, _)| *chart).collect();
    let what = SetForMany::Claims(preview.claims);
    desk.save(Intent::SetForMany { charts, what }).unwrap();
}

pub(super) fn money(desk: &mut Desk, fees: Option<&str>) -> MoneyView {
    match ask(desk, ClaimsAsk::Money(october(), fees.map(str::to_owned)), Vec::new()).unwrap() {
        ClaimsView::Money(view) => view,
        other => panic!("{other:?}"),
    }
}

pub(super) fn paper(desk: &mut Desk, chart: ChartId, paper: PaperFor) -> PaperView {
    match ask(desk, ClaimsAsk::Paper(chart, october(), paper), Vec::new()).unwrap() {
        ClaimsView::Paper(view) => view,
        other => panic!("{other:?}"),
    }
}

pub(super) fn file_of(desk: &mut Desk, request: Request) -> Vec<u8> {
    assert!(matches!(desk.ask(request), Ok(Response::File { .. })));
    desk.file.take().unwrap()
}

fn mrn_of(desk: &mut Desk) -> String {
    month(desk, "2026-10").rows[0].mrn.clone().unwrap()
}

#[test]
fn what_came_back_is_previewed_kept_and_keeps_a_month_from_going_twice() {
    let mut desk = Desk::new(111);
    let chart = ready(&mut desk);
    let mrn = mrn_of(&mut desk);
    assert_eq!(month(&mut desk, "2026-10").rows[0].to_send, "99492");

    let file = format!(
        "MRN,Month,Code,Status,Date,Reason\n{mrn},2026-10,99492,sent,2026-11-02,\nnobody,2026-10,99492,sent,2026-11-02,\n"
    );
    let first = preview(&mut desk, &file);
    assert_eq!((first.claims.len(), first.known, first.problems.len()), (1, 0, 1));
    assert_eq!((first.problems[0].row, first.problems[0].column.as_str()), (3, "MRN"));
    assert_eq!(
        month(&mut desk, "2026-10").rows[0].to_send,
        "99492",
        "a preview writes nothing"
    );
    take(&mut desk, first);

    let row = month(&mut desk, "2026-10").rows[0].clone();
    assert_eq!((row.to_send.as_str(), row.codes.as_str()), ("", "99492"));
    assert!(row.claims[0].contains("99492 sent on 2 Nov 2026"), "{:?}", row.claims);
    assert!(row.left_out[0].contains("go twice"), "{:?}", row.left_out);
    let csv = file_of(&mut desk, Request::MonthCsv(october()));
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.contains("go twice") && !csv.contains(",99492,99492,"), "{csv}");

    let strange = preview(&mut desk, &file.replace("99492", "99999"));
    assert_eq!(strange.claims.len(), 0);
    assert_eq!(
        strange.problems[0].words,
        "99999 is none of the codes of this care. This row is left out."
    );

    let again = preview(&mut desk, &file);
    assert_eq!(
        (again.claims.len(), again.known),
        (0, 1),
        "the same file changes nothing"
    );
    let twice = preview(&mut desk, &file.replace("2026-11-02", "2026-11-04"));
    assert_eq!(twice.claims.len(), 0);
    assert!(twice.problems[0].words.contains("already"), "{:?}", twice.problems);

    let denied = format!("MRN,Month,Code,Status,Date,Reason\n{mrn},2026-10,99492,denied,2026-11-10,no modifier\n");
    let denied = preview(&mut desk, &denied);
    take(&mut desk, denied);
    let row = month(&mut desk, "2026-10").rows[0].clone();
    assert_eq!(row.to_send, "99492", "what was denied may go again");
    assert!(row.claims[0].contains("no modifier"));
    let told = match desk.ask(Request::Patient(chart)).unwrap() {
        Response::Patient(view) => view,
        other => panic!("{other:?}"),
    };
    let lines: Vec<&str> = told.timeline.iter().map(|row| row.line.as_str()).collect();
    assert!(
        lines.contains(&"99492 of October 2026 denied") && lines.contains(&"99492 of October 2026 sent"),
        "{lines:?}"
    );
}

#[test]
fn a_code_that_went_and_never_goes_with_the_months_blocks_it() {
    let mut desk = Desk::new(112);
    ready(&mut desk);
    let mrn = mrn_of(&mut desk);
    for (code, blocks) in [("G0557", false), ("99484", true)] {
        let file = format!("MRN,Month,Code,Status,Date\n{mrn},2026-10,{code},sent,2026-11-02\n");
        let read = preview(&mut desk, &file);
        take(&mut desk, read);
        let row = month(&mut desk, "2026-10").rows[0].clone();
        let found = row
            .conflicts
            .iter()
            .any(|c| matches!(c.standing, ConflictStanding::Blocks));
        assert_eq!((found, row.to_send.is_empty()), (blocks, blocks), "{code}: {row:?}");
        assert!(
            row.conflicts
                .iter()
                .any(|c| matches!(c.standing, ConflictStanding::Unsettled))
        );
    }
}

#[test]
fn a_choice_for_the_payer_takes_a_month_of_twenty_minutes_out_of_waiting() {
    let mut desk = Desk::new(113);
    let chart = ready(&mut desk);
    desk.save(record(chart, vec![spent("2026-11-03", 20)])).unwrap();
    let waiting = month(&mut desk, "2026-11");
    assert!(waiting.rows[0].is_unsettled && waiting.totals.is_empty());
    assert_eq!(
        (waiting.waiting[0].payer.as_str(), waiting.waiting[0].readings),
        ("", (16, 30))
    );
    let choice = |minutes| {
        Intent::Office(vec![Fact::PayerChoice(PayerChoice {
            payer: String::new(),
            g2214_minutes: minutes,
            day: day("2026-11-20"),
            source: None,
        })])
    };
    assert!(desk.save(choice(20)).is_err(), "neither of the two readings");
    desk.save(choice(16)).unwrap();
    let settled = month(&mut desk, "2026-11");
    assert_eq!(
        (
            settled.rows[0].to_send.as_str(),
            settled.waiting.len(),
            settled.unsettled
        ),
        ("G2214", 0, None)
    );
    desk.save(choice(30)).unwrap();
    let settled = month(&mut desk, "2026-11");
    assert_eq!(
        (settled.rows[0].supports.as_str(), settled.rows[0].is_unsettled),
        ("", false)
    );
}

#[test]
fn sums_by_payer_and_care_manager_have_amounts_only_when_a_schedule_was_chosen() {
    let mut desk = Desk::new(114);
    ready(&mut desk);
    let plain = money(&mut desk, None);
    assert_eq!(
        (plain.payers[0].name.as_str(), plain.payers[0].amount.clone()),
        ("No payer on record", None)
    );
    assert_eq!(
        (
            plain.managers[0].patients,
            plain.managers[0].minutes,
            plain.managers[0].codes.as_str()
        ),
        (1, 40, "99492")
    );
    let priced = money(&mut desk, Some("2026-wi"));
    assert_eq!(priced.payers[0].amount.as_deref(), Some("$153.19"));
    assert!(priced.chosen.unwrap().0.label.contains("2026, Medicare, Wisconsin"));
    let own = FeeSchedule {
        year: 2026,
        locality: "Lakeside plan".into(),
        source: None,
        cents: BTreeMap::from([("99493".to_owned(), 10_000)]),
    };
    desk.save(Intent::Office(vec![Fact::FeeSchedule(own)])).unwrap();
    let ours = money(&mut desk, Some("own:2026:Lakeside plan"));
    assert_eq!(ours.payers[0].unpriced, ["99492"]);
    let october = ours.short.last().unwrap();
    assert_eq!((ours.short.len(), october.reached, october.short), (12, 40, 0));
    assert!(ours.plot.contains("<svg"));
}

#[test]
fn a_paper_for_the_patient_has_no_diagnosis_and_one_for_an_audit_says_who_and_why() {
    let mut desk = Desk::new(115);
    let chart = ready(&mut desk);
    let patient = paper(&mut desk, chart, PaperFor::Patient);
    let text = format!("{patient:?}");
    assert!(text.contains("40 minutes") && text.contains("depends on your insurance") && text.contains("not a bill"));
    assert!(!text.contains("F33.1") && !text.contains("NPI"));
    let audit = paper(&mut desk, chart, PaperFor::Audit);
    assert_eq!(audit.rows.len(), 1);
    let text = format!("{audit:?}");
    assert!(
        text.contains("NPI 1234567893") && text.contains("99492") && text.contains("Counts"),
        "{text}"
    );
    assert!(
        audit.notes.iter().any(|note| note.contains("documentation")),
        "{:?}",
        audit.notes
    );
    let log = String::from_utf8(file_of(&mut desk, Request::Claims(Box::new(ClaimsAsk::Log(october()))))).unwrap();
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[1].contains(",2400,") && lines[1].contains("how it was done"),
        "{}",
        lines[1]
    );
}

#[test]
fn an_entry_that_lacks_its_mode_is_named_and_mended_by_one_correction() {
    let mut desk = Desk::new(116);
    let chart = ready(&mut desk);
    let detail = |desk: &mut Desk| match desk.ask(Request::MonthDetail(chart, october())).unwrap() {
        Response::MonthDetail(view) => *view,
        other => panic!("{other:?}"),
    };
    let before = detail(&mut desk);
    let line = &before.lines[0];
    assert_eq!(line.lacks.len(), 1);
    let mended = Time {
        mode: Some(Mode::Phone),
        ..line.time.clone().unwrap()
    };
    desk.save(Intent::Correct {
        chart,
        entry: line.entry,
        fact: Box::new(Fact::Time(mended)),
        reason: Some("Documentation completed".into()),
    })
    .unwrap();
    let after = detail(&mut desk);
    assert_eq!(
        (after.lines.len(), after.lines[0].lacks.len(), after.lines[0].seconds.0),
        (1, 0, 2400)
    );
}

#[test]
fn an_old_closing_without_ids_still_shows_late_entries_and_a_new_one_knows_each() {
    let mut desk = Desk::new(117);
    let chart = ready(&mut desk);
    desk.save(Intent::CloseMonth(october())).unwrap();
    desk.save(record(chart, vec![spent("2026-10-06", 60)])).unwrap();
    let late = |desk: &mut Desk| match desk.ask(Request::MonthDetail(chart, october())).unwrap() {
        Response::MonthDetail(view) => view.lines.iter().map(|line| line.late).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(late(&mut desk), [false, true]);
}

#[test]
fn papers_say_that_a_month_was_only_outreach_before_enrollment() {
    let mut desk = Desk::new(116);
    ready(&mut desk);
    let chart = desk.save(Intent::Register(newcomer("Rosa", "Ito"))).unwrap().chart;
    let Fact::Time(tried) = spent("2026-10-05", 12) else {
        unreachable!()
    };
    let tried = Time {
        activity: Activity::Outreach,
        ..tried
    };
    desk.save(record(chart, vec![Fact::Time(tried)])).unwrap();
    let view = month(&mut desk, "2026-10");
    let row = view.rows.iter().find(|row| row.chart == Some(chart)).unwrap();
    assert_eq!(
        (row.kind.as_str(), row.minutes),
        ("Outreach before enrollment", 12),
        "{row:?}"
    );
    let patient = paper(&mut desk, chart, PaperFor::Patient);
    assert!(patient.notes[0].contains("trying to reach you"), "{:?}", patient.notes);
    let audit = paper(&mut desk, chart, PaperFor::Audit);
    let said = audit.notes.iter().any(|note| note.contains("it is no month of care"));
    assert!(said, "{:?}", audit.notes);
}
