//! Whether a browser's parser leaves an element where it is written: the HTML standard's tree construction, asked element by
//! element, with what is open around each.
//!
//! As long as nothing has been moved, what the parser holds open is what is written around a place. So a few facts about the
//! ancestors answer in constant time, and the content of an element that was moved is looked at as if nothing were known.

use super::names::{Kind, lower_case};
use velox_syntax::NodeId;

/// What becomes of an element that does not stay where it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Its start closes the other element, so that it stands behind that.
    Closes,
    /// Its tags are ignored, and its content belongs to what is around it.
    Dropped,
    /// It is put before the table that the other element belongs to.
    BeforeTable,
    /// Its tags are text.
    Text,
    /// It is closed at once, and its content stands outside of it.
    Emptied,
    /// It closes the other, and is itself ignored.
    Both,
}

/// An element that is moved, dropped or closed, with the one that is the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Misplaced {
    pub(crate) fate: Fate,
    /// The ancestor that is the reason.
    pub(crate) ancestor: NodeId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Namespace {
    Html,
    Svg,
    Math,
}

#[derive(Clone, Copy, Debug)]
struct Parent {
    id: NodeId,
    kind: Kind,
}

/// What is open around a place, as far as the parser asks. Without a parent nothing is known about the place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scene {
    parent: Option<Parent>,
    namespace: Namespace,
    /// The outermost `<svg>` or `<math>` of the foreign content that the place is in.
    foreign: Option<NodeId>,
    paragraph: Option<NodeId>,
    link: Option<NodeId>,
    no_break: Option<NodeId>,
    button: Option<NodeId>,
    form: Option<NodeId>,
    list_item: Option<NodeId>,
    description: Option<NodeId>,
    select: Option<NodeId>,
    ruby: Option<NodeId>,
    /// The cell or caption of a table.
    cell: Option<NodeId>,
    in_template: bool,
    head_noscript: bool,
}

/// An element, as far as the parser asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<'a> {
    pub(crate) id: NodeId,
    pub(crate) name: &'a str,
    /// The kind of that name.
    pub(crate) kind: Kind,
    /// Whether it is an `<input type="hidden">`, or may be one.
    pub(crate) maybe_hidden: bool,
    /// Whether something stands in it.
    pub(crate) has_content: bool,
    /// Whether it is a `<font>` with an attribute of HTML's.
    pub(crate) styled_font: bool,
    /// Whether it is an `<annotation-xml>` that holds HTML.
    pub(crate) holds_html: bool,
}

impl Scene {
    /// A place about whose surroundings nothing is known.
    pub(crate) const UNKNOWN: Self = Self {
        parent: None,
        namespace: Namespace::Html,
        foreign: None,
        paragraph: None,
        link: None,
        no_break: None,
        button: None,
        form: None,
        list_item: None,
        description: None,
        select: None,
        ruby: None,
        cell: None,
        in_template: false,
        head_noscript: false,
    };

    /// The content of `<head>`; `id` is the element that puts it there.
    pub(crate) fn head(id: NodeId) -> Self {
        Self { parent: Some(Parent { id, kind: Kind::Head }), ..Self::UNKNOWN }
    }

    /// What becomes of an element at this place, if it does not stay.
    pub(crate) fn misplaced(&self, tag: Tag<'_>) -> Option<Misplaced> {
        match self.namespace {
            Namespace::Html => self.in_html(tag),
            Namespace::Svg | Namespace::Math => self.in_foreign(tag),
        }
    }

    /// The place that the content of an element has, of which is known what becomes of it.
    pub(crate) fn enter(&self, tag: Tag<'_>, misplaced: Option<Misplaced>) -> Self {
        // What surrounds the content of an element that was moved depends on where it went.
        if misplaced.is_some() { Self::UNKNOWN } else { self.inside(tag) }
    }

    /// What becomes of text that is not white space at this place.
    pub(crate) fn text(&self) -> Option<Misplaced> {
        let parent = self.parent.filter(|_| self.namespace == Namespace::Html)?;
        let fate = match parent.kind {
            Kind::Table | Kind::RowGroup | Kind::Row => Fate::BeforeTable,
            Kind::ColumnGroup | Kind::Head => Fate::Closes,
            Kind::Noscript if self.head_noscript => Fate::Closes,
            _ => return None,
        };
        Some(Misplaced { fate, ancestor: parent.id })
    }

    /// The `<svg>` or `<math>` whose own elements alone mean something at this place.
    pub(crate) fn drawing(&self) -> Option<NodeId> {
        self.foreign.filter(|_| self.namespace != Namespace::Html)
    }

    fn in_html(&self, tag: Tag<'_>) -> Option<Misplaced> {
        use Kind as G;
        let kind = tag.kind;
        let parent = self.parent?;
        let here = |fate| Some(Misplaced { fate, ancestor: parent.id });
        match parent.kind {
            G::Obsolete => None,
            // What its content is held for is decided by what comes first in it.
            G::Template if matches!(kind, G::Html | G::Head | G::Body) => here(Fate::Dropped),
            G::Template => None,
            holder if holder.holds_text_only() => here(Fate::Text),
            _ if kind == G::Obsolete => None,
            G::Head if matches!(kind, G::Head | G::Html) => here(Fate::Dropped),
            G::Head if kind.fits_head() => None,
            G::Head => here(Fate::Closes),
            G::Noscript if self.head_noscript => match kind {
                G::Style => None,
                G::Metadata if !tag.name.eq_ignore_ascii_case("base") => None,
                G::Head | G::Html | G::Noscript => here(Fate::Dropped),
                _ => here(Fate::Closes),
            },
            G::ColumnGroup => match kind {
                G::Column | G::Template => None,
                G::Html => here(Fate::Dropped),
                _ => here(Fate::Closes),
            },
            G::Table | G::RowGroup | G::Row => self.in_table(tag, parent),
            _ => self.in_body(kind, parent),
        }
    }

    fn in_table(&self, tag: Tag<'_>, parent: Parent) -> Option<Misplaced> {
        use Kind as G;
        let here = |fate| Some(Misplaced { fate, ancestor: parent.id });
        match (parent.kind, tag.kind) {
            (G::Table, kind) if kind.belongs_to_table() => None,
            (G::RowGroup, G::Row | G::Cell) | (G::Row, G::Cell) => None,
            (_, kind) if kind.belongs_to_table() => here(Fate::Closes),
            (_, G::Style | G::Script | G::Template) => None,
            (_, G::Input) if tag.maybe_hidden => None,
            (_, G::Table) => here(Fate::Closes),
            (_, G::Html | G::Head | G::Body) => here(Fate::Dropped),
            (_, G::Form) if self.in_template => here(Fate::Dropped),
            (_, G::Form) => match self.form {
                Some(form) => Some(Misplaced { fate: Fate::Dropped, ancestor: form }),
                None if tag.has_content => here(Fate::Emptied),
                None => None,
            },
            _ => here(Fate::BeforeTable),
        }
    }

    fn in_body(&self, kind: Kind, parent: Parent) -> Option<Misplaced> {
        use Kind as G;
        let by = |fate, ancestor: Option<NodeId>| ancestor.map(|ancestor| Misplaced { fate, ancestor });
        let closes = |ancestor| by(Fate::Closes, ancestor);
        let closes_parent = |it: bool| closes(it.then_some(parent.id));
        let implied = parent.kind.has_implied_end();
        let in_paragraph = || closes(self.paragraph);
        match kind {
            G::Head | G::Body if parent.kind == G::Html => None,
            G::Html | G::Head | G::Body => by(Fate::Dropped, Some(parent.id)),
            _ if kind.belongs_to_table() => match self.cell {
                Some(cell) => closes(Some(cell)),
                None => by(Fate::Dropped, Some(parent.id)),
            },
            G::Form => by(Fate::Dropped, self.form).or_else(in_paragraph),
            G::Heading => in_paragraph().or_else(|| closes_parent(parent.kind == G::Heading)),
            G::ListItem => closes(self.list_item).or_else(in_paragraph),
            G::Description => closes(self.description).or_else(in_paragraph),
            G::Rule => in_paragraph().or_else(|| closes_parent(self.select.is_some() && implied)),
            _ if kind.ends_paragraph() => in_paragraph(),
            G::Button => closes(self.button),
            G::Link => closes(self.link),
            G::NoBreak => closes(self.no_break),
            G::Input => closes(self.select),
            G::Select => by(Fate::Both, self.select),
            G::Choice if self.select.is_some() => closes_parent(implied && parent.kind != G::ChoiceGroup),
            G::ChoiceGroup if self.select.is_some() => closes_parent(implied),
            G::Choice | G::ChoiceGroup => closes_parent(parent.kind == G::Choice),
            G::RubyBase | G::RubyContainer => closes_parent(self.ruby.is_some() && implied),
            G::RubyText => closes_parent(self.ruby.is_some() && implied && parent.kind != G::RubyContainer),
            _ => None,
        }
    }

    fn in_foreign(&self, tag: Tag<'_>) -> Option<Misplaced> {
        let ancestor = self.foreign.or(self.parent.map(|parent| parent.id))?;
        (tag.kind.leaves_foreign(tag.name) || tag.styled_font)
            .then_some(Misplaced { fate: Fate::Closes, ancestor })
    }

    fn inside(&self, tag: Tag<'_>) -> Self {
        use Kind as G;
        let kind = tag.kind;
        if self.namespace != Namespace::Html {
            return self.inside_foreign(tag);
        }
        if self.parent.is_none()
            && let Some(namespace) = namespace_of(tag.name)
        {
            // A component may give a part of a drawing.
            return Self { namespace, foreign: Some(tag.id), ..*self }.inside_foreign(tag);
        }
        let mut inside = Self { parent: Some(Parent { id: tag.id, kind }), ..*self };
        inside.head_noscript = kind == G::Noscript
            && self.parent.is_some_and(|parent| parent.kind == G::Head || self.head_noscript);
        if kind.bounds_scope() {
            inside.bound();
        }
        if kind.bounds_list() {
            (inside.list_item, inside.description) = (None, None);
        }
        let id = Some(tag.id);
        match kind {
            G::Obsolete => return Self::UNKNOWN,
            // Without a `<head>` before it, it goes to one that is implied.
            G::Noscript if self.parent.is_some_and(|parent| parent.kind == G::Html) => {
                return Self::UNKNOWN;
            }
            G::Template => {
                return Self { parent: inside.parent, in_template: true, ..Self::UNKNOWN };
            }
            G::Svg | G::Math => {
                inside.namespace = if kind == G::Svg { Namespace::Svg } else { Namespace::Math };
                inside.foreign = id;
            }
            G::Cell | G::Caption => inside.cell = id,
            G::Table => inside.cell = None,
            G::Paragraph => inside.paragraph = id,
            G::Button => (inside.button, inside.paragraph) = (id, None),
            G::Link => inside.link = id,
            G::NoBreak => inside.no_break = id,
            G::Form if !self.in_template => inside.form = id,
            G::ListItem => inside.list_item = id,
            G::Description => inside.description = id,
            G::Select => inside.select = id,
            G::Ruby => inside.ruby = id,
            _ => {}
        }
        inside
    }

    fn inside_foreign(&self, tag: Tag<'_>) -> Self {
        let mut inside = Self { parent: Some(Parent { id: tag.id, kind: Kind::Ordinary }), ..*self };
        let name = lower_case(tag.name);
        let turns_to_html = match self.namespace {
            Namespace::Math => {
                matches!(&*name, "mi" | "mo" | "mn" | "ms" | "mtext")
                    || (name == "annotation-xml" && tag.holds_html)
            }
            _ => matches!(&*name, "foreignobject" | "desc" | "title"),
        };
        if turns_to_html {
            inside.namespace = Namespace::Html;
            inside.bound();
            (inside.list_item, inside.description) = (None, None);
        } else if self.namespace == Namespace::Math && name == "annotation-xml" {
            // An `<svg>` in it is one of its own.
            return Self::UNKNOWN;
        }
        inside
    }

    /// Hides what is asked for "in scope".
    fn bound(&mut self) {
        (self.paragraph, self.button, self.select) = (None, None, None);
        (self.ruby, self.no_break, self.link) = (None, None, None);
    }
}

/// The namespace of an element that HTML does not have.
fn namespace_of(name: &str) -> Option<Namespace> {
    match &*lower_case(name) {
        "animate" | "animatemotion" | "animatetransform" | "circle" | "clippath" | "defs" | "desc"
        | "ellipse" | "filter" | "foreignobject" | "g" | "line" | "lineargradient" | "marker" | "mask"
        | "metadata" | "mpath" | "path" | "pattern" | "polygon" | "polyline" | "radialgradient" | "rect"
        | "set" | "stop" | "switch" | "symbol" | "text" | "textpath" | "tspan" | "use" | "view" => {
            Some(Namespace::Svg)
        }
        "annotation" | "annotation-xml" | "maction" | "merror" | "mfrac" | "mi" | "mmultiscripts" | "mn"
        | "mo" | "mover" | "mpadded" | "mphantom" | "mroot" | "mrow" | "ms" | "mspace" | "msqrt"
        | "mstyle" | "msub" | "msubsup" | "msup" | "mtable" | "mtd" | "mtext" | "mtr" | "munder"
        | "munderover" | "semantics" => Some(Namespace::Math),
        _ => None,
    }
}
