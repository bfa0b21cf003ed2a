"""Calls a reference the way the judge calls a candidate, and checks what every challenge must keep."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from quizkit.challenges.vocabulary import Case, Challenge, Property, alive


class Direct:
    """A candidate in this very process: every call gets copies, as it would in a process of its own."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        args, kwargs = copy.deepcopy(args), copy.deepcopy(kwargs)
        return self._function(*map(alive, args), **{name: alive(value) for name, value in kwargs.items()})

    def many(self, calls: Sequence[tuple[Any, ...]], **kwargs: Any) -> list[Any]:
        return [self(*call, **kwargs) for call in calls]


def drawn_cases(challenge: Challenge, count: int = 100) -> list[Case]:
    """Return what Hypothesis draws for the challenge, the same every time."""
    cases: list[Case] = []

    @seed(0)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(challenge.draws())
    def collect(case: Case) -> None:
        cases.append(case)

    collect()
    return cases


def hold(prop: Property, function: Callable[..., Any], case: Case) -> bool:
    """Check one property of `function` in one case; False when the case lacks what it needs."""
    arguments = prop.arguments(case)
    if arguments is None:
        return False
    prop.check(Direct(function), **arguments)
    return True


def check_challenge(challenge: Challenge) -> None:
    """The reference keeps every property in every hard and drawn case, and each property meets at least five cases."""
    cases = [*challenge.hard, *drawn_cases(challenge)]
    for prop in challenge.properties:
        met = [hold(prop, challenge.reference, case) for case in cases]
        assert sum(met) >= 5, f"{prop.name} meets {sum(met)} cases"
        assert prop.check.__doc__ and prop.hint
    for case in challenge.hard:
        assert challenge.mend(dict(case)) is not None
        challenge.expected(*challenge.positional(case), **challenge.optional(case))
    for refusal in challenge.refusals:
        try:
            challenge.expected(*challenge.positional(refusal.case), **challenge.optional(refusal.case))
        except refusal.raises:
            continue
        raise AssertionError(f"the reference accepts {refusal.case}")
    assert len(challenge.hints) >= 3
    assert challenge.prompt
