//! `mingce teams`: everybody accepted in service teams of 5 to 10.

use super::job::Job;
use crate::args::Teams;
use crate::exit::Exit;

pub(crate) fn run(teams: &Teams) -> Exit {
    let job = Job { masking: teams.masking, ..Job::producing(&teams.producing) };
    job.run(mingce::check_teams_target, &|checked, scheme, path, options| mingce::write_teams(checked, scheme, path, &options))
}
