//! What an element's name means to a browser's parser: the groups into which the HTML standard's tree construction sorts names.
//!
//! Knows names alone. What a kind does in a place is in `scene.rs`.

use std::borrow::Cow;

/// A kind of names that the parser treats alike (HTML standard, 13.2.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `html`.
    Html,
    /// `head`.
    Head,
    /// `body`.
    Body,
    /// What may stand in `<head>` and anywhere else: `link`, `meta`, `base`.
    Metadata,
    /// `style`.
    Style,
    /// `script`.
    Script,
    /// `template`.
    Template,
    /// `title`: in `<head>`, and text only.
    Title,
    /// `noscript`.
    Noscript,
    /// An element that ends a paragraph: `div`, `ul`, `section`.
    Block,
    /// `address` and `div`: as [`Kind::Block`], and a list item in one still belongs to the list around it.
    Transparent,
    /// `dialog`: as [`Kind::Block`], but no bound of a list.
    Dialog,
    /// `ol` and `ul`.
    List,
    /// `p`.
    Paragraph,
    /// `h1` to `h6`.
    Heading,
    /// `form`.
    Form,
    /// `li`.
    ListItem,
    /// `dd` and `dt`.
    Description,
    /// `button`.
    Button,
    /// `a`.
    Link,
    /// `nobr`.
    NoBreak,
    /// `applet`, `marquee`, `object`.
    Object,
    /// `table`.
    Table,
    /// `caption`.
    Caption,
    /// `colgroup`.
    ColumnGroup,
    /// `col`.
    Column,
    /// `tbody`, `thead`, `tfoot`.
    RowGroup,
    /// `tr`.
    Row,
    /// `td` and `th`.
    Cell,
    /// `input`.
    Input,
    /// `select`.
    Select,
    /// `option`.
    Choice,
    /// `optgroup`.
    ChoiceGroup,
    /// `hr`.
    Rule,
    /// `ruby`.
    Ruby,
    /// `rb`.
    RubyBase,
    /// `rtc`.
    RubyContainer,
    /// `rp` and `rt`.
    RubyText,
    /// `svg`.
    Svg,
    /// `math`.
    Math,
    /// `iframe`, `textarea`, `noembed`: text only.
    TextOnly,
    /// `xmp`: text only, and it ends a paragraph.
    Listing,
    /// An element that bounds lists, and nothing else: `img`, `br`.
    Bound,
    /// Obsolete elements that turn the parser into something else: nothing is said about these and what is in them.
    Obsolete,
    /// Any other name.
    Ordinary,
}

/// The kind of a name that stands for an HTML element, in any letter case.
pub(crate) fn kind(name: &str) -> Kind {
    match kind_of_lower_case(name.as_bytes()) {
        Kind::Ordinary => match lower_case(name) {
            Cow::Owned(name) => kind_of_lower_case(name.as_bytes()),
            Cow::Borrowed(_) => Kind::Ordinary,
        },
        kind => kind,
    }
}

/// Of bytes, whose patterns are looked at length by length and byte by byte: of a string's each is compared in turn.
fn kind_of_lower_case(name: &[u8]) -> Kind {
    match name {
        b"div" | b"address" => Kind::Transparent,
        b"p" => Kind::Paragraph,
        b"a" => Kind::Link,
        b"li" => Kind::ListItem,
        b"ul" | b"ol" => Kind::List,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Kind::Heading,
        b"article" | b"aside" | b"blockquote" | b"center" | b"details" | b"dir" | b"dl" | b"fieldset"
        | b"figcaption" | b"figure" | b"footer" | b"header" | b"hgroup" | b"listing" | b"main" | b"menu"
        | b"nav" | b"pre" | b"search" | b"section" | b"summary" => Kind::Block,
        b"dialog" => Kind::Dialog,
        b"button" => Kind::Button,
        b"form" => Kind::Form,
        b"input" => Kind::Input,
        b"select" => Kind::Select,
        b"option" => Kind::Choice,
        b"optgroup" => Kind::ChoiceGroup,
        b"dd" | b"dt" => Kind::Description,
        b"hr" => Kind::Rule,
        b"table" => Kind::Table,
        b"caption" => Kind::Caption,
        b"colgroup" => Kind::ColumnGroup,
        b"col" => Kind::Column,
        b"tbody" | b"thead" | b"tfoot" => Kind::RowGroup,
        b"tr" => Kind::Row,
        b"td" | b"th" => Kind::Cell,
        b"html" => Kind::Html,
        b"head" => Kind::Head,
        b"body" => Kind::Body,
        b"base" | b"link" | b"meta" => Kind::Metadata,
        b"style" => Kind::Style,
        b"script" => Kind::Script,
        b"template" => Kind::Template,
        b"title" => Kind::Title,
        b"noscript" => Kind::Noscript,
        b"nobr" => Kind::NoBreak,
        b"applet" | b"marquee" | b"object" => Kind::Object,
        b"ruby" => Kind::Ruby,
        b"rb" => Kind::RubyBase,
        b"rtc" => Kind::RubyContainer,
        b"rp" | b"rt" => Kind::RubyText,
        b"svg" => Kind::Svg,
        b"math" => Kind::Math,
        b"iframe" | b"textarea" | b"noembed" => Kind::TextOnly,
        b"xmp" => Kind::Listing,
        b"area" | b"br" | b"embed" | b"img" | b"param" | b"source" | b"track" | b"wbr" => Kind::Bound,
        b"basefont" | b"bgsound" | b"frame" | b"frameset" | b"image" | b"keygen" | b"noframes"
        | b"plaintext" => Kind::Obsolete,
        _ => Kind::Ordinary,
    }
}

impl Kind {
    /// Whether its start closes a `<p>` that is open.
    pub(crate) fn ends_paragraph(self) -> bool {
        use Kind as G;
        matches!(
            self,
            G::Block
                | G::Transparent
                | G::Dialog
                | G::List
                | G::Paragraph
                | G::Heading
                | G::Form
                | G::ListItem
                | G::Description
                | G::Table
                | G::Rule
                | G::Listing
        )
    }

    /// Whether its content is text, whatever stands there.
    pub(crate) fn holds_text_only(self) -> bool {
        matches!(self, Self::Title | Self::TextOnly | Self::Listing | Self::Style | Self::Script)
    }

    /// Whether it may stand in `<head>`.
    pub(crate) fn fits_head(self) -> bool {
        use Kind as G;
        matches!(self, G::Metadata | G::Style | G::Script | G::Template | G::Title | G::Noscript)
    }

    /// Whether it has a meaning in a table alone.
    pub(crate) fn belongs_to_table(self) -> bool {
        use Kind as G;
        matches!(self, G::Caption | G::ColumnGroup | G::Column | G::RowGroup | G::Row | G::Cell)
    }

    /// Whether an end tag may be implied for it.
    pub(crate) fn has_implied_end(self) -> bool {
        use Kind as G;
        matches!(
            self,
            G::Description
                | G::ListItem
                | G::Choice
                | G::ChoiceGroup
                | G::Paragraph
                | G::RubyBase
                | G::RubyContainer
                | G::RubyText
        )
    }

    /// Whether it hides `<p>`, `<button>`, `<select>` and the like outside of it from what is in it.
    pub(crate) fn bounds_scope(self) -> bool {
        use Kind as G;
        matches!(self, G::Object | G::Caption | G::Html | G::Table | G::Cell | G::Select | G::Template)
    }

    /// Whether it hides list items outside of it: what the standard calls special, `address`, `div` and `p` aside.
    pub(crate) fn bounds_list(self) -> bool {
        use Kind as G;
        !matches!(
            self,
            G::Ordinary
                | G::Transparent
                | G::Paragraph
                | G::Dialog
                | G::Link
                | G::NoBreak
                | G::Choice
                | G::ChoiceGroup
                | G::Ruby
                | G::RubyBase
                | G::RubyContainer
                | G::RubyText
                | G::Svg
                | G::Math
        )
    }

    /// Whether its start ends an `<svg>` or `<math>` in which it stands.
    pub(crate) fn leaves_foreign(self, name: &str) -> bool {
        use Kind as G;
        match self {
            G::Transparent => name.eq_ignore_ascii_case("div"),
            G::Paragraph | G::Heading | G::List | G::ListItem | G::Description | G::Table | G::Rule => true,
            G::Head | G::Body | G::NoBreak | G::Ruby => true,
            _ => matches!(
                &*lower_case(name),
                "b" | "big"
                    | "blockquote"
                    | "br"
                    | "center"
                    | "code"
                    | "dl"
                    | "em"
                    | "embed"
                    | "i"
                    | "img"
                    | "listing"
                    | "menu"
                    | "meta"
                    | "pre"
                    | "s"
                    | "small"
                    | "span"
                    | "strong"
                    | "strike"
                    | "sub"
                    | "sup"
                    | "tt"
                    | "u"
                    | "var"
            ),
        }
    }
}

/// The name in lower case; most are.
pub(crate) fn lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}
