//! Text with holes: what is known of a string that code puts together.
//!
//! Knows nothing of what stands in the holes: each may be any text, the empty one too.

use velox_script::Value;

/// Text with holes: the pieces around them, one more than there are holes. One piece is a literal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Glob(Vec<String>);

impl Glob {
    /// A text without holes.
    #[must_use]
    pub fn literal(text: impl Into<String>) -> Self {
        Self(vec![text.into()])
    }

    /// The pieces of a template literal; no pieces at all are the empty text.
    #[must_use]
    pub fn new(mut pieces: Vec<String>) -> Self {
        if pieces.is_empty() {
            pieces.push(String::new());
        }
        Self(pieces)
    }

    /// The string or template literal that a value is.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::String(text, _) => Some(Self::literal(text.clone())),
            Value::Template(texts, _) => Some(Self::new(texts.clone())),
            _ => None,
        }
    }

    /// The whole text, where it has no hole.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self.0.as_slice() {
            [text] => Some(text),
            _ => None,
        }
    }

    /// The pieces around the holes.
    #[must_use]
    pub fn pieces(&self) -> &[String] {
        &self.0
    }

    /// What stands before the first hole.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.0.first().map_or("", String::as_str)
    }

    fn suffix(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    /// Whether some text is both this and that.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        match (self.text(), other.text()) {
            (Some(a), Some(b)) => a == b,
            (Some(text), None) => other.matches(text),
            (None, Some(text)) => self.matches(text),
            // What stands between the first and the last hole of one finds room in a hole of the other.
            (None, None) => {
                let begins = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
                let ends = |a: &str, b: &str| a.ends_with(b) || b.ends_with(a);
                begins(self.prefix(), other.prefix()) && ends(self.suffix(), other.suffix())
            }
        }
    }

    /// Whether it can be this text. The first place that fits a piece leaves the most room for the next.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let [first, middle @ .., last] = self.0.as_slice() else {
            return self.text() == Some(text);
        };
        let Some(mut rest) =
            text.strip_prefix(first.as_str()).and_then(|rest| rest.strip_suffix(last.as_str()))
        else {
            return false;
        };
        for piece in middle {
            match rest.find(piece.as_str()) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => return false,
            }
        }
        true
    }

    /// As people write it: `post:${…}`.
    #[must_use]
    pub fn shown(&self) -> String {
        self.0.join("${…}")
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    fn glob(text: &str) -> Glob {
        Glob::new(text.split('*').map(str::to_owned).collect())
    }

    #[test]
    fn holes_stand_for_any_text() {
        let table = [
            ("posts", "posts", true),
            ("posts", "post", false),
            ("post:*", "post:1", true),
            ("post:*", "post:", true),
            ("post:*", "posts:1", false),
            ("*", "", true),
            ("a*b*c", "a-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("aa*aa", "aaa", false),
            ("post:*", "post:*:likes", true),
            ("post:*", "user:*", false),
            ("p*", "post:*", true),
            ("*:a", "*:b", false),
            ("*x*", "*y*", true),
        ];
        for (one, other, meet) in table {
            assert_eq!(glob(one).meets(&glob(other)), meet, "{one} and {other}");
            assert_eq!(glob(other).meets(&glob(one)), meet, "{other} and {one}");
        }
    }
}
