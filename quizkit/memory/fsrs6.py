"""The memory model FSRS-6, through the `fsrs` package.

The package counts days of 24 hours from the instant of a review; ours begin at 04:00 local time. So it is given whole
study days instead of instants, and only the length of the step it returns is used. Its fuzz is off: `spread` does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from quizkit.frozen import replace
from quizkit.memory.log import Grade
from quizkit.memory.spread import spread
from quizkit.memory.state import CardState, Phase

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_DAYS = 1_000_000
# between two reviews; beyond it nothing changes and datetime comes to its end
_REMEMBERED = 256
# outcomes kept: those that a person is shown before one of them is chosen, for the next cards, too


class _Outcome(NamedTuple):
    """What FSRS makes of one review, in its own terms."""

    phase: Phase
    step: int | None
    stability: float
    difficulty: float
    interval: timedelta


@dataclass(frozen=True)
class Fsrs6:
    """FSRS-6, with the package's default parameters or with fitted ones."""

    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (10,)
    # minutes
    relearning_steps: tuple[int, ...] = (10,)
    # minutes
    longest_interval: int = 3650
    # days
    parameters: tuple[float, ...] = ()
    # w0 to w20; () means the defaults

    @property
    def fingerprint(self) -> str:
        """Names the algorithm and its settings."""
        steps = f"{self.learning_steps} {self.relearning_steps}"
        fitted = f" {self.parameters}" if self.parameters else ""
        return f"fsrs-6.1 {self.desired_retention} {steps} {self.longest_interval}{fitted}"

    def with_parameters(self, parameters: tuple[float, ...]) -> Fsrs6:
        """Return the same model with other parameters, or with () the default ones."""
        return replace(self, parameters=parameters)

    @cached_property
    def _scheduler(self) -> Scheduler:
        from fsrs import Scheduler  # 17 ms that a question on the screen need not wait for
        from fsrs.scheduler import DEFAULT_PARAMETERS

        return Scheduler(
            parameters=self.parameters or DEFAULT_PARAMETERS,
            desired_retention=self.desired_retention,
            learning_steps=[timedelta(minutes=step) for step in self.learning_steps],
            relearning_steps=[timedelta(minutes=step) for step in self.relearning_steps],
            maximum_interval=self.longest_interval,
            enable_fuzzing=False,
        )

    def review(self, card: str, state: CardState, grade: Grade, event_day: int, at_ms: int) -> CardState:
        """Return the state after a review; a day before the last review's counts as that same day."""
        outcome = self._outcome(
            state.phase, state.step, state.stability, state.difficulty, _elapsed(state, event_day), grade
        )
        reviews = state.reviews + 1
        in_days = outcome.phase is Phase.REVIEW
        return replace(
            state,
            phase=outcome.phase,
            step=outcome.step,
            stability=outcome.stability,
            difficulty=outcome.difficulty,
            due_day=event_day + spread(outcome.interval.days, self.longest_interval, card, reviews)
            if in_days
            else None,
            due_ms=None if in_days else at_ms + round(outcome.interval.total_seconds() * 1000),
            first_day=event_day if state.first_day is None else state.first_day,
            last_day=event_day,
            reviews=reviews,
            lapses=state.lapses + (state.phase is Phase.REVIEW and grade is Grade.AGAIN),
            skipped_day=None,
        )

    def retrievability(self, state: CardState, day: int) -> float:
        """Return the probability in [0, 1] that the card is recalled on study day `day`; 0 for an unseen card."""
        days = _elapsed(state, day)
        if days is None or state.stability is None:
            return 0.0
        return self.retrievabilities([(state.stability, days)])[0]

    def retrievabilities(self, seen: Iterable[tuple[float, int]]) -> list[float]:
        """Return the probabilities in [0, 1] of recalling cards from their stability and the days since their review.

        FSRS-6: R = (1 + F t / S)^-d with F = 0.9^(-1 / d) - 1, so that R is 90 % when t = S. A card's due date counts
        with the package's own; this is for thousands of cards at once.
        """
        power = -self._scheduler.parameters[20]
        factor = 0.9 ** (1 / power) - 1
        return [(1 + factor * days / stability) ** power for stability, days in seen]

    @cached_property
    def _outcome(self) -> Callable[..., _Outcome]:
        return lru_cache(_REMEMBERED)(self._work_out)

    def _work_out(
        self,
        phase: Phase,
        step: int | None,
        stability: float | None,
        difficulty: float | None,
        days: int | None,
        grade: Grade,
    ) -> _Outcome:
        from fsrs import Rating

        at = _EPOCH + timedelta(days=days or 0)
        reviewed, _ = self._scheduler.review_card(_card(phase, step, stability, difficulty, days), Rating(grade), at)
        assert reviewed.stability is not None
        assert reviewed.difficulty is not None
        after = Phase[reviewed.state.name.upper()]
        return _Outcome(after, reviewed.step, reviewed.stability, reviewed.difficulty, reviewed.due - at)


def _elapsed(state: CardState, day: int) -> int | None:
    """Return the whole study days since the last review, None where there was none."""
    return None if state.last_day is None else max(0, min(day - state.last_day, _MOST_DAYS))


def _card(phase: Phase, step: int | None, stability: float | None, difficulty: float | None, days: int | None) -> Card:
    from fsrs import Card, State

    states = {Phase.REVIEW: State.Review, Phase.RELEARNING: State.Relearning}
    last = None if days is None else _EPOCH
    return Card(0, states.get(phase, State.Learning), step, stability, difficulty, _EPOCH, last)
