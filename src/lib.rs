#![doc = include_str!("../docs/embedding.md")]

mod abstract_value;
#[cfg(test)]
mod agreement;
mod analysis;
mod arena;
mod cases;
mod check;
mod compile;
mod contract;
mod diag;
mod display;
mod json;
mod limits;
mod lint;
mod loaded;
mod ops;
mod path;
mod plan;
mod predicate;
mod profile;
mod report;
mod request;
mod run;
mod schema;
mod source;
mod syntax;
mod template;
mod trace;
mod transform;
mod value;
mod wire;

#[doc(hidden)]
pub mod internal;

pub use loaded::{LoadError, Loaded, load};
pub use plan::RefusalKind;
pub use request::{BodyFormat, Json, Request};
pub use run::{Outcome, Refusal};
pub use syntax::Files;
pub use transform::{Answer, Engine, Settings, SettingsError, Worker};
