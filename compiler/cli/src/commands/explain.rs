//! `veloxc explain`: prints the page of a diagnostic code, or the list of all.

use super::markdown;
use crate::Exit;
use crate::args::ExplainArgs;
use crate::failure::Failure;
use crate::output::Output;
use velox_diagnostics::{Code, nearest};

/// # Errors
/// There is no such code.
pub(crate) fn run(args: &ExplainArgs, output: &Output) -> Result<Exit, Failure> {
    let color = output.colors_out();
    let Some(wanted) = &args.code else {
        output.out(&list(color));
        return Ok(Exit::Clean);
    };
    match Code::parse(wanted) {
        Some(code) => {
            output.out(&markdown::render(code.page(), color));
            Ok(Exit::Clean)
        }
        None => Err(unknown(wanted)),
    }
}

/// All codes with their names and titles, by phase.
fn list(color: bool) -> String {
    let paint = |text: &str, ansi: &str| {
        if color { format!("\u{1b}[{ansi}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    let mut text = String::new();
    let mut phase = None;
    for code in Code::ALL {
        let number = code.to_string();
        let this = number.get(..4).map(str::to_owned);
        if phase.is_some() && phase != this {
            text.push('\n');
        }
        phase = this;
        let name = format!("{:<width$}", code.name());
        text.push_str(&format!("{}  {name}  {}\n", paint(&number, "1"), paint(code.title(), "2")));
    }
    text + "\nveloxc explain CODE prints the page of one.\n"
}

fn unknown(wanted: &str) -> Failure {
    let failure = Failure::new(format!("there is no code `{wanted}`"));
    let near = near_codes(wanted);
    if near.is_empty() {
        return failure.help("`veloxc explain` lists all codes");
    }
    let lines: Vec<String> =
        near.iter().map(|code| format!("{code}  {} ({})", code.name(), code.title())).collect();
    failure.help(format!("near it are:\n{}\n`veloxc explain` lists all codes", lines.join("\n")))
}

/// Codes that may have been meant: `401`, `VX4010`, `unknown-componet`, `component`.
fn near_codes(wanted: &str) -> Vec<Code> {
    let lower = wanted.trim().to_lowercase();
    let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
    let padded = format!("vx{digits:0>4}");
    let exact = |code: &&Code| !digits.is_empty() && code.to_string().to_lowercase() == padded;
    if let Some(code) = Code::ALL.iter().find(exact) {
        return vec![*code];
    }
    let phase =
        lower.strip_prefix("vx").filter(|rest| rest.len() == 4 && *rest == digits).map(|rest| &rest[..2]);
    let of_phase = |code: &&Code| phase.is_some_and(|phase| code.to_string()[2..].starts_with(phase));
    let mut found: Vec<Code> = Code::ALL.iter().filter(of_phase).copied().collect();
    if found.is_empty() {
        let numbers: Vec<String> = Code::ALL.iter().map(ToString::to_string).collect();
        let names = Code::ALL.iter().map(|code| code.name()).chain(numbers.iter().map(String::as_str));
        found.extend(nearest(&lower, names).and_then(Code::parse));
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let parts = |code: &&Code| code.name().split('-').any(|part| words.contains(&part));
    found.extend(Code::ALL.iter().filter(parts));
    found.dedup();
    found.truncate(5);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_codes_are_found_by_number_and_by_name() {
        assert_eq!(near_codes("401"), [Code::UNKNOWN_COMPONENT]);
        assert_eq!(near_codes("unknown-componnet").first(), Some(&Code::UNKNOWN_COMPONENT));
        assert!(near_codes("layout").contains(&Code::UNKNOWN_LAYOUT));
        assert_eq!(near_codes("VX0499").first().map(|code| code.to_string().starts_with("VX04")), Some(true));
        assert!(near_codes("zzzzzzzz").is_empty());
    }

    #[test]
    fn every_code_is_listed() {
        let text = list(false);
        for code in Code::ALL {
            assert!(text.contains(&code.to_string()) && text.contains(code.title()));
        }
        assert!(!text.contains('\u{1b}'));
    }
}
