//! What a patient reads around the questions: short sentences, plain words. The questions themselves are the instruments'.
//!
//! The 988 Lifeline takes calls and texts in English and Spanish (press 2, or text AYUDA): <https://988lifeline.org/en-espanol/>.

use super::Language;

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    /// The page's title.
    pub title: &'static str,
    /// The heading before the first question.
    pub begin_title: &'static str,
    /// What to know before the first question, a paragraph each.
    pub begin: [&'static str; 3],
    /// The heading before the first question, where a parent answers for a child.
    pub begin_title_child: &'static str,
    /// What a parent reads in place of the first paragraph.
    pub begin_child: &'static str,
    /// The button to the first question.
    pub begin_button: &'static str,
    /// `Question` of "Question 3 of 16".
    pub question: &'static str,
    /// `of` of "Question 3 of 16".
    pub of: &'static str,
    /// To the question before.
    pub back: &'static str,
    /// Passes a question over.
    pub rather_not: &'static str,
    /// That a question is for men only, and for women only.
    pub only_for: (&'static str, &'static str),
    /// Passes over a question that is for others.
    pub not_mine: &'static str,
    /// To what comes next.
    pub next: &'static str,
    /// Ends a form that is on one page.
    pub done: &'static str,
    /// That questions on the page have no answer, before and after their number.
    pub open: (&'static str, &'static str),
    /// That the answer is being kept.
    pub keeping: &'static str,
    /// That the answer could not be kept.
    pub not_kept: &'static str,
    /// To try again.
    pub again: &'static str,
    /// The heading after a positive answer.
    pub help_title: &'static str,
    /// What is said after a positive answer, a paragraph each.
    pub help: [&'static str; 2],
    /// Before 988.
    pub lifeline: &'static str,
    /// Before 911.
    pub danger: &'static str,
    /// Before the clinic's own number.
    pub clinic: &'static str,
    /// The heading after the last question.
    pub thanks_title: &'static str,
    /// To give the device back.
    pub thanks: &'static str,
    /// That the run can't go on.
    pub ended: &'static str,
    /// For staff: to unlock.
    pub staff: &'static str,
    /// From the unlock form back to the questions.
    pub to_questions: &'static str,
}

const ENGLISH: Words = Words {
    title: "Questions",
    begin_title: "Some questions about how you are",
    begin: [
        "Your clinic asks you to answer these questions. Your answers go to your care team, and nobody else can read them here.",
        "You don\u{2019}t have to answer a question that you would rather not answer. You can go back and change an answer.",
        "Nobody is watching your answers while you fill this in. If you need help now, tell a member of staff, or use the numbers below.",
    ],
    begin_title_child: "Some questions about your child",
    begin_child: "Your clinic asks you, as a parent or guardian, to answer these questions about your child. Your answers go to the care \
                  team, and nobody else can read them here.",
    begin_button: "Start",
    question: "Question",
    of: "of",
    back: "Back",
    rather_not: "I\u{2019}d rather not answer",
    only_for: ("This question is for men only.", "This question is for women only."),
    not_mine: "This question is not for me",
    next: "Next",
    done: "Done with this page",
    open: (
        "Questions without an answer: ",
        ". That is all right. You can answer them, or press the button once more.",
    ),
    keeping: "One moment\u{2026}",
    not_kept: "Your answer could not be kept. Please try again. If that doesn\u{2019}t help, give this back to a member of staff and tell them.",
    again: "Try again",
    help_title: "Thank you for telling us",
    help: [
        "Many people have thoughts like these, and talking about them helps. Please tell a member of staff when you give this back. They \
         want to talk with you about it today.",
        "If you need somebody right now, don\u{2019}t wait:",
    ],
    lifeline: "Call or text",
    danger: "Danger to life now: call",
    clinic: "Your clinic:",
    thanks_title: "Thank you",
    thanks: "That was the last question. Please give this back to a member of staff.",
    ended: "These questions are closed. Please give this back to a member of staff.",
    staff: "Staff: unlock",
    to_questions: "Back to the questions",
};

const SPANISH: Words = Words {
    title: "Preguntas",
    begin_title: "Algunas preguntas sobre c\u{f3}mo est\u{e1} usted",
    begin: [
        "Su cl\u{ed}nica le pide que conteste estas preguntas. Sus respuestas llegan a su equipo de atenci\u{f3}n, y aqu\u{ed} nadie m\u{e1}s puede leerlas.",
        "No tiene que contestar una pregunta que prefiera no contestar. Puede volver atr\u{e1}s y cambiar una respuesta.",
        "Nadie est\u{e1} mirando sus respuestas mientras las escribe. Si necesita ayuda ahora, d\u{ed}gaselo al personal o use los n\u{fa}meros de abajo.",
    ],
    begin_title_child: "Algunas preguntas sobre su hijo o hija",
    begin_child: "Su cl\u{ed}nica le pide que, como padre, madre o tutor, conteste estas preguntas sobre su hijo o hija. Sus respuestas \
                  llegan al equipo de atenci\u{f3}n, y aqu\u{ed} nadie m\u{e1}s puede leerlas.",
    begin_button: "Empezar",
    question: "Pregunta",
    of: "de",
    back: "Atr\u{e1}s",
    rather_not: "Prefiero no contestar",
    only_for: (
        "Esta pregunta es solo para hombres.",
        "Esta pregunta es solo para mujeres.",
    ),
    not_mine: "Esta pregunta no es para m\u{ed}",
    next: "Siguiente",
    done: "He terminado esta p\u{e1}gina",
    open: (
        "Preguntas sin respuesta: ",
        ". No pasa nada. Puede contestarlas, o pulsar el bot\u{f3}n otra vez.",
    ),
    keeping: "Un momento\u{2026}",
    not_kept: "No se pudo guardar su respuesta. Int\u{e9}ntelo otra vez. Si no funciona, devuelva esto al personal y d\u{ed}galo.",
    again: "Intentar otra vez",
    help_title: "Gracias por dec\u{ed}rnoslo",
    help: [
        "Muchas personas tienen pensamientos como estos, y hablar de ellos ayuda. Por favor, d\u{ed}gaselo al personal cuando devuelva esto. \
         Quieren hablar con usted hoy mismo.",
        "Si necesita a alguien ahora mismo, no espere:",
    ],
    lifeline: "En espa\u{f1}ol: llame al 988 y oprima 2, o env\u{ed}e AYUDA al",
    danger: "Peligro para la vida ahora: llame al",
    clinic: "Su cl\u{ed}nica:",
    thanks_title: "Gracias",
    thanks: "Esa fue la \u{fa}ltima pregunta. Por favor, devuelva esto al personal.",
    ended: "Estas preguntas est\u{e1}n cerradas. Por favor, devuelva esto al personal.",
    staff: "Personal: desbloquear",
    to_questions: "Volver a las preguntas",
};

impl Words {
    /// That a question is for some only.
    pub fn only_for(&self, sex: &str) -> &'static str {
        match sex {
            "male" => self.only_for.0,
            _ => self.only_for.1,
        }
    }
}

/// The words of a language.
pub fn words(language: Language) -> &'static Words {
    match language {
        Language::English => &ENGLISH,
        Language::Spanish => &SPANISH,
    }
}
