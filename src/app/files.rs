//! Files that the core makes, on their way to the browser.

use super::browser;
use super::state::Desk;
use crate::registry::{Failure, Request, Response, Scope};

/// A file that the core made.
pub struct MadeFile {
    /// Under which name it is saved.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Whether it holds the whole registry.
    pub whole: bool,
}

impl Desk {
    /// Asks the core for a file and gives it to the browser to save; says under which name.
    ///
    /// # Errors
    /// What the core answers; [`Failure::Browser`] when the browser refuses to save.
    pub async fn save_file(&self, request: Request) -> Result<String, Failure> {
        self.hand_out(self.make_file(request).await?).await
    }

    /// Asks the core for a file.
    ///
    /// # Errors
    /// What the core answers.
    pub async fn make_file(&self, request: Request) -> Result<MadeFile, Failure> {
        let whole = matches!(request, Request::Export(Scope::All));
        let (Response::File { name, media }, bytes) = self.core().ask_file(request).await? else {
            return Err(Failure::File("The file could not be made. Try again.".to_owned()));
        };
        Ok(MadeFile {
            name,
            media,
            bytes,
            whole,
        })
    }

    /// Gives a file to the browser to save; says under which name. A file of the whole registry is a backup, and is
    /// remembered as one.
    ///
    /// # Errors
    /// [`Failure::Browser`] when the browser refuses to save.
    pub async fn hand_out(&self, file: MadeFile) -> Result<String, Failure> {
        let MadeFile {
            name,
            media,
            bytes,
            whole,
        } = file;
        browser::save_file(&name, &media, &bytes).map_err(|_error| {
            Failure::Browser("The browser refused to save the file. Nothing was changed.".to_owned())
        })?;
        if whole {
            self.core().ask(Request::BackedUp).await?;
            self.changed();
        }
        Ok(name)
    }
}
