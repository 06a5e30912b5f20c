//! Guards against code that is nested so deeply that a recursive parser, walk or drop would overflow the stack.
//!
//! swc's parser recurses without a check, and so does the drop of its tree. The stack for the parser is made large
//! enough beforehand, from an upper bound of the nesting; a deep tree is taken apart without recursion.

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    Expr, Ident, Module, Pat, Stmt, TsEntityName, TsModuleBlock, TsNamespaceBody, TsThisType, TsType,
};
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Stack that one level of nesting takes in the parser, at most. Measured with a margin; a build without optimisation
/// takes far more.
const PER_LEVEL: usize = if cfg!(debug_assertions) { 24 * 1024 } else { 8 * 1024 };

/// Stack that is wanted for code without notable nesting.
const BASE: usize = 256 * 1024;

/// Trees of at most this nesting are dropped as usual, whatever the stack.
const SHALLOW: usize = 400;

/// What [`estimate`] finds.
pub(crate) struct Estimate {
    /// An upper bound of how deeply the parser recurses over the code.
    pub(crate) levels: usize,
    /// How many `<` there are that begin a cast or type parameters, or may.
    pub(crate) casts: usize,
    /// How many `?` there are before what may be an arrow function's parameters in parentheses.
    pub(crate) conditionals: usize,
}

impl Estimate {
    /// Whether the code could be of a kind that the parser reads many times over (see `limits.rs`).
    pub(crate) fn is_suspicious(&self) -> bool {
        self.casts > 6 || self.conditionals > 6 || self.levels > 1_000
    }
}

/// Stack that dropping one level of nesting takes, at most.
const PER_DROP: usize = if cfg!(debug_assertions) { 4 * 1024 } else { 1024 };

/// [`estimate`], without following the code where it is so short that even every word and sign in it could nest: then the stack that
/// there is holds it, and nothing needs a closer look.
pub(crate) fn bound(bytes: &[u8]) -> Estimate {
    let room = stacker::remaining_stack().unwrap_or(0).saturating_sub(BASE) / PER_LEVEL;
    let levels = tokens(bytes);
    if levels > room.min(1_000) {
        return estimate(bytes);
    }
    let places = |byte: u8| memchr::memchr_iter(byte, bytes);
    let casts = places(b'<').filter(|at| begins_expression(bytes, *at)).count();
    let conditionals = places(b'?').filter(|at| may_precede_arrow(bytes, *at)).count();
    let rough = Estimate { levels, casts, conditionals };
    // Strings and comments were counted too.
    if rough.is_suspicious() { estimate(bytes) } else { rough }
}

/// How many words and signs there are, at most.
fn tokens(bytes: &[u8]) -> usize {
    let mut tokens = 0;
    let mut word_before = 0;
    // In pieces whose counts fit a byte, so that many bytes are counted at a time.
    for piece in bytes.chunks(192) {
        let mut words = [0u8; 192];
        let mut signs = 0u8;
        for (word, byte) in words.iter_mut().zip(piece) {
            let letter = (byte | 0x20).wrapping_sub(b'a') < 26;
            let digit = byte.wrapping_sub(b'0') < 10;
            let other = (*byte == b'_') | (*byte == b'$') | (*byte >= 0x80);
            let blank =
                (*byte == b' ') | (*byte == b'.') | (*byte == b'\t') | (*byte == b'\r') | (*byte == b'\n');
            *word = u8::from(letter | digit | other);
            signs += 1 - (*word | u8::from(blank));
        }
        let mut begun = words[0] & !word_before;
        for (before, word) in words.iter().zip(&words[1..]) {
            begun += word & !before;
        }
        word_before = words[piece.len() - 1];
        tokens += usize::from(signs) + usize::from(begun);
    }
    tokens
}

/// What a byte is to [`estimate`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// It can stand in a name.
    Word,
    /// It says nothing.
    Blank,
    /// Anything else.
    Sign,
}

/// The class of each byte.
static CLASS: [Class; 256] = {
    let mut table = [Class::Sign; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' | b'\t' | b'.' | b'\r' => Class::Blank,
            _ if crate::scan::is_word(byte as u8) => Class::Word,
            _ => Class::Sign,
        };
        byte += 1;
    }
    table
};

/// An upper bound of how deeply the parser recurses over the code, and what tells whether a closer look is due.
///
/// Counted are brackets that are open, and operators and words since the last separator at each level: `!!!!x`,
/// `a ? b : c ? d : e` and `x => y => z` nest without brackets. In strings, templates and comments openers still
/// count and closers do not, so that a mistake about where those end can only make the bound larger.
pub(crate) fn estimate(bytes: &[u8]) -> Estimate {
    let mut stack: Vec<(u8, usize, bool)> = Vec::with_capacity(32);
    let mut current = 0usize;
    let mut most = 0usize;
    // A `<` came before: a comma may stand in type parameters, and then separates nothing.
    let mut angle = false;
    let (mut casts, mut conditionals) = (0, 0);
    let mut inert = 0u8; // what ends the text in which closers do not count; 0 in code
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        let class = CLASS[byte as usize];
        // Most of a text are words, and blanks where a template's own text stood.
        if class != Class::Sign {
            if byte == b' ' {
                // What was blanked out are long runs.
                while bytes.get(at..at + 8) == Some(b"        ") {
                    at += 8;
                }
            }
            while bytes.get(at).is_some_and(|next| CLASS[*next as usize] == class) {
                at += 1;
            }
            // Each word may be a prefix operator (`await`, `typeof`, `new`) or the head of a statement (`if`, `else`).
            current += usize::from(class == Class::Word && inert == 0);
            most = most.max(current);
            continue;
        }
        let last = if start == 0 { 0 } else { bytes[start - 1] };
        let at = start;
        match byte {
            b'\n' => {
                if matches!(inert, b'\n' | b'"' | b'\'' | b'/') {
                    inert = 0;
                }
            }
            b'(' | b'[' | b'{' => {
                let resumes = inert == b'`' && byte == b'{' && last == b'$';
                stack.push((if resumes { b'$' } else { byte }, current, angle));
                angle = false;
                current += 1;
                if resumes {
                    inert = 0;
                }
            }
            _ if inert != 0 => {
                let ends =
                    if inert == b'*' { byte == b'/' && last == b'*' } else { byte == inert && last != b'\\' };
                if ends {
                    inert = 0;
                }
            }
            b')' | b']' | b'}' => {
                let wanted = match byte {
                    b')' => b'(',
                    b']' => b'[',
                    _ => b'{',
                };
                if let Some(&(open, level, outer)) = stack.last()
                    && (open == wanted || (open == b'$' && byte == b'}'))
                {
                    stack.pop();
                    current = level + 1;
                    angle = outer;
                    if open == b'$' {
                        // The parts of a template literal stand beside each other.
                        current = level;
                        inert = b'`';
                    }
                }
            }
            b',' if angle => current += 1,
            b',' | b';' => {
                current = stack.last().map_or(0, |(_, level, _)| level + 1);
                angle = false;
            }
            b'"' | b'\'' | b'`' => inert = byte,
            b'/' if bytes.get(at + 1) == Some(&b'/') => inert = b'\n',
            b'/' if bytes.get(at + 1) == Some(&b'*') => {}
            b'*' if last == b'/' => inert = b'*',
            b'/' if may_open_regex(bytes, at) => inert = b'/',
            b'<' => {
                current += 1;
                angle = true;
                casts += usize::from(begins_expression(bytes, at));
            }
            b'?' => {
                current += 1;
                conditionals += usize::from(may_precede_arrow(bytes, at));
            }
            _ => current += 1,
        }
        most = most.max(current);
    }
    Estimate { levels: most.max(current), casts, conditionals }
}

/// Whether what follows the `?` at a place may be an arrow function's parameters in parentheses.
fn may_precede_arrow(bytes: &[u8], at: usize) -> bool {
    let next = bytes[at + 1..].trim_ascii_start();
    next.starts_with(b"(") || next.starts_with(b"async")
}

/// Whether an expression may begin at a place: no value ends before it.
fn begins_expression(bytes: &[u8], at: usize) -> bool {
    let before = bytes[..at].trim_ascii_end();
    match before.last() {
        Some(b')' | b']' | b'}') => false,
        Some(byte) if crate::scan::is_word(*byte) => {
            let start = before.iter().rposition(|byte| !crate::scan::is_word(*byte)).map_or(0, |at| at + 1);
            crate::scan::before_expression(&before[start..])
        }
        _ => true,
    }
}

/// Whether a slash may open a regular expression, in which brackets close nothing. In doubt it does.
fn may_open_regex(bytes: &[u8], at: usize) -> bool {
    match bytes[..at].trim_ascii_end().last() {
        Some(b')' | b'}') => {
            bytes[at + 1..].iter().take_while(|byte| **byte != b'\n').any(|byte| *byte == b'/')
        }
        _ => begins_expression(bytes, at),
    }
}

/// Runs `work` with a stack that is large enough for code of this nesting.
pub(crate) fn with_stack<T>(levels: usize, work: impl FnOnce() -> T) -> T {
    // Most code has fewer levels than the remaining stack holds; then nothing is allocated.
    let need = BASE + levels * PER_LEVEL;
    stacker::maybe_grow(need, need + BASE, work)
}

/// Runs `work`, with a new stretch of stack where little of it is left.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(256 * 1024, 2 * 1024 * 1024, work)
}

/// Drops a tree of this estimated nesting without recursion into its depth.
pub(crate) fn dispose(mut module: Module, levels: usize) {
    let room = stacker::remaining_stack().unwrap_or(0) / 2 / PER_DROP;
    if levels > room.max(SHALLOW) {
        let mut dismantler = Dismantler::default();
        module.visit_mut_children_with(&mut dismantler);
        dismantler.run();
    }
}

/// Takes the parts out of every node it meets, to be dropped one by one.
#[derive(Default)]
struct Dismantler {
    expressions: Vec<Expr>,
    statements: Vec<Stmt>,
    patterns: Vec<Pat>,
    types: Vec<TsType>,
    names: Vec<TsEntityName>,
    bodies: Vec<TsNamespaceBody>,
}

impl Dismantler {
    fn run(&mut self) {
        loop {
            if let Some(mut node) = self.expressions.pop() {
                node.visit_mut_children_with(self);
            } else if let Some(mut node) = self.statements.pop() {
                node.visit_mut_children_with(self);
            } else if let Some(mut node) = self.patterns.pop() {
                node.visit_mut_children_with(self);
            } else if let Some(mut node) = self.types.pop() {
                node.visit_mut_children_with(self);
            } else if let Some(mut node) = self.names.pop() {
                node.visit_mut_children_with(self);
            } else if let Some(mut node) = self.bodies.pop() {
                node.visit_mut_children_with(self);
            } else {
                return;
            }
        }
    }
}

impl VisitMut for Dismantler {
    fn visit_mut_expr(&mut self, node: &mut Expr) {
        if !matches!(node, Expr::Invalid(_) | Expr::Ident(_) | Expr::Lit(_)) {
            self.expressions.push(std::mem::replace(node, Expr::dummy()));
        }
    }

    fn visit_mut_stmt(&mut self, node: &mut Stmt) {
        self.statements.push(std::mem::replace(node, Stmt::dummy()));
    }

    fn visit_mut_pat(&mut self, node: &mut Pat) {
        if !matches!(node, Pat::Invalid(_)) {
            self.patterns.push(std::mem::replace(node, Pat::dummy()));
        }
    }

    fn visit_mut_ts_type(&mut self, node: &mut TsType) {
        if !matches!(node, TsType::TsKeywordType(_) | TsType::TsThisType(_)) {
            self.types.push(std::mem::replace(node, TsType::TsThisType(TsThisType { span: DUMMY_SP })));
        }
    }

    fn visit_mut_ts_entity_name(&mut self, node: &mut TsEntityName) {
        if !matches!(node, TsEntityName::Ident(_)) {
            self.names.push(std::mem::replace(node, TsEntityName::Ident(Ident::dummy())));
        }
    }

    fn visit_mut_ts_namespace_body(&mut self, node: &mut TsNamespaceBody) {
        let empty = TsNamespaceBody::TsModuleBlock(TsModuleBlock { span: DUMMY_SP, body: Vec::new() });
        if !matches!(node, TsNamespaceBody::TsModuleBlock(block) if block.body.is_empty()) {
            self.bodies.push(std::mem::replace(node, empty));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code, and whether a closer look at it is due.
    const CODE: [(&str, bool); 9] = [
        ("", false),
        ("const { slug } = params;\nexport const meta = { title: `a ${slug} b` };", false),
        ("a ? (b) : c ? [d, ...e] : <T,>(x: T) => !!!x // ( [ {", false),
        ("été ? 'ß' : \"it's\" /* { */", false),
        ("((((((((a))))))))", false),
        ("!a && !b || typeof await new C().d?.e!.f", false),
        ("<a><b><c><d><e><f><g>x", true),
        ("a ? (b ? (c ? (d ? (e ? (f ? (g ? (h", true),
        ("'<<<<<<<<<<<<<<<<' + a", false),
    ];

    #[test]
    fn a_bound_holds_all_levels_and_is_as_suspicious_as_the_estimate() {
        for (code, suspicious) in CODE {
            for times in [1, 7, 60, 500] {
                let code = format!("{code};\n").repeat(times);
                let (rough, exact) = (bound(code.as_bytes()), estimate(code.as_bytes()));
                assert!(rough.levels >= exact.levels, "{} < {} of {code}", rough.levels, exact.levels);
                assert_eq!(rough.is_suspicious(), exact.is_suspicious(), "{code}");
                if times == 1 {
                    assert_eq!(rough.is_suspicious(), suspicious, "{code}");
                }
            }
        }
    }

    #[test]
    fn words_and_signs_are_counted_over_the_ends_of_pieces() {
        for (code, count) in [("a", 1), ("abc def", 2), ("a.b", 2), ("a+b", 3), ("  \r\n\t", 0), ("f(x);", 5)]
        {
            assert_eq!(tokens(code.as_bytes()), count, "{code}");
        }
        for length in 1..600 {
            assert_eq!(tokens("x".repeat(length).as_bytes()), 1);
            assert_eq!(tokens("+".repeat(length).as_bytes()), length);
            assert_eq!(tokens("x ".repeat(length).as_bytes()), length);
        }
    }
}
