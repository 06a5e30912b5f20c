//! The grammar of abbreviations: elements and groups with what hangs on them, joined by `>`, `+` and `^`.

/// How deep groups and children may stand.
const DEEPEST: usize = 64;

/// An abbreviation. Children always follow their parents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tree {
    /// All nodes.
    pub(super) nodes: Vec<Node>,
    /// Those that stand in no other.
    pub(super) roots: Vec<usize>,
}

/// An element, a group, or a text alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// The element's name; empty where none is written.
    pub(super) name: String,
    /// Whether it is a group.
    pub(super) is_group: bool,
    /// Its id.
    pub(super) id: Option<String>,
    /// Its classes.
    pub(super) classes: Vec<String>,
    /// Its attributes; without a value where none is written.
    pub(super) attributes: Vec<(String, Option<String>)>,
    /// Its text.
    pub(super) text: Option<String>,
    /// How often it stands there, where that is written.
    pub(super) repeat: Option<u32>,
    /// Whether `/` says that it has no content.
    pub(super) self_closing: bool,
    /// Its children.
    pub(super) children: Vec<usize>,
}

/// Reads an abbreviation; nothing where it is none.
pub(super) fn parse(text: &str) -> Option<Tree> {
    let mut parser = Parser { rest: text, tree: Tree::default() };
    let mut stack: Vec<Level> = vec![Level::default()];
    loop {
        if parser.eat('(') {
            if stack.len() > DEEPEST {
                return None;
            }
            let id = parser.add(Node { is_group: true, ..Node::default() });
            let level = stack.last_mut()?;
            parser.attach(level, id);
            stack.push(Level { path: vec![id], ..Level::default() });
            stack.last_mut()?.base = 1;
            continue;
        }
        let node = parser.element()?;
        let id = parser.add(node);
        let level = stack.last_mut()?;
        parser.attach(level, id);
        level.last = Some(id);
        // What may follow an item: ends of groups, then an operator.
        while parser.eat(')') {
            let closed = stack.pop()?;
            if stack.is_empty() {
                return None;
            }
            let group = *closed.path.first()?;
            parser.tree.nodes[group].repeat = parser.repeat()?;
            stack.last_mut()?.last = Some(group);
        }
        if parser.rest.is_empty() {
            break;
        }
        let level = stack.last_mut()?;
        if parser.eat('>') {
            level.path.push(level.last?);
            if level.path.len() > DEEPEST {
                return None;
            }
        } else if parser.eat('^') {
            level.climb();
            while parser.eat('^') {
                level.climb();
            }
        } else if !parser.eat('+') {
            return None;
        }
    }
    (stack.len() == 1).then_some(parser.tree)
}

/// Where items go, within one pair of parentheses.
#[derive(Default)]
struct Level {
    /// The parents, the group itself first.
    path: Vec<usize>,
    /// How many of them cannot be climbed out of.
    base: usize,
    last: Option<usize>,
}

impl Level {
    fn climb(&mut self) {
        if self.path.len() > self.base {
            self.path.pop();
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
    tree: Tree,
}

impl<'a> Parser<'a> {
    fn add(&mut self, node: Node) -> usize {
        self.tree.nodes.push(node);
        self.tree.nodes.len() - 1
    }

    fn attach(&mut self, level: &Level, id: usize) {
        match level.path.last() {
            Some(parent) => self.tree.nodes[*parent].children.push(id),
            None => self.tree.roots.push(id),
        }
    }

    fn eat(&mut self, character: char) -> bool {
        match self.rest.strip_prefix(character) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|character| !fits(character)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn element(&mut self) -> Option<Node> {
        let is_name = |character: char| character.is_ascii_alphanumeric() || "-_:$@!".contains(character);
        let mut node = Node { name: self.take_while(is_name).to_owned(), ..Node::default() };
        if node.name.starts_with(['-', ':', '@']) || node.name.contains('!') {
            return None;
        }
        let before = self.rest.len();
        loop {
            if self.eat('#') {
                node.id = Some(self.word()?);
            } else if self.eat('.') {
                node.classes.push(self.word()?);
            } else if self.eat('[') {
                self.attributes(&mut node)?;
            } else if self.eat('{') {
                let end = self.rest.find('}')?;
                node.text = Some(self.rest[..end].to_owned());
                self.rest = &self.rest[end + 1..];
            } else {
                break;
            }
        }
        if node.name.is_empty() && before == self.rest.len() {
            return None;
        }
        node.self_closing = self.eat('/');
        node.repeat = self.repeat()?;
        Some(node)
    }

    /// `*3`; the inner nothing where none is written.
    #[expect(clippy::option_option, reason = "a number that cannot be read ends the parse")]
    fn repeat(&mut self) -> Option<Option<u32>> {
        if !self.eat('*') {
            return Some(None);
        }
        let digits = self.take_while(|character| character.is_ascii_digit());
        Some(Some(digits.parse().ok()?))
    }

    /// The name of a class or an id.
    fn word(&mut self) -> Option<String> {
        let word = self.take_while(|c| c.is_ascii_alphanumeric() || "-_$@:".contains(c));
        (!word.is_empty()).then(|| word.to_owned())
    }

    /// `a b=c d="e f"]`.
    fn attributes(&mut self, node: &mut Node) -> Option<()> {
        loop {
            self.take_while(|character| character == ' ');
            if self.eat(']') {
                return Some(());
            }
            let name = self.take_while(|c| c.is_ascii_alphanumeric() || "-_:.@$".contains(c)).to_owned();
            if name.is_empty() {
                return None;
            }
            let mut value = None;
            if self.eat('=') {
                let quote = ['"', '\''].into_iter().find(|quote| self.eat(*quote));
                let text = match quote {
                    Some(quote) => {
                        let text = self.take_while(|character| character != quote);
                        self.eat(quote).then_some(text)?
                    }
                    None => self.take_while(|character| !matches!(character, ' ' | ']')),
                };
                value = Some(text.to_owned());
            }
            node.attributes.push((name, value));
        }
    }
}
