//! Where a workbook keeps the check boxes and option buttons of a sheet: in the old drawing part (VML) beside it, also where
//! Excel writes them a second time elsewhere.

use mingce_core::grid::Grid;
use mingce_ooxml::Package;
use mingce_ooxml::xml::Token;

use crate::controls::{self, Control, LONGEST, MOST};
use crate::error::Error;

/// The grid with the check boxes and option buttons of its sheet in its cells.
///
/// A drawing that is damaged is no reason to refuse the people on the sheet: what came before the damage is kept.
pub(crate) fn put(package: &Package<'_>, sheet: &str, grid: Grid) -> Grid {
    let links = package.relationships(sheet).unwrap_or_default();
    let part = links.first_of("vmlDrawing").and_then(|link| link.target.clone()).filter(|part| package.contains(part));
    let mut found = Vec::new();
    if let Some(part) = part {
        let _ = read(package, &part, &mut found);
    }
    controls::put(&found, grid)
}

fn read(package: &Package<'_>, part: &str, found: &mut Vec<Control>) -> Result<(), Error> {
    let mut xml = package.xml(part)?;
    let mut control = Control::default();
    let mut open = "";
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name() {
                "shape" => control = Control::default(),
                "ClientData" => {
                    let kind = tag.attribute("ObjectType").unwrap_or_default();
                    (control.is_box, control.is_button) = (kind == "Checkbox", kind == "Radio");
                    open = "";
                }
                "textbox" => open = "textbox",
                "Anchor" => open = "Anchor",
                "Checked" => open = "Checked",
                "FmlaLink" => open = "FmlaLink",
                _ => {}
            },
            Token::Text(text) => match open {
                "textbox" if control.words.len() + text.len() <= LONGEST => control.words.push_str(text.trim()),
                "Anchor" => control.anchor = text.split(',').map_while(|number| number.trim().parse().ok()).collect(),
                "Checked" => control.is_ticked = text.trim() == "1",
                "FmlaLink" => control.link = text.replace('$', "").trim().parse().ok(),
                _ => {}
            },
            Token::End(tag) => match tag.name() {
                "textbox" | "Anchor" | "Checked" | "FmlaLink" => open = "",
                "shape" if (control.is_box || control.is_button) && found.len() < MOST => found.push(std::mem::take(&mut control)),
                _ => {}
            },
            Token::Eof => return Ok(()),
        }
    }
}
