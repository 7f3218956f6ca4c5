//! The data files, embedded: a new instrument is a file and a line here.

/// One file an instrument.
pub(super) const FILES: &[(&str, &str)] = &[
    ("phq9", include_str!("data/phq9.json")),
    ("phq9m", include_str!("data/phq9m.json")),
    ("phq8", include_str!("data/phq8.json")),
    ("phq4", include_str!("data/phq4.json")),
    ("phq2", include_str!("data/phq2.json")),
    ("phqads", include_str!("data/phqads.json")),
    ("phq15", include_str!("data/phq15.json")),
    ("gad7", include_str!("data/gad7.json")),
    ("gad2", include_str!("data/gad2.json")),
    ("asq", include_str!("data/asq.json")),
    ("asrs6", include_str!("data/asrs6.json")),
    ("audit", include_str!("data/audit.json")),
    ("auditc", include_str!("data/auditc.json")),
    ("bam", include_str!("data/bam.json")),
    ("cage", include_str!("data/cage.json")),
    ("cage_aid", include_str!("data/cage_aid.json")),
    ("cssrs_screen", include_str!("data/cssrs_screen.json")),
    ("dast10", include_str!("data/dast10.json")),
    ("epds", include_str!("data/epds.json")),
    ("gds15", include_str!("data/gds15.json")),
    ("isi", include_str!("data/isi.json")),
    ("mdq", include_str!("data/mdq.json")),
    ("minicog", include_str!("data/minicog.json")),
    ("pcl5", include_str!("data/pcl5.json")),
    ("pcptsd5", include_str!("data/pcptsd5.json")),
    ("promis_depression_t", include_str!("data/promis_depression_t.json")),
    ("psc17", include_str!("data/psc17.json")),
    ("scared", include_str!("data/scared.json")),
    ("sds", include_str!("data/sds.json")),
    ("smfq", include_str!("data/smfq.json")),
    ("taps1", include_str!("data/taps1.json")),
    ("taps2", include_str!("data/taps2.json")),
    ("taps2_substance", include_str!("data/taps2_substance.json")),
    ("vanderbilt_parent", include_str!("data/vanderbilt_parent.json")),
    ("vanderbilt_teacher", include_str!("data/vanderbilt_teacher.json")),
    ("who5", include_str!("data/who5.json")),
    ("wsas_total", include_str!("data/wsas_total.json")),
];

/// Forms of one instrument that differ in who answers: name, the instrument, what differs.
pub(super) const FORMS: &[(&str, &str, &str)] = &[
    (
        "scared_child",
        include_str!("data/scared.json"),
        include_str!("data/forms/scared_child.json"),
    ),
    (
        "scared_parent",
        include_str!("data/scared.json"),
        include_str!("data/forms/scared_parent.json"),
    ),
    (
        "smfq_child",
        include_str!("data/smfq.json"),
        include_str!("data/forms/smfq_child.json"),
    ),
    (
        "smfq_parent",
        include_str!("data/smfq.json"),
        include_str!("data/forms/smfq_parent.json"),
    ),
];

/// Words in other languages.
pub(super) const WORDS: &[(&str, &str)] = &[
    ("phq9.es", include_str!("data/words/phq9.es.json")),
    ("phq8.es", include_str!("data/words/phq8.es.json")),
    ("phq2.es", include_str!("data/words/phq2.es.json")),
    ("gad7.es", include_str!("data/words/gad7.es.json")),
    ("gad2.es", include_str!("data/words/gad2.es.json")),
];

/// Words that a clinic switches on.
pub(super) const PACKS: &[(&str, &str)] = &[("cssrs_screen", include_str!("data/packs/cssrs_screen.json"))];
