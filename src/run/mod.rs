//! Plan × event → requests, or one error.
//!
//! Nothing here reads a clock, a file or chance: the same line gives the same bytes.

mod choose;
mod condition;
mod evaluate;
mod locate;
mod merge;
mod observer;
mod pipeline;
mod prepare;
mod refusal;
mod request;
mod settings;
mod text;
mod worker;
mod write;

pub use observer::{Observation, Observer, Subject};
pub use refusal::{Refusal, RefusalKind};
pub use settings::Settings;
pub use worker::{Answer, Input, Outcome, Worker};
