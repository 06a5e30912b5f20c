//! Words that are no plain names, and are left to the parser.

/// What a word is where a value may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A name.
    Name,
    /// `null`, `true`, `false`, `undefined`.
    Nothing,
    /// `new`.
    New,
    /// A keyword, a name that means more than a name, or one that is a keyword in some places.
    Other,
}

/// What a word is where a value may stand.
pub(super) fn word(word: &[u8]) -> Word {
    match word {
        b"null" | b"true" | b"false" | b"undefined" => Word::Nothing,
        b"new" => Word::New,
        b"break" | b"case" | b"catch" | b"class" | b"const" | b"continue" | b"debugger" | b"default"
        | b"delete" | b"do" | b"else" | b"enum" | b"export" | b"extends" | b"finally" | b"for"
        | b"function" | b"if" | b"import" | b"in" | b"instanceof" | b"return" | b"super" | b"switch"
        | b"this" | b"throw" | b"try" | b"typeof" | b"var" | b"void" | b"while" | b"with" | b"yield"
        | b"let" | b"static" | b"implements" | b"interface" | b"package" | b"private" | b"protected"
        | b"public" | b"await" | b"async" | b"arguments" | b"eval" | b"as" | b"satisfies" | b"is"
        | b"asserts" | b"infer" | b"keyof" | b"unique" | b"readonly" | b"abstract" | b"declare"
        | b"namespace" | b"module" | b"type" | b"accessor" | b"using" | b"of" => Word::Other,
        // A call of it makes a value that is told.
        b"Symbol" => Word::Other,
        _ => Word::Name,
    }
}
