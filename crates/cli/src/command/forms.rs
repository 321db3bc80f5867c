//! `mingce forms`: everybody accepted as annex 1.

use super::job::Job;
use crate::args::Forms;
use crate::exit::Exit;

pub(crate) fn run(forms: &Forms) -> Exit {
    let job = Job { reading: &forms.reading, writing: Some((&forms.writing, &forms.strict)) };
    job.run(mingce::check_forms_target, &|checked, scheme, path, options| {
        mingce::write_forms(checked, scheme, path, &options.with_threads(forms.threads))
    })
}
