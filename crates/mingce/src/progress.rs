//! How far a run is, told to the caller as it goes.

use std::ops::ControlFlow;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// Inputs are read and judged.
    Reading,
    /// Outputs are written.
    Writing,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many inputs are read, or people written.
    pub done: usize,
    /// Of how many.
    pub total: usize,
}

/// Is told how far a run is, from any thread; [`ControlFlow::Break`] asks to stop, and then nothing is written.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync);
