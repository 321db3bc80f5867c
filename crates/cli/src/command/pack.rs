//! `mingce pack`: everything for a handover in one folder.

use mingce::{CollectOptions, PackSources};

use super::job::{Job, Photos};
use crate::args::Pack;
use crate::exit::Exit;
use crate::report::failure;

pub(crate) fn run(pack: &Pack) -> Exit {
    let template = pack.annexes.template.file.as_deref();
    let photos = pack.each_form.photos.as_deref();
    let job = Job { photos: Photos::Written(photos), template, ..Job::producing(&pack.producing) };
    if let Err(error) = job.check_pack_template() {
        return failure::tell(&error, false);
    }
    job.run_judged(mingce::check_pack_target, &|judged, path, options| {
        let options = options.with_order(pack.annexes.sorting.sort.into()).with_template(template);
        let options = options.with_photos(photos).with_threads(pack.each_form.threads);
        let reading = CollectOptions::default().with_passwords(judged.passwords.clone());
        let sources = PackSources { inputs: &judged.inputs, reading, today: judged.today };
        mingce::write_pack(&judged.checked, &judged.scheme, &sources, path, &options)
    })
}
