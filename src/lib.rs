//! mapwright: a customer-data event goes in, the exact API requests of a destination come out; everything between is a YAML file.

pub mod check;
pub mod event;
pub mod ops;
pub mod path;
pub mod source;
pub mod template;
pub mod value;
