"""What an interviewer would also ask about: float32, infinities, tails, warnings. It never rejects."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quizkit.challenges.vocabulary import SINGLE, Broken, Case, Challenge, Special, close, describe
from quizkit.judge.agreement import agreement, cast, holds_in, plainest, tolerance_for
from quizkit.judge.facts import as_integers, goes_without_options
from quizkit.judge.inquiry import Asked, value_of
from quizkit.judge.wire import Other


def single(challenge: Challenge, asked: Asked, case: Case) -> None:
    """float32 in, float32 out."""
    args, named = plainest(challenge, case)
    singles = tuple(cast(value, np.float32) for value in args)
    got = asked(*singles, **named)
    agreement(challenge, got, tuple(cast(value, np.float64) for value in singles), named, SINGLE)
    if isinstance(got, np.ndarray) and got.ndim and got.dtype != np.float32:
        raise Broken(f"float32 in, {got.dtype} out", got)


def small(challenge: Challenge, asked: Asked, case: Case) -> None:
    """A 0-d array and an empty one give results of their shape."""
    (x,) = challenge.positional(case)
    for few in (np.array(x.flat[0]), x[:0]):
        if goes_without_options(challenge, {**case, next(iter(challenge.parameters)): few}):
            got, expected = asked(few), challenge.expected(few)
            if np.shape(got) != np.shape(expected) or isinstance(got, Other | list):
                raise Broken(f"{describe(got)} for an array of shape {few.shape}", got, expected)
            agreement(challenge, np.asarray(got), (few,), {}, tolerance_for(challenge, case))


def special(challenge: Challenge, asked: Asked, case: Case) -> None:
    """Infinities, NaN and far tails give what the limit says."""
    special: Special = case["special"]
    args, named = challenge.positional(special.case), challenge.optional(special.case)
    close(asked(*args, **named), special.expected, "", special.tolerance)


def cases_of(specials: Sequence[Special]) -> tuple[Case, ...]:
    """Return the points as cases to check on."""
    return tuple({**special.case, "special": special} for special in specials)


def narrow(challenge: Challenge, asked: Asked, case: Case) -> None:
    """uint8, int8 and bool arrays give the values of their float copies."""
    holds_in(challenge, asked, case, (np.uint8, np.int8, np.bool_))


def documented(_: Challenge, __: Asked, case: Case) -> None:
    """The function says in a docstring what it takes and gives."""
    if not case["has docstring"]:
        raise Broken("there is no docstring")


def quiet(challenge: Challenge, asked: Asked, case: Case) -> None:
    """Finite input gives no RuntimeWarning, in float64 or in float32."""
    args, named = challenge.positional(case), challenge.optional(case)
    for given in (args, tuple(cast(value, np.float32) for value in args)):
        (reply,) = asked.ask([asked.call(*given, **named)])
        value_of(reply)
        if reply.warnings:
            raise Broken("the values are right, but NumPy warns on the way")


def fits_narrow(challenge: Challenge, case: Case) -> bool:
    """Whether the case has only 0 and 1 once it is rounded, so that every small type holds it."""
    whole = as_integers(challenge, case)
    return whole is not None and all(
        np.all((value >= 0) & (value <= 1)) for value in challenge.positional(whole) if isinstance(value, np.ndarray)
    )


def takes_one_array(challenge: Challenge) -> bool:
    """Whether the challenge is about one array and nothing else."""
    return all(len(challenge.positional(case)) == 1 for case in challenge.hard) and all(
        isinstance(challenge.positional(case)[0], np.ndarray) for case in challenge.hard
    )
