//! `mingce roster`: everybody accepted as annex 2.

use super::job::{Job, Photos};
use crate::args::Roster;
use crate::exit::Exit;
use crate::report::failure;

pub(crate) fn run(roster: &Roster) -> Exit {
    let (writing, force) = (Some((&roster.writing, &roster.strict)), roster.writing.force);
    let job = Job {
        reading: &roster.reading,
        lists: &roster.lists,
        writing,
        returning: Some(&roster.returning),
        force,
        masking: roster.masking,
        photos: Photos::Unused,
        template: roster.template.file.as_deref(),
    };
    if let Err(error) = job.check_template(true) {
        return failure::tell(&error, roster.masking.mask);
    }
    job.run(mingce::check_roster_target, &|checked, scheme, path, options| {
        let options = options.with_order(roster.sorting.sort.into());
        mingce::write_roster(checked, scheme, path, &options.with_template(roster.template.file.as_deref()))
    })
}
