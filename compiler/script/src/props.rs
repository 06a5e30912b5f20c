//! The props of components, as far as the syntax of their own file shows them: patterns, type literals, interfaces.
//!
//! Types of other files are not looked at: what comes from there makes the list open. Broken code shows what its whole pieces show.

use crate::{ElementInput, mask, parse, shape};
use rustc_hash::FxHashMap;
use swc_ecma_ast::{
    Decl, DefaultDecl, Expr, Function, ModuleDecl, ModuleItem, ObjectPat, ObjectPatProp, Pat, PropName, Stmt,
    TsEntityName, TsLit, TsType, TsTypeElement, TsUnionOrIntersectionType,
};
use velox_diagnostics::Span;

/// How many types are looked through, of a type that names others.
const MOST_TYPES: u32 = 16;

/// A component that a file exports, and what it is seen to take.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComponentProps {
    /// The name of its export: `default`, `Card`.
    pub export: String,
    /// The name that it declares, where it has one: `function Card` that is exported by default.
    pub local: Option<String>,
    /// Its props, in the order in which they are written.
    pub props: Vec<Prop>,
    /// Whether it may take others.
    pub open: bool,
}

/// A prop of a component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prop {
    /// Its name.
    pub name: String,
    /// Whether it may be left out: by `?`, or as it has a default.
    pub optional: bool,
    /// Its type as written.
    pub annotation: Option<String>,
    /// The strings that it may be, where its type is a union of such.
    pub values: Vec<String>,
    /// The documentation comment above it.
    pub documentation: Option<String>,
}

/// The components that a module exports. `elements` are those that stand in it.
pub(crate) fn module(text: &str, elements: &[ElementInput]) -> Vec<ComponentProps> {
    let flat = mask::flatten_elements(text, elements);
    let code = mask::mask_module(text, elements, &flat, &|_| true).code;
    let parsed = parse::parse(&code, 0);
    let Some(module) = &parsed.module else { return Vec::new() };
    let reader = Reader::new(text, &module.body);
    let mut found = Vec::new();
    for item in &module.body {
        let ModuleItem::ModuleDecl(item) = item else { continue };
        reader.export(item, &mut found);
    }
    found
}

/// The props that a server block reads of `props`; nothing where it does not parse.
pub(crate) fn block(text: &str) -> Option<ComponentProps> {
    let parsed = parse::parse(text, 0);
    let module = parsed.module.as_ref()?;
    let reader = Reader::new(text, &module.body);
    let mut found = ComponentProps { export: "default".to_owned(), ..ComponentProps::default() };
    for item in &module.body {
        let ModuleItem::Stmt(Stmt::Decl(Decl::Var(variables))) = item else { continue };
        for declarator in &variables.decls {
            let Some(init) = &declarator.init else { continue };
            if !matches!(shape::unwrap(init), Expr::Ident(name) if &*name.sym == "props") {
                continue;
            }
            let cast = match &**init {
                Expr::TsAs(cast) => Some(&*cast.type_ann),
                Expr::TsSatisfies(cast) => Some(&*cast.type_ann),
                _ => None,
            };
            reader.parameter(&declarator.name, cast, &mut found);
        }
    }
    // Without a type, `props.x` anywhere may be another.
    if found.props.is_empty() {
        found.open = true;
    }
    Some(found)
}

struct Reader<'a> {
    text: &'a str,
    types: FxHashMap<&'a str, Type<'a>>,
    functions: FxHashMap<&'a str, Callable<'a>>,
}

/// A type that the file declares.
#[derive(Clone, Copy)]
enum Type<'a> {
    Alias(&'a TsType),
    Interface(&'a swc_ecma_ast::TsInterfaceDecl),
}

/// A function, by its first parameter.
#[derive(Clone, Copy)]
struct Callable<'a>(Option<&'a Pat>);

impl<'a> Reader<'a> {
    fn new(text: &'a str, items: &'a [ModuleItem]) -> Self {
        let mut reader = Self { text, types: FxHashMap::default(), functions: FxHashMap::default() };
        for item in items {
            match item {
                ModuleItem::Stmt(Stmt::Decl(declaration)) => reader.declaration(declaration),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => reader.declaration(&export.decl),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
                    if let DefaultDecl::TsInterfaceDecl(node) = &export.decl {
                        reader.types.insert(&node.id.sym, Type::Interface(node));
                    }
                }
                _ => {}
            }
        }
        reader
    }

    fn declaration(&mut self, node: &'a Decl) {
        match node {
            Decl::TsInterface(node) => {
                self.types.insert(&node.id.sym, Type::Interface(node));
            }
            Decl::TsTypeAlias(node) => {
                self.types.insert(&node.id.sym, Type::Alias(&node.type_ann));
            }
            Decl::Fn(node) => {
                self.functions.insert(&node.ident.sym, function(&node.function));
            }
            Decl::Var(variables) => {
                for declarator in &variables.decls {
                    let (Pat::Ident(name), Some(init)) = (&declarator.name, &declarator.init) else {
                        continue;
                    };
                    if let Some(callable) = callable(init) {
                        self.functions.insert(&name.id.sym, callable);
                    }
                }
            }
            _ => {}
        }
    }

    fn export(&self, item: &'a ModuleDecl, found: &mut Vec<ComponentProps>) {
        match item {
            ModuleDecl::ExportDecl(export) => match &export.decl {
                Decl::Fn(node) => self.named(&node.ident.sym, found),
                Decl::Var(variables) => {
                    for declarator in &variables.decls {
                        if let Pat::Ident(name) = &declarator.name {
                            self.named(&name.id.sym, found);
                        }
                    }
                }
                _ => {}
            },
            ModuleDecl::ExportDefaultDecl(export) => {
                if let DefaultDecl::Fn(node) = &export.decl {
                    let local = node.ident.as_ref().map(|name| name.sym.as_str().to_owned());
                    found.push(self.component("default", local, function(&node.function)));
                }
            }
            ModuleDecl::ExportDefaultExpr(export) => {
                let (local, callable) = match shape::unwrap(&export.expr) {
                    Expr::Ident(name) => {
                        (Some(name.sym.as_str().to_owned()), self.functions.get(&*name.sym).copied())
                    }
                    other => (None, callable(other)),
                };
                if let Some(callable) = callable {
                    found.push(self.component("default", local, callable));
                }
            }
            ModuleDecl::ExportNamed(export) if export.src.is_none() => {
                for specifier in &export.specifiers {
                    let swc_ecma_ast::ExportSpecifier::Named(one) = specifier else { continue };
                    let local = crate::items::export_name(&one.orig);
                    let exported =
                        one.exported.as_ref().map_or_else(|| local.clone(), crate::items::export_name);
                    if let Some(callable) = self.functions.get(&*local)
                        && (exported == "default" || exported.starts_with(char::is_uppercase))
                    {
                        found.push(self.component(&exported, Some(local), *callable));
                    }
                }
            }
            _ => {}
        }
    }

    fn named(&self, name: &str, found: &mut Vec<ComponentProps>) {
        if let Some(callable) = self.functions.get(name)
            && name.starts_with(char::is_uppercase)
        {
            found.push(self.component(name, Some(name.to_owned()), *callable));
        }
    }

    fn component(&self, export: &str, local: Option<String>, callable: Callable<'a>) -> ComponentProps {
        let mut found = ComponentProps { export: export.to_owned(), local, ..ComponentProps::default() };
        if let Some(parameter) = callable.0 {
            self.parameter(parameter, None, &mut found);
        }
        found
    }

    /// Reads the parameter that takes the props, or what `props` is assigned to. `cast` is a type given otherwise than by it.
    fn parameter(&self, parameter: &'a Pat, cast: Option<&'a TsType>, found: &mut ComponentProps) {
        let (pattern, annotation) = match parameter {
            Pat::Object(object) => (Some(object), object.type_ann.as_ref()),
            Pat::Ident(name) => (None, name.type_ann.as_ref()),
            Pat::Assign(assign) => return self.parameter(&assign.left, cast, found),
            _ => (None, None),
        };
        match annotation.map(|annotation| &*annotation.type_ann).or(cast) {
            Some(annotation) => {
                let mut left = MOST_TYPES;
                self.read(annotation, false, &mut left, found);
            }
            None => found.open = pattern.is_none(),
        }
        if let Some(pattern) = pattern {
            self.pattern(pattern, found);
        }
    }

    /// Notes the names that a pattern takes out, and which of them have defaults.
    fn pattern(&self, pattern: &ObjectPat, found: &mut ComponentProps) {
        let is_typed = !found.props.is_empty();
        for part in &pattern.props {
            let (name, has_default) = match part {
                ObjectPatProp::Assign(one) => (one.key.id.sym.as_str().to_owned(), one.value.is_some()),
                ObjectPatProp::KeyValue(one) => {
                    let Some(name) = property_name(&one.key) else { continue };
                    (name, matches!(&*one.value, Pat::Assign(_)))
                }
                ObjectPatProp::Rest(_) => {
                    found.open |= !is_typed;
                    continue;
                }
            };
            match found.props.iter_mut().find(|prop| prop.name == name) {
                Some(prop) => prop.optional |= has_default,
                None => {
                    // Without a type nothing says that it is needed.
                    found.props.push(Prop { name, optional: true, ..Prop::default() });
                }
            }
        }
    }

    fn read(&self, node: &'a TsType, optional: bool, left: &mut u32, found: &mut ComponentProps) {
        let Some(rest) = left.checked_sub(1) else {
            found.open = true;
            return;
        };
        *left = rest;
        match node {
            TsType::TsTypeLit(literal) => self.members(&literal.members, optional, found),
            TsType::TsParenthesizedType(inner) => self.read(&inner.type_ann, optional, left, found),
            TsType::TsUnionOrIntersectionType(TsUnionOrIntersectionType::TsIntersectionType(all)) => {
                for one in &all.types {
                    self.read(one, optional, left, found);
                }
            }
            TsType::TsTypeRef(reference) => {
                let TsEntityName::Ident(name) = &reference.type_name else {
                    found.open = true;
                    return;
                };
                let argument = reference.type_params.as_ref().and_then(|all| all.params.first());
                match (&*name.sym, argument) {
                    ("Partial", Some(argument)) => self.read(argument, true, left, found),
                    ("Readonly" | "Required" | "PropsWithChildren", Some(argument)) => {
                        self.read(argument, optional, left, found);
                    }
                    (name, _) => self.declared(name, optional, left, found),
                }
            }
            _ => found.open = true,
        }
    }

    fn declared(&self, name: &str, optional: bool, left: &mut u32, found: &mut ComponentProps) {
        match self.types.get(name) {
            Some(Type::Alias(alias)) => self.read(alias, optional, left, found),
            Some(Type::Interface(node)) => {
                for base in &node.extends {
                    match &*base.expr {
                        Expr::Ident(name) if *left > 0 => {
                            *left -= 1;
                            self.declared(&name.sym, optional, left, found);
                        }
                        _ => found.open = true,
                    }
                }
                self.members(&node.body.body, optional, found);
            }
            None => found.open = true,
        }
    }

    fn members(&self, members: &'a [TsTypeElement], all_optional: bool, found: &mut ComponentProps) {
        for member in members {
            let (key, optional, annotation) = match member {
                TsTypeElement::TsPropertySignature(one) if !one.computed => {
                    (&one.key, one.optional, one.type_ann.as_ref().map(|annotation| &*annotation.type_ann))
                }
                TsTypeElement::TsMethodSignature(one) if !one.computed => (&one.key, one.optional, None),
                TsTypeElement::TsIndexSignature(_) => {
                    found.open = true;
                    continue;
                }
                _ => continue,
            };
            let name = match &**key {
                Expr::Ident(name) => name.sym.as_str().to_owned(),
                Expr::Lit(swc_ecma_ast::Lit::Str(text)) => text.value.to_string_lossy().into_owned(),
                _ => continue,
            };
            if found.props.iter().any(|prop| prop.name == name) {
                continue;
            }
            let span = parse::span(member);
            found.props.push(Prop {
                name,
                optional: optional || all_optional,
                annotation: annotation.map(|annotation| self.written(parse::span(annotation))),
                values: annotation.map(|annotation| self.strings(annotation)).unwrap_or_default(),
                documentation: documentation(self.text, span.start),
            });
        }
    }

    /// A type as it is written, on one line.
    fn written(&self, span: Span) -> String {
        span.text(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The strings that a type may be: itself, a union of such, or the name of one in this file.
    fn strings(&self, node: &TsType) -> Vec<String> {
        let mut found = Vec::new();
        let mut work = vec![node];
        let mut left = MOST_TYPES * 4;
        while let Some(node) = work.pop() {
            if left == 0 {
                return Vec::new();
            }
            left -= 1;
            match node {
                TsType::TsLitType(literal) => match &literal.lit {
                    TsLit::Str(text) => found.push(text.value.to_string_lossy().into_owned()),
                    _ => return Vec::new(),
                },
                TsType::TsParenthesizedType(inner) => work.push(&inner.type_ann),
                TsType::TsUnionOrIntersectionType(TsUnionOrIntersectionType::TsUnionType(all)) => {
                    work.extend(all.types.iter().rev().map(|one| &**one));
                }
                TsType::TsKeywordType(word)
                    if word.kind == swc_ecma_ast::TsKeywordTypeKind::TsUndefinedKeyword => {}
                TsType::TsTypeRef(reference) => match &reference.type_name {
                    TsEntityName::Ident(name) => match self.types.get(&*name.sym) {
                        Some(Type::Alias(alias)) => work.push(alias),
                        _ => return Vec::new(),
                    },
                    TsEntityName::TsQualifiedName(_) => return Vec::new(),
                },
                _ => return Vec::new(),
            }
        }
        found
    }
}

fn property_name(name: &PropName) -> Option<String> {
    match name {
        PropName::Ident(name) => Some(name.sym.as_str().to_owned()),
        PropName::Str(text) => Some(text.value.to_string_lossy().into_owned()),
        _ => None,
    }
}

fn function(node: &Function) -> Callable<'_> {
    Callable(node.params.first().map(|parameter| &parameter.pat))
}

/// A function expression, or a call that wraps one: `memo((props) => ...)`.
fn callable(node: &Expr) -> Option<Callable<'_>> {
    match shape::unwrap(node) {
        Expr::Arrow(arrow) => Some(Callable(arrow.params.first())),
        Expr::Fn(node) => Some(function(&node.function)),
        Expr::Call(call) => match shape::unwrap(&call.args.first()?.expr) {
            Expr::Arrow(arrow) => Some(Callable(arrow.params.first())),
            Expr::Fn(node) => Some(function(&node.function)),
            _ => None,
        },
        _ => None,
    }
}

/// The text of the documentation comment that ends before an offset.
fn documentation(text: &str, start: u32) -> Option<String> {
    let before = text.get(..start as usize)?.trim_end().strip_suffix("*/")?;
    let comment = before.get(before.rfind("/*")?..)?.strip_prefix("/**")?;
    let lines = comment.lines().map(|line| line.trim().trim_start_matches('*').trim());
    let joined = lines.collect::<Vec<_>>().join("\n");
    let joined = joined.trim();
    (!joined.is_empty()).then(|| joined.to_owned())
}
