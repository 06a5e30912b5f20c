//! Render modes: what a route's mode is, and why (language.md section 4).

use serde::Serialize;

/// When a page is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// On every request (M2).
    Ssr,
    /// At build (M3).
    Ssg,
    /// At build or at the first request, then kept for a time (M4).
    Isr,
    /// In the browser (M5).
    Csr,
}

impl Mode {
    /// All modes, as `config.render` writes them.
    pub const NAMES: [&'static str; 4] = ["ssr", "ssg", "isr", "csr"];

    /// The mode of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "ssr" => Some(Self::Ssr),
            "ssg" => Some(Self::Ssg),
            "isr" => Some(Self::Isr),
            "csr" => Some(Self::Csr),
            _ => None,
        }
    }

    /// As `config.render` writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ssr => "ssr",
            Self::Ssg => "ssg",
            Self::Isr => "isr",
            Self::Csr => "csr",
        }
    }

    /// Whether the page is shared between visitors, and so must not know the request (M3, M4).
    #[must_use]
    pub fn is_static(self) -> bool {
        matches!(self, Self::Ssg | Self::Isr)
    }
}

/// How long an ISR page is fresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Revalidate {
    /// Seconds, 1 or more.
    Seconds(u32),
    /// Until it is invalidated by hand (M6).
    Never,
}

/// What of a page or layout decides on a mode. Holds no positions, so that moving text about changes no mode.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ModeFacts {
    /// `config.render`.
    pub render: Option<Mode>,
    /// Whether the block (functions aside) or the template awaits.
    pub awaits: bool,
    /// The first use that needs the request.
    pub request: Option<RequestUse>,
    /// Whether it exports `paths`.
    pub paths: bool,
}

/// A use that needs the request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestUse {
    /// The name that gives it: `request`, `response`, `useCookies`.
    pub name: String,
    /// Where another file uses that name: the file, and what leads there, as it is written: `currentUser`, `<Card>`.
    pub through: Option<(String, String)>,
}

/// Why a route has its mode.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// `config.render` says so.
    Config,
    /// The file awaits.
    Awaits(String),
    /// The file needs the request.
    Request(String, RequestUse),
    /// It has params and no `paths`.
    NoPaths,
    /// Nothing in it needs a request.
    Static,
    /// Endpoints run on every request.
    Endpoint,
}

impl Cause {
    /// One line for people; files are named where they are not the route's own.
    #[must_use]
    pub fn text(&self, own: &str) -> String {
        let place = |file: &str| if file == own { String::new() } else { format!(" in {file}") };
        match self {
            Self::Config => "config.render".to_owned(),
            Self::Awaits(file) => format!("top-level await{}", place(file)),
            Self::Request(file, RequestUse { name, through: None }) => {
                format!("uses `{name}`{}", place(file))
            }
            Self::Request(file, RequestUse { name, through: Some((helper, shown)) }) => {
                format!("uses `{name}` in {helper} through `{shown}`{}", place(file))
            }
            Self::NoPaths => "has params but no `paths`".to_owned(),
            Self::Static => "needs no request".to_owned(),
            Self::Endpoint => "endpoint".to_owned(),
        }
    }
}

/// Infers a page's mode (M1). `layers` are the page first, then its layouts, each with its file.
#[must_use]
pub fn infer_mode(dynamic: bool, layers: &[(&str, &ModeFacts)]) -> (Mode, Cause) {
    let Some((_, page)) = layers.first() else { return (Mode::Ssg, Cause::Static) };
    if let Some(mode) = page.render {
        return (mode, Cause::Config);
    }
    for (file, facts) in layers {
        if let Some(used) = &facts.request {
            return (Mode::Ssr, Cause::Request((*file).to_owned(), used.clone()));
        }
        if facts.awaits {
            return (Mode::Ssr, Cause::Awaits((*file).to_owned()));
        }
    }
    if dynamic && !page.paths { (Mode::Ssr, Cause::NoPaths) } else { (Mode::Ssg, Cause::Static) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(request: bool, awaits: bool, paths: bool) -> ModeFacts {
        let used = RequestUse { name: "request".to_owned(), through: None };
        ModeFacts { render: None, awaits, request: request.then_some(used), paths }
    }

    #[test]
    fn the_mode_follows_what_the_page_and_its_layouts_need() {
        let check = |dynamic, page: &ModeFacts, layout: &ModeFacts| {
            let (mode, cause) = infer_mode(dynamic, &[("p", page), ("l", layout)]);
            format!("{} {}", mode.name(), cause.text("p"))
        };
        let still = facts(false, false, false);
        assert_eq!(check(false, &still, &still), "ssg needs no request");
        assert_eq!(check(true, &still, &still), "ssr has params but no `paths`");
        assert_eq!(check(true, &facts(false, false, true), &still), "ssg needs no request");
        assert_eq!(check(false, &facts(false, true, false), &still), "ssr top-level await");
        assert_eq!(check(false, &still, &facts(true, false, false)), "ssr uses `request` in l");
        let through = Some(("lib/session.ts".to_owned(), "currentUser".to_owned()));
        let used = RequestUse { name: "useCookies".to_owned(), through };
        let helper = ModeFacts { request: Some(used), ..still.clone() };
        assert_eq!(
            check(false, &helper, &still),
            "ssr uses `useCookies` in lib/session.ts through `currentUser`"
        );
        let explicit = ModeFacts { render: Some(Mode::Ssg), ..facts(true, true, false) };
        assert_eq!(check(false, &explicit, &still), "ssg config.render");
    }
}
