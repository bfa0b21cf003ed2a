"""Derivatives of softmax, computed from its output: the whole Jacobian, and its product with a vector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from quizkit.challenges.vocabulary import (
    DIFFERENCES,
    Array,
    Candidate,
    Case,
    Challenge,
    FollowUp,
    Tolerance,
    close,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy


# -- the Jacobian -----------------------------------------------------------------------------------------------------


def softmax_grad(p: Array) -> Array:
    """Write the Jacobian of softmax as a function of its output.

    `p` holds probabilities along its last axis: p = softmax(z), of shape (n,) or (..., n). Entries are not negative,
    and each row sums to 1; a row of integers has a single 1. Return a new float array of shape (..., n, n), one matrix
    for each row, whose entry [..., i, j] is the derivative of p[..., i] with respect to the logit z[..., j].
    You are not given z, and do not need it.
    """
    p = _floating(p)
    diagonal = p[..., :, None] * np.eye(p.shape[-1], dtype=p.dtype)
    # dp_i/dz_j = p_i (1 if i is j else 0) - p_i p_j: the second term is how the sum in the denominator answers
    jacobian: Array = diagonal - p[..., :, None] * p[..., None, :]
    return jacobian


def _floating(values: Array) -> Array:
    """Return integers as float64, floats in their own precision."""
    values = np.asarray(values)
    return values if values.dtype.kind == "f" else values.astype(np.float64)


def draws() -> SearchStrategy[Case]:
    """Draw probabilities, and a change of the logits."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        shape = draw(s.shapes())
        return {"p": draw(s.probabilities(shape)), "x": draw(s.arrays(shape, scales=(1.0, 5.0)))}

    return drawn()


@prop("rows and columns sum to zero", hint="The probabilities always sum to 1. How much can their sum change?")
def rows_and_columns_sum_to_zero(f: Candidate, p: Array) -> None:
    """Every row and every column of the Jacobian sums to 0."""
    jacobian = numbers(f(p))
    close(jacobian.sum(axis=-1), np.zeros(p.shape), "the rows do not sum to 0")
    close(jacobian.sum(axis=-2), np.zeros(p.shape), "the columns do not sum to 0")


@prop("symmetric", hint="Exchange i and j in your formula for an entry beside the diagonal.")
def symmetric(f: Candidate, p: Array) -> None:
    """The Jacobian equals its transpose."""
    jacobian = numbers(f(p))
    close(np.swapaxes(jacobian, -1, -2), jacobian, "the Jacobian is not symmetric")


@prop("a variance", hint="Write x J x out for two classes. How does the mean of x under p come in?")
def a_variance(f: Candidate, p: Array, x: Array) -> None:
    """For any x, the product x J x is the variance of x under p."""
    got = np.einsum("...i,...ij,...j->...", x, numbers(f(p)), x)
    mean = (p * x).sum(axis=-1, keepdims=True)
    close(got, (p * (x - mean) ** 2).sum(axis=-1), "x J x is not the variance of x under p", Tolerance(1e-10, 1e-9))


@prop("finite differences", hint="Nudge one logit: what happens to its own probability, and what to the others?")
def finite_differences(f: Candidate, p: Array, x: Array) -> None:
    """J x is how softmax changes when the logits move along x."""
    got = np.einsum("...ij,...j->...i", numbers(f(p)), x)
    close(got, _moved(p, x), "J x is not how softmax changes along x", DIFFERENCES)


def _moved(p: Array, x: Array, axis: int = -1, step: float = 1e-6) -> Array:
    """Return by central difference how softmax changes from `p` when its logits move along `x`."""

    def at(t: float) -> Array:
        # logits of p are log p, and exp(log p + t x) = p exp(t x) holds for p = 0, too
        e = p * np.exp(t * x)
        return np.asarray(e / e.sum(axis=axis, keepdims=True))

    return (at(step) - at(-step)) / (2 * step)


def _mended(case: dict[str, Any]) -> dict[str, Any] | None:
    """Make the entries of p probabilities again, and give x its shape."""
    p = _normalised(case["p"])
    if p is None or case.get("x", p).shape != p.shape:
        return None
    return {**case, "p": p}


def _normalised(p: Array) -> Array | None:
    """Return `p` itself where it is legal, with rows that sum to 1 where it can be made so."""
    if not p.size:
        return None
    if _sums_to_one(p, -1):
        return p
    weights = np.abs(p)
    total = weights.sum(axis=-1, keepdims=True)
    weights = np.where(total > 0, weights, 1.0)
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def _sums_to_one(p: Array, axis: int) -> bool:
    return bool(np.all(p >= 0) and np.all(np.abs(p.sum(axis=axis) - 1) < 1e-12))


def _one_hot(p: Array) -> Array:
    """Return the probabilities in whole numbers: all for the first of the most probable classes."""
    return np.asarray(np.eye(p.shape[-1])[p.argmax(axis=-1)])


SOFTMAX_GRAD = Challenge(
    reference=softmax_grad,
    title="The Jacobian of softmax",
    difficulty="medium",
    minutes=10,
    draws=draws,
    hard=[
        {"p": np.array([1.0])},
        {"p": np.array([0.5, 0.5]), "x": np.array([1.0, 0.0])},
        {"p": np.array([1.0, 0.0]), "x": np.array([0.0, 1.0])},
        {"p": np.array([0.25, 0.75]), "x": np.array([1.0, -1.0])},
        {"p": np.array([0.5, 0.25, 0.25]), "x": np.array([1.0, 2.0, 0.0])},
        {"p": np.array([[0.5, 0.5]]), "x": np.array([[1.0, 0.0]])},
        {"p": np.array([[0.5, 0.5], [0.25, 0.75]])},
        {"p": np.array([[0.0, 0.5, 0.5], [0.25, 0.25, 0.5]]), "x": np.array([[1.0, 0.0, -1.0], [0.0, 2.0, 1.0]])},
        {"p": np.array([[1.0], [1.0], [1.0]])},
        {"p": np.array([[0.25, 0.75], [0.5, 0.5], [1.0, 0.0]])},
        {"p": np.array([[[0.5, 0.5], [0.25, 0.75], [1.0, 0.0]], [[0.0, 1.0], [0.75, 0.25], [0.5, 0.5]]])},
        {"p": np.full((2, 1, 4), 0.25)},
        {"p": np.array([1.0 - 2.0**-40, 2.0**-40])},
    ],
    properties=[rows_and_columns_sum_to_zero, symmetric, a_variance, finite_differences],
    hints=[
        "Differentiate p_i = exp(z_i) / sum over k of exp(z_k) by the quotient rule: once for j = i, once for j not i.",
        "Both cases become one formula if you write 1 for i = j and 0 otherwise.",
        "One row first: which two matrices, built from p alone, is the Jacobian the difference of? "
        "Then let broadcasting do all rows, with p[..., :, None] and p[..., None, :].",
    ],
    follow_ups=[
        FollowUp(
            "Why is this matrix singular?",
            "Moving all logits by the same amount changes nothing, so the vector of ones is mapped to 0. "
            "For positive p that is the only such direction: the rank is n - 1.",
        ),
        FollowUp(
            "What is the meaning of x J x?",
            "It is the variance of x under p, so J is positive semidefinite. "
            "Its eigenvalues never exceed 1/2, which is reached at p = (1/2, 1/2).",
        ),
        FollowUp(
            "Would you build this matrix in a training loop?",
            "No: it takes n squared numbers for each row. Back-propagation needs only its product with a vector, "
            "p * (g - sum(g * p)), at the cost of a few passes over n numbers.",
        ),
        FollowUp(
            "What changes for a softmax with temperature T?",
            "By the chain rule the Jacobian is divided by T, with p now taken at that temperature.",
        ),
    ],
    derivative=True,
    mend=_mended,
    integers=lambda case: {"p": _one_hot(case["p"])},
    hints_for={
        "shape": "Every p_i depends on every z_j: how many derivatives are there for one row of n, and for a batch?",
        "agrees with the reference": "For p = [0.25, 0.75] the answer is [[0.1875, -0.1875], [-0.1875, 0.1875]]. "
        "Compare the diagonal and what lies beside it, then each row of a batch.",
    },
)


# -- the Jacobian times a vector --------------------------------------------------------------------------------------


def softmax_vjp(p: Array, g: Array, axis: int = -1) -> Array:
    """Pass a gradient back through softmax, given the softmax's output.

    `p` = softmax(z) holds probabilities along `axis`: they are not negative and sum to 1 there; in an array of integers
    one is 1 and the others are 0. `g`, of the same shape, is dL/dp for some loss L, with finite entries up to 10,000 in
    size. Return dL/dz, a new float array of the same shape. You are not given z or L, and do not need them.
    """
    p, g = _floating(p), _floating(g)
    # the Jacobian diag(p) - p p^T is symmetric; times g it needs one mean of g under p, never n x n numbers
    mean = (g * p).sum(axis=axis, keepdims=True)
    dz: Array = p * (g - mean)
    return dz


def vjp_draws() -> SearchStrategy[Case]:
    """Draw probabilities, two gradients of their shape, and a constant; targets or an axis in part of the cases."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    axes = {dimensions: st.sampled_from((-2, dimensions - 1)) for dimensions in (1, 2, 3)}

    @st.composite
    def drawn(draw: DrawFn) -> Case:
        shape = draw(s.shapes())
        case: dict[str, Any] = {"p": draw(s.probabilities(shape))}
        if draw(st.booleans()):
            case = {"p": _circulant(case["p"]), "axis": draw(axes[len(shape)])}
        elif _allows_targets(case["p"]):
            case["y"] = draw(s.probabilities(shape))
        g = draw(s.arrays(case["p"].shape))
        room = min(1000.0, np.floor(1e4 - np.abs(g).max()))
        rng = np.random.default_rng(draw(s.fills()))
        return {**case, "g": g, "h": rng.uniform(-5, 5, g.shape), "c": float(rng.uniform(-room, room))}

    return drawn()


def _circulant(p: Array) -> Array:
    """Return a matrix for each row of `p` in which every row and every column holds the numbers of that row.

    The judge calls with and without `axis`: only a `p` that sums to 1 along that axis and along the last is a softmax's
    output both times.
    """
    n = p.shape[-1]
    return p[..., (np.arange(n)[:, None] - np.arange(n)) % n]


def _allows_targets(p: Array) -> bool:
    """Tell whether -y / p stays in range."""
    return bool(p.min() > 1e-3)


@prop("sums to zero", hint="Softmax ignores a constant added to all logits. What does that say of the sum of dL/dz?")
def sums_to_zero(f: Candidate, p: Array, g: Array) -> None:
    """Every row of the result sums to 0."""
    dz = numbers(f(p, g))
    close(dz.sum(axis=-1), np.zeros(p.shape[:-1]), "a row does not sum to 0", Tolerance(_rounding(g)))


@prop("a constant in g changes nothing", hint="The probabilities sum to 1 whatever the logits. What is g = 1 worth?")
def a_constant_in_g_changes_nothing(f: Candidate, p: Array, g: Array, c: float) -> None:
    """Adding one constant to all of g changes nothing."""
    shifted, plain = f.many([(p, g + c), (p, g)])
    close(shifted, plain, "adding a constant to g changed the result", Tolerance(_rounding(np.abs(g) + abs(c))))


@prop("g and h change places", hint="Is the Jacobian that you multiply by equal to its transpose?")
def g_and_h_change_places(f: Candidate, p: Array, g: Array, h: Array) -> None:
    """h times the result for g is g times the result for h, because the Jacobian is symmetric."""
    for_g, for_h = map(numbers, f.many([(p, g), (p, h)]))
    slack = Tolerance(_rounding(g) * p.size * max(1.0, np.abs(h).max()))
    close((h * for_g).sum(), (g * for_h).sum(), "h times the result for g is not g times the result for h", slack)


@prop("finite differences", hint="Nudging one logit moves every probability of its row. Are all of them in your sum?")
def loss_changes_as_told(f: Candidate, p: Array, g: Array, h: Array) -> None:
    """Moving the logits along h changes the loss sum(g * p) by h times the result."""
    told = (h * numbers(f(p, g))).sum(axis=-1)
    slack = Tolerance(DIFFERENCES.absolute * max(1.0, np.abs(g).max()), DIFFERENCES.relative)
    close(told, (g * _moved(p, h)).sum(axis=-1), "the loss does not change as the result says", slack)


@prop("cross-entropy", hint="Put g = -y / p into your formula. What does p times g become, and what sums to 1?")
def cross_entropy_gives_p_minus_y(f: Candidate, p: Array, y: Array) -> None:
    """For the loss -sum(y log p), where g is -y / p, the result is p - y."""
    close(f(p, -y / p), p - y, "for g = -y / p the result is not p - y", Tolerance(1e-10))


def _rounding(g: Array) -> float:
    """Return what careful arithmetic may lose: numbers as large as g cancel."""
    return 1e-12 + 1e-14 * float(np.abs(g).max(initial=0.0))


def _mended_with_axis(case: dict[str, Any]) -> dict[str, Any] | None:
    """Make p and y probabilities again, along both axes where one is given; all arrays have the shape of p."""
    p = _normalised_along(case["p"], case.get("axis", -1))
    if p is None or any(case[name].shape != p.shape for name in ("g", "h", "y") if name in case):
        return None
    kept = {name: value for name, value in case.items() if name != "y" or _allows_targets(p)}
    return {**kept, "p": p, **({"y": _normalised(kept["y"])} if "y" in kept else {})}


def _normalised_along(p: Array, axis: int) -> Array | None:
    if axis in (-1, p.ndim - 1):
        return _normalised(p)
    if p.ndim < 2 or axis not in (-2, p.ndim - 2) or p.shape[-1] != p.shape[-2]:
        return None
    if p.size and _sums_to_one(p, -1) and _sums_to_one(p, -2):
        return p
    first_rows = _normalised(p[..., 0, :])
    return None if first_rows is None else _circulant(first_rows)


_SQUARE = np.array([[0.25, 0.75], [0.75, 0.25]])

SOFTMAX_VJP = Challenge(
    reference=softmax_vjp,
    title="Back through softmax",
    difficulty="medium",
    minutes=10,
    draws=vjp_draws,
    hard=[
        {"p": np.array([1.0]), "g": np.array([1.0])},
        {"p": np.array([0.5, 0.5]), "g": np.array([1.0, 0.0]), "h": np.array([0.0, 1.0]), "c": 1.0},
        {"p": np.array([0.25, 0.75]), "g": np.array([-4.0, 0.0]), "y": np.array([1.0, 0.0])},
        {"p": np.array([1.0, 0.0]), "g": np.array([1.0, 2.0]), "h": np.array([1.0, 0.0]), "c": -1.0},
        {"p": np.array([0.5, 0.25, 0.25]), "g": np.array([1.0, 2.0, 0.0]), "c": 3.0},
        {"p": np.array([[0.5, 0.5], [0.25, 0.75]]), "g": np.array([[1.0, 0.0], [1.0, 2.0]])},
        {
            "p": np.array([[0.0, 0.5, 0.5], [0.25, 0.25, 0.5]]),
            "g": np.array([[1.0, 0.0, -1.0], [0.0, 2.0, 1.0]]),
            "h": np.array([[0.0, 1.0, 0.0], [2.0, 0.0, 1.0]]),
            "c": 1.0,
        },
        {"p": _SQUARE, "g": np.array([[1.0, 0.0], [0.0, 0.0]]), "axis": 0},
        {"p": _SQUARE, "g": np.array([[1.0, 0.0], [2.0, 1.0]]), "axis": 1},
        {"p": np.array([[1.0], [1.0], [1.0]]), "g": np.array([[1.0], [0.0], [2.0]])},
        {"p": np.stack([_SQUARE, 1 - _SQUARE]), "g": np.arange(8.0).reshape(2, 2, 2) ** 2, "axis": 1},
        {"p": np.array([0.5, 0.5]), "g": np.array([1000.0, 1000.0])},
        {"p": np.array([0.5, 0.5]), "g": np.array([10000.0, -10000.0])},
    ],
    properties=[
        sums_to_zero,
        a_constant_in_g_changes_nothing,
        g_and_h_change_places,
        loss_changes_as_told,
        cross_entropy_gives_p_minus_y,
    ],
    hints=[
        "By the chain rule dL/dz_j is a sum over i of g_i times dp_i/dz_j: one logit moves every probability.",
        "dp_i/dz_j is p_i (1 - p_j) for i = j and -p_i p_j otherwise. Split the sum into those two parts.",
        "What is left beside g_j, after p_j is taken out as a factor, is the same number for the whole row. Which one?",
    ],
    follow_ups=[
        FollowUp(
            "What does this cost, compared with building the Jacobian?",
            "A few passes over n numbers for each row, instead of n squared numbers in memory and as many "
            "multiplications.",
        ),
        FollowUp(
            "Where does it appear in the back-propagation of attention?",
            "At the attention weights: P is the softmax of the scores, row by row, and dS = P * (dP - sum(P * dP)) "
            "along the keys. FlashAttention gets that row sum from the output instead, as sum(dO * O).",
        ),
        FollowUp(
            "Why is the result for the cross-entropy simply p - y?",
            "There g is -y / p, so p * g is -y and the mean of g under p is -sum(y) = -1. "
            "For targets that do not sum to 1 it is p * sum(y) - y.",
        ),
    ],
    derivative=True,
    mend=_mended_with_axis,
    integers=lambda case: {"p": _one_hot(case["p"]), "g": np.rint(case["g"])},
    hints_for={
        "shape": "One entry for each probability: does what a sum leaves still line up with the rows?",
        "agrees with the reference": "For p = [0.5, 0.5] and g = [1, 0] the answer is [0.25, -0.25]. "
        "Does each entry hear of the whole row of g, and of no other row?",
        "stable for large input": "A constant g of any size gives 0.",
        "arguments": "Along which axis do the probabilities sum to 1? That is the axis of every sum.",
    },
)
CHALLENGES = (SOFTMAX_GRAD, SOFTMAX_VJP)
