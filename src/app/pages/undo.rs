//! Hiding the last import or merge again.

use leptos::prelude::*;

use crate::app::state::Desk;
use crate::registry::{Failure, Request, Response};

/// Hides the last import or merge; what was written since stays. Every page asks again.
///
/// # Errors
/// What the core answers; [`Failure::Nothing`] when nothing was imported or merged since the registry was opened.
pub async fn undo_last(desk: Desk) -> Result<(), Failure> {
    desk.ask(Request::UndoImport).await?;
    if let Ok(Response::Triage(left)) = desk.ask(Request::Triage).await {
        desk.untriaged().set(u32::try_from(left.len()).unwrap_or(u32::MAX));
    }
    desk.changed();
    Ok(())
}
