"""The memory model FSRS-6, through the `fsrs` package.

The package counts days of 24 hours from the instant of a review; ours begin at 04:00 local time. So it is given whole
study days instead of instants, and only the length of the step it returns is used. Its fuzz is off: `spread` does that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from quizkit.memory.log import Grade
from quizkit.memory.spread import spread
from quizkit.memory.state import CardState, Phase

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FARTHEST_DAY = 2_900_000
# the last study day that datetime can hold, less the longest interval


@dataclass(frozen=True)
class Fsrs6:
    """FSRS-6 with the package's default parameters."""

    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (10,)
    # minutes
    relearning_steps: tuple[int, ...] = (10,)
    # minutes
    longest_interval: int = 3650
    # days

    @property
    def fingerprint(self) -> str:
        """Names the algorithm and its settings."""
        return (
            f"fsrs-6.1 {self.desired_retention} {self.learning_steps} {self.relearning_steps} {self.longest_interval}"
        )

    @cached_property
    def _scheduler(self) -> Scheduler:
        from fsrs import Scheduler  # 17 ms that a question on the screen need not wait for

        return Scheduler(
            desired_retention=self.desired_retention,
            learning_steps=[timedelta(minutes=step) for step in self.learning_steps],
            relearning_steps=[timedelta(minutes=step) for step in self.relearning_steps],
            maximum_interval=self.longest_interval,
            enable_fuzzing=False,
        )

    def review(self, card: str, state: CardState, grade: Grade, event_day: int, at_ms: int) -> CardState:
        """Return the state after a review; a day before the last review's counts as that same day."""
        from fsrs import Rating

        day = event_day if state.last_day is None else max(event_day, state.last_day)
        reviewed, _ = self._scheduler.review_card(_as_fsrs(state), Rating(grade), _midnight(day))
        lapsed = state.phase is Phase.REVIEW and grade is Grade.AGAIN
        phase = Phase[reviewed.state.name.upper()]
        step = reviewed.due - _midnight(day)
        base = replace(
            state,
            phase=phase,
            step=reviewed.step,
            stability=reviewed.stability,
            difficulty=reviewed.difficulty,
            first_day=event_day if state.first_day is None else state.first_day,
            last_day=event_day,
            reviews=state.reviews + 1,
            lapses=state.lapses + lapsed,
            skipped_day=None,
        )
        if phase is Phase.REVIEW:
            days = spread(step.days, self.longest_interval, card, base.reviews)
            return replace(base, due_day=event_day + days, due_ms=None)
        return replace(base, due_day=None, due_ms=at_ms + round(step.total_seconds() * 1000))

    def retrievability(self, state: CardState, day: int) -> float:
        """Return the probability in [0, 1] that the card is recalled on study day `day`; 0 for an unseen card."""
        return self._scheduler.get_card_retrievability(_as_fsrs(state), _midnight(day))


def _midnight(day: int) -> datetime:
    return _EPOCH + timedelta(days=max(0, min(day, _FARTHEST_DAY)))


def _as_fsrs(state: CardState) -> Card:
    from fsrs import Card, State

    phases = {Phase.REVIEW: State.Review, Phase.RELEARNING: State.Relearning}
    return Card(
        card_id=0,
        state=phases.get(state.phase, State.Learning),
        step=state.step,
        stability=state.stability,
        difficulty=state.difficulty,
        due=_EPOCH,
        last_review=None if state.last_day is None else _midnight(state.last_day),
    )
