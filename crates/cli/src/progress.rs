//! What a run shows and hears while it works: a bar on a terminal, and Ctrl-C.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mingce::{Error, Progress, Stage};

use crate::report::failure;

/// Fewest steps that are worth a bar.
const FEWEST: usize = 2;

/// A bar on standard error, and whether somebody asked to stop.
#[derive(Debug)]
pub(crate) struct Bar {
    bar: ProgressBar,
    state: Arc<State>,
}

/// What the thread that hears Ctrl-C shares with the one that works.
#[derive(Debug, Default)]
struct State {
    /// Whether there may be something half written.
    is_writing: AtomicBool,
    /// Whether somebody asked to stop.
    is_stopped: AtomicBool,
}

impl Bar {
    /// A bar that appears with the first step; never if it is to be quiet or nobody watches.
    pub(crate) fn new(quiet: bool) -> Self {
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        let state = Arc::new(State::default());
        listen(Arc::clone(&state));
        Self { bar, state }
    }

    /// From now on there may be something half written.
    pub(crate) fn start_writing(&self) {
        self.state.is_writing.store(true, Ordering::Relaxed);
    }

    /// Shows how far the work is, and says whether it is to go on.
    pub(crate) fn show(&self, progress: Progress) -> ControlFlow<()> {
        if progress.total >= FEWEST {
            self.bar.set_message(match progress.stage {
                Stage::Reading => "读取",
                _ => "写出",
            });
            self.bar.set_length(u64::try_from(progress.total).unwrap_or(u64::MAX));
            self.bar.set_position(u64::try_from(progress.done).unwrap_or(u64::MAX));
        }
        if self.state.is_stopped.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Takes the bar away.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

/// Hears Ctrl-C: while outputs are written, as a request to stop and take away what is half written; before, as the end.
fn listen(state: Arc<State>) {
    let heard = move || {
        state.is_stopped.store(true, Ordering::Relaxed);
        if !state.is_writing.load(Ordering::Relaxed) {
            let exit = failure::tell(&Error::Cancelled, false);
            #[expect(clippy::exit, reason = "the thread that works may be deep in a large file, and leaves nothing behind")]
            std::process::exit(u8::from(exit).into());
        }
    };
    // where the system cannot tell us, it ends the program as it ends any other
    let _ = ctrlc::set_handler(heard);
}
