//! `mingce check`: judges, and writes nothing but returned rows.

use mingce::Written;

use super::job::{Job, Photos};
use crate::args::{Check, Masking};
use crate::exit::Exit;

pub(crate) fn run(check: &Check) -> Exit {
    let job = Job {
        reading: &check.reading,
        lists: &check.lists,
        writing: None,
        returning: Some(&check.returning),
        force: check.force,
        masking: Masking::default(),
        photos: Photos::Judged,
        template: None,
    };
    job.run(|_, _| Ok(()), &|_, _, _, _| Ok(Written::default()))
}
