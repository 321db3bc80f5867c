//! A picture on a sheet: where it lies, and the parts of the package that say so.

use mingce_core::scheme::Millimetres;

use crate::photo::SIZE;

/// English Metric Units of a millimetre, of a pixel and of a point.
const MILLIMETRE: f64 = 36_000.0;
pub(super) const PIXEL: f64 = 9_525.0;
pub(super) const POINT: f64 = 12_700.0;

/// Room between a photo and the lines around it.
const GAP: Millimetres = Millimetres(0.5);

const RELATIONSHIP: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const NAMESPACES: &str = "xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// What refers to the drawing of a sheet, inside the sheet.
pub(super) const DRAWING: &str = "<drawing r:id=\"rId1\"/>";

/// Where a picture lies: the cell of its upper left corner with row and column counted from 0, how far into it, and its size, in
/// English Metric Units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Anchor {
    pub(super) cell: [usize; 2],
    pub(super) offset: [f64; 2],
    pub(super) size: [f64; 2],
}

impl Anchor {
    /// A photo in the middle of a cell, whose upper left corner is here and which has these rows and columns, in English Metric
    /// Units: 25 × 35 mm, or as much of it as there is room for.
    pub(super) fn of_photo([row, column]: [usize; 2], heights: &[f64], widths: &[f64]) -> Self {
        let [across, down] = [widths, heights].map(|lengths| lengths.iter().sum::<f64>());
        let [width, height] = SIZE.map(|side| side.0 * MILLIMETRE);
        let room = |length: f64| (length - 2.0 * GAP.0 * MILLIMETRE).max(length / 2.0);
        let scale = (room(across) / width).min(room(down) / height).clamp(0.01, 1.0);
        let size = [width * scale, height * scale];
        let (right, left) = into(widths, (across - size[0]) / 2.0);
        let (below, top) = into(heights, (down - size[1]) / 2.0);
        Self { cell: [row + below, column + right], offset: [top, left], size }
    }
}

/// The row or column that so long a way leads to, and the way that is left.
fn into(lengths: &[f64], mut way: f64) -> (usize, f64) {
    for (place, length) in lengths.iter().enumerate() {
        if way < *length {
            return (place, way.max(0.0));
        }
        way -= length;
    }
    (0, 0.0)
}

/// The drawing of a sheet with a picture on it in each of these places.
pub(super) fn drawing(anchors: &[Anchor]) -> String {
    let open = format!("{HEAD}<xdr:wsDr {NAMESPACES}>");
    let pictures: String = (2..).zip(anchors).map(|(id, anchor)| anchored(anchor, id, "rId1", false)).collect();
    format!("{open}{pictures}</xdr:wsDr>")
}

/// A picture in a drawing, with its number there and how it is referred to; in the drawing of another program it names its
/// namespaces itself.
pub(super) fn anchored(anchor: &Anchor, id: u32, link: &str, is_foreign: bool) -> String {
    let Anchor { cell: [row, column], offset, size } = anchor;
    let [[down, across], [width, height]] = [offset, size].map(|lengths| lengths.map(f64::round));
    let namespaces = if is_foreign { format!(" {NAMESPACES}") } else { String::new() };
    format!(
        "<xdr:oneCellAnchor{namespaces}><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>{across}</xdr:colOff><xdr:row>{row}</xdr:row>\
         <xdr:rowOff>{down}</xdr:rowOff></xdr:from><xdr:ext cx=\"{width}\" cy=\"{height}\"/><xdr:pic><xdr:nvPicPr>\
         <xdr:cNvPr id=\"{id}\" name=\"照片\" descr=\"照片\"/><xdr:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></xdr:cNvPicPr></xdr:nvPicPr>\
         <xdr:blipFill><a:blip xmlns:r=\"{RELATIONSHIP}\" r:embed=\"{link}\"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>\
         <xdr:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
         </a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"
    )
}

/// The references of a sheet that has a drawing, or of a drawing that has a picture: one, to this part.
pub(super) fn links(kind: &str, part: &str) -> String {
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"{RELATIONSHIP}/{kind}\" Target=\"/{part}\"/></Relationships>"
    )
}

/// The content types of a package with drawings in these parts, and with JPEG files.
pub(super) fn content_types(types: &str, drawings: impl Iterator<Item = String>) -> String {
    let overrides: String = drawings
        .map(|part| {
            format!(
                "<Override PartName=\"/{part}\" \
                 ContentType=\"application/vnd.openxmlformats-officedocument.drawing+xml\"/>"
            )
        })
        .collect();
    let is_known = types.to_ascii_lowercase().contains("extension=\"jpeg\"");
    let types = if is_known {
        types.to_owned()
    } else {
        types.replacen("<Default ", "<Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/><Default ", 1)
    };
    types.replacen("</Types>", &format!("{overrides}</Types>"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_lies_in_the_middle_of_its_cell_and_is_never_larger() {
        let millimetres = |lengths: &[f64]| lengths.iter().map(|length| length * MILLIMETRE).collect::<Vec<_>>();
        let anchor = Anchor::of_photo([2, 6], &millimetres(&[5.0, 10.0, 30.0]), &millimetres(&[35.0]));
        assert_eq!((anchor.cell, anchor.size), ([3, 6], [25.0 * MILLIMETRE, 35.0 * MILLIMETRE]));
        assert!((anchor.offset[0] - 0.0).abs() < 1.0 && (anchor.offset[1] - 5.0 * MILLIMETRE).abs() < 1.0, "{anchor:?}");
        let narrow = Anchor::of_photo([0, 0], &millimetres(&[40.0]), &millimetres(&[6.0, 6.0]));
        assert!((narrow.size[0] - 11.0 * MILLIMETRE).abs() < 1.0 && (narrow.size[1] / narrow.size[0] - 1.4).abs() < 0.001);
        assert_eq!(Anchor::of_photo([0, 0], &[], &[]).cell, [0, 0]);
    }
}
