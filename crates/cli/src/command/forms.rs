//! `mingce forms`: everybody accepted as annex 1.

use super::job::{Job, Photos};
use crate::args::{Forms, Masking};
use crate::exit::Exit;
use crate::report::failure;

pub(crate) fn run(forms: &Forms) -> Exit {
    let (writing, force) = (Some((&forms.writing, &forms.strict)), forms.writing.force);
    let job = Job {
        reading: &forms.reading,
        lists: &forms.lists,
        writing,
        returning: Some(&forms.returning),
        force,
        masking: Masking::default(),
        photos: Photos::Written(forms.photos.as_deref()),
        template: forms.template.file.as_deref(),
    };
    if let Err(error) = job.check_template(false) {
        return failure::tell(&error, false);
    }
    job.run(mingce::check_forms_target, &|checked, scheme, path, options| {
        let options = options.with_threads(forms.threads).with_order(forms.sorting.sort.into());
        mingce::write_forms(
            checked,
            scheme,
            path,
            &options.with_template(forms.template.file.as_deref()).with_photos(forms.photos.as_deref()),
        )
    })
}
