//! minijinja's syntax tree → [`Program`]: names are resolved by scope, and what mappings do not support is refused.

use minijinja::machinery::{Span, ast};

use super::leaf::{constant_expression, filter_use, reference};
use super::program::{Arithmetic, Comparison, Expression, FilterCall, Loop, Program, Statement, Target};
use super::scope::Scopes;
use super::value_test::test;
use super::{BadTemplate, FilterUse, Reference};

/// Maximum number of lists, maps and filters in a template with logic. Each can nest a value one level deeper.
const MAX_NESTING: usize = 500;

/// What was read of a template.
#[derive(Debug)]
pub(super) struct Lowered {
    pub(super) program: Program,
    pub(super) references: Vec<Reference>,
    pub(super) filters: Vec<FilterUse>,
}

/// Converts a template.
///
/// # Errors
/// If it contains a construct that mappings do not support.
pub(super) fn lower(tree: &ast::Stmt<'_>, text: &str) -> Result<Lowered, BadTemplate> {
    let mut lowering = Lowering {
        text,
        references: Vec::new(),
        filters: Vec::new(),
        scopes: Scopes::default(),
        loops: 0,
        nesting: 0,
        refused: None,
    };
    lowering.scopes.open();
    let mut body = Vec::new();
    lowering.statement(tree, &mut body);
    if let Some(refused) = lowering.refused {
        return Err(refused);
    }
    let program = Program { body, variables: lowering.scopes.count() };
    Ok(Lowered { program, references: lowering.references, filters: lowering.filters })
}

struct Lowering<'t> {
    text: &'t str,
    references: Vec<Reference>,
    filters: Vec<FilterUse>,
    scopes: Scopes,
    /// The number of loops around the current statement.
    loops: usize,
    nesting: usize,
    /// The first thing that is not supported.
    refused: Option<BadTemplate>,
}

impl Lowering<'_> {
    fn refuse(&mut self, span: Span, message: String, forbidden: bool) {
        let range = span.start_offset as usize..span.end_offset as usize;
        self.refused.get_or_insert(BadTemplate { message, range, forbidden });
    }

    fn forbid(&mut self, span: Span, what: &str) {
        self.refuse(span, format!("{what} is not supported in templates"), true);
    }

    fn nest(&mut self, span: Span) {
        self.nesting += 1;
        if self.nesting > MAX_NESTING {
            self.refuse(span, format!("a template has at most {MAX_NESTING} lists, maps and filters"), false);
        }
    }

    fn statements(&mut self, statements: &[ast::Stmt<'_>]) -> Vec<Statement> {
        let mut lowered = Vec::with_capacity(statements.len());
        for statement in statements {
            self.statement(statement, &mut lowered);
        }
        lowered
    }

    fn statement(&mut self, statement: &ast::Stmt<'_>, lowered: &mut Vec<Statement>) {
        lowered.push(match statement {
            ast::Stmt::Template(template) => {
                lowered.extend(self.statements(&template.children));
                return;
            }
            ast::Stmt::EmitRaw(raw) => Statement::Text(raw.raw.to_owned()),
            ast::Stmt::EmitExpr(emit) => Statement::Print(self.expression(&emit.expr)),
            ast::Stmt::ForLoop(each) => Statement::For(Box::new(self.each(each))),
            ast::Stmt::IfCond(choice) => {
                let condition = self.expression(&choice.expr);
                self.scopes.open_branch();
                let then = self.statements(&choice.true_body);
                let otherwise = self.statements(&choice.false_body);
                self.scopes.close_branch();
                Statement::If { condition, then, otherwise }
            }
            ast::Stmt::WithBlock(with) => {
                self.scopes.open();
                let mut body = Vec::new();
                for (target, value) in &with.assignments {
                    let value = self.expression(value);
                    body.push(Statement::Set(self.target(target), value));
                }
                body.extend(self.statements(&with.body));
                self.scopes.close();
                Statement::Block(body)
            }
            ast::Stmt::Set(set) => {
                let value = self.expression(&set.expr);
                Statement::Set(self.target(&set.target), value)
            }
            ast::Stmt::SetBlock(set) => {
                self.scopes.open();
                let body = self.statements(&set.body);
                self.scopes.close();
                let filters = set.filter.as_ref().map(|filters| self.expression(filters));
                Statement::Capture { target: Some(self.target(&set.target)), body, filters }
            }
            ast::Stmt::FilterBlock(block) => {
                self.scopes.open();
                let body = self.statements(&block.body);
                self.scopes.close();
                let filters = Some(self.expression(&block.filter));
                Statement::Capture { target: None, body, filters }
            }
            ast::Stmt::AutoEscape(block) => return self.forbid(block.span(), "`autoescape`"),
            ast::Stmt::Do(call) => return self.forbid(call.span(), "`do`"),
        });
    }

    fn each(&mut self, each: &ast::Spanned<ast::ForLoop<'_>>) -> Loop {
        let items = self.expression(&each.iter);
        let first = self.scopes.count();
        self.scopes.open();
        let target = self.target(&each.target);
        let filter = each.filter_expr.as_ref().map(|filter| self.expression(filter));
        let state = self.scopes.set("loop");
        let depth = self.loops;
        self.loops += 1;
        let body = self.statements(&each.body);
        self.loops = depth;
        let state = Some(state).filter(|state| self.scopes.is_used(*state));
        self.scopes.close();
        let variables = first..self.scopes.count();
        self.scopes.open_branch();
        let otherwise = self.statements(&each.else_body);
        self.scopes.close_branch();
        Loop { target, items, filter, body, otherwise, variables, state, depth }
    }

    fn target(&mut self, target: &ast::Expr<'_>) -> Target {
        match target {
            ast::Expr::Var(name) => Target::Variable(self.scopes.set(name.id)),
            ast::Expr::List(list) => Target::List(list.items.iter().map(|item| self.target(item)).collect()),
            ast::Expr::Tuple(tuple) => {
                Target::List(tuple.items.iter().map(|item| self.target(item)).collect())
            }
            other => {
                self.forbid(other.span(), "an assignment to anything but a name");
                Target::List(Vec::new())
            }
        }
    }

    fn boxed(&mut self, expr: &ast::Expr<'_>) -> Box<Expression> {
        Box::new(self.expression(expr))
    }

    fn expression(&mut self, expr: &ast::Expr<'_>) -> Expression {
        if let Some(reference) = reference(expr) {
            return self.name(reference);
        }
        match expr {
            // A reference, which was handled above.
            ast::Expr::Var(_) => Expression::Null,
            ast::Expr::Const(constant) => constant_expression(constant, self.text),
            ast::Expr::Slice(slice) => {
                let bounds = [&slice.start, &slice.stop, &slice.step];
                let value = self.boxed(&slice.expr);
                Expression::Slice(value, bounds.map(|bound| bound.as_ref().map(|bound| self.boxed(bound))))
            }
            ast::Expr::UnaryOp(unary) => {
                let value = self.boxed(&unary.expr);
                match unary.op {
                    ast::UnaryOpKind::Not => Expression::Not(value),
                    ast::UnaryOpKind::Neg => Expression::Negate(value),
                }
            }
            ast::Expr::BinOp(binary) => self.binary(binary),
            ast::Expr::Compare(compare) => {
                let first = self.boxed(&compare.expr);
                let rest = compare.ops.iter().map(|op| (comparison(op.op), self.expression(&op.expr)));
                Expression::Compare(first, rest.collect())
            }
            ast::Expr::IfExpr(choice) => Expression::Choice {
                condition: self.boxed(&choice.test_expr),
                then: self.boxed(&choice.true_expr),
                otherwise: choice.false_expr.as_ref().map(|otherwise| self.boxed(otherwise)),
            },
            ast::Expr::Filter(filter) => {
                self.nest(filter.span());
                let input = filter.expr.as_ref().map_or(Expression::Captured, |expr| self.expression(expr));
                self.filters.push(filter_use(filter, self.text));
                let index = self.filters.len() - 1;
                let (positional, named) = self.arguments(&filter.args, filter.span());
                Expression::Filter(Box::new(FilterCall { filter: index, input, positional, named }))
            }
            ast::Expr::Test(used) => self.test(used),
            ast::Expr::GetAttr(get) => Expression::Member(self.boxed(&get.expr), get.name.to_owned()),
            ast::Expr::GetItem(get) => {
                Expression::Item(self.boxed(&get.expr), self.boxed(&get.subscript_expr))
            }
            ast::Expr::Call(call) => {
                self.forbid(call.span(), "a call with `( )`");
                Expression::Null
            }
            ast::Expr::List(list) => {
                self.nest(list.span());
                Expression::List(list.items.iter().map(|item| self.expression(item)).collect())
            }
            ast::Expr::Tuple(tuple) => {
                self.nest(tuple.span());
                Expression::List(tuple.items.iter().map(|item| self.expression(item)).collect())
            }
            ast::Expr::Map(map) => {
                self.nest(map.span());
                let members = map.keys.iter().zip(&map.values);
                Expression::Map(
                    members.map(|(key, value)| (self.expression(key), self.expression(value))).collect(),
                )
            }
        }
    }

    /// What a name with the steps after it stands for.
    fn name(&mut self, reference: Reference) -> Expression {
        let variables = self.scopes.find(&reference.name);
        let steps = reference.steps.clone();
        // A variable that is set in a branch only: elsewhere, the name keeps its meaning around it.
        let around = match variables.last() {
            Some(outermost) if outermost.always_set => None,
            outermost => {
                let optional = outermost.is_some();
                self.references.push(Reference { optional, ..reference });
                Some(Expression::Reference(self.references.len() - 1))
            }
        };
        let meaning = variables.iter().rev().fold(around, |unset, variable| {
            let unset = unset.map(Box::new);
            Some(Expression::Variable { index: variable.index, steps: steps.clone(), unset })
        });
        meaning.unwrap_or(Expression::Null)
    }

    fn binary(&mut self, binary: &ast::BinOp<'_>) -> Expression {
        let (left, right) = (self.boxed(&binary.left), self.boxed(&binary.right));
        let compare =
            |comparison, left, right: Box<Expression>| Expression::Compare(left, vec![(comparison, *right)]);
        match binary.op {
            ast::BinOpKind::Eq => compare(Comparison::Equal, left, right),
            ast::BinOpKind::Ne => compare(Comparison::NotEqual, left, right),
            ast::BinOpKind::Lt => compare(Comparison::Less, left, right),
            ast::BinOpKind::Lte => compare(Comparison::AtMost, left, right),
            ast::BinOpKind::Gt => compare(Comparison::More, left, right),
            ast::BinOpKind::Gte => compare(Comparison::AtLeast, left, right),
            ast::BinOpKind::In => compare(Comparison::In, left, right),
            ast::BinOpKind::ScAnd => Expression::And(left, right),
            ast::BinOpKind::ScOr => Expression::Or(left, right),
            ast::BinOpKind::Add => Expression::Arithmetic(Arithmetic::Add, left, right),
            ast::BinOpKind::Sub => Expression::Arithmetic(Arithmetic::Subtract, left, right),
            ast::BinOpKind::Mul => Expression::Arithmetic(Arithmetic::Multiply, left, right),
            ast::BinOpKind::Div => Expression::Arithmetic(Arithmetic::Divide, left, right),
            ast::BinOpKind::FloorDiv => Expression::Arithmetic(Arithmetic::DivideWhole, left, right),
            ast::BinOpKind::Rem => Expression::Arithmetic(Arithmetic::Remainder, left, right),
            ast::BinOpKind::Pow => Expression::Arithmetic(Arithmetic::Power, left, right),
            ast::BinOpKind::Concat => Expression::Concat(left, right),
        }
    }

    fn test(&mut self, used: &ast::Spanned<ast::Test<'_>>) -> Expression {
        let value = self.boxed(&used.expr);
        let (mut positional, named) = self.arguments(&used.args, used.span());
        let Some(test) = test(used.name) else {
            self.refuse(used.span(), format!("there is no test called `{}` for `is`", used.name), false);
            return Expression::Null;
        };
        if positional.len() != usize::from(test.takes_argument) || !named.is_empty() {
            let number = if test.takes_argument { "one argument" } else { "no argument" };
            self.refuse(used.span(), format!("`is {}` takes {number}", used.name), false);
        }
        Expression::Test { test, value, argument: positional.pop().map(Box::new) }
    }

    /// The positional and the named arguments.
    fn arguments(
        &mut self,
        args: &[ast::CallArg<'_>],
        span: Span,
    ) -> (Vec<Expression>, Vec<(String, Expression)>) {
        let (mut positional, mut named) = (Vec::new(), Vec::new());
        for arg in args {
            match arg {
                ast::CallArg::Pos(expr) => positional.push(self.expression(expr)),
                ast::CallArg::Kwarg(name, expr) => named.push(((*name).to_owned(), self.expression(expr))),
                ast::CallArg::PosSplat(_) | ast::CallArg::KwargSplat(_) => {
                    self.forbid(span, "`*` before an argument");
                }
            }
        }
        (positional, named)
    }
}

fn comparison(op: ast::CompareOpKind) -> Comparison {
    match op {
        ast::CompareOpKind::Eq => Comparison::Equal,
        ast::CompareOpKind::Ne => Comparison::NotEqual,
        ast::CompareOpKind::Lt => Comparison::Less,
        ast::CompareOpKind::Lte => Comparison::AtMost,
        ast::CompareOpKind::Gt => Comparison::More,
        ast::CompareOpKind::Gte => Comparison::AtLeast,
        ast::CompareOpKind::In => Comparison::In,
        ast::CompareOpKind::NotIn => Comparison::NotIn,
    }
}
