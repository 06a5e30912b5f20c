//! The grammar of tags, attributes, text and holes, over the tokens of one group (chumsky).
//!
//! It is flat: a group is a list of items, and which tag closes which the lexer has settled. What is right, as nearly all groups
//! are, is read in one pass without it; a group that this refuses is parsed with the grammar, which takes whatever the lexer gives
//! and reports each mistake in a tag as a problem of its own. Refuses to look at the text.

use crate::lexer::token::{Kind, Token};
use crate::{SyntaxProblem, SyntaxProblemKind};
use chumsky::error::{Error, LabelError};
use chumsky::extra::{Err as Fails, ParserExtra};
use chumsky::input::Input;
use chumsky::prelude::*;
use chumsky::util::MaybeRef;

/// A piece of a group.
#[derive(Debug)]
pub(crate) enum Item {
    /// A token that is a piece by itself.
    Leaf(Token),
    Open(OpenTag),
    /// A closing tag, or where a missing one is taken to stand.
    Close(Token),
}

/// An opening tag.
#[derive(Debug)]
pub(crate) struct OpenTag {
    pub(crate) start: Token,
    pub(crate) attributes: Vec<RawAttribute>,
    pub(crate) end: Token,
}

/// An attribute as tokens: a name and perhaps a value, or a hole by itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawAttribute {
    pub(crate) name: Option<Token>,
    pub(crate) value: Option<Token>,
}

/// What the lenient grammar reports.
#[derive(Clone, Debug)]
struct Mistake(Option<SyntaxProblem>);

impl<'a, I: Input<'a>> Error<'a, I> for Mistake {}

impl<'a, I: Input<'a>, L> LabelError<'a, I, L> for Mistake {
    fn expected_found<E: IntoIterator<Item = L>>(
        _: E,
        _: Option<MaybeRef<'a, I::Token>>,
        _: I::Span,
    ) -> Self {
        Self(None)
    }
}

/// Parses the tokens of a group; what is wrong goes to `problems`.
pub(crate) fn parse(tokens: &[Token], problems: &mut Vec<SyntaxProblem>) -> Vec<Item> {
    if let Some(items) = read_right(tokens) {
        return items;
    }
    let (items, mistakes) = lenient().parse(tokens).into_output_errors();
    problems.extend(mistakes.into_iter().filter_map(|Mistake(problem)| problem));
    // The lenient grammar takes every token that the lexer makes, in any order that it makes them in; the properties test it.
    items.unwrap_or_default()
}

/// Reads a group without a mistake; nothing where the grammar would report one.
fn read_right(tokens: &[Token]) -> Option<Vec<Item>> {
    let mut items = Vec::with_capacity(tokens.len() / 2);
    let mut rest = tokens.iter();
    while let Some(token) = rest.next() {
        items.push(match token.kind {
            Kind::TagStart => Item::Open(read_right_tag(*token, &mut rest)?),
            Kind::CloseTag | Kind::MissingCloseTag => Item::Close(*token),
            kind if is_leaf(kind) => Item::Leaf(*token),
            _ => return None,
        });
    }
    Some(items)
}

fn read_right_tag(start: Token, rest: &mut std::slice::Iter<'_, Token>) -> Option<OpenTag> {
    let mut attributes = Vec::new();
    loop {
        let token = *rest.next()?;
        attributes.push(match token.kind {
            kind if is_tag_end(kind) => return Some(OpenTag { start, attributes, end: token }),
            Kind::Name if rest.as_slice().first().is_some_and(|next| next.kind == Kind::Equals) => {
                let value =
                    rest.nth(1).filter(|value| is_value(value.kind) && value.kind != Kind::EmptyHole)?;
                RawAttribute { name: Some(token), value: Some(*value) }
            }
            Kind::Name => RawAttribute { name: Some(token), value: None },
            Kind::Hole | Kind::OpenHole => RawAttribute { name: None, value: Some(token) },
            _ => return None,
        });
    }
}

fn lenient<'a>() -> impl Parser<'a, &'a [Token], Vec<Item>, Fails<Mistake>> {
    let equals = || kind(|kind| kind == Kind::Equals);
    let any_value = || kind(|kind| is_value(kind) || kind == Kind::Unquoted);
    let named = kind(|kind| kind == Kind::Name).then(equals().then(any_value().or_not()).or_not()).validate(
        |(name, rest), _, emitter| {
            match rest {
                Some((equals, None)) => {
                    emitter.emit(mistake(name.span().cover(equals.span()), SyntaxProblemKind::MissingValue));
                }
                Some((_, Some(value))) if value.kind == Kind::Unquoted => {
                    emitter.emit(mistake(value.span(), SyntaxProblemKind::UnquotedValue));
                }
                Some((_, Some(value))) if value.kind == Kind::EmptyHole => {
                    emitter.emit(mistake(value.span(), SyntaxProblemKind::EmptyExpression));
                }
                _ => {}
            }
            Some(RawAttribute { name: Some(name), value: rest.and_then(|(_, value)| value) })
        },
    );
    let hole = kind(|kind| matches!(kind, Kind::Hole | Kind::OpenHole))
        .map(|hole| Some(RawAttribute { name: None, value: Some(hole) }));
    let empty = kind(|kind| kind == Kind::EmptyHole).validate(|hole, _, emitter| {
        emitter.emit(mistake(hole.span(), SyntaxProblemKind::EmptyExpression));
        None
    });
    let junk = kind(|kind| kind == Kind::Junk).validate(|junk, _, emitter| {
        emitter.emit(mistake(junk.span(), SyntaxProblemKind::UnexpectedInTag));
        None
    });
    let nameless = equals().then(any_value().or_not()).validate(|(equals, value), _, emitter| {
        let span = value.map_or(equals.span(), |value| equals.span().cover(value.span()));
        emitter.emit(mistake(span, SyntaxProblemKind::UnexpectedInTag));
        None
    });
    let attributes =
        choice((named, hole, empty, junk, nameless)).repeated().collect::<Vec<Option<RawAttribute>>>();
    items(attributes.map(|attributes| attributes.into_iter().flatten().collect()))
}

fn items<'a, X: ParserExtra<'a, &'a [Token]>>(
    attributes: impl Parser<'a, &'a [Token], Vec<RawAttribute>, X>,
) -> impl Parser<'a, &'a [Token], Vec<Item>, X> {
    let end = kind(is_tag_end);
    let tag = kind(|kind| kind == Kind::TagStart)
        .then(attributes)
        .then(end)
        .map(|((start, attributes), end)| Item::Open(OpenTag { start, attributes, end }));
    let close = kind(|kind| matches!(kind, Kind::CloseTag | Kind::MissingCloseTag)).map(Item::Close);
    choice((kind(is_leaf).map(Item::Leaf), tag, close)).repeated().collect()
}

/// One token of a kind.
fn kind<'a, X: ParserExtra<'a, &'a [Token]>>(
    wanted: impl Fn(Kind) -> bool + Copy,
) -> impl Parser<'a, &'a [Token], Token, X> + Copy {
    chumsky::primitive::select(move |token: Token, _| wanted(token.kind).then_some(token))
}

fn is_tag_end(kind: Kind) -> bool {
    matches!(kind, Kind::TagEnd | Kind::SelfClosingEnd | Kind::VoidEnd)
}

fn is_leaf(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Text
            | Kind::Comment
            | Kind::OpenComment
            | Kind::Doctype
            | Kind::RawText
            | Kind::Stray
            | Kind::Code
            | Kind::BlankCode
            | Kind::Hole
            | Kind::EmptyHole
            | Kind::OpenHole
    )
}

fn is_value(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Quoted
            | Kind::OpenQuoted
            | Kind::Hole
            | Kind::EmptyHole
            | Kind::OpenHole
            | Kind::ElementValue
            | Kind::Template
    )
}

fn mistake(span: velox_diagnostics::Span, kind: SyntaxProblemKind) -> Mistake {
    Mistake(Some(SyntaxProblem { span, kind }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexer::{Dialect, lex};

    /// What is read without the grammar is what the grammar makes of it, and it is read so where the grammar has nothing to report.
    #[test]
    fn a_right_group_is_read_as_the_grammar_reads_it() {
        let texts = [
            "text <p class=\"a\" {...rest} hidden id={x}>a<br/>{b}</p><!-- c --><input disabled>",
            "{items.map((item) => <li key={item.id} {item}>{item.a && <b title=`x${y}`>!</b>}</li>)}",
            "<Card icon=<b/> /><></><p",
            "<p a=b c= {} = $ {/* */} d={}>x</p></i>",
        ];
        for text in texts {
            let lexed = lex(text, Dialect::Template);
            for group in &lexed.groups {
                let tokens = &lexed.tokens[group.clone()];
                let (items, mistakes) = lenient().parse(tokens).into_output_errors();
                match read_right(tokens) {
                    Some(right) => {
                        assert_eq!(
                            format!("{right:?}"),
                            format!("{:?}", items.unwrap_or_default()),
                            "{text}"
                        );
                        assert!(mistakes.is_empty(), "{text}: {mistakes:?}");
                    }
                    None => assert!(!mistakes.is_empty(), "{text}"),
                }
            }
        }
    }
}
