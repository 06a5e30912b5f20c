//! What `.editorconfig` files say about formatting. The only file that names ec4rs.
//!
//! Refuses to find or read files: it gets their texts.

use crate::{FormatSettings, Indent};
use ec4rs::property::{IndentSize, IndentStyle, MaxLineLen, TabWidth};
use ec4rs::{ConfigParser, Properties, PropertiesSource};
use std::path::Path;

/// The settings for a file. `files` are the texts of the `.editorconfig` files in its folder and in those above, the nearest first, each
/// with the path of the formatted file from there, with `/`. What makes no sense is passed over.
#[must_use]
pub fn editor_settings(files: &[(&str, &str)]) -> FormatSettings {
    // One that says `root = true` is the last that counts.
    let mut parsers = Vec::new();
    for (path, text) in files {
        let Ok(parser) = ConfigParser::new(text.trim_start_matches('\u{feff}').as_bytes()) else { continue };
        let is_root = parser.is_root;
        parsers.push((path, parser));
        if is_root {
            break;
        }
    }
    let mut properties = Properties::new();
    for (path, mut parser) in parsers.into_iter().rev() {
        // A file with a mistake counts up to it.
        let _ = parser.apply_to(&mut properties, Path::new(path));
    }
    let tab_width = match properties.get::<TabWidth>() {
        Ok(TabWidth::Value(width)) => Some(width),
        _ => None,
    };
    let size = match properties.get::<IndentSize>() {
        Ok(IndentSize::Value(size)) => Some(size),
        Ok(IndentSize::UseTabWidth) => tab_width,
        Err(_) => None,
    };
    let width = |size: Option<usize>| {
        size.and_then(|size| u8::try_from(size).ok()).filter(|size| (1..=8).contains(size))
    };
    let indent = match properties.get::<IndentStyle>() {
        Ok(IndentStyle::Tabs) => Some(Indent::Tabs(width(tab_width.or(size)).unwrap_or(4))),
        _ => width(size).map(Indent::Spaces),
    };
    let line_width = match properties.get::<MaxLineLen>() {
        Ok(MaxLineLen::Value(width)) => u32::try_from(width).ok(),
        _ => None,
    };
    FormatSettings {
        line_width: line_width.filter(|width| FormatSettings::LINE_WIDTHS.contains(width)),
        indent,
        ..FormatSettings::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[(&str, &str)], line_width: Option<u32>, indent: Option<Indent>) {
        let expected = FormatSettings { line_width, indent, ..FormatSettings::default() };
        assert_eq!(editor_settings(files), expected, "{files:?}");
    }

    #[test]
    fn the_nearest_file_wins_up_to_the_root() {
        let near = "[*.velox]\nindent_size = 4\n";
        let root = "root = true\n[*]\nindent_style = space\nindent_size = 2\nmax_line_length = 90\n";
        check(&[("a.velox", near)], None, Some(Indent::Spaces(4)));
        check(&[("a.ts", near)], None, None);
        check(&[("a.velox", near), ("routes/a.velox", root)], Some(90), Some(Indent::Spaces(4)));
        check(&[("routes/a.velox", root), ("x/routes/a.velox", near)], Some(90), Some(Indent::Spaces(2)));
    }

    #[test]
    fn tabs_are_as_wide_as_it_says() {
        check(&[("a.velox", "[*]\nindent_style = tab\n")], None, Some(Indent::Tabs(4)));
        check(&[("a.velox", "[*]\nindent_style = tab\ntab_width = 8\n")], None, Some(Indent::Tabs(8)));
        check(&[("a.velox", "[*]\nindent_size = tab\ntab_width = 3\n")], None, Some(Indent::Spaces(3)));
    }

    #[test]
    fn nonsense_is_passed_over() {
        check(&[("a.velox", "[*]\nindent_size = many\nmax_line_length = off\n")], None, None);
        check(&[("a.velox", "no pair\n[*]\nindent_size = 4\n")], None, None);
        check(&[("a.velox", "[*]\nmax_line_length = 3\nindent_size = 99\n")], None, None);
    }
}
