//! Countable time, the service month, payer profiles, gates.
//!
//! Reading order: [`Profile`] holds every number and says where it comes from; [`codes`] turns seconds into
//! codes; [`service_month`] counts one patient's calendar month and checks its gates; [`close_month`] does so
//! for a caseload. CPT codes are copyright of the American Medical Association: codes and minutes are here,
//! their descriptors are not.
//!
//! Nothing here ranks a patient: no worklist rule reads this room.

mod attribution;
mod close;
mod codes;
mod episode;
mod gates;
mod month;
mod profile;
mod team;
mod values;
mod why;

pub use attribution::{Counted, NotCounted, Reason};
pub use close::{MonthRow, close_month};
pub use codes::{Code, CodeUnits, InspectError, MonthKind, Next, Suggestion, Warning, codes, inspect_codes};
pub use episode::{GAP_SOURCE, ServiceGap, service_gap};
pub use gates::{Found, Gate, GateKind, GateState};
pub use month::{Note, ServiceMonth, service_month};
pub use profile::{DEFAULT_PROFILE, GateRule, Profile, ProfileError, Profiles, Value};
pub use team::Team;
pub use values::{Key, Standing};
