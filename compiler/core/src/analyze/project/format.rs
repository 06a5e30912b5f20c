//! `format` in `velox.config.ts`: what may be chosen about formatting.

use super::Reader;
use crate::formatting::{FormatSettings, Indent, Quotes};
use velox_script::Value;

/// Its keys.
pub(super) const KEYS: &[&str] = &["lineWidth", "indent", "quotes", "semicolons"];

impl Reader<'_> {
    /// A key of `format`. Gives back whether there is such a key.
    pub(super) fn format(&mut self, path: &str, value: &Value) -> bool {
        let settings = &mut self.config.format;
        let expected = match (path, value) {
            ("format.lineWidth", Value::Number(number, _)) if is_line_width(*number) => {
                settings.line_width = Some(*number as u32);
                return true;
            }
            ("format.lineWidth", _) => "a number of columns from 20 to 400",
            ("format.indent", Value::String(text, _)) if &**text == "tab" => {
                settings.indent = Some(Indent::Tabs(4));
                return true;
            }
            ("format.indent", Value::Number(number, _))
                if number.fract() == 0.0 && (1.0..=8.0).contains(number) =>
            {
                settings.indent = Some(Indent::Spaces(*number as u8));
                return true;
            }
            ("format.indent", _) => "a number of spaces from 1 to 8, or 'tab'",
            ("format.quotes", Value::String(text, _)) if matches!(&**text, "single" | "double") => {
                let double = &**text == "double";
                settings.quotes = Some(if double { Quotes::Double } else { Quotes::Single });
                return true;
            }
            ("format.quotes", _) => "'single' or 'double'",
            ("format.semicolons", Value::Boolean(semicolons, _)) => {
                settings.semicolons = Some(*semicolons);
                return true;
            }
            ("format.semicolons", _) => "true or false",
            _ => return false,
        };
        self.invalid(value, &format!("`{path}`"), expected);
        true
    }
}

fn is_line_width(number: f64) -> bool {
    let widths = FormatSettings::LINE_WIDTHS;
    number.fract() == 0.0 && (f64::from(*widths.start())..=f64::from(*widths.end())).contains(&number)
}
