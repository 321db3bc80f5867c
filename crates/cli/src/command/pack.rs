//! `mingce pack`: everything for a handover in one folder.

use mingce::{CollectOptions, PackSources};

use super::job::{Job, Photos};
use crate::args::{Masking, Pack};
use crate::exit::Exit;
use crate::report::failure;

pub(crate) fn run(pack: &Pack) -> Exit {
    let (writing, force) = (Some((&pack.writing, &pack.strict)), pack.writing.force);
    let (returning, masking) = (None, Masking::default());
    let job = Job {
        reading: &pack.reading,
        lists: &pack.lists,
        writing,
        returning,
        force,
        masking,
        photos: Photos::Written(pack.photos.as_deref()),
        template: pack.template.file.as_deref(),
    };
    if let Err(error) = job.check_pack_template() {
        return failure::tell(&error, false);
    }
    job.run_judged(mingce::check_pack_target, &|judged, path, options| {
        let options = options
            .with_threads(pack.threads)
            .with_photos(pack.photos.as_deref())
            .with_order(pack.sorting.sort.into())
            .with_template(pack.template.file.as_deref());
        let reading = CollectOptions::default().with_passwords(judged.passwords.clone());
        let sources = PackSources { inputs: &judged.inputs, reading, today: judged.today };
        mingce::write_pack(&judged.checked, &judged.scheme, &sources, path, &options)
    })
}
