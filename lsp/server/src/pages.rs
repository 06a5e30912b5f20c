//! The pages of the diagnostic codes as files that an editor can open: what the link of a diagnostic leads to.
//!
//! They are written once for each version, into the user's cache folder; where that cannot be, diagnostics have no link.

use std::path::PathBuf;
use std::sync::OnceLock;
use tower_lsp::lsp_types::Url;
use velox_diagnostics::Code;

/// The address of a code's page.
pub(crate) fn address(code: Code) -> Option<Url> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let folder = FOLDER.get_or_init(write).as_ref()?;
    Url::from_file_path(folder.join(format!("{code}.md"))).ok()
}

/// Writes the pages. Gives their folder.
fn write() -> Option<PathBuf> {
    let folder = dirs::cache_dir()?.join("velox").join(env!("CARGO_PKG_VERSION")).join("diagnostics");
    std::fs::create_dir_all(&folder).ok()?;
    for code in Code::ALL {
        let path = folder.join(format!("{code}.md"));
        if std::fs::read_to_string(&path).is_ok_and(|text| text == code.page()) {
            continue;
        }
        // Another server may be reading it: the page appears whole, or not at all.
        let beside = folder.join(format!(".{code}.{}", std::process::id()));
        std::fs::write(&beside, code.page()).ok()?;
        std::fs::rename(&beside, &path).ok()?;
    }
    Some(folder)
}
