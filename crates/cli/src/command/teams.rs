//! `mingce teams`: everybody accepted in service teams of 5 to 10.

use super::job::{Job, Photos};
use crate::args::Teams;
use crate::exit::Exit;

pub(crate) fn run(teams: &Teams) -> Exit {
    let (writing, force) = (Some((&teams.writing, &teams.strict)), teams.writing.force);
    let job = Job {
        reading: &teams.reading,
        lists: &teams.lists,
        writing,
        returning: None,
        force,
        masking: teams.masking,
        photos: Photos::Unused,
        template: None,
    };
    job.run(mingce::check_teams_target, &|checked, scheme, path, options| mingce::write_teams(checked, scheme, path, &options))
}
