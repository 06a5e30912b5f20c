//! Gives the `@keyframes` of a scoped sheet names of their own.
//!
//! Names of other sheets are left alone: an animation that a global sheet declares can be used everywhere.

use lightningcss::properties::animation::AnimationName;
use lightningcss::properties::custom::{Token, TokenList, TokenOrValue};
use lightningcss::properties::{Property, PropertyId};
use lightningcss::rules::keyframes::KeyframesName;
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::stylesheet::StyleSheet;
use std::collections::BTreeSet;

/// The names that a sheet declares.
pub(crate) struct Names {
    declared: BTreeSet<String>,
    suffix: String,
}

impl Names {
    /// Collects the names; for the attribute `data-v-1a2b3c` they end in `-1a2b3c` afterwards.
    pub(crate) fn in_sheet(sheet: &StyleSheet<'_>, scope: &str) -> Self {
        let mut names = Self {
            declared: BTreeSet::new(),
            suffix: format!("-{}", scope.strip_prefix("data-v-").unwrap_or(scope)),
        };
        names.collect(&sheet.rules);
        names
    }

    fn collect(&mut self, rules: &CssRuleList<'_>) {
        for rule in &rules.0 {
            match rule {
                CssRule::Keyframes(rule) => {
                    self.declared.insert(text(&rule.name).to_owned());
                }
                CssRule::Media(rule) => self.collect(&rule.rules),
                CssRule::Supports(rule) => self.collect(&rule.rules),
                CssRule::Container(rule) => self.collect(&rule.rules),
                CssRule::LayerBlock(rule) => self.collect(&rule.rules),
                CssRule::MozDocument(rule) => self.collect(&rule.rules),
                CssRule::Scope(rule) => self.collect(&rule.rules),
                CssRule::StartingStyle(rule) => self.collect(&rule.rules),
                CssRule::Style(rule) => self.collect(&rule.rules),
                _ => {}
            }
        }
    }

    fn renamed(&self, name: &str) -> Option<String> {
        self.declared.contains(name).then(|| format!("{name}{}", self.suffix))
    }

    /// Renames a declaration.
    pub(crate) fn rename_rule(&self, name: &mut KeyframesName<'_>) {
        let Some(renamed) = self.renamed(text(name)) else { return };
        match name {
            KeyframesName::Ident(ident) => ident.0 = renamed.into(),
            KeyframesName::Custom(custom) => *custom = renamed.into(),
        }
    }

    /// Renames the uses in a property.
    pub(crate) fn rename_uses(&self, property: &mut Property<'_>) {
        if self.declared.is_empty() {
            return;
        }
        match property {
            Property::Animation(animations, _) => {
                animations.iter_mut().for_each(|animation| self.rename(&mut animation.name));
            }
            Property::AnimationName(names, _) => names.iter_mut().for_each(|name| self.rename(name)),
            // A value with `var()` stays tokens.
            Property::Unparsed(unparsed)
                if matches!(
                    unparsed.property_id,
                    PropertyId::Animation(_) | PropertyId::AnimationName(_)
                ) =>
            {
                self.rename_tokens(&mut unparsed.value);
            }
            _ => {}
        }
    }

    fn rename(&self, name: &mut AnimationName<'_>) {
        match name {
            AnimationName::None => {}
            AnimationName::Ident(ident) => {
                if let Some(renamed) = self.renamed(&ident.0) {
                    ident.0 = renamed.into();
                }
            }
            AnimationName::String(string) => {
                if let Some(renamed) = self.renamed(string) {
                    *string = renamed.into();
                }
            }
        }
    }

    fn rename_tokens(&self, tokens: &mut TokenList<'_>) {
        for token in &mut tokens.0 {
            match token {
                TokenOrValue::Token(Token::Ident(name) | Token::String(name)) => {
                    if let Some(renamed) = self.renamed(name) {
                        *name = renamed.into();
                    }
                }
                TokenOrValue::AnimationName(name) => self.rename(name),
                TokenOrValue::Var(variable) => {
                    if let Some(fallback) = &mut variable.fallback {
                        self.rename_tokens(fallback);
                    }
                }
                _ => {}
            }
        }
    }
}

fn text<'a>(name: &'a KeyframesName<'_>) -> &'a str {
    match name {
        KeyframesName::Ident(ident) => &ident.0,
        KeyframesName::Custom(custom) => custom,
    }
}
