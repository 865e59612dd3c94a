//! Runs a plan on an event: the result is requests, or one refusal.
//!
//! Nothing here reads a clock, a file, the environment or a random number: the same line gives the same bytes.
//!
//! `event` is in control: it applies `prepare`, tries the `candidates` and writes the `request`s of the rule that matches.
//! All of them evaluate values and conditions through the `evaluator`, whose fields are private to it.

mod cache;
mod candidates;
mod evaluator;
mod event;
mod event_paths;
mod inputs;
mod observer;
mod prepare;
mod prepare_settings;
mod refusal;
mod request;
mod setting_check;
mod settings;
mod shown_requests;
mod url_writer;

pub(crate) use evaluator::Evaluator;
pub use event::Outcome;
pub(crate) use event::run_event;
pub(crate) use inputs::Inputs;
pub(crate) use observer::{Observation, Observer, Subject};
pub(crate) use prepare_settings::prepare_settings;
pub use refusal::Refusal;
pub(crate) use refusal::RefusalKind;
pub(crate) use setting_check::{
    SettingProblem, expectation as setting_expectation, problem as setting_problem,
};
pub(crate) use settings::PreparedSettings;
pub(crate) use shown_requests::ShownRequests;
