//! The service teams.

use std::path::Path;
use std::sync::Arc;

use mingce_core::collection::Checked;
use mingce_core::diagnostic::{Code, Diagnostic, Location};
use mingce_core::mask::{mask_text, masked_person};
use mingce_core::registration::Registration;
use mingce_core::scheme::Scheme;
use mingce_core::teams::{Teams, form, with_teams};
use mingce_writer::xlsx::{self, XlsxOptions};

use super::{WriteOptions, Written, not_made, one_file};
use crate::order::listed_in;
use crate::write::kind::check_workbook;
use crate::{Error, Existing, FileTarget};

/// Finds out whether teams can be written to this path, before long work starts.
///
/// # Errors
/// As [`write_teams`].
pub fn check_teams_target(path: &Path, existing: Existing) -> Result<(), Error> {
    check_workbook(path)?;
    FileTarget::open(path, existing).map(drop)
}

/// Splits everybody accepted into service teams and writes them to an `.xlsx`; a split that the inputs make is kept, also one
/// in a list of its own, whose lines name people of another.
///
/// Fewer people than a team has are one team; [`Written::findings`] says so.
///
/// # Errors
/// When the extension is another, the file exists and must not be replaced, or cannot be written; then nothing is.
pub fn write_teams(checked: &Checked, scheme: &Scheme, path: &Path, options: &WriteOptions<'_>) -> Result<Written, Error> {
    check_workbook(path)?;
    let target = FileTarget::open(path, options.existing)?;
    let mut people = listed_in(checked, options.order);
    let split = with_teams(&people, &checked.people);
    if let Some(split) = &split {
        people = split.iter().collect();
    }
    let mut teams = form(&people, scheme);
    let masked: Vec<Registration>;
    if options.is_masked {
        masked = people.into_iter().map(masked_person).collect();
        people = masked.iter().collect();
        for team in &mut teams.teams {
            team.name = mask_text(&team.name).as_ref().into();
            team.reason = mask_text(&team.reason).into_owned();
        }
    }
    target.write(&xlsx::teams(&people, &teams, scheme, &XlsxOptions::default()).map_err(not_made(path))?)?;
    let is_new = people.iter().all(|person| person.team.is_empty());
    let findings = if is_new { too_few(&teams, scheme) } else { left_out(&teams) };
    Ok(Written { files: one_file(path), findings: findings.into_iter().collect() })
}

fn too_few(teams: &Teams, scheme: &Scheme) -> Option<Diagnostic> {
    let team = teams.teams.first()?;
    let (size, smallest) = (team.members.len(), scheme.rules.team_smallest);
    if u32::try_from(size).unwrap_or(u32::MAX) >= smallest {
        return None;
    }
    let at = Location { unit: Some(Arc::from(team.name.as_str())), ..Location::default() };
    let message = format!("全部只有 {size} 人，不足一支队的 {smallest} 人，编为一支队");
    Some(Diagnostic::new(Code::TeamSize, at, message).with_hint("请再动员几名党员报名，或与相邻单位合编"))
}

fn left_out(teams: &Teams) -> Option<Diagnostic> {
    let count = teams.left_out.len();
    let message = format!("有 {count} 人没有编入任何支队，人数又不够另编一支队");
    let finding = Diagnostic::new(Code::TeamSize, Location::default(), message);
    (count > 0).then(|| finding.with_hint("请在「支队」一列给他们写上所在的支队"))
}
