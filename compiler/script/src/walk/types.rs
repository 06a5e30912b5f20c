//! Names that are used as types. Nothing else of a type matters: it is erased.
//!
//! Refuses exactness where it would cost: a name that a function declares for itself counts as well. What is left out
//! are type parameters, and `typeof x` of a name that an inner scope declares as a value.

use super::Walker;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_ecma_ast::{
    ArrayPat, Class, ClassMember, Decl, DefaultDecl, ExportSpecifier, Expr, Function, Ident, Key, MemberProp,
    ModuleDecl, ModuleExportName, ModuleItem, ObjectPat, ObjectPatProp, ParamOrTsParamProp, Pat, PropName,
    Stmt, TsEntityName, TsExprWithTypeArgs, TsFnOrConstructorType, TsFnParam, TsImportType, TsInterfaceDecl,
    TsLit, TsModuleDecl, TsModuleRef, TsNamespaceBody, TsParamPropParam, TsType, TsTypeAnn, TsTypeElement,
    TsTypeParam, TsTypeParamDecl, TsTypeParamInstantiation, TsTypeQueryExpr, TsUnionOrIntersectionType,
};

/// The names used as types, and the type parameters that are in scope.
#[derive(Default)]
pub(crate) struct Types<'ast> {
    used: FxHashSet<&'ast Atom>,
    /// How many declarations of a type parameter of this name are around.
    parameters: FxHashMap<&'ast Atom, u32>,
    /// `infer` declarations of the conditional types around.
    inferred: Vec<&'ast Atom>,
    conditionals: u32,
}

impl<'ast> Types<'ast> {
    fn enter(&mut self, name: &'ast Atom) {
        *self.parameters.entry(name).or_default() += 1;
    }

    fn leave(&mut self, name: &'ast Atom) {
        if let Some(count) = self.parameters.get_mut(name) {
            *count -= 1;
            if *count == 0 {
                self.parameters.remove(name);
            }
        }
    }

    fn add(&mut self, name: &'ast Atom) {
        if self.parameters.is_empty() || !self.parameters.contains_key(name) {
            self.used.insert(name);
        }
    }

    /// The names used, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.used.iter().map(ToString::to_string).collect();
        names.sort_unstable();
        names
    }
}

impl<'ast> Walker<'ast, '_> {
    /// Notes a name that is used as a type.
    pub(crate) fn type_name(&mut self, name: &'ast Ident) {
        self.types.add(&name.sym);
    }

    /// The name that `A.B.C` begins with, used as a type.
    pub(crate) fn type_entity(&mut self, name: &'ast TsEntityName) {
        self.type_name(root(name));
    }

    /// The name that `a.b.c` begins with, in an expression that a type is written with.
    fn type_expression(&mut self, node: &'ast Expr) {
        let mut node = node;
        loop {
            match node {
                Expr::Ident(name) => return self.type_name(name),
                Expr::Member(member) => {
                    if let MemberProp::Computed(key) = &member.prop
                        && let Expr::Ident(name) = &*key.expr
                    {
                        self.type_name(name);
                    }
                    node = &member.obj;
                }
                Expr::Paren(inner) => node = &inner.expr,
                Expr::TsInstantiation(inner) => {
                    self.types_in(Some(&inner.type_args));
                    node = &inner.expr;
                }
                _ => return,
            }
        }
    }

    /// Brings type parameters into scope, and looks at what they are written with. To be followed by
    /// [`Walker::leave_type_parameters`].
    pub(crate) fn enter_type_parameters(&mut self, declared: Option<&'ast TsTypeParamDecl>) {
        let Some(declared) = declared else { return };
        for one in &declared.params {
            self.types.enter(&one.name.sym);
        }
        for one in &declared.params {
            self.type_parameter(one);
        }
    }

    /// Takes type parameters out of scope.
    pub(crate) fn leave_type_parameters(&mut self, declared: Option<&'ast TsTypeParamDecl>) {
        let Some(declared) = declared else { return };
        for one in &declared.params {
            self.types.leave(&one.name.sym);
        }
    }

    fn type_parameter(&mut self, one: &'ast TsTypeParam) {
        for node in one.constraint.iter().chain(&one.default) {
            self.in_type(node);
        }
    }

    /// The types between `<` and `>`.
    pub(crate) fn types_in(&mut self, arguments: Option<&'ast TsTypeParamInstantiation>) {
        if let Some(arguments) = arguments {
            for one in &arguments.params {
                self.in_type(one);
            }
        }
    }

    fn annotated(&mut self, annotation: Option<&'ast TsTypeAnn>) {
        if let Some(annotation) = annotation {
            self.in_type(&annotation.type_ann);
        }
    }

    /// Walks a type.
    pub(crate) fn in_type(&mut self, node: &'ast TsType) {
        match node {
            TsType::TsKeywordType(_) | TsType::TsThisType(_) => {}
            TsType::TsTypeRef(reference) if reference.type_params.is_none() => {
                self.type_entity(&reference.type_name)
            }
            _ => self.deeper(|walker| walker.inside_type(node)),
        }
    }

    fn inside_type(&mut self, node: &'ast TsType) {
        match node {
            TsType::TsKeywordType(_) | TsType::TsThisType(_) => {}
            TsType::TsTypeRef(reference) => {
                self.type_entity(&reference.type_name);
                self.types_in(reference.type_params.as_deref());
            }
            TsType::TsFnOrConstructorType(TsFnOrConstructorType::TsFnType(function)) => {
                self.signature(function.type_params.as_deref(), &function.params, Some(&function.type_ann))
            }
            TsType::TsFnOrConstructorType(TsFnOrConstructorType::TsConstructorType(function)) => {
                self.signature(function.type_params.as_deref(), &function.params, Some(&function.type_ann))
            }
            TsType::TsTypeQuery(query) => {
                match &query.expr_name {
                    TsTypeQueryExpr::TsEntityName(name) => {
                        let name = root(name);
                        if !self.names.is_local(&name.sym) {
                            self.types.used.insert(&name.sym);
                        }
                    }
                    TsTypeQueryExpr::Import(import) => self.imported_type(import),
                }
                self.types_in(query.type_args.as_deref());
            }
            TsType::TsTypeLit(literal) => self.type_members(&literal.members),
            TsType::TsArrayType(array) => self.in_type(&array.elem_type),
            TsType::TsTupleType(tuple) => {
                for item in &tuple.elem_types {
                    self.in_type(&item.ty);
                }
            }
            TsType::TsOptionalType(inner) => self.in_type(&inner.type_ann),
            TsType::TsRestType(inner) => self.in_type(&inner.type_ann),
            TsType::TsUnionOrIntersectionType(TsUnionOrIntersectionType::TsUnionType(union)) => {
                for one in &union.types {
                    self.in_type(one);
                }
            }
            TsType::TsUnionOrIntersectionType(TsUnionOrIntersectionType::TsIntersectionType(all)) => {
                for one in &all.types {
                    self.in_type(one);
                }
            }
            TsType::TsConditionalType(node) => {
                self.in_type(&node.check_type);
                let before = self.types.inferred.len();
                self.types.conditionals += 1;
                self.in_type(&node.extends_type);
                self.types.conditionals -= 1;
                self.in_type(&node.true_type);
                while self.types.inferred.len() > before
                    && let Some(name) = self.types.inferred.pop()
                {
                    self.types.leave(name);
                }
                self.in_type(&node.false_type);
            }
            TsType::TsInferType(infer) => {
                if self.types.conditionals > 0 {
                    self.types.enter(&infer.type_param.name.sym);
                    self.types.inferred.push(&infer.type_param.name.sym);
                }
                self.type_parameter(&infer.type_param);
            }
            TsType::TsParenthesizedType(inner) => self.in_type(&inner.type_ann),
            TsType::TsTypeOperator(inner) => self.in_type(&inner.type_ann),
            TsType::TsIndexedAccessType(access) => {
                self.in_type(&access.obj_type);
                self.in_type(&access.index_type);
            }
            TsType::TsMappedType(mapped) => {
                self.type_parameter(&mapped.type_param);
                self.types.enter(&mapped.type_param.name.sym);
                for one in mapped.name_type.iter().chain(&mapped.type_ann) {
                    self.in_type(one);
                }
                self.types.leave(&mapped.type_param.name.sym);
            }
            TsType::TsLitType(literal) => {
                if let TsLit::Tpl(template) = &literal.lit {
                    for one in &template.types {
                        self.in_type(one);
                    }
                }
            }
            TsType::TsTypePredicate(predicate) => self.annotated(predicate.type_ann.as_deref()),
            TsType::TsImportType(import) => self.imported_type(import),
        }
    }

    fn imported_type(&mut self, import: &'ast TsImportType) {
        self.types_in(import.type_args.as_deref());
    }

    fn signature(
        &mut self,
        types: Option<&'ast TsTypeParamDecl>,
        parameters: &'ast [TsFnParam],
        result: Option<&'ast TsTypeAnn>,
    ) {
        self.enter_type_parameters(types);
        for parameter in parameters {
            self.type_of_parameter(parameter);
        }
        self.annotated(result);
        self.leave_type_parameters(types);
    }

    fn type_of_parameter(&mut self, parameter: &'ast TsFnParam) {
        match parameter {
            TsFnParam::Ident(name) => self.annotated(name.type_ann.as_deref()),
            TsFnParam::Array(array) => self.types_of_array(array),
            TsFnParam::Rest(rest) => self.annotated(rest.type_ann.as_deref()),
            TsFnParam::Object(object) => self.types_of_object(object),
        }
    }

    fn types_of_array(&mut self, array: &'ast ArrayPat) {
        self.annotated(array.type_ann.as_deref());
    }

    fn types_of_object(&mut self, object: &'ast ObjectPat) {
        for part in &object.props {
            if let ObjectPatProp::KeyValue(pair) = part {
                self.type_key(&pair.key);
            }
        }
        self.annotated(object.type_ann.as_deref());
    }

    /// The types of a pattern that is erased.
    fn types_of(&mut self, pattern: &'ast Pat) {
        match pattern {
            Pat::Ident(name) => self.annotated(name.type_ann.as_deref()),
            Pat::Array(array) => self.types_of_array(array),
            Pat::Object(object) => self.types_of_object(object),
            Pat::Rest(rest) => self.annotated(rest.type_ann.as_deref()),
            Pat::Assign(assign) => self.deeper(|walker| walker.types_of(&assign.left)),
            Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }

    fn type_members(&mut self, members: &'ast [TsTypeElement]) {
        for member in members {
            match member {
                TsTypeElement::TsCallSignatureDecl(one) => {
                    self.signature(one.type_params.as_deref(), &one.params, one.type_ann.as_deref());
                }
                TsTypeElement::TsConstructSignatureDecl(one) => {
                    self.signature(one.type_params.as_deref(), &one.params, one.type_ann.as_deref());
                }
                TsTypeElement::TsPropertySignature(one) => {
                    self.computed(&one.key, one.computed);
                    self.annotated(one.type_ann.as_deref());
                }
                TsTypeElement::TsGetterSignature(one) => {
                    self.computed(&one.key, one.computed);
                    self.annotated(one.type_ann.as_deref());
                }
                TsTypeElement::TsSetterSignature(one) => {
                    self.computed(&one.key, one.computed);
                    self.type_of_parameter(&one.param);
                }
                TsTypeElement::TsMethodSignature(one) => {
                    self.computed(&one.key, one.computed);
                    self.signature(one.type_params.as_deref(), &one.params, one.type_ann.as_deref());
                }
                TsTypeElement::TsIndexSignature(one) => {
                    self.signature(None, &one.params, one.type_ann.as_deref());
                }
            }
        }
    }

    fn computed(&mut self, key: &'ast Expr, computed: bool) {
        if computed {
            self.type_expression(key);
        }
    }

    fn type_key(&mut self, key: &'ast PropName) {
        if let PropName::Computed(computed) = key {
            self.type_expression(&computed.expr);
        }
    }

    /// `implements A, B<C>`, or what an interface extends.
    pub(crate) fn heritage(&mut self, list: &'ast [TsExprWithTypeArgs]) {
        for one in list {
            self.type_expression(&one.expr);
            self.types_in(one.type_args.as_deref());
        }
    }

    fn interface(&mut self, node: &'ast TsInterfaceDecl) {
        self.enter_type_parameters(node.type_params.as_deref());
        self.heritage(&node.extends);
        self.type_members(&node.body.body);
        self.leave_type_parameters(node.type_params.as_deref());
    }

    /// The types of a function without a body.
    pub(crate) fn types_of_function(&mut self, function: &'ast Function) {
        self.enter_type_parameters(function.type_params.as_deref());
        if let Some(this) = &function.this_param {
            self.annotated(this.type_ann.as_deref());
        }
        for parameter in &function.params {
            self.types_of(&parameter.pat);
        }
        self.annotated(function.return_type.as_deref());
        self.leave_type_parameters(function.type_params.as_deref());
    }

    /// The types of a class that is only declared.
    fn types_of_class(&mut self, class: &'ast Class) {
        self.enter_type_parameters(class.type_params.as_deref());
        if let Some(parent) = &class.super_class {
            self.type_expression(parent);
        }
        self.types_in(class.super_type_params.as_deref());
        self.heritage(&class.implements);
        for member in &class.body {
            self.types_of_member(member);
        }
        self.leave_type_parameters(class.type_params.as_deref());
    }

    /// The types of a member that is erased.
    pub(crate) fn types_of_member(&mut self, member: &'ast ClassMember) {
        match member {
            ClassMember::Constructor(node) => {
                for parameter in &node.params {
                    match parameter {
                        ParamOrTsParamProp::Param(parameter) => self.types_of(&parameter.pat),
                        ParamOrTsParamProp::TsParamProp(property) => match &property.param {
                            TsParamPropParam::Ident(name) => self.annotated(name.type_ann.as_deref()),
                            TsParamPropParam::Assign(assign) => self.types_of(&assign.left),
                        },
                    }
                }
            }
            ClassMember::Method(node) => {
                self.type_key(&node.key);
                self.types_of_function(&node.function);
            }
            ClassMember::PrivateMethod(node) => self.types_of_function(&node.function),
            ClassMember::ClassProp(node) => {
                self.type_key(&node.key);
                self.annotated(node.type_ann.as_deref());
            }
            ClassMember::PrivateProp(node) => self.annotated(node.type_ann.as_deref()),
            ClassMember::TsIndexSignature(node) => {
                self.signature(None, &node.params, node.type_ann.as_deref())
            }
            ClassMember::AutoAccessor(node) => {
                if let Key::Public(key) = &node.key {
                    self.type_key(key);
                }
                self.annotated(node.type_ann.as_deref());
            }
            ClassMember::Empty(_) | ClassMember::StaticBlock(_) => {}
        }
    }

    /// The types of a declaration that leaves nothing at run time.
    pub(crate) fn types_of_declaration(&mut self, node: &'ast Decl) {
        match node {
            Decl::TsInterface(node) => self.interface(node),
            Decl::TsTypeAlias(node) => {
                self.enter_type_parameters(node.type_params.as_deref());
                self.in_type(&node.type_ann);
                self.leave_type_parameters(node.type_params.as_deref());
            }
            Decl::Class(class) => self.types_of_class(&class.class),
            Decl::Fn(function) => self.types_of_function(&function.function),
            Decl::Var(variables) => {
                for one in &variables.decls {
                    self.types_of(&one.name);
                }
            }
            Decl::Using(_) => {}
            Decl::TsEnum(node) => {
                for init in node.members.iter().filter_map(|member| member.init.as_deref()) {
                    self.type_expression(init);
                }
            }
            Decl::TsModule(node) => self.types_of_namespace(node),
        }
    }

    /// The types of a default export that leaves nothing at run time.
    pub(crate) fn types_of_default(&mut self, node: &'ast DefaultDecl) {
        match node {
            DefaultDecl::Class(class) => self.types_of_class(&class.class),
            DefaultDecl::Fn(function) => self.types_of_function(&function.function),
            DefaultDecl::TsInterfaceDecl(interface) => self.interface(interface),
        }
    }

    fn types_of_namespace(&mut self, node: &'ast TsModuleDecl) {
        let mut body = node.body.as_ref();
        while let Some(TsNamespaceBody::TsNamespaceDecl(inner)) = body {
            body = Some(&inner.body);
        }
        let Some(TsNamespaceBody::TsModuleBlock(block)) = body else { return };
        for item in &block.body {
            self.deeper(|walker| walker.types_of_item(item));
        }
    }

    fn types_of_item(&mut self, item: &'ast ModuleItem) {
        match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => self.types_of_declaration(declaration),
            ModuleItem::Stmt(_) => {}
            ModuleItem::ModuleDecl(node) => match node {
                ModuleDecl::ExportDecl(export) => self.types_of_declaration(&export.decl),
                ModuleDecl::ExportDefaultDecl(export) => self.types_of_default(&export.decl),
                ModuleDecl::ExportDefaultExpr(export) => self.type_expression(&export.expr),
                ModuleDecl::TsExportAssignment(export) => self.type_expression(&export.expr),
                ModuleDecl::ExportNamed(export) if export.src.is_none() => {
                    for specifier in &export.specifiers {
                        if let ExportSpecifier::Named(one) = specifier
                            && let ModuleExportName::Ident(name) = &one.orig
                        {
                            self.type_name(name);
                        }
                    }
                }
                ModuleDecl::TsImportEquals(import) => {
                    if let TsModuleRef::TsEntityName(name) = &import.module_ref {
                        self.type_entity(name);
                    }
                }
                _ => {}
            },
        }
    }
}

/// The name that a dotted name begins with.
pub(crate) fn root(mut name: &TsEntityName) -> &Ident {
    loop {
        match name {
            TsEntityName::Ident(name) => return name,
            TsEntityName::TsQualifiedName(qualified) => name = &qualified.left,
        }
    }
}
