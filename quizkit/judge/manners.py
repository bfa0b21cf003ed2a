"""Whether a function behaves: it leaves its arguments alone, keeps nothing back, and takes arrays as they lie."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizkit.challenges.vocabulary import BASE, Broken, Case, Challenge, close
from quizkit.judge.agreement import plainest, right, tolerance_for
from quizkit.judge.inquiry import Asked, value_of
from quizkit.judge.wire import Layout, Returned

OTHER_CASE = "another case"
# the field in which `same` finds what is asked between two equal calls


def alone(challenge: Challenge, asked: Asked, case: Case) -> None:
    """No argument is changed, and the result is a new array."""
    args, named = challenge.positional(case), challenge.optional(case)
    call = asked.call(*args, echo=True, **named)
    replies = asked.ask([call, call])
    for reply in replies:
        value_of(reply)
    first, second = (reply for reply in replies if isinstance(reply, Returned))
    if first.after is not None:
        names = [*[*challenge.parameters][: len(args)], *named]
        for name, before, after in zip(names, (*args, *named.values()), first.after, strict=True):
            if not _identical(before, after):
                raise Broken(f"{name} was changed", after, before)
    for shared in () if challenge.keeps_arguments else (*first.shares, *second.shares):
        raise Broken(f"the result shares its memory with {shared}: changing one would change the other", first.value)


def _identical(before: Any, after: Any) -> bool:
    if isinstance(before, np.ndarray):
        return (
            isinstance(after, np.ndarray)
            and (before.dtype, before.shape) == (after.dtype, after.shape)
            and np.array_equal(before, after, equal_nan=True)
        )
    if isinstance(before, dict):
        return (
            isinstance(after, dict)
            and before.keys() == after.keys()
            and all(_identical(before[name], after[name]) for name in before)
        )
    return True


def same(challenge: Challenge, asked: Asked, case: Case) -> None:
    """The same input gives the same output, whatever was called before."""
    call = asked.call(*challenge.positional(case), **challenge.optional(case))
    other = case.get(OTHER_CASE, case)
    between_them = asked.call(*challenge.positional(other), **challenge.optional(other))
    first, _, again = asked.ask([call, between_them, call])
    (fresh,) = asked.ask([call], in_second_process=True)
    expected = value_of(first)
    close(value_of(again), expected, "another value when called again after another input", BASE)
    close(value_of(fresh), expected, "another value in a new process", BASE)


def layout(challenge: Challenge, asked: Asked, case: Case) -> None:
    """Strided and read-only arrays are as good as any."""
    args, named = plainest(challenge, case)
    for layout in (Layout.STRIDED, Layout.READONLY):
        got = value_of(asked.ask([asked.call(*args, layout=layout, **named)])[0])
        right(challenge, got, case, tolerance_for(challenge, case), options=bool(named))
