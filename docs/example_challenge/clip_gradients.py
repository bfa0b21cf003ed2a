"""Gradient clipping by norm: a challenge of one's own, explained in docs/challenges.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizkit.challenges.vocabulary import (
    Array,
    Candidate,
    Case,
    Challenge,
    FollowUp,
    Refusal,
    close,
    holds,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def clip_by_norm(g: Array, max_norm: float) -> Array:
    """Shorten a gradient whose norm is too large.

    `g` is an array of any shape, `max_norm` a positive number. The norm of `g` is the root of the sum of the squares of
    all its entries. Where it is larger than `max_norm`, return `g` times max_norm / norm; otherwise the values of `g`.
    The result is a new float array of the same shape. It must be finite for every finite input up to 10,000 in size;
    entries may be integers. Raise ValueError when `max_norm` is not positive.
    """
    if max_norm <= 0:
        raise ValueError(f"max_norm must be positive, not {max_norm}")
    g = np.asarray(g, dtype=float) if np.asarray(g).dtype.kind in "bui" else np.asarray(g)
    # the larger of the two is never 0, and makes the factor exactly 1 for a gradient that is short enough
    return g * (max_norm / max(float(np.linalg.norm(g)), max_norm))


def draws() -> SearchStrategy[Case]:
    """Draw a gradient and the norm that is allowed."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    return s.cases(g=s.arrays(), max_norm=st.sampled_from((0.01, 0.5, 1.0, 5.0, 100.0)))


@prop("never too long", hint="Which entries belong to the norm: those of a row, or all of them?")
def never_too_long(f: Candidate, g: Array, max_norm: float) -> None:
    """The norm of the result is at most `max_norm`."""
    norm = float(np.linalg.norm(numbers(f(g, max_norm))))
    holds(norm <= max_norm * (1 + 1e-9), "the norm of the result is too large", norm, max_norm)


@prop("keeps its direction", hint="If one entry is halved, what must happen to the others?")
def keeps_its_direction(f: Candidate, g: Array, max_norm: float) -> None:
    """The result points where the gradient points: all entries shrink by the same factor."""
    clipped = numbers(f(g, max_norm))
    close(clipped * np.linalg.norm(g), g * np.linalg.norm(clipped), "entries shrank by different factors")


@prop("a short gradient stays", hint="Which gradients are to be changed, and which are not?")
def a_short_gradient_stays(f: Candidate, g: Array, max_norm: float) -> None:
    """A gradient of half the allowed norm keeps its values."""
    short = g * (0.5 * max_norm / max(float(np.linalg.norm(g)), max_norm))
    close(f(short, max_norm), short, "a gradient within the norm was changed")


def _norm_stays_positive(case: dict[str, Any]) -> dict[str, Any] | None:
    return case if case["max_norm"] > 0 else None


HARD = [
    {"g": np.array([0.0]), "max_norm": 1.0},
    {"g": np.array([3.0]), "max_norm": 1.0},
    {"g": np.array([-0.5]), "max_norm": 1.0},
    {"g": np.array([3.0, 4.0]), "max_norm": 1.0},
    {"g": np.array([3.0, 4.0]), "max_norm": 5.0},
    {"g": np.array([[3.0], [4.0]]), "max_norm": 1.0},
    {"g": np.array([[1.0, 2.0], [2.0, 4.0]]), "max_norm": 4.5},
    {"g": np.array([1000.0, -1.0]), "max_norm": 2.0},
    {"g": np.full((2, 3, 2), 1e4), "max_norm": 0.5},
]

CLIP_BY_NORM = Challenge(
    reference=clip_by_norm,
    title="Clip a gradient by its norm",
    difficulty="easy",
    minutes=5,
    draws=draws,
    hard=HARD,
    properties=[never_too_long, keeps_its_direction, a_short_gradient_stays],
    hints=[
        "There are two cases. Which number tells them apart?",
        "The norm is one number for the whole array, whatever its shape.",
        "In both cases the result is g times a factor. What is the factor when nothing needs to be done?",
    ],
    follow_ups=[
        FollowUp(
            "Why clip by norm and not entry by entry?",
            "The direction of the step stays that of the gradient. Clipping entries bends it towards the diagonals.",
        ),
        FollowUp(
            "A network has many parameter arrays. One norm for each, or one for all?",
            "Usually one for all: the norm of everything laid in one vector. Separate norms change the balance between "
            "the layers, which is a change of direction again.",
        ),
    ],
    refusals=[Refusal({"g": np.ones(2), "max_norm": 0.0}, ValueError, "max_norm is not positive")],
    mend=_norm_stays_positive,
    hints_for={"agrees with the reference": "Compute the norm of the counterexample by hand. Is it above max_norm?"},
    topic="optimisation",
)

CHALLENGES = (CLIP_BY_NORM,)
