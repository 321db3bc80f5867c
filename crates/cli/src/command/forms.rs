//! `mingce forms`: everybody accepted as annex 1.

use super::job::{Job, Photos};
use crate::args::Forms;
use crate::exit::Exit;
use crate::report::failure;

pub(crate) fn run(forms: &Forms) -> Exit {
    let template = forms.annexes.template.file.as_deref();
    let photos = forms.each_form.photos.as_deref();
    let job = Job { returning: Some(&forms.returning), photos: Photos::Written(photos), template, ..Job::producing(&forms.producing) };
    if let Err(error) = job.check_template(false) {
        return failure::tell(&error, false);
    }
    job.run(mingce::check_forms_target, &|checked, scheme, path, options| {
        let options = options.with_order(forms.annexes.sorting.sort.into()).with_template(template);
        mingce::write_forms(checked, scheme, path, &options.with_photos(photos).with_threads(forms.each_form.threads))
    })
}
