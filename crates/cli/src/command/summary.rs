//! `mingce summary`: what everybody accepted adds up to.

use super::job::{Job, Photos};
use crate::args::{Masking, SummaryArguments};
use crate::exit::Exit;

pub(crate) fn run(summary: &SummaryArguments) -> Exit {
    let (writing, force) = (Some((&summary.writing, &summary.strict)), summary.writing.force);
    let (returning, masking) = (None, Masking { mask: summary.mask });
    let job = Job {
        reading: &summary.reading,
        lists: &summary.lists,
        writing,
        returning,
        force,
        masking,
        photos: Photos::Unused,
        template: None,
    };
    job.run_judged(mingce::check_summary_target, &|judged, path, options| {
        mingce::write_summary(&judged.checked, &judged.scheme, judged.today, path, &options)
    })
}
