//! What the files of a site say together, without places: an edit that moves text changes none of it.

use super::glob::Glob;
use super::path::{LinkPath, read_link};
use super::scan::mentions;
use super::uses::SiteUses;
use rustc_hash::FxHashMap;
use velox_diagnostics::nearest;
use velox_script::{ModuleFacts, Value};

/// What one file says, without places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteFacts {
    /// Tags that its `fetch`es carry; sorted, each once.
    pub carried: Vec<Glob>,
    /// Whether they may carry others.
    pub carries_unseen: bool,
    /// Whether it sets a base for relative links.
    pub has_base: bool,
}

impl SiteFacts {
    /// Leaves the places out.
    #[must_use]
    pub fn of(uses: &SiteUses) -> Self {
        let mut carried: Vec<Glob> = uses.carried.iter().map(|tag| tag.text.clone()).collect();
        carried.sort_unstable();
        carried.dedup();
        Self { carried, carries_unseen: uses.carries_unseen, has_base: uses.has_base }
    }
}

/// The paths of this site that a file names, in links and in any other string that looks like one: links that are made of data
/// begin there. Sorted, each once. `text` is the file's, `site` the configured origin, `page` the path of the page that the file is,
/// where it has one.
#[must_use]
pub fn named_paths(text: &str, uses: &SiteUses, site: Option<&str>, page: Option<&str>) -> Vec<LinkPath> {
    let mentions = mentions(text, &uses.quiet);
    let links = uses.links.iter().map(|link| &link.text).chain(&mentions);
    let mut paths: Vec<LinkPath> =
        links.filter_map(|text| read_link(text, site, page)).map(|link| link.path).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// What all files say together of tags, and of the base of relative links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteIndex {
    /// Tags without holes; sorted, each once.
    literals: Vec<String>,
    /// Tags with holes; sorted, each once.
    patterns: Vec<Glob>,
    /// Whether a `fetch` may carry tags that cannot be seen.
    pub carries_unseen: bool,
    /// Whether a file sets a base for relative links.
    pub has_base: bool,
}

/// How many tags are compared with a misspelt one.
const COMPARED: usize = 2_000;

impl SiteIndex {
    /// Gathers what the files say.
    #[must_use]
    pub fn new<'a>(files: impl IntoIterator<Item = &'a SiteFacts>) -> Self {
        let mut index = Self::default();
        for facts in files {
            index.carries_unseen |= facts.carries_unseen;
            index.has_base |= facts.has_base;
            for tag in &facts.carried {
                match tag.text() {
                    Some(text) => index.literals.push(text.to_owned()),
                    None => index.patterns.push(tag.clone()),
                }
            }
        }
        index.sort();
        index
    }

    /// Tags without holes that `fetch`es carry; sorted, each once.
    #[must_use]
    pub fn literals(&self) -> &[String] {
        &self.literals
    }

    /// Tags with holes that `fetch`es carry; sorted, each once.
    #[must_use]
    pub fn patterns(&self) -> &[Glob] {
        &self.patterns
    }

    /// Gathers what some files say and what others say.
    #[must_use]
    pub fn join<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut index = Self::default();
        for part in parts {
            index.carries_unseen |= part.carries_unseen;
            index.has_base |= part.has_base;
            index.literals.extend_from_slice(&part.literals);
            index.patterns.extend_from_slice(&part.patterns);
        }
        index.sort();
        index
    }

    fn sort(&mut self) {
        self.literals.sort_unstable();
        self.literals.dedup();
        self.patterns.sort_unstable();
        self.patterns.dedup();
    }

    /// Whether any `fetch` is seen to carry a tag.
    #[must_use]
    pub fn has_tags(&self) -> bool {
        !self.literals.is_empty() || !self.patterns.is_empty()
    }

    /// Whether a `fetch` can carry this tag.
    #[must_use]
    pub fn carries(&self, tag: &Glob) -> bool {
        let from = self.literals.partition_point(|text| text.as_str() < tag.prefix());
        self.literals[from..]
            .iter()
            .take_while(|text| text.starts_with(tag.prefix()))
            .any(|text| tag.matches(text))
            || self.patterns.iter().any(|pattern| pattern.meets(tag))
    }

    /// What was probably meant by a tag that nothing carries: another text for the piece before the first hole.
    #[must_use]
    pub fn near(&self, tag: &Glob) -> Option<&str> {
        if tag.text().is_some() {
            return nearest(tag.prefix(), self.literals.iter().take(COMPARED).map(String::as_str));
        }
        // All but the beginning has to be the same.
        let rest = &tag.pieces()[1..];
        let alike = self.patterns.iter().filter(|pattern| pattern.pieces().get(1..) == Some(rest));
        nearest(tag.prefix(), alike.take(COMPARED).map(Glob::prefix))
    }
}

/// The params of each page that a route's `paths` gives, where the code shows all of them; nothing where it does not.
#[must_use]
pub fn shown_pages(facts: &ModuleFacts) -> Option<Vec<FxHashMap<String, Vec<String>>>> {
    let export = facts.exports.iter().find(|export| export.name == "paths" && export.from.is_none())?;
    let function = export.function.as_ref().filter(|function| !function.is_generator)?;
    let [Value::Array(items, _)] = function.returns.as_slice() else { return None };
    items.iter().map(shown_page).collect()
}

fn shown_page(item: &Value) -> Option<FxHashMap<String, Vec<String>>> {
    let Value::Object(properties, _) = item else { return None };
    if let Some(params) = item.get("params").filter(|params| matches!(params.value, Value::Object(..))) {
        return shown_page(&params.value);
    }
    let mut params = FxHashMap::default();
    for property in properties {
        if property.key.is_empty() {
            return None;
        }
        let texts = match &property.value {
            Value::String(text, _) => vec![text.clone()],
            Value::Undefined(_) => continue,
            Value::Array(items, _) => {
                let text = |item: &Value| match item {
                    Value::String(text, _) => Some(text.clone()),
                    _ => None,
                };
                items.iter().map(text).collect::<Option<_>>()?
            }
            _ => return None,
        };
        params.insert(property.key.clone(), texts);
    }
    Some(params)
}
