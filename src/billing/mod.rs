//! Countable time, the service month, payer profiles, gates.
//!
//! Reading order: [`Profile`] holds every number and says where it comes from; [`codes`] turns seconds into
//! codes; [`service_month`] counts one patient's calendar month and checks its gates; [`close_month`] does so
//! for a caseload. CPT codes are copyright of the American Medical Association: codes and minutes are here,
//! their descriptors are not.
//!
//! Nothing here ranks a patient: no worklist rule reads this room.

mod attribution;
mod claim;
mod close;
mod code;
mod codes;
mod episode;
mod fees;
mod gate;
mod gates;
mod labels;
mod month;
mod npi;
mod own;
mod profile;
mod profiles;
mod sent;
mod team;
mod values;
mod why;

pub use attribution::{Counted, NotCounted, Reason};
pub use claim::{Conflict, claim_conflicts, inspect_claim};
pub use close::{MonthRow, close_month};
pub use code::{Code, CodeUnits};
pub use codes::{InspectError, MonthKind, Next, Suggestion, Warning, codes, codes_in, inspect_codes, inspect_codes_in};
pub use episode::{GAP_SOURCE, ServiceGap, service_gap};
pub use fees::{AMOUNT_NOTE, Cents, Fees, Price};
pub use gate::{Found, Gate, GateKind, GateState};
pub use labels::{Kind, minutes_of, minutes_text};
pub use month::{Note, ServiceMonth, service_month};
pub use npi::{NpiError, check_npi};
pub use profile::{DEFAULT_PROFILE, GateRule, Profile, ProfileError, Value};
pub use profiles::Profiles;
pub use sent::{ToSend, conflicts_in_month, standing, to_send};
pub use team::Team;
pub use values::{Key, Standing};
