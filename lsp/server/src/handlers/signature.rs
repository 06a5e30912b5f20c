//! `textDocument/signatureHelp`.

use crate::convert::markdown;
use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    Documentation, ParameterInformation, ParameterLabel, SignatureHelp, SignatureHelpParams,
    SignatureInformation,
};

/// The signature of the call around a position.
pub(crate) fn signature(snapshot: &Snapshot, params: &SignatureHelpParams) -> Result<Option<SignatureHelp>> {
    let at = &params.text_document_position_params;
    let asked = snapshot.asked(&at.text_document.uri)?;
    let offset = asked.open.lines.offset(at.position);
    let Some(found) = velox_ide::signature::signature(asked.document, offset) else { return Ok(None) };
    // Places in a label are counted in UTF-16 units, whatever was agreed on for positions.
    let units =
        |end: u32| found.label.get(..end as usize).map_or(0, |text| text.encode_utf16().count() as u32);
    let parameters = found.parameters.iter().map(|(place, words)| ParameterInformation {
        label: ParameterLabel::LabelOffsets([units(place.start), units(place.end)]),
        documentation: (!words.is_empty()).then(|| Documentation::MarkupContent(markdown(words.clone()))),
    });
    let signature = SignatureInformation {
        parameters: Some(parameters.collect()),
        documentation: Some(Documentation::MarkupContent(markdown(found.documentation.clone()))),
        active_parameter: Some(found.active),
        label: found.label.clone(),
    };
    Ok(Some(SignatureHelp {
        signatures: vec![signature],
        active_signature: Some(0),
        active_parameter: Some(found.active),
    }))
}
