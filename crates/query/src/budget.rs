//! How long a question may take: past its deadline a search stops and gives what it has.

use std::time::{Duration, Instant};

/// The time that is left for a question; without a deadline, all the time it takes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Budget {
    deadline: Option<Instant>,
}

impl Budget {
    /// So much time from now on.
    pub(crate) fn lasting(time: Duration) -> Self {
        Self { deadline: Instant::now().checked_add(time) }
    }

    /// Whether the time is up.
    pub(crate) fn is_spent(self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}

/// Asks for the time every so often: steps that take nanoseconds cannot look at the clock each time.
#[derive(Debug)]
pub(crate) struct Clock {
    budget: Budget,
    steps: usize,
    is_spent: bool,
}

/// How many steps are taken between two looks at the clock.
const STEPS: usize = 128;

impl Clock {
    pub(crate) fn new(budget: Budget) -> Self {
        Self { budget, steps: 0, is_spent: budget.is_spent() }
    }

    /// Takes a step; says whether the time is up.
    pub(crate) fn is_spent(&mut self) -> bool {
        self.is_spent_after(1)
    }

    /// Takes several steps; says whether the time is up.
    pub(crate) fn is_spent_after(&mut self, steps: usize) -> bool {
        self.steps = self.steps.saturating_add(steps);
        if self.steps >= STEPS {
            self.steps = 0;
            self.is_spent |= self.budget.is_spent();
        }
        self.is_spent
    }
}
