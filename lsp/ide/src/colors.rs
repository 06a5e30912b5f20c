//! Colours in `<style>` elements, `style` attributes and attributes that hold a colour: where they are, and other ways to write them.

use crate::Document;
use crate::parts::{Part, parts};
use velox_diagnostics::Span;
use velox_style::StyleNodeKind;
use velox_syntax::{AttributeValue, Element, NodeKind};

/// A colour in a text; components from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    /// Where it is written.
    pub span: Span,
    /// Red, green, blue, alpha.
    pub rgba: [f32; 4],
}

/// Attributes whose value is a colour.
const ATTRIBUTES: &[&str] = &[
    "fill",
    "stroke",
    "color",
    "bgcolor",
    "stop-color",
    "flood-color",
    "lighting-color",
    "text",
    "link",
    "vlink",
    "alink",
];

/// The colours of a file, in order.
#[must_use]
pub fn colors(document: Document<'_>) -> Vec<Color> {
    let mut found = Vec::new();
    for part in parts(document) {
        for style in part.styles() {
            let css = style.text(part.source);
            for node in velox_style::structure(css) {
                if node.kind == StyleNodeKind::Declaration
                    && let Some(value) = node.body
                {
                    add(
                        &mut found,
                        node.head.text(css),
                        value.text(css),
                        part.base + style.start + value.start,
                    );
                }
            }
        }
        let Some(tree) = part.tree else { continue };
        for node in &tree.nodes {
            if let NodeKind::Element(element) = &node.kind {
                attributes(&mut found, &part, element);
            }
        }
    }
    found.sort_by_key(|color| color.span);
    found
}

fn attributes(found: &mut Vec<Color>, part: &Part<'_>, element: &Element) {
    let text_of = |wanted: &str| {
        element.attributes.iter().find_map(|attribute| match attribute.value {
            AttributeValue::Text(span) if attribute.name.text(part.source) == wanted => Some(span),
            _ => None,
        })
    };
    for attribute in &element.attributes {
        let AttributeValue::Text(span) = attribute.value else { continue };
        let text = span.text(part.source);
        match attribute.name.text(part.source) {
            "style" => {
                for node in velox_style::declarations(text) {
                    if let Some(value) = node.body {
                        add(
                            found,
                            node.head.text(text),
                            value.text(text),
                            part.base + span.start + value.start,
                        );
                    }
                }
            }
            // `text` and `link` are colours of a `<body>` alone.
            "text" | "link" | "vlink" | "alink" if element.name.text(part.source) != "body" => {}
            "content" if text_of("name").is_some_and(|name| name.text(part.source) == "theme-color") => {
                add(found, "", text, part.base + span.start);
            }
            "value" if text_of("type").is_some_and(|kind| kind.text(part.source) == "color") => {
                add(found, "", text, part.base + span.start);
            }
            name if ATTRIBUTES.contains(&name) => add(found, "", text, part.base + span.start),
            _ => {}
        }
    }
}

fn add(found: &mut Vec<Color>, property: &str, value: &str, base: u32) {
    let colors = velox_style::colors_in(property, value).into_iter();
    found.extend(colors.map(|(span, rgba)| Color { span: span.shift(base), rgba }));
}

/// Ways to write a colour: hexadecimal, `rgb()`, `hsl()`.
#[must_use]
pub fn presentations(rgba: [f32; 4]) -> Vec<String> {
    let rgba = rgba.map(|part| if part.is_finite() { part.clamp(0.0, 1.0) } else { 0.0 });
    let [red, green, blue, alpha] = rgba.map(|part| (part * 255.0).round() as u8);
    let solid = alpha == u8::MAX;
    let percent = if solid { String::new() } else { format!(" / {}%", rounded(rgba[3] * 100.0)) };
    let hex = if solid { String::new() } else { format!("{alpha:02x}") };
    let [hue, saturation, lightness] = hsl(rgba);
    vec![
        format!("#{red:02x}{green:02x}{blue:02x}{hex}"),
        format!("rgb({red} {green} {blue}{percent})"),
        format!("hsl({}deg {}% {}%{percent})", rounded(hue), rounded(saturation), rounded(lightness)),
    ]
}

/// A number with one digit behind the point, or none.
fn rounded(number: f32) -> f32 {
    (number * 10.0).round() / 10.0
}

/// Hue in degrees, saturation and lightness in percent.
fn hsl([red, green, blue, _]: [f32; 4]) -> [f32; 3] {
    let most = red.max(green).max(blue);
    let least = red.min(green).min(blue);
    let range = most - least;
    let lightness = f32::midpoint(most, least);
    if range <= f32::EPSILON {
        return [0.0, 0.0, lightness * 100.0];
    }
    let saturation = range / (1.0 - (2.0 * lightness - 1.0).abs());
    let sixth = if most <= red {
        ((green - blue) / range).rem_euclid(6.0)
    } else if most <= green {
        (blue - red) / range + 2.0
    } else {
        (red - green) / range + 4.0
    };
    [sixth * 60.0, saturation * 100.0, lightness * 100.0]
}
