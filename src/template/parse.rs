//! Converts minijinja's syntax tree to what a plan needs: pieces, references to names, and filters with their arguments.

use foldhash::HashSet;
use std::ops::Range;

use minijinja::machinery::{Span, ast};

use super::{BadTemplate, Body, FilterUse, Parsed, Piece, Reference, nesting};
use crate::path::Segment;

/// Parses a template.
///
/// # Errors
/// If its syntax is invalid, it is nested too deeply, or it uses a construct that loads other templates or defines macros.
pub fn parse(text: &str) -> Result<Parsed, BadTemplate> {
    nesting::check(text)?;
    let tree = minijinja::machinery::parse(text, "template", minijinja::syntax::SyntaxConfig::default())
        .map_err(|error| syntax_error(text, &error))?;
    let mut walk = Walk {
        text,
        references: Vec::new(),
        filters: Vec::new(),
        pieces: Some(Vec::new()),
        locals: HashSet::default(),
        forbidden: None,
    };
    walk.statement(&tree);
    if let Some(forbidden) = walk.forbidden {
        return Err(forbidden);
    }
    let body = walk.pieces.map_or(Body::Logic, Body::Pieces);
    Ok(Parsed { body, references: walk.references, filters: walk.filters })
}

fn syntax_error(text: &str, error: &minijinja::Error) -> BadTemplate {
    let detail = error.detail().unwrap_or("the template is invalid");
    let forbidden = detail.contains("unknown statement");
    let message = if forbidden {
        format!("{detail}: templates support only `if`, `for`, `set` and filters")
    } else {
        format!("the template has a syntax error: {detail}")
    };
    let range = error.range().filter(|range| range.end <= text.len()).unwrap_or(0..text.len());
    BadTemplate { message, range, forbidden }
}

struct Walk<'t> {
    text: &'t str,
    references: Vec<Reference>,
    filters: Vec<FilterUse>,
    /// `None` once the template is known to contain logic.
    pieces: Option<Vec<Piece>>,
    /// The variables that the template itself defines.
    locals: HashSet<String>,
    /// The first use of an unsupported construct.
    forbidden: Option<BadTemplate>,
}

fn range(span: Span) -> Range<usize> {
    span.start_offset as usize..span.end_offset as usize
}

impl Walk<'_> {
    fn statement(&mut self, statement: &ast::Stmt<'_>) {
        match statement {
            ast::Stmt::Template(template) => self.statements(&template.children),
            ast::Stmt::EmitRaw(raw) => {
                if let Some(pieces) = &mut self.pieces {
                    pieces.push(Piece::Text(raw.raw.to_owned()));
                }
            }
            ast::Stmt::EmitExpr(emit) => {
                let piece = self.piece(&emit.expr);
                self.pieces = self.pieces.take().zip(piece).map(|(mut pieces, piece)| {
                    pieces.push(piece);
                    pieces
                });
                self.expression(&emit.expr);
            }
            ast::Stmt::ForLoop(each) => {
                self.pieces = None;
                self.expression(&each.iter);
                self.bind(&each.target);
                self.locals.insert("loop".to_owned());
                each.filter_expr.iter().for_each(|filter| self.expression(filter));
                self.statements(&each.body);
                self.statements(&each.else_body);
            }
            ast::Stmt::IfCond(condition) => {
                self.pieces = None;
                self.expression(&condition.expr);
                self.statements(&condition.true_body);
                self.statements(&condition.false_body);
            }
            ast::Stmt::WithBlock(with) => {
                self.pieces = None;
                for (target, value) in &with.assignments {
                    self.expression(value);
                    self.bind(target);
                }
                self.statements(&with.body);
            }
            ast::Stmt::Set(set) => {
                self.pieces = None;
                self.expression(&set.expr);
                self.bind(&set.target);
            }
            ast::Stmt::SetBlock(set) => {
                self.pieces = None;
                set.filter.iter().for_each(|filter| self.expression(filter));
                self.statements(&set.body);
                self.bind(&set.target);
            }
            ast::Stmt::AutoEscape(block) => self.forbid(block.span(), "autoescape"),
            ast::Stmt::FilterBlock(block) => {
                self.pieces = None;
                self.expression(&block.filter);
                self.statements(&block.body);
            }
            ast::Stmt::Do(call) => self.forbid(call.span(), "do"),
        }
    }

    fn statements(&mut self, statements: &[ast::Stmt<'_>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    fn forbid(&mut self, span: Span, what: &str) {
        self.forbidden.get_or_insert(BadTemplate {
            message: format!("`{what}` is not supported in templates"),
            range: range(span),
            forbidden: true,
        });
    }

    /// Adds the variables of an assignment target to the locals.
    fn bind(&mut self, target: &ast::Expr<'_>) {
        match target {
            ast::Expr::Var(name) => {
                self.locals.insert(name.id.to_owned());
            }
            ast::Expr::List(list) => list.items.iter().for_each(|item| self.bind(item)),
            ast::Expr::Tuple(tuple) => tuple.items.iter().for_each(|item| self.bind(item)),
            _ => {}
        }
    }

    /// Collects the references and filters of an expression.
    fn expression(&mut self, expr: &ast::Expr<'_>) {
        if let Some(reference) = Self::reference(expr) {
            if !self.locals.contains(&reference.name) {
                self.references.push(reference);
            }
            return;
        }
        match expr {
            ast::Expr::Var(_) | ast::Expr::Const(_) => {}
            ast::Expr::Slice(slice) => {
                self.expression(&slice.expr);
                [&slice.start, &slice.stop, &slice.step]
                    .into_iter()
                    .flatten()
                    .for_each(|part| self.expression(part));
            }
            ast::Expr::UnaryOp(unary) => self.expression(&unary.expr),
            ast::Expr::BinOp(binary) => {
                self.expression(&binary.left);
                self.expression(&binary.right);
            }
            ast::Expr::Compare(compare) => {
                self.expression(&compare.expr);
                compare.ops.iter().for_each(|op| self.expression(&op.expr));
            }
            ast::Expr::IfExpr(choice) => {
                self.expression(&choice.test_expr);
                self.expression(&choice.true_expr);
                choice.false_expr.iter().for_each(|part| self.expression(part));
            }
            ast::Expr::Filter(filter) => {
                filter.expr.iter().for_each(|part| self.expression(part));
                let used = self.filter(filter);
                self.filters.push(used);
                self.arguments(&filter.args);
            }
            ast::Expr::Test(test) => {
                self.expression(&test.expr);
                self.arguments(&test.args);
            }
            ast::Expr::GetAttr(get) => self.expression(&get.expr),
            ast::Expr::GetItem(get) => {
                self.expression(&get.expr);
                self.expression(&get.subscript_expr);
            }
            ast::Expr::Call(call) => self.forbid(call.span(), "a call with ( )"),
            ast::Expr::List(list) => list.items.iter().for_each(|item| self.expression(item)),
            ast::Expr::Tuple(tuple) => tuple.items.iter().for_each(|item| self.expression(item)),
            ast::Expr::Map(map) => map.keys.iter().chain(&map.values).for_each(|part| self.expression(part)),
        }
    }

    fn arguments(&mut self, args: &[ast::CallArg<'_>]) {
        for arg in args {
            match arg {
                ast::CallArg::Pos(expr)
                | ast::CallArg::Kwarg(_, expr)
                | ast::CallArg::PosSplat(expr)
                | ast::CallArg::KwargSplat(expr) => self.expression(expr),
            }
        }
    }

    /// An expression that consists only of a name and constant members or indexes.
    fn reference(expr: &ast::Expr<'_>) -> Option<Reference> {
        let span = range(expr.span());
        match expr {
            ast::Expr::Var(name) => {
                Some(Reference { name: name.id.to_owned(), steps: Vec::new(), range: span })
            }
            ast::Expr::GetAttr(get) => {
                let mut inner = Self::reference(&get.expr)?;
                inner.steps.push(Segment::Name(get.name.into()));
                inner.range.end = span.end;
                Some(inner)
            }
            ast::Expr::GetItem(get) => {
                let mut inner = Self::reference(&get.expr)?;
                let ast::Expr::Const(index) = &get.subscript_expr else { return None };
                inner.steps.push(match (index.value.as_str(), i64::try_from(index.value.clone())) {
                    (Some(name), _) => Segment::Name(name.into()),
                    (None, Ok(index)) => Segment::Index(index),
                    _ => return None,
                });
                inner.range.end = span.end;
                Some(inner)
            }
            _ => None,
        }
    }

    /// The expression as a piece, if it is only a constant, or a reference with filters and `or`.
    fn piece(&self, expr: &ast::Expr<'_>) -> Option<Piece> {
        match expr {
            ast::Expr::Const(constant) if !constant.value.is_undefined() => {
                Some(Piece::Text(constant.value.to_string()))
            }
            ast::Expr::BinOp(binary) if matches!(binary.op, ast::BinOpKind::ScOr) => {
                let mut left = self.piece(&binary.left)?;
                let mut last = &mut left;
                while let Piece::Value { otherwise: Some(next), .. } = last {
                    last = next;
                }
                let Piece::Value { otherwise, .. } = last else { return None };
                *otherwise = Some(Box::new(self.piece(&binary.right)?));
                Some(left)
            }
            ast::Expr::Filter(filter) => {
                let Piece::Value { value, mut filters, otherwise: None } =
                    self.piece(filter.expr.as_ref()?)?
                else {
                    return None;
                };
                let used = self.filter(filter);
                if !used.constant {
                    return None;
                }
                filters.push(used);
                Some(Piece::Value { value, filters, otherwise: None })
            }
            _ => {
                let value = Self::reference(expr)?;
                (!self.locals.contains(&value.name)).then(|| Piece::Value {
                    value,
                    filters: Vec::new(),
                    otherwise: None,
                })
            }
        }
    }

    fn filter(&self, filter: &ast::Spanned<ast::Filter<'_>>) -> FilterUse {
        let (mut positional, mut named, mut constant) = (Vec::new(), serde_json::Map::new(), true);
        for arg in &filter.args {
            match arg {
                ast::CallArg::Pos(expr) => match expr.as_const().and_then(|value| json(&value)) {
                    Some(value) => positional.push(value),
                    None => constant = false,
                },
                ast::CallArg::Kwarg(name, expr) => match expr.as_const().and_then(|value| json(&value)) {
                    Some(value) => drop(named.insert((*name).to_owned(), value)),
                    None => constant = false,
                },
                ast::CallArg::PosSplat(_) | ast::CallArg::KwargSplat(_) => constant = false,
            }
        }
        let argument = match (constant, positional.len(), named.is_empty()) {
            (false, ..) | (true, 0, true) => None,
            (true, 1, true) => positional.pop(),
            (true, _, true) => Some(serde_json::Value::Array(positional)),
            (true, _, false) => Some(serde_json::Value::Object(named)),
        };
        FilterUse { name: filter.name.to_owned(), argument, constant, range: self.name_range(filter) }
    }

    /// The byte range of the filter's name, which is searched for after the filtered expression.
    fn name_range(&self, filter: &ast::Spanned<ast::Filter<'_>>) -> Range<usize> {
        let whole = range(filter.span());
        let from = filter.expr.as_ref().map_or(whole.start, |inner| inner.span().end_offset as usize);
        let position = self.text.get(from..).and_then(|rest| rest.find(filter.name));
        position.map_or(whole, |offset| from + offset..from + offset + filter.name.len())
    }
}

/// A constant as JSON; `None` for values that JSON cannot represent.
fn json(value: &minijinja::Value) -> Option<serde_json::Value> {
    use minijinja::value::ValueKind;
    match value.kind() {
        ValueKind::None => Some(serde_json::Value::Null),
        ValueKind::Bool => Some(value.is_true().into()),
        ValueKind::Number => match i64::try_from(value.clone()) {
            Ok(number) => Some(number.into()),
            // Infinity cannot be represented, and must not silently become another value.
            Err(_) => serde_json::Number::from_f64(f64::try_from(value.clone()).ok()?).map(Into::into),
        },
        ValueKind::String => value.as_str().map(Into::into),
        ValueKind::Seq | ValueKind::Iterable => {
            value.try_iter().ok()?.map(|item| json(&item)).collect::<Option<Vec<_>>>().map(Into::into)
        }
        ValueKind::Map => {
            let mut members = serde_json::Map::new();
            for key in value.try_iter().ok()? {
                let member = json(&value.get_item(&key).ok()?)?;
                members.insert(key.as_str()?.to_owned(), member);
            }
            Some(members.into())
        }
        _ => None,
    }
}
