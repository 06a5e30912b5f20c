//! The grammar of tags, attributes, text and holes, over the tokens of one group (chumsky).
//!
//! It is flat: a group is a list of items, and which tag closes which the lexer has settled. What is right, as nearly all groups
//! are, needs no grammar: the tokens are read as they stand. Any other group is parsed with the grammar, which takes whatever the
//! lexer gives and reports each mistake in a tag as a problem of its own. Refuses to look at the text.

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

/// Parses a group with a mistake in it; what is wrong goes to `problems`.
pub(crate) fn parse(tokens: &[Token], problems: &mut Vec<SyntaxProblem>) -> Vec<Item> {
    let (items, mistakes) = lenient().parse(tokens).into_output_errors();
    problems.extend(mistakes.into_iter().filter_map(|Mistake(problem)| problem));
    // The lenient grammar takes every token that the lexer makes, in any order that it makes them in; the properties test it.
    items.unwrap_or_default()
}

/// Whether a group holds no mistake that the grammar would report. Its tokens are read as they are then: each is an item, but for
/// those between [`Kind::TagStart`] and the next [`is_tag_end`], which are [`attributes`].
pub(crate) fn is_right(tokens: &[Token]) -> bool {
    let mut in_tag = false;
    let mut rest = tokens.iter();
    while let Some(token) = rest.next() {
        match token.kind {
            Kind::Name if in_tag => {
                if rest.as_slice().first().is_some_and(|next| next.kind == Kind::Equals)
                    && !rest.nth(1).is_some_and(|value| is_value(value.kind) && value.kind != Kind::EmptyHole)
                {
                    return false;
                }
            }
            Kind::Hole | Kind::OpenHole => {}
            kind if in_tag && is_tag_end(kind) => in_tag = false,
            kind if in_tag || !(is_leaf(kind) || is_open_or_close(kind)) => return false,
            kind => in_tag = kind == Kind::TagStart,
        }
    }
    !in_tag
}

/// The attributes of a tag in a group that [`is_right`].
pub(crate) fn attributes(tokens: &[Token]) -> impl Iterator<Item = RawAttribute> {
    let mut rest = tokens.iter();
    std::iter::from_fn(move || {
        let token = *rest.next()?;
        if token.kind != Kind::Name {
            return Some(RawAttribute { name: None, value: Some(token) });
        }
        let equals = rest.as_slice().first().is_some_and(|next| next.kind == Kind::Equals);
        Some(RawAttribute { name: Some(token), value: if equals { rest.nth(1).copied() } else { None } })
    })
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

/// Whether an opening tag ends with such a token.
pub(crate) fn is_tag_end(kind: Kind) -> bool {
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

/// Whether such a token makes a node, save that a hole may be the value of an attribute.
pub(crate) fn is_node(kind: Kind) -> bool {
    kind == Kind::TagStart || (is_leaf(kind) && !matches!(kind, Kind::Code | Kind::BlankCode))
}

fn is_open_or_close(kind: Kind) -> bool {
    matches!(kind, Kind::TagStart | Kind::CloseTag | Kind::MissingCloseTag)
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

    /// The items of a right group.
    fn read(tokens: &[Token]) -> Vec<Item> {
        let mut items = Vec::new();
        let mut rest = tokens.iter();
        while let Some(token) = rest.next() {
            items.push(match token.kind {
                Kind::TagStart => {
                    let inside: Vec<Token> =
                        rest.as_slice().iter().take_while(|token| !is_tag_end(token.kind)).copied().collect();
                    let end = *rest.nth(inside.len()).expect("a right tag ends");
                    Item::Open(OpenTag { start: *token, attributes: attributes(&inside).collect(), end })
                }
                Kind::CloseTag | Kind::MissingCloseTag => Item::Close(*token),
                _ => Item::Leaf(*token),
            });
        }
        items
    }

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
                if is_right(tokens) {
                    let items = items.unwrap_or_default();
                    assert_eq!(format!("{:?}", read(tokens)), format!("{items:?}"), "{text}");
                    assert!(mistakes.is_empty(), "{text}: {mistakes:?}");
                } else {
                    assert!(!mistakes.is_empty(), "{text}");
                }
            }
        }
    }
}
