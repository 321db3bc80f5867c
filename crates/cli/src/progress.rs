//! What a run shows and hears while it works: a bar on a terminal, and Ctrl-C.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mingce::{Progress, Stage};

/// Fewest steps that are worth a bar.
const FEWEST: usize = 2;

/// What a shell reports of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// A bar on standard error, and whether somebody asked to stop.
#[derive(Debug)]
pub(crate) struct Bar {
    bar: ProgressBar,
    stop: Arc<AtomicBool>,
}

impl Bar {
    /// A bar that appears with the first step; never if it is to be quiet or nobody watches.
    pub(crate) fn new(quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        let stop = Arc::new(AtomicBool::new(false));
        listen(Arc::clone(&stop));
        Self { bar, stop }
    }

    /// Shows how far the work is, and says whether it is to go on.
    pub(crate) fn show(&self, progress: Progress) -> ControlFlow<()> {
        if progress.total >= FEWEST {
            self.bar.set_length(u64::try_from(progress.total).unwrap_or(u64::MAX));
            self.bar.set_message(match progress.stage {
                Stage::Reading => "读取",
                _ => "写出",
            });
            self.bar.set_position(u64::try_from(progress.done).unwrap_or(u64::MAX));
        }
        if self.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// Hears the first Ctrl-C as a request to stop and take half-written outputs away; the second ends the program at once.
fn listen(stop: Arc<AtomicBool>) {
    #[expect(clippy::exit, reason = "whoever asks twice does not want to wait for us")]
    let heard = move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
    };
    // where the system cannot tell us, it ends the program as it ends any other
    let _ = ctrlc::set_handler(heard);
}
