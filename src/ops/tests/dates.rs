//! The reader of dates.
