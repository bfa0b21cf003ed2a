"""Softmax along an axis, plain and with a temperature, and its logarithm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizkit.challenges.vocabulary import (
    Array,
    Candidate,
    Case,
    Challenge,
    FollowUp,
    Special,
    Tier,
    Tolerance,
    close,
    holds,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy


def softmax(z: Array, axis: int = -1) -> Array:
    """Turn logits into probabilities along one axis.

    `z` is an array of logits of any shape; `axis` is the axis along which the probabilities of one sample lie.
    Return a new float array of the same shape: exp(z) divided by its sum along `axis`. It must stay finite and right
    for every finite input up to 10,000 in size. Integers are logits like any others.
    """
    z = np.asarray(z, dtype=float) if np.asarray(z).dtype.kind in "bui" else np.asarray(z)
    # the largest logit becomes 0, so exp cannot overflow; the factor exp(-max) cancels in the quotient
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    p: Array = e / e.sum(axis=axis, keepdims=True)
    return p


def draws() -> SearchStrategy[Case]:
    """Draw logits, an axis of them, a constant to add, and an order of the classes."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        z = draw(s.arrays())
        return {"z": z, "axis": draw(s.axes(z)), "c": draw(s.reals(-1000, 1000)), "order": draw(s.orders(z.shape[-1]))}

    return drawn()


@prop("sums to one", hint="After dividing, what should each row add up to?")
def sums_to_one(f: Candidate, z: Array) -> None:
    """Every row is non-negative and sums to 1."""
    p = numbers(f(z))
    holds(p >= 0, "a probability is negative", p)
    close(p.sum(axis=-1), np.ones(z.shape[:-1]), "a row does not sum to 1", Tolerance(1e-12, 0))


@prop("a constant changes nothing", hint="Which part of exp(z + c) cancels when you divide?")
def a_constant_changes_nothing(f: Candidate, z: Array, c: float = 100.0) -> None:
    """Adding one constant to every logit changes nothing."""
    shifted, plain = f.many([(z + c,), (z,)])
    close(shifted, plain, "adding a constant to every logit changed the result", Tolerance(1e-10, 1e-10))


@prop("classes in another order", hint="Is every class treated the same, wherever it stands in its row?")
def classes_in_another_order(f: Candidate, z: Array, order: tuple[int, ...]) -> None:
    """Another order of the classes gives the same probabilities in that order."""
    permuted, plain = f.many([(z[..., list(order)],), (z,)])
    close(permuted, numbers(plain)[..., list(order)], "another order of the classes gave other values")


@prop("a masked class", hint="A logit of -inf means: impossible. Does exp(-inf) survive your steps?", tier=Tier.POLISH)
def a_masked_class(f: Candidate, z: Array) -> None:
    """A class with logit -inf gets 0 and leaves the others as they are."""
    masked = np.concatenate([z, np.full((*z.shape[:-1], 1), -np.inf)], axis=-1)
    with_mask, plain = f.many([(masked,), (z,)])
    close(numbers(with_mask)[..., :-1], plain, "a class with logit -inf changed the others")


def _order_fits(case: dict[str, Any]) -> dict[str, Any] | None:
    """Keep the order of the classes in step with their number."""
    wanted = case["z"].shape[-1]
    kept = tuple(i for i in case.get("order", ()) if i < wanted)
    return {**case, "order": kept} if "order" in case and case["z"].size else case


SOFTMAX = Challenge(
    reference=softmax,
    title="Softmax",
    difficulty="medium",
    minutes=8,
    draws=draws,
    hard=[
        {"z": np.array([0.0])},
        {"z": np.array([0.0, 1.0]), "order": (1, 0)},
        {"z": np.array([[0.0, 1.0, 2.0], [5.0, 5.0, -1.0]]), "axis": 0, "order": (2, 0, 1)},
        {"z": np.array([[0.0, 1.0, 2.0], [5.0, 5.0, -1.0]]), "axis": 1},
        {"z": np.array([1000.0])},
        {"z": np.array([[1000.0, 1000.0], [-1000.0, 0.0]])},
    ],
    properties=[sums_to_one, a_constant_changes_nothing, classes_in_another_order, a_masked_class],
    hints=[
        "Write down the definition for one row before you think of arrays.",
        "Which line of yours produces the largest intermediate number?",
        "With keepdims=True a sum keeps its axis, so that dividing lines up row by row.",
    ],
    follow_ups=[
        FollowUp(
            "Why is subtracting the maximum allowed, and why is it enough?",
            "exp(-max) cancels in the quotient; afterwards every exponent is at most 0, so exp lies in [0, 1], "
            "and the sum is at least 1.",
        )
    ],
    specials=[Special({"z": np.array([0.0, -np.inf])}, np.array([1.0, 0.0]))],
    mend=_order_fits,
    hints_for={
        "stable for large input": "Softmax does not change when a constant is added to every logit.",
        "arguments": "Which axis do the maximum and the sum run over?",
    },
    names_for={"stable for large input": "stable for large logits"},
)
CHALLENGES = (SOFTMAX,)
