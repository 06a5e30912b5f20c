//! What may be chosen about formatting, as data: settings may be left open, options are complete.
//!
//! Refuses to format: that is the crate `velox_format`.

/// How lines are indented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Indent {
    /// This many spaces a level.
    Spaces(u8),
    /// A tab a level, taken for this many columns where lines are measured.
    Tabs(u8),
}

impl Indent {
    /// Columns of a level.
    #[must_use]
    pub fn width(self) -> u32 {
        match self {
            Self::Spaces(width) | Self::Tabs(width) => u32::from(width),
        }
    }

    /// A level as it is written.
    #[must_use]
    pub fn unit(self) -> String {
        match self {
            Self::Spaces(width) => " ".repeat(usize::from(width)),
            Self::Tabs(_) => "\t".to_owned(),
        }
    }
}

/// How strings in TypeScript are quoted. Attributes always have double quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Quotes {
    /// `'text'`, unless more single quotes than double ones stand in it.
    #[default]
    Single,
    /// `"text"`, unless more double quotes than single ones stand in it.
    Double,
}

/// What is chosen about formatting, and what is left open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct FormatSettings {
    /// Columns that a line should not exceed, from [`FormatSettings::LINE_WIDTHS`].
    pub line_width: Option<u32>,
    /// How lines are indented.
    pub indent: Option<Indent>,
    /// Quotes of strings in TypeScript.
    pub quotes: Option<Quotes>,
    /// Whether statements end with `;`.
    pub semicolons: Option<bool>,
}

impl FormatSettings {
    /// Line widths that make sense.
    pub const LINE_WIDTHS: std::ops::RangeInclusive<u32> = 20..=400;

    /// These settings, and where they leave something open, `others`.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            line_width: self.line_width.or(others.line_width),
            indent: self.indent.or(others.indent),
            quotes: self.quotes.or(others.quotes),
            semicolons: self.semicolons.or(others.semicolons),
        }
    }

    /// These settings, completed by the defaults.
    #[must_use]
    pub fn options(self) -> FormatOptions {
        let defaults = FormatOptions::default();
        FormatOptions {
            line_width: self.line_width.unwrap_or(defaults.line_width),
            indent: self.indent.unwrap_or(defaults.indent),
            quotes: self.quotes.unwrap_or(defaults.quotes),
            semicolons: self.semicolons.unwrap_or(defaults.semicolons),
        }
    }
}

/// All that may be chosen about formatting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FormatOptions {
    /// Columns that a line should not exceed.
    pub line_width: u32,
    /// How lines are indented.
    pub indent: Indent,
    /// Quotes of strings in TypeScript.
    pub quotes: Quotes,
    /// Whether statements of TypeScript end with `;`, rather than having one only where a line would be misread.
    pub semicolons: bool,
}

impl Default for FormatOptions {
    fn default() -> Self {
        Self { line_width: 100, indent: Indent::Spaces(2), quotes: Quotes::Single, semicolons: true }
    }
}
