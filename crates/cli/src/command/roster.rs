//! `mingce roster`: everybody accepted as annex 2.

use super::job::Job;
use crate::args::Roster;
use crate::exit::Exit;
use crate::report::failure;

pub(crate) fn run(roster: &Roster) -> Exit {
    let template = roster.annexes.template.file.as_deref();
    let job = Job { returning: Some(&roster.returning), masking: roster.masking, template, ..Job::producing(&roster.producing) };
    if let Err(error) = job.check_template(true) {
        return failure::tell(&error, roster.masking.mask);
    }
    job.run(mingce::check_roster_target, &|checked, scheme, path, options| {
        let options = options.with_order(roster.annexes.sorting.sort.into()).with_template(template);
        mingce::write_roster(checked, scheme, path, &options)
    })
}
