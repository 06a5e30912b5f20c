//! A document that html5ever builds, and what of the source is where in it.

use html5ever::interface::{Attribute, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ExpandedName, ParseOpts, QualName, local_name, ns, parse_document};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

/// An element that carries an attribute `w`: its number, and the number of the nearest such element around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Written {
    pub(super) index: usize,
    pub(super) parent: Option<usize>,
}

/// The elements with numbers in a document, in the order of the tree.
pub(super) fn parse(text: &str) -> Vec<Written> {
    let mut found = Vec::new();
    let mut work = vec![(document(text), None)];
    while let Some((node, parent)) = work.pop() {
        let number = node.number();
        if let Some(index) = number {
            found.push(Written { index, parent });
        }
        let children = node.children.borrow();
        work.extend(children.iter().rev().map(|child| (Rc::clone(child), number.or(parent))));
    }
    found
}

/// The number of the nearest numbered element around the text of a document.
pub(super) fn holder_of_text(text: &str) -> Option<usize> {
    let mut work = vec![(document(text), None)];
    while let Some((node, parent)) = work.pop() {
        if node.text.borrow().contains("Tea") {
            return parent;
        }
        let holder = node.number().or(parent);
        work.extend(node.children.borrow().iter().map(|child| (Rc::clone(child), holder)));
    }
    None
}

fn document(text: &str) -> Rc<Node> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts { scripting_enabled: false, ..Default::default() },
        ..Default::default()
    };
    parse_document(Sink { document: Node::new() }, options).one(text)
}

struct Node {
    /// Empty for what is no element.
    name: QualName,
    attributes: RefCell<Vec<Attribute>>,
    text: RefCell<String>,
    parent: RefCell<Weak<Node>>,
    children: RefCell<Vec<Rc<Node>>>,
}

impl Node {
    fn new() -> Rc<Self> {
        Self::element(QualName::new(None, ns!(), local_name!("")), Vec::new())
    }

    fn element(name: QualName, attributes: Vec<Attribute>) -> Rc<Self> {
        Rc::new(Self {
            name,
            attributes: RefCell::new(attributes),
            text: RefCell::default(),
            parent: RefCell::default(),
            children: RefCell::default(),
        })
    }

    fn number(&self) -> Option<usize> {
        let attributes = self.attributes.borrow();
        attributes.iter().find(|attribute| &*attribute.name.local == "w")?.value.parse().ok()
    }
}

struct Sink {
    document: Rc<Node>,
}

fn detach(node: &Rc<Node>) {
    let parent = std::mem::take(&mut *node.parent.borrow_mut()).upgrade();
    if let Some(parent) = parent {
        parent.children.borrow_mut().retain(|child| !Rc::ptr_eq(child, node));
    }
}

fn insert(parent: &Rc<Node>, at: usize, child: NodeOrText<Rc<Node>>) {
    let child = match child {
        NodeOrText::AppendNode(node) => node,
        NodeOrText::AppendText(text) => {
            let node = Node::new();
            node.text.borrow_mut().push_str(&text);
            node
        }
    };
    detach(&child);
    *child.parent.borrow_mut() = Rc::downgrade(parent);
    let mut children = parent.children.borrow_mut();
    let at = at.min(children.len());
    children.insert(at, child);
}

impl TreeSink for Sink {
    type Handle = Rc<Node>;
    type Output = Rc<Node>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Rc<Node> {
        self.document
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Rc<Node> {
        Rc::clone(&self.document)
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Rc<Node> {
        Node::element(name, attributes)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        Node::new()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        Node::new()
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        insert(parent, usize::MAX, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Node>,
        previous: &Rc<Node>,
        child: NodeOrText<Rc<Node>>,
    ) {
        if element.parent.borrow().upgrade().is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, x: &Rc<Node>, y: &Rc<Node>) -> bool {
        Rc::ptr_eq(x, y)
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Rc<Node>, new: NodeOrText<Rc<Node>>) {
        let Some(parent) = sibling.parent.borrow().upgrade() else { return };
        if let NodeOrText::AppendNode(node) = &new {
            detach(node);
        }
        let at = parent.children.borrow().iter().position(|child| Rc::ptr_eq(child, sibling));
        insert(&parent, at.unwrap_or(usize::MAX), new);
    }

    fn add_attrs_if_missing(&self, target: &Rc<Node>, attributes: Vec<Attribute>) {
        let mut own = target.attributes.borrow_mut();
        for attribute in attributes {
            if !own.iter().any(|present| present.name == attribute.name) {
                own.push(attribute);
            }
        }
    }

    fn remove_from_parent(&self, target: &Rc<Node>) {
        detach(target);
    }

    fn reparent_children(&self, node: &Rc<Node>, new_parent: &Rc<Node>) {
        let children = std::mem::take(&mut *node.children.borrow_mut());
        for child in children {
            *child.parent.borrow_mut() = Weak::new();
            insert(new_parent, usize::MAX, NodeOrText::AppendNode(child));
        }
    }
}
