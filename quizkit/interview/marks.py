"""What an answer in an interview is worth: a score, a grade for the memory, and one mark for the whole.

The tables here are explained, with their reasons, in docs/interview.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from quizkit.attempts import ACCEPTED
from quizkit.frozen import frozen
from quizkit.interview.plan import Slot
from quizkit.memory.log import Grade

MISTAKE_COSTS = 0.15
OVERTIME_COSTS = 0.1
SCALE = ((0.85, "strong yes"), (0.7, "yes"), (0.5, "borderline"), (0.3, "no"), (0.0, "strong no"))
# the least mark of each step, and its name
REJECTED_AT_MOST = 0.45
# code that is wrong somewhere, however much of it is right
FORMULA = (
    "mark = Σ minutes × score / Σ minutes over the whole plan; what was not reached scores 0."
    f" Spoken: covered / key points − {MISTAKE_COSTS} a mistake − {OVERTIME_COSTS} in overtime."
    f" Code: the judge's score / 100, at most {REJECTED_AT_MOST} unless accepted, − {OVERTIME_COSTS} in overtime."
    f" Scale: {', '.join(f'{name} from {round(100 * least)} %' for least, name in SCALE)}."
)


@frozen
class Result:
    """What became of one question."""

    covered: int
    points: int
    mistakes: int
    used_ms: int
    verdict: str = ""
    # of code; "": nothing was judged
    judged: int | None = None
    # the judge's score, 0 to 100
    grade: Grade | None = None
    # None: nothing to schedule by
    practice: str = ""
    # why code that was accepted is no review: a value of `attempts.Uncounted`


def score(slot: Slot, result: Result) -> float:
    """Return what a result is worth, 0 to 1."""
    late = OVERTIME_COSTS if result.used_ms > slot.minutes * 60_000 else 0.0
    if slot.is_code:
        worth = (result.judged or 0) / 100
        return max(0.0, (worth if result.verdict == ACCEPTED else min(worth, REJECTED_AT_MOST)) - late)
    share = result.covered / result.points if result.points else 0.0
    return max(0.0, share - MISTAKE_COSTS * result.mistakes - late)


def grade(slot: Slot, result: Result) -> Grade:
    """Return the grade that a spoken or typed answer gives the memory; that of code is the rule of `attempts.worth`."""
    share = result.used_ms / (slot.minutes * 60_000)
    coverage = result.covered / result.points if result.points else 0.0
    if coverage < 0.4 or result.mistakes >= 2:
        return Grade.AGAIN
    if coverage < 0.8 or result.mistakes or share > 1.5:
        return Grade.HARD
    return Grade.EASY if coverage == 1 and share <= 1 else Grade.GOOD


def overall(rows: Iterable[tuple[Slot, Result | None]]) -> float:
    """Return the mark of an interview, 0 to 1; a question without a result was not reached."""
    listed = list(rows)
    earned = sum(slot.minutes * score(slot, result) for slot, result in listed if result)
    return earned / sum(slot.minutes for slot, _ in listed)


def word(mark: float) -> str:
    """Return the step of the scale that a mark stands on."""
    return next(name for least, name in SCALE if mark >= least - 1e-9)
