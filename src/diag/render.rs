//! stub
use super::*;
/// h
pub fn human(_: &[Diagnostic], _: &Sources, _: bool, _: Option<usize>) -> String {
    String::new()
}
/// h
pub fn json(_: &[Diagnostic], _: &Sources) -> String {
    String::new()
}
/// h
pub fn sarif(_: &[Diagnostic], _: &Sources) -> String {
    String::new()
}
/// h
pub fn github(_: &[Diagnostic], _: &Sources) -> String {
    String::new()
}
