"""What every candidate for a challenge is asked: which checks look at which cases, and in which portions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from quizkit.challenges.library import find
from quizkit.challenges.vocabulary import Case, Challenge, Tier
from quizkit.errors import UsageProblem, nearest
from quizkit.judge.checks import SAME, Check, checks_of
from quizkit.judge.draws import draw, draw_kept
from quizkit.judge.manners import OTHER_CASE
from quizkit.judge.settings import Settings
from quizkit.judge.trial import Pair, Portion

FEW = 10
# drawn cases for a check that needs few, besides the hard ones
STEP = 50
# drawn cases between two looks at what has failed
_KEPT = 16
# plans, of a megabyte each


@dataclass
class Plan:
    """The portions in which a challenge's checks are tried; the same objects in every judgement that follows it."""

    challenge: Challenge
    checks: list[Check]
    draw: Callable[[], list[Case]]
    _portions: dict[tuple[str, int], Portion] = field(default_factory=dict)

    @cached_property
    def cases(self) -> list[Case]:
        """The drawn cases; they are drawn when the hard ones have passed."""
        return self.draw()

    def hard(self) -> Portion:
        """Return what is required, on the cases in which typical mistakes show."""
        return self._portion("hard", 0, lambda: _pairs(self._of(Tier.REQUIRED), self.challenge.hard, few=None))

    def drawn(self, start: int) -> Portion:
        """Return what is required, on the drawn cases from `start` on to the next look at what has failed."""
        some = self.cases[start : start + STEP]
        return self._portion("drawn", start, lambda: _pairs(self._of(Tier.REQUIRED), some, few=0 if start else FEW))

    def polish(self, seen: int) -> Portion:
        """Return what is not required, on the hard cases and the first of the drawn ones that were looked at."""
        some = self.cases[: min(seen, STEP)] if seen else []
        checks = self._of(Tier.POLISH)
        return self._portion(
            "polish", len(some), lambda: [*_pairs(checks, self.challenge.hard, few=None), *_pairs(checks, some)]
        )

    def _of(self, tier: Tier) -> list[Check]:
        return [check for check in self.checks if check.tier is tier]

    def _portion(self, kind: str, number: int, pairs: Callable[[], list[Pair]]) -> Portion:
        if (kind, number) not in self._portions:
            self._portions[kind, number] = Portion(pairs())
        return self._portions[kind, number]


def plan_for(challenge: Challenge, settings: Settings, *, has_docstring: bool) -> Plan:
    """Return the plan for a judgement; where the cases are kept, so is the plan.

    Raises:
        UsageProblem: a property that is wanted does not exist.
    """
    if settings.seed is None and settings.cache is not None:
        return _kept(challenge.name, settings.examples, settings.only, settings.cache, has_docstring)
    count, seed = settings.examples, settings.seed
    cases = (lambda: draw_kept(challenge, count, None)) if seed is None else (lambda: draw(challenge, count, seed))
    return Plan(challenge, _chosen(challenge, settings.only, has_docstring), cases)


@lru_cache(_KEPT)
def _kept(name: str, count: int, only: tuple[str, ...], cache: Path, has_docstring: bool) -> Plan:
    challenge = find(name)
    return Plan(challenge, _chosen(challenge, only, has_docstring), lambda: draw_kept(challenge, count, cache))


def _chosen(challenge: Challenge, only: tuple[str, ...], has_docstring: bool) -> list[Check]:
    checks = checks_of(challenge, has_docstring=has_docstring)
    known = [check.name for check in checks]
    for name in only:
        if name not in known:
            raise UsageProblem(f"There is no property {name!r}.{nearest(name, known)} There are: {', '.join(known)}.")
    return [check for check in checks if not only or check.name in only]


def _pairs(checks: Sequence[Check], cases: Sequence[Case], *, few: int | None = FEW) -> list[Pair]:
    """Return which check looks at which case.

    Checks that need few cases look at `few`; with None at all, and those that bring their own cases look at these.
    """
    pairs: list[Pair] = []
    for check in checks:
        if check.cases is not None:
            pairs += [(check, case) for case in check.cases if few is None]
            continue
        fits = [case for case in cases if check.applies(case)]
        if check.needs_few:
            fits = fits[:few]
        if check.key == SAME:
            fits = [{**case, OTHER_CASE: other} for case, other in zip(fits, [*fits[1:], *fits[:1]], strict=True)]
        pairs += [(check, case) for case in fits]
    return pairs
