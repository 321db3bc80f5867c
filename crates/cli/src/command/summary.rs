//! `mingce summary`: what everybody accepted adds up to.

use super::job::Job;
use crate::args::{Masking, SummaryArguments};
use crate::exit::Exit;

pub(crate) fn run(summary: &SummaryArguments) -> Exit {
    let job = Job { masking: Masking { mask: summary.mask }, ..Job::producing(&summary.producing) };
    job.run_judged(mingce::check_summary_target, &|judged, path, options| {
        mingce::write_summary(&judged.checked, &judged.scheme, judged.today, path, &options)
    })
}
