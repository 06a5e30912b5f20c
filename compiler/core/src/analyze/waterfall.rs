//! Awaits of a server block, or of an endpoint's handler, that run one after another, though none needs another.
//!
//! Speaks only of calls that are seen to read alone (`reads.rs`), of which none uses what another gave, and between which
//! nothing stands. The fix starts them in the same order, and waits for all.

use super::reads::{acts, end_of, is_written, methods, reads, use_acts, words, writes_in_text};
use crate::unit::VeloxFile;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::{
    AwaitedInit, Call, Handler, Import, ImportedName, Item, ItemKind, ModuleFacts, NameUse, TakenKey, Value,
};

/// What is known of a function that a server block calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    /// It is seen to read alone.
    Reads,
    /// It is of a package: its name has to tell.
    Package,
    /// It may do anything.
    Unknown,
}

/// An item that may be part of a run: `const pattern = await call(...)`.
struct Candidate<'a> {
    at: usize,
    item: &'a Item,
    init: &'a AwaitedInit,
}

/// Awaits that follow each other and need nothing of one another, with what a further one is compared to.
#[derive(Default)]
struct Run<'a> {
    members: Vec<Candidate<'a>>,
    /// Names that they declare.
    given: FxHashSet<&'a str>,
    /// Names that they pass on.
    passed: FxHashSet<&'a str>,
}

impl<'a> Run<'a> {
    fn push(&mut self, candidate: Candidate<'a>) {
        self.given.extend(candidate.item.declares.iter().map(|(name, _)| &**name));
        self.passed.extend(passed(candidate.item));
        self.members.push(candidate);
    }
}

/// Names that a statement passes on whole.
fn passed(item: &Item) -> impl Iterator<Item = &str> {
    let whole = item.uses.iter().filter(|used| !used.called && used.members.is_empty());
    whole.map(|used| &*used.name)
}

/// Finds awaits that could run side by side. `callee` tells of a name that the block imports, or declares, and the member of it
/// that is called.
#[must_use]
pub fn check_waterfalls(
    file: &VeloxFile<'_>,
    callee: &dyn Fn(&str, Option<&str>) -> Callee,
) -> Vec<Diagnostic> {
    find(file, "request", &file.block.imports, &[], callee)
}

/// As [`check_waterfalls`], in the body of a handler. Its `file` is all server block, with the facts of the body; `module` is what stands
/// around it.
#[must_use]
pub fn check_handler_waterfalls(
    file: &VeloxFile<'_>,
    handler: &Handler,
    module: &ModuleFacts,
    callee: &dyn Fn(&str, Option<&str>) -> Callee,
) -> Vec<Diagnostic> {
    let request = match handler.parameters.first() {
        // What is called on parts of the request that have other names cannot be told.
        Some(first) if first.rest || first.keys.iter().any(renames) => return Vec::new(),
        Some(first) => first.name.as_deref().unwrap_or("request"),
        None => "request",
    };
    find(file, request, &module.imports, &module.items, callee)
}

/// Whether a part of the request gets a name of its own that it could be changed by.
fn renames(taken: &TakenKey) -> bool {
    taken.local.as_ref().is_some_and(|local| *local != taken.key)
        || taken.key != "params" && !taken.inner.is_empty()
}

/// `around` are statements whose names the items of the file may use.
fn find(
    file: &VeloxFile<'_>,
    request: &str,
    imports: &[Import],
    around: &[Item],
    callee: &dyn Fn(&str, Option<&str>) -> Callee,
) -> Vec<Diagnostic> {
    let items = &file.block.items;
    if items.iter().filter(|item| item.awaited.is_some()).nth(1).is_none() {
        return Vec::new();
    }
    let block = Block {
        file,
        text: file.block_source().text,
        request,
        declared: around.iter().chain(items).flat_map(names).collect(),
        imported: imports
            .iter()
            .flat_map(|import| import.names.iter().map(move |name| (&*name.local, (import, name))))
            .collect(),
        calls: OnceCell::new(),
        callee,
    };
    let mut found = Vec::new();
    let mut run = Run::default();
    for (at, item) in items.iter().enumerate() {
        let candidate = block.candidate(at, item);
        let joins = candidate.as_ref().is_some_and(|candidate| {
            run.members.last().is_some_and(|last| last.at + 1 == candidate.at)
                && block.is_free_of(candidate, &run)
        });
        if !joins {
            found.extend(block.finding(&run.members));
            run = Run::default();
        }
        if let Some(candidate) = candidate {
            run.push(candidate);
        }
    }
    found.extend(block.finding(&run.members));
    found
}

/// The names that an item declares.
fn names(item: &Item) -> impl Iterator<Item = (&str, &Item)> {
    item.declares.iter().map(move |(name, _)| (&**name, item))
}

struct Block<'a, 'b> {
    file: &'b VeloxFile<'a>,
    text: &'a str,
    /// The name of the request.
    request: &'a str,
    declared: FxHashMap<&'a str, &'a Item>,
    imported: FxHashMap<&'a str, (&'a Import, &'a ImportedName)>,
    /// Calls by their names' places; made where a `fetch` is met.
    calls: OnceCell<FxHashMap<Span, &'a Call>>,
    callee: &'b dyn Fn(&str, Option<&str>) -> Callee,
}

/// Names of objects on which calls have an order: of connections, transactions, browsers.
const ORDERED: &[&str] = &[
    "browser",
    "client",
    "conn",
    "connection",
    "cursor",
    "iterator",
    "lock",
    "page",
    "queue",
    "reader",
    "request",
    "response",
    "session",
    "socket",
    "stream",
    "transaction",
    "trx",
    "tx",
];

/// Members of `request` that are read without an effect.
const OF_REQUEST: &[&str] = &["headers", "ip", "method", "params", "query", "url"];

impl<'a> Block<'a, '_> {
    fn candidate(&self, at: usize, item: &'a Item) -> Option<Candidate<'a>> {
        let init = item.awaited.as_ref().filter(|init| init.call)?;
        let declarator = item.declarator.as_ref().filter(|declarator| declarator.keyword == "const")?;
        let code = init.expression.text(self.text);
        let pattern = init.pattern.text(self.text);
        let plain = item.kind == ItemKind::Variable
            && declarator.span.contains(init.expression)
            // A default in a pattern is code of its own.
            && !pattern.contains('=')
            && !words(code).any(|word| matches!(word, "await" | "yield" | "import"))
            && !writes_in_text(code)
            && !methods(code).any(acts_in_chain);
        if !plain || !item.uses.iter().all(|used| self.is_harmless(used)) {
            return None;
        }
        let root = item.uses.iter().find(|used| used.span.start == init.expression.start && used.called)?;
        self.starts_reading(root, code, init).then_some(Candidate { at, item, init })
    }

    /// Whether a use of a name in a call does no more than read.
    fn is_harmless(&self, used: &NameUse) -> bool {
        let name = &*used.name;
        if use_acts(used, self.text) || (!used.called && is_written(self.text, end_of(used))) {
            return false;
        }
        if name == self.request && !self.declared.contains_key(name) {
            return used.members.first().is_some_and(|(member, _)| OF_REQUEST.contains(&&**member));
        }
        let ordered = |name: &str| ORDERED.contains(&name);
        if ordered(name) || used.members.iter().any(|(member, _)| ordered(member)) {
            // A plain value may have such a name: `getPosts(page)`.
            return !used.called && name != "response" && !name.contains("cookies");
        }
        if matches!(name, "useCookies" | "useRequest" | "cookies") {
            return false;
        }
        match self.origin(name) {
            // What is passed on may be called there.
            Origin::Imported | Origin::Function => {
                let member = used.members.last().map(|(member, _)| &**member);
                !matches!((self.callee)(name, member), Callee::Unknown) || (!used.called && !acts(name))
            }
            Origin::Ambient | Origin::Value(_) | Origin::Global => true,
        }
    }

    /// Whether the call that is awaited is one that reads.
    fn starts_reading(&self, root: &NameUse, code: &str, init: &AwaitedInit) -> bool {
        let last = root.members.last().map(|(member, _)| &**member);
        let called = last.unwrap_or(&root.name);
        if acts(called) {
            return false;
        }
        let chained = || code.get((end_of(root) - init.expression.start) as usize..).unwrap_or_default();
        match self.origin(&root.name) {
            Origin::Ambient | Origin::Global if root.name == "fetch" && last.is_none() => self.asks(root),
            Origin::Imported | Origin::Function => match (self.callee)(&root.name, last) {
                Callee::Reads => true,
                Callee::Package => {
                    self.is_server_fetch(&root.name) && self.asks(root)
                        || reads(called)
                        || (last.is_some() && methods(chained()).any(reads))
                }
                Callee::Unknown => false,
            },
            _ => false,
        }
    }

    fn is_server_fetch(&self, local: &str) -> bool {
        let import = self.imported.get(local);
        import.is_some_and(|(import, name)| import.specifier == "velox/server" && name.imported == "fetch")
    }

    /// Whether a `fetch` has no options that could make a command of a question.
    fn asks(&self, root: &NameUse) -> bool {
        let calls = &self.file.block.calls;
        let calls = self.calls.get_or_init(|| calls.iter().rev().map(|call| (call.span, call)).collect());
        match calls.get(&root.span).and_then(|call| call.arguments.get(1)) {
            Some(Value::Object(properties, _)) => {
                properties.iter().all(|property| !matches!(&*property.key, "" | "method" | "body"))
            }
            Some(_) => false,
            None => !super::site::has_more_arguments(self.text, root.span.end),
        }
    }

    fn origin(&self, name: &str) -> Origin<'a> {
        if let Some(item) = self.declared.get(name) {
            return if item.kind == ItemKind::Function { Origin::Function } else { Origin::Value(item) };
        }
        if self.imported.contains_key(name) {
            return Origin::Imported;
        }
        let ambient =
            crate::ambient::REQUEST_NAMES.contains(&name) || crate::ambient::SERVER_NAMES.contains(&name);
        if ambient { Origin::Ambient } else { Origin::Global }
    }

    /// Whether a call uses nothing of those before it, and no object that one of them may change.
    fn is_free_of(&self, candidate: &Candidate<'a>, run: &Run<'a>) -> bool {
        // What its functions use counts too.
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let mut work: Vec<&Item> = vec![candidate.item];
        while let Some(item) = work.pop() {
            for used in &item.uses {
                if run.given.contains(&*used.name) {
                    return false;
                }
                if seen.insert(&used.name)
                    && let Some(next) = self.declared.get(&*used.name)
                {
                    work.push(next);
                }
            }
        }
        passed(candidate.item).filter(|name| run.passed.contains(name)).all(|name| self.is_unchanging(name))
    }

    /// Whether what a name holds cannot be changed by who gets it.
    fn is_unchanging(&self, name: &str) -> bool {
        match self.origin(name) {
            Origin::Function | Origin::Imported => true,
            Origin::Ambient => matches!(name, "params" | "url" | "props"),
            Origin::Global => name == "undefined",
            Origin::Value(item) => {
                const BEGINNINGS: [&str; 17] = [
                    "params",
                    "props",
                    "url.",
                    "request.params",
                    "request.query",
                    "request.url",
                    "Number(",
                    "String(",
                    "Boolean(",
                    "parseInt(",
                    "parseFloat(",
                    "decodeURIComponent(",
                    "true",
                    "false",
                    "'",
                    "\"",
                    "`",
                ];
                let Some(declarator) = &item.declarator else { return false };
                let pattern = item.awaited.as_ref().map_or(0, |init| init.pattern.len() as usize);
                let code = declarator.span.text(self.text).get(pattern..).unwrap_or_default();
                declarator.keyword == "const"
                    && code.rsplit_once(" = ").or(code.split_once('=')).is_some_and(|(_, value)| {
                        let value = value.trim_start();
                        value.starts_with(|c: char| c.is_ascii_digit())
                            || BEGINNINGS.iter().any(|start| value.starts_with(start))
                    })
            }
        }
    }

    fn finding(&self, run: &[Candidate<'a>]) -> Option<Diagnostic> {
        let [first, second, rest @ ..] = run else { return None };
        let base = self.file.block_source().base;
        let name = |candidate: &Candidate<'_>| match candidate.item.declares.first() {
            Some((name, _)) => format!("`{name}`"),
            None => "a value".to_owned(),
        };
        let span = self.awaits(second);
        let message = match rest {
            [] => format!("{} is awaited after {}, and needs nothing of it", name(second), name(first)),
            _ => {
                let (last, others) = run.split_last()?;
                let others: Vec<String> = others.iter().map(name).collect();
                format!(
                    "{} and {} are awaited one after another, and none needs another",
                    others.join(", "),
                    name(last)
                )
            }
        };
        let mut diagnostic =
            Diagnostic::new(Code::AWAIT_WATERFALL, self.file.path, span.shift(base), message)
                .label(format!("begins only when {} is there", name(first)))
                .help("begin them together: `await Promise.all([...])`");
        for candidate in rest {
            diagnostic = diagnostic.related(
                self.file.path,
                self.awaits(candidate).shift(base),
                format!("{} waits too", name(candidate)),
            );
        }
        Some(match self.together(run) {
            Some((span, code)) => {
                diagnostic.fix("await them together with `Promise.all`", true, vec![(span.shift(base), code)])
            }
            None => diagnostic,
        })
    }

    /// `await call(...)`.
    fn awaits(&self, candidate: &Candidate<'_>) -> Span {
        let start = candidate.init.annotation.map_or(candidate.init.pattern.end, |annotation| annotation.end);
        let before = Span::new(start, candidate.init.expression.start).text(self.text);
        let at = before.rfind("await").map_or(candidate.init.expression.start, |at| start + at as u32);
        Span::new(at, candidate.init.expression.end)
    }

    /// One statement in the place of all, where nothing would be lost by it: no comment, no cast, no `export`.
    fn together(&self, run: &[Candidate<'a>]) -> Option<(Span, String)> {
        let text = self.text;
        let (first, last) = (run.first()?, run.last()?);
        let place = |candidate: &Candidate<'a>| candidate.item.declarator.as_ref();
        let whole = place(first)?.index.0 == 0 && {
            let (at, count) = place(last)?.index;
            at + 1 == count
        };
        if !whole || run.iter().any(|one| one.item.exported || one.init.cast) {
            return None;
        }
        let mut end = first.item.statement.start;
        for candidate in run {
            let (init, declarator) = (candidate.init, place(candidate)?);
            let begins = if declarator.index.0 == 0 {
                let between = Span::new(end, candidate.item.statement.start);
                if candidate.at != first.at
                    && !between.text(text).trim_matches([';', ' ', '\t', '\r', '\n']).is_empty()
                {
                    return None;
                }
                (candidate.item.statement.start, "const")
            } else {
                (end, ",")
            };
            let before = text.get(begins.0 as usize..init.pattern.start as usize)?;
            let typed = init.annotation.map_or(init.pattern.end, |annotation| annotation.end);
            let middle = text.get(typed as usize..init.expression.start as usize)?;
            let middle: String = middle.split_whitespace().collect();
            if before.trim() != begins.1 || middle != "=await" {
                return None;
            }
            let ends = declarator.index.0 + 1 == declarator.index.1;
            end = if ends { candidate.item.statement.end } else { init.expression.end };
            if ends && !matches!(text.get(init.expression.end as usize..end as usize)?.trim(), "" | ";") {
                return None;
            }
        }
        let span = Span::new(first.item.statement.start, last.item.statement.end);
        Some((span, self.statement(run, span)?))
    }

    fn statement(&self, run: &[Candidate<'a>], span: Span) -> Option<String> {
        const WIDTH: usize = 100;
        let text = self.text;
        let patterns: Vec<&str> = run.iter().map(|one| one.init.pattern.text(text)).collect();
        let types: Vec<&str> = run
            .iter()
            .filter_map(|one| Some(one.init.annotation?.text(text).trim_start_matches(':').trim()))
            .collect();
        let annotation = match types.len() {
            0 => String::new(),
            count if count == run.len() => format!(": [{}]", types.join(", ")),
            _ => return None,
        };
        let calls: Vec<&str> = run.iter().map(|one| one.init.expression.text(text)).collect();
        let semicolon = if span.text(text).ends_with(';') { ";" } else { "" };
        let head = format!("const [{}]{annotation} = await Promise.all([", patterns.join(", "));
        let line = text[..span.start as usize].rfind('\n').map_or(0, |end| end + 1);
        let indent: String =
            text[line..span.start as usize].chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
        let one_line = format!("{head}{}]){semicolon}", calls.join(", "));
        if !one_line.contains('\n') && indent.chars().count() + one_line.chars().count() <= WIDTH {
            return Some(one_line);
        }
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let step = if indent.contains('\t') || text.contains("\n\t") { "\t" } else { "  " };
        let mut code = head;
        for call in calls {
            // Lines of a template literal keep their white space.
            let call =
                if call.contains('`') { call.to_owned() } else { call.replace('\n', &format!("\n{step}")) };
            code.push_str(&format!("{end}{indent}{step}{call},"));
        }
        code.push_str(&format!("{end}{indent}]){semicolon}"));
        Some(code)
    }
}

/// Where a name of a block comes from.
enum Origin<'a> {
    Imported,
    Function,
    Value(&'a Item),
    Ambient,
    Global,
}

/// Whether a method in the chain of an awaited call may do more than read.
fn acts_in_chain(name: &str) -> bool {
    super::reads::method_acts(name)
}
