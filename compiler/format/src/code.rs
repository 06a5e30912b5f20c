//! Formats TypeScript without elements: the only file that names dprint.
//!
//! Refuses to know what placeholders stand for, and to fail loudly: what cannot be formatted is nothing.

use crate::IGNORE;
use crate::{FormatOptions, Indent, Quotes};
use dprint_plugin_typescript::configuration::{
    BracePosition, Configuration, ConfigurationBuilder, JsxMultiLineParens, JsxQuoteStyle,
    NamedTypeImportsExportsOrder, NextControlFlowPosition, OperatorPosition, QuoteProps, QuoteStyle,
    SemiColons, SortOrder, UseBraces, UseParentheses,
};
use dprint_plugin_typescript::{FormatTextOptions, format_text};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// A width that no line has.
pub(crate) const ENDLESS: u32 = 1 << 20;

/// Formats TypeScript as the options have it.
pub(crate) struct CodeFormatter {
    base: Configuration,
}

impl CodeFormatter {
    pub(crate) fn new(options: &FormatOptions) -> Self {
        let mut builder = ConfigurationBuilder::new();
        builder
            .line_width(options.line_width)
            .use_tabs(matches!(options.indent, Indent::Tabs(_)))
            .indent_width(options.indent.width() as u8)
            .quote_style(match options.quotes {
                Quotes::Single => QuoteStyle::PreferSingle,
                Quotes::Double => QuoteStyle::PreferDouble,
            })
            .quote_props(QuoteProps::Preserve)
            .semi_colons(if options.semicolons { SemiColons::Prefer } else { SemiColons::Asi })
            .brace_position(BracePosition::SameLine)
            .next_control_flow_position(NextControlFlowPosition::SameLine)
            .binary_expression_operator_position(OperatorPosition::SameLine)
            .conditional_expression_operator_position(OperatorPosition::NextLine)
            .conditional_type_operator_position(OperatorPosition::NextLine)
            .conditional_expression_prefer_single_line(true)
            .arrow_function_use_parentheses(UseParentheses::Force)
            .function_expression_space_after_function_keyword(true)
            .use_braces(UseBraces::Maintain)
            .comment_line_force_space_after_slashes(false)
            .jsx_quote_style(JsxQuoteStyle::PreferDouble)
            .jsx_multi_line_parens(JsxMultiLineParens::Prefer)
            .jsx_self_closing_element_space_before_slash(false)
            .module_sort_import_declarations(SortOrder::Maintain)
            .module_sort_export_declarations(SortOrder::Maintain)
            .import_declaration_sort_named_imports(SortOrder::Maintain)
            .export_declaration_sort_named_exports(SortOrder::Maintain)
            .import_declaration_sort_type_only_imports(NamedTypeImportsExportsOrder::None)
            .export_declaration_sort_type_only_exports(NamedTypeImportsExportsOrder::None)
            .ignore_node_comment_text(IGNORE)
            .ignore_file_comment_text("velox-format-ignore-file");
        Self { base: builder.build() }
    }

    /// Formats a module. Each of its lines is indented by `level` levels; it ends with a line break unless it is empty. Nothing where
    /// it does not parse.
    pub(crate) fn module(&self, text: &str, tsx: bool, level: u32, width: u32) -> Option<String> {
        let mut config = self.base.clone();
        config.file_indent_level = level;
        config.line_width = width;
        let mut text = text.to_owned();
        // One run may make something that the next would lay out in another way; a few settle it.
        for _ in 0..5 {
            let again = run(&text, tsx, &config)?;
            if again == text {
                break;
            }
            text = again;
        }
        Some(text)
    }
}

fn run(text: &str, tsx: bool, config: &Configuration) -> Option<String> {
    let options = FormatTextOptions {
        path: Path::new(if tsx { "/module.tsx" } else { "/module.ts" }),
        extension: None,
        text: text.to_owned(),
        config,
        external_formatter: None,
    };
    // What a library does with code that it was not made for must not end the process.
    let formatted = catch_unwind(AssertUnwindSafe(|| format_text(options))).ok()?.ok()?;
    Some(formatted.unwrap_or_else(|| text.to_owned()))
}
