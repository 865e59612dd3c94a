//! Plan × event → requests, or one error.
//!
//! Nothing here reads a clock, a file or chance: the same line gives the same bytes.

mod choose;
mod condition;
mod evaluate;
mod event;
mod locate;
mod merge;
mod observer;
mod pipeline;
mod prepare;
mod refusal;
mod request;
mod settings;
mod text;
mod write;

pub(crate) use evaluate::Run;
pub use event::Outcome;
pub(crate) use event::run_event;
pub(crate) use observer::{Observation, Observer, Subject};
pub use refusal::Refusal;
pub(crate) use refusal::RefusalKind;
pub(crate) use settings::PreparedSettings;
