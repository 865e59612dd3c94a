//! Templates with logic as [`super::Logic`] evaluates them: every name is resolved to a variable or a reference.

use crate::path::Segment;

/// A template with logic.
#[derive(Debug, Default)]
pub struct Program {
    pub(super) body: Vec<Statement>,
    /// The number of variables that the template defines; a variable of each name and scope has its own index.
    pub(super) variables: usize,
}

#[derive(Debug)]
pub(super) enum Statement {
    Text(String),
    Print(Expression),
    If {
        condition: Expression,
        then: Vec<Statement>,
        otherwise: Vec<Statement>,
    },
    For(Box<Loop>),
    Set(Target, Expression),
    /// `{% set name %}…{% endset %}`, or `{% filter … %}` with no target, which prints the text.
    Capture {
        target: Option<Target>,
        body: Vec<Statement>,
        /// Filters, applied to [`Expression::Captured`].
        filters: Option<Expression>,
    },
    /// Statements with variables of their own.
    Block(Vec<Statement>),
}

#[derive(Debug)]
pub(super) struct Loop {
    pub(super) target: Target,
    pub(super) items: Expression,
    pub(super) filter: Option<Expression>,
    pub(super) body: Vec<Statement>,
    pub(super) otherwise: Vec<Statement>,
    /// The variables of one iteration.
    pub(super) variables: std::ops::Range<usize>,
    /// The variable `loop`, if it is used.
    pub(super) state: Option<usize>,
    /// The number of loops around this one.
    pub(super) depth: usize,
}

/// What a value is assigned to.
#[derive(Debug)]
pub(super) enum Target {
    Variable(usize),
    /// The elements of a list.
    List(Vec<Target>),
}

#[derive(Debug)]
pub(super) enum Expression {
    Null,
    Bool(bool),
    Text(String),
    /// The JSON number as it is written.
    Number(String),
    /// The text of the body in [`Statement::Capture`].
    Captured,
    /// A value of the mapping or the event: an index into [`super::Parsed::references`].
    Reference(usize),
    Variable {
        index: usize,
        steps: Vec<Segment>,
        /// What the name stands for where the variable is not set, if it is not always set.
        unset: Option<Box<Expression>>,
    },
    Member(Box<Expression>, String),
    Item(Box<Expression>, Box<Expression>),
    Slice(Box<Expression>, [Option<Box<Expression>>; 3]),
    Not(Box<Expression>),
    Negate(Box<Expression>),
    And(Box<Expression>, Box<Expression>),
    Or(Box<Expression>, Box<Expression>),
    Arithmetic(Arithmetic, Box<Expression>, Box<Expression>),
    Concat(Box<Expression>, Box<Expression>),
    /// `a < b <= c`
    Compare(Box<Expression>, Vec<(Comparison, Expression)>),
    Choice {
        condition: Box<Expression>,
        then: Box<Expression>,
        otherwise: Option<Box<Expression>>,
    },
    Filter(Box<FilterCall>),
    Test {
        test: &'static super::value_test::Test,
        value: Box<Expression>,
        argument: Option<Box<Expression>>,
    },
    List(Vec<Expression>),
    Map(Vec<(Expression, Expression)>),
}

#[derive(Debug)]
pub(super) struct FilterCall {
    /// An index into [`super::Parsed::filters`].
    pub(super) filter: usize,
    pub(super) input: Expression,
    pub(super) positional: Vec<Expression>,
    pub(super) named: Vec<(String, Expression)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    DivideWhole,
    Remainder,
    Power,
}

impl Arithmetic {
    /// As it is written.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::DivideWhole => "//",
            Self::Remainder => "%",
            Self::Power => "**",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
    In,
    NotIn,
}
