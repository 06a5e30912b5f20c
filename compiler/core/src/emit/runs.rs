//! Copies text in runs between the few bytes that must be written otherwise.
//!
//! Knows no escape itself: strings, HTML and source maps bring their own.

/// Bytes at which a run ends. All are ASCII, so that a run never ends inside a character.
pub(crate) struct Stops([bool; 256]);

impl Stops {
    /// The control characters below a blank where `controls` is set, and these.
    pub(crate) const fn new(controls: bool, bytes: &[u8]) -> Self {
        let mut stops = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            assert!(bytes[at].is_ascii());
            stops[bytes[at] as usize] = true;
            at += 1;
        }
        let mut control = 0;
        while controls && control < 0x20 {
            stops[control] = true;
            control += 1;
        }
        Self(stops)
    }

    /// The first stop in the bytes.
    fn find(&self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|byte| self.0[usize::from(*byte)])
    }

    /// Writes `text`; `escape` writes what stands for each stop in it.
    pub(crate) fn copy(&self, text: &str, out: &mut String, escape: impl Fn(u8, &mut String)) {
        let bytes = text.as_bytes();
        let mut done = 0;
        while let Some(run) = self.find(&bytes[done..]) {
            let at = done + run;
            out.push_str(&text[done..at]);
            escape(bytes[at], out);
            done = at + 1;
        }
        out.push_str(&text[done..]);
    }
}

#[cfg(test)]
mod tests {
    use super::Stops;

    #[test]
    fn runs_are_kept_and_stops_are_written_otherwise() {
        const STOPS: Stops = Stops::new(true, b"\"");
        let copy = |text| {
            let mut out = String::new();
            STOPS.copy(text, &mut out, |byte, out| out.push_str(&format!("<{byte}>")));
            out
        };
        assert_eq!(copy(""), "");
        assert_eq!(copy("é\"😀\n\"\u{7f}"), "é<34>😀<10><34>\u{7f}");
    }
}
