"""A network with one hidden layer, run forward and differentiated backward."""

# ruff: noqa: N803, N806 - X, W1, W2 are matrices, and have capital letters in every paper

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from quizkit.challenges.vocabulary import (
    Array,
    Candidate,
    Case,
    Challenge,
    FollowUp,
    Tolerance,
    between,
    close,
    holds,
    numbers,
    prop,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Arrays = Mapping[str, Array]

STEP = 1e-6
TAME = 10.0
# central differences with STEP are good to 1e-7 for entries up to this size
KINK = 1e-3
# how near a pre-activation may come to 0 where slopes are asked for
SLOPES = Tolerance(1e-7, 1e-6)


def forward(params: Arrays, X: Array, alpha: float = 0.0) -> tuple[Array, dict[str, Array]]:
    """Run a batch forward through a network with one hidden layer.

    `params` is a dict of arrays: W1 of shape (d, h), b1 (h,), W2 (h, 1), b2 (1,). `X` has shape (n, d), a row for each
    sample. With z1 = X W1 + b1, the hidden layer's output a1 is leaky ReLU of z1: z1 where it is positive, alpha * z1
    elsewhere, with 0 <= alpha <= 1; the default 0 makes it a plain ReLU. With z2 = a1 W2 + b2, the network's output a2
    is sigmoid(z2). Return (a2, cache): a2 has shape (n, 1); cache is a dict with X (itself or a copy), z1, a1 and z2
    for the backward pass; more entries do no harm. Entries are finite and up to 10,000 in size. `X` may hold integers;
    leave `params` and `X` as they are.
    """
    z1 = X @ params["W1"] + params["b1"]
    a1 = np.maximum(z1, 0) + alpha * np.minimum(z1, 0)
    z2 = a1 @ params["W2"] + params["b2"]
    return _sigmoid(z2), {"X": X, "z1": z1, "a1": a1, "z2": z2}


def backward(params: Arrays, cache: Arrays, a2: Array, y: Array, alpha: float = 0.0) -> dict[str, Array]:
    """Differentiate the mean binary cross-entropy of a network with one hidden layer with respect to its parameters.

    The network: z1 = X W1 + b1; a1 is z1 where that is positive and alpha * z1 elsewhere, with 0 <= alpha <= 1;
    z2 = a1 W2 + b2; a2 = sigmoid(z2). The loss is the mean over the n samples of -(y log(a2) + (1 - y) log(1 - a2)).
    `params` holds W1 of shape (d, h), b1 (h,), W2 (h, 1) and b2 (1,). `cache` holds X (n, d), z1 (n, h), a1 (n, h) and
    z2 (n, 1) of a forward pass with these parameters and this alpha, 0 by default, and `a2` (n, 1) is its output. `y`
    holds the targets, from 0 to 1, in shape (n,) or (n, 1); they may be integers. Return a dict with exactly the keys
    W1, b1, W2 and b2: the gradients, new arrays of the parameters' shapes, finite also where `a2` is exactly 0 or 1.
    Update nothing. Where z1 is exactly 0, the slope of either side is fine. Entries are finite, up to 10,000 in size.
    """
    n = len(a2)
    # as a column, whatever came: (n, 1) minus (n,) would be broadcast to (n, n)
    y = np.asarray(y, dtype=a2.dtype).reshape(n, 1)
    # the sigmoid's slope a2 (1 - a2) cancels against the loss's denominators
    d2 = (a2 - y) / n
    da1 = d2 @ params["W2"].T
    d1 = np.where(cache["z1"] > 0, da1, alpha * da1)
    # a bias enters every sample's sum with slope 1, so its gradient adds them up: 1/n is in d2 already
    return {"W1": cache["X"].T @ d1, "b1": d1.sum(axis=0), "W2": cache["a1"].T @ d2, "b2": d2.sum(axis=0)}


def _sigmoid(t: Array) -> Array:
    # exp of a number that is never positive cannot overflow
    e = np.exp(-np.abs(t))
    return np.where(t >= 0, 1 / (1 + e), e / (1 + e))


# -- cases ------------------------------------------------------------------------------------------------------------

SIZES = ((1, 1, 1), (2, 1, 3), (1, 2, 3), (3, 2, 1), (3, 2, 4), (4, 3, 2), (5, 3, 4))
# samples, inputs, hidden units


def _net(n: int, d: int, h: int, reach: float, seed: int) -> Case:
    """Return random parameters, and inputs up to `reach` in size."""
    rng = np.random.default_rng(seed)
    params = {
        "W1": rng.uniform(-2, 2, (d, h)),
        "b1": rng.uniform(-1, 1, h),
        "W2": rng.uniform(-2, 2, (h, 1)),
        "b2": rng.uniform(-1, 1, 1),
    }
    return {"params": params, "X": rng.uniform(-reach, reach, (n, d)), "order": tuple(map(int, rng.permutation(h)))}


def _pass(params: Arrays, X: Array, y: Array, **more: float) -> Case:
    """Return what `backward` is given after a forward pass with the default slope, and `more` fields."""
    a2, cache = forward(params, X)
    return {"params": params, "cache": cache, "a2": a2, "y": y, **more}


def draws_forward() -> SearchStrategy[Case]:
    """Draw parameters, inputs, an order of the hidden units, and a slope in half of the cases."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    def case(size: tuple[int, int, int], reach: float, alpha: float | None, seed: int) -> Case:
        return {**_net(*size, reach, seed), **({} if alpha is None else {"alpha": alpha})}

    reaches = st.sampled_from((1.0, 3.0, 3.0, 10.0, 300.0))
    slopes = st.sampled_from((None, None, None, 0.01, 0.25, 1.0))
    return st.builds(case, st.sampled_from(SIZES), reaches, slopes, s.fills())


def draws_backward() -> SearchStrategy[Case]:
    """Draw forward passes away from kinks, and targets of every kind: whole, soft, integers; flat, in a column."""
    from hypothesis import strategies as st

    from quizkit.challenges import strategies as s

    def case(size: tuple[int, int, int], reach: float, slope: float, kind: str, seed: int) -> Case:
        rng = np.random.default_rng((seed, 1))
        y = rng.uniform(0, 1, size[0]) if kind == "soft" else rng.integers(0, 2, size[0])
        y = y if kind == "integers" else y.astype(float)
        net = _net(*size, reach, seed)
        return _pass(net["params"], net["X"], y[:, None] if kind == "column" else y, slope=slope)

    kinds = st.sampled_from(("whole", "whole", "column", "soft", "integers"))
    reaches = st.sampled_from((1.0, 3.0, 3.0, 300.0))
    slopes = st.sampled_from((0.01, 0.25, 1.0))
    return st.builds(case, st.sampled_from(SIZES), reaches, slopes, kinds, s.fills()).filter(_is_smooth)


def _is_smooth(case: Case) -> bool:
    """Return whether no pre-activation is so near to 0 that its slope is in doubt."""
    return bool(np.abs(case["cache"]["z1"]).min() > KINK)


def _fits(params: Arrays, X: Array) -> bool:
    d, h = params["W1"].shape if params["W1"].ndim == 2 else (0, 0)
    wanted = {"W1": (d, h), "b1": (h,), "W2": (h, 1), "b2": (1,)}
    return X.ndim == 2 and X.shape[1] == d and X.size * h > 0 and all(params[k].shape == wanted[k] for k in wanted)


def _net_fits(case: dict[str, Any]) -> dict[str, Any] | None:
    """Keep parameters and inputs of shapes that go together, and an order of all hidden units."""
    if not _fits(case["params"], case["X"]) or not 0 <= case.get("alpha", 0.0) <= 1:
        return None
    if "order" not in case:
        return case
    h = len(case["params"]["b1"])
    kept = list(dict.fromkeys(i for i in case["order"] if 0 <= i < h))
    return {**case, "order": (*kept, *(i for i in range(h) if i not in kept))}


def _pass_fits(case: dict[str, Any]) -> dict[str, Any] | None:
    """Run the forward pass again for what has changed; None at a kink, and where shapes do not go together."""
    params, X, y = case["params"], case["cache"]["X"], case["y"]
    slopes = {name: case[name] for name in ("alpha", "slope") if name in case}
    if not _fits(params, X) or y.shape not in ((len(X),), (len(X), 1)) or not all(0 <= s <= 1 for s in slopes.values()):
        return None
    fresh = _pass(params, X, np.clip(y, 0, 1), **slopes)
    # the judge also leaves alpha out: with every unit on, it is the same pass
    fits = _is_smooth(fresh) and ("alpha" not in case or fresh["cache"]["z1"].min() > 0)
    return dict(fresh) if fits else None


def _whole_targets(case: Case) -> Case | None:
    """Return the case with targets 0 and 1; None where the output is whole, too, since that never comes as integers."""
    return None if np.all(case["a2"] == np.round(case["a2"])) else {**case, "y": np.round(case["y"])}


# -- what is true of every forward pass -------------------------------------------------------------------------------


def _output(result: Any) -> Array:
    """Return a2 of what a forward pass returned."""
    holds(isinstance(result, tuple) and len(result) == 2, "not a pair (a2, cache)", result)
    return numbers(result[0])


@prop("samples do not see each other", hint="Which of your lines looks at more than one row of X at a time?")
def samples_apart(f: Candidate, params: Arrays, X: Array) -> None:
    """Each sample gives the same output alone as in its batch."""
    together, *alone = f.many([(params, X), *((params, X[i : i + 1]) for i in range(len(X)))])
    rows = np.concatenate([_output(one) for one in alone])
    close(_output(together), rows, "a sample's output depends on the other samples", Tolerance(1e-9, 1e-9))


@prop("hidden units in another order", hint="Follow one hidden unit: which numbers of W1, b1 and W2 belong to it?")
def units_in_another_order(f: Candidate, params: Arrays, X: Array, order: tuple[int, ...]) -> None:
    """Another order of the hidden units, in W1, b1 and W2 alike, changes nothing."""
    units = list(order)
    permuted = {**params, "W1": params["W1"][:, units], "b1": params["b1"][units], "W2": params["W2"][units]}
    other, plain = f.many([(permuted, X), (params, X)])
    close(_output(other), _output(plain), "another order of the hidden units changed the output", Tolerance(1e-9, 1e-9))


@prop("twice in, half out", hint="For which functions g is g(2 z) = 2 g(z) whenever z grows or shrinks?")
def twice_in_half_out(f: Candidate, params: Arrays, X: Array) -> None:
    """Doubling W1 and b1 and halving W2 changes nothing, since leaky ReLU doubles with its input."""
    scaled = {**params, "W1": 2 * params["W1"], "b1": 2 * params["b1"], "W2": params["W2"] / 2}
    other, plain = f.many([(scaled, X), (params, X)])
    close(_output(other), _output(plain), "doubling W1 and b1 and halving W2 changed the output", Tolerance(1e-9, 1e-9))


@prop("one half without weights", hint="With nothing coming in, what does the last function of the network give?")
def half_without_weights(f: Candidate, params: Arrays, X: Array) -> None:
    """With W2 and b2 all 0, every output is sigmoid(0) = 1/2."""
    silent = {**params, "W2": np.zeros_like(params["W2"]), "b2": np.zeros_like(params["b2"])}
    close(_output(f(silent, X)), np.full((len(X), 1), 0.5), "sigmoid(0) is not what comes out of a silent last layer")


# -- what is true of every backward pass ------------------------------------------------------------------------------


@prop("slope of the loss", hint="Which gradient differs from the slope? Write its chain rule out, factor by factor.")
def slope_of_the_loss(f: Candidate, params: Arrays, cache: Arrays, a2: Array, y: Array) -> None:
    """The gradients are central differences of the loss: nudge one parameter, and see how the loss moves."""
    if max(np.abs(array).max() for array in (*params.values(), *cache.values())) <= TAME:
        close(f(params, cache, a2, y), _slopes(params, cache["X"], y), "not the slope of the mean loss", SLOPES)


@prop(
    "a dead unit stays as it is", hint="Where ReLU is flat, what becomes of everything that is multiplied by its slope?"
)
def dead_unit(f: Candidate, params: Arrays, cache: Arrays, y: Array) -> None:
    """A hidden unit that is off for every sample gets gradients of exactly 0, when alpha is 0."""
    off = _first_unit_at(-1.0, params)
    a2, passed = forward(off, cache["X"])
    grads = _gradients(f(off, passed, a2, y))
    for name, index in (("W1", np.s_[:, :1]), ("b1", np.s_[:1]), ("W2", np.s_[:1])):
        gradient = numbers(grads[name])
        holds(gradient.shape == params[name].shape, f"{name} has shape {gradient.shape}", gradient)
        holds(
            gradient[index] == 0,
            f"{name}: with W1[:, 0] = 0 and b1[0] = -1, the dead unit's gradient is not 0",
            gradient,
        )


@prop(
    "the mean of its samples", hint="The loss is a mean over the samples. Where does 1/n come in, and how many times?"
)
def mean_of_samples(f: Candidate, params: Arrays, cache: Arrays, a2: Array, y: Array) -> None:
    """The gradients of a batch are the means of the gradients of its samples, each taken alone."""
    rows = [slice(i, i + 1) for i in range(len(a2))]
    alone = [(params, {k: array[row] for k, array in cache.items()}, a2[row], y[row]) for row in rows]
    whole, *single = map(_gradients, f.many([(params, cache, a2, y), *alone]))
    mean = {name: np.mean([numbers(grads[name]) for grads in single], axis=0) for name in params}
    close(whole, mean, "not the mean of the samples' gradients", Tolerance(1e-9, 1e-9))


@prop("targets flat or in a column", hint="What shape has an array of shape (n, 1) minus one of shape (n,)?")
def flat_or_column(f: Candidate, params: Arrays, cache: Arrays, a2: Array, y: Array) -> None:
    """Targets of shape (n,) give the same as the same targets of shape (n, 1)."""
    flat, column = f.many([(params, cache, a2, y.reshape(-1)), (params, cache, a2, y.reshape(-1, 1))])
    wanted = {name: numbers(gradient) for name, gradient in _gradients(column).items()}
    close(flat, wanted, "targets of shapes (n,) and (n, 1) give different gradients")


@prop(
    "alpha is honoured", hint="Where z1 is negative, what is the slope of the activation for the alpha that was given?"
)
def alpha_honoured(f: Candidate, params: Arrays, cache: Arrays, y: Array, slope: float = 0.5) -> None:
    """After a pass with a leaky ReLU, the gradients are those of a leaky ReLU."""
    a2, passed = forward(params, cache["X"], slope)
    by_keyword, by_position = f(params, passed, a2, y, alpha=slope), f(params, passed, a2, y, slope)
    wanted = backward(params, passed, a2, y, slope)
    for grads in (by_keyword, by_position):
        close(grads, wanted, f"wrong after a forward pass with alpha = {slope}", Tolerance(1e-9, 1e-9))


@prop("a unit at exactly 0", hint="What does your code make of the slope where z1 is 0? Is anything divided there?")
def unit_at_zero(f: Candidate, params: Arrays, cache: Arrays, y: Array) -> None:
    """Where z1 is exactly 0, the slope is that of either side, or anything between."""
    at_zero = _first_unit_at(0.0, params)
    # one sample, since with several the slopes of different samples might be chosen differently
    a2, passed = forward(at_zero, cache["X"][:1])
    grads = _gradients(f(at_zero, passed, a2, y[:1]))
    left = backward(at_zero, passed, a2, y[:1])
    right = backward(at_zero, {**passed, "z1": np.where(passed["z1"] == 0, 1.0, passed["z1"])}, a2, y[:1])
    for name in params:
        low, high = np.minimum(left[name], right[name]), np.maximum(left[name], right[name])
        said = f"{name}: with W1[:, 0] = 0 and b1[0] = 0, not between what the slopes 0 and 1 give"
        between(grads[name], low, high, said, Tolerance(1e-9, 1e-9))


def _gradients(result: Any) -> Mapping[str, Any]:
    """Return what a backward pass returned."""
    holds(isinstance(result, dict) and {"W1", "b1", "W2", "b2"} <= result.keys(), "not a dict of gradients", result)
    gradients: Mapping[str, Any] = result
    return gradients


def _first_unit_at(pre_activation: float, params: Arrays) -> Arrays:
    """Return the parameters with the first hidden unit's pre-activation the same for every sample."""
    W1, b1 = params["W1"].copy(), params["b1"].copy()
    W1[:, 0], b1[0] = 0.0, pre_activation
    return {**params, "W1": W1, "b1": b1}


def _loss(params: Arrays, X: Array, y: Array) -> float:
    z2 = forward(params, X)[1]["z2"]
    return float(np.mean(np.logaddexp(0, z2) - y.reshape(-1, 1) * z2))


def _slopes(params: Arrays, X: Array, y: Array) -> dict[str, Array]:
    """Return the central differences of the mean loss by every parameter."""
    slopes = {name: np.empty(array.shape) for name, array in params.items()}
    for name, index, above, below in _nudged(params):
        slopes[name][index] = (_loss(above, X, y) - _loss(below, X, y)) / (2 * STEP)
    return slopes


def _nudged(params: Arrays) -> Iterator[tuple[str, tuple[int, ...], Arrays, Arrays]]:
    """Yield, for every single parameter, where it is and the network with a little more and a little less of it."""
    for name, array in params.items():
        for index in np.ndindex(array.shape):
            nudge = np.zeros(array.shape)
            nudge[index] = STEP
            yield name, index, {**params, name: array + nudge}, {**params, name: array - nudge}


# -- the challenges ---------------------------------------------------------------------------------------------------


def _params(W1: list[list[float]], b1: list[float], W2: list[float], b2: float = 0.0) -> dict[str, Array]:
    return {"W1": np.array(W1), "b1": np.array(b1), "W2": np.array(W2)[:, None], "b2": np.array([b2])}


ONE = _params([[1.0]], [0.5], [1.0])
BIASED = _params([[1.0]], [-0.5], [1.0], 1.0)
TWO = _params([[1.0, -1.0]], [0.5, 0.25], [1.0, 2.0], -1.0)
WIDE = _params([[1.0, -2.0, 0.5], [0.25, 1.0, -1.0]], [0.5, -0.25, 1.0], [1.0, -1.0, 2.0], 0.25)
STRONG = _params([[100.0, -100.0]], [0.5, 0.25], [50.0, -50.0], 1.0)

FORWARD = Challenge(
    reference=forward,
    title="Forward pass of a two-layer network",
    difficulty="easy",
    minutes=10,
    draws=draws_forward,
    hard=[
        {"params": ONE, "X": np.array([[0.0]])},
        {"params": ONE, "X": np.array([[1.0]])},
        {"params": ONE, "X": np.array([[-2.0]])},
        {"params": BIASED, "X": np.array([[1.0]])},
        {"params": ONE, "X": np.array([[-2.0]]), "alpha": 0.5},
        {"params": TWO, "X": np.array([[1.0], [-1.0]]), "order": (1, 0)},
        {"params": TWO, "X": np.array([[2.0], [-3.0]]), "alpha": 0.01},
        {"params": WIDE, "X": np.array([[1.0, -1.0]]), "order": (2, 0, 1)},
        {"params": WIDE, "X": np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, 0.0], [-1.0, -1.0]]), "order": (1, 2, 0)},
        {"params": WIDE, "X": np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, -4.0]]), "alpha": 1.0},
        {"params": ONE, "X": np.array([[1000.0]])},
        {"params": STRONG, "X": np.array([[1.0], [-1.0]]), "order": (1, 0)},
        {"params": STRONG, "X": np.array([[1.0], [-1.0], [0.0]]), "alpha": 0.1},
    ],
    properties=[samples_apart, half_without_weights, twice_in_half_out, units_in_another_order],
    hints=[
        "Write the shapes beside each line: (n, d) times (d, h) plus (h,).",
        "The hidden layer needs its values before and after the activation. Which two names do they have?",
        "exp(-z) overflows for z = -1000. Which equal form of the sigmoid only sees exp of negative numbers?",
    ],
    follow_ups=[
        FollowUp(
            "How many multiply-adds does the pass take?",
            "n (d h + h): each sample costs d h in the first layer and h in the second. "
            "The backward pass takes about twice that, for the weights and for the activations.",
        ),
        FollowUp(
            "What has to be cached, and why?",
            "X and a1, since a weight's gradient is its layer's input times what comes from above, and z1, or its "
            "signs, for the slope of the activation. z2 serves only to compute the loss without the sigmoid.",
        ),
        FollowUp(
            "Which changes of the parameters leave the function as it is?",
            "Any of the h! orders of the hidden units, and scaling what enters a unit by c > 0 and its weight in W2 by "
            "1/c. So a minimum is never alone: it has mirror images, and lies in a valley of equally good points.",
        ),
    ],
    keeps_arguments=True,
    more_keys=True,
    mend=_net_fits,
    hints_for={
        "shape": "Which shape has a1 @ W2 for W2 of shape (h, 1), and what does the cache have to hold?",
        "agrees with the reference": "Work one sample through by hand: z1, a1, z2, a2. Which is the first to differ?",
        "arguments": "Where does alpha enter, and for which entries of z1?",
        "stable for large input": "What does your sigmoid compute for z2 = -1000 and for z2 = 1000?",
        "no warnings": "exp(1000) is inf. The value comes out right, but which equal form never overflows?",
        "leaves its arguments alone": "Which of your lines writes into an array of `params`, or into X?",
    },
)

BACKWARD = Challenge(
    reference=backward,
    title="Backward pass of a two-layer network",
    difficulty="hard",
    minutes=20,
    draws=draws_backward,
    hard=[
        _pass(ONE, np.array([[1.0]]), np.array([1.0])),
        _pass(ONE, np.array([[1.0]]), np.array([[0.0]])),
        _pass(BIASED, np.array([[2.0]]), np.array([0])),
        _pass(ONE, np.array([[-2.0]]), np.array([1.0])),
        _pass(ONE, np.array([[1.0]]), np.array([0.0]), alpha=0.5),
        _pass(ONE, np.array([[1.0], [3.0]]), np.array([[1.0], [0.0]])),
        _pass(ONE, np.array([[1.0], [3.0]]), np.array([1.0, 0.0])),
        _pass(TWO, np.array([[1.0], [-1.0], [2.0]]), np.array([1, 0, 0])),
        _pass(TWO, np.array([[1.0], [-1.0], [2.0]]), np.array([0.0, 0.25, 1.0]), slope=0.01),
        _pass(WIDE, np.array([[1.0, 2.0]]), np.array([1.0])),
        _pass(WIDE, np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, 0.0], [-1.0, -1.0]]), np.array([1, 0, 0, 1])),
        _pass(WIDE, np.array([[1.0, 2.0], [-3.0, 0.5], [0.0, -4.0]]), np.array([[1.0], [0.0], [1.0]]), slope=1.0),
        _pass(STRONG, np.array([[1.0], [-1.0]]), np.array([0.0, 0.0])),
        _pass(ONE, np.array([[1000.0]]), np.array([0.0])),
    ],
    properties=[slope_of_the_loss, mean_of_samples, flat_or_column, alpha_honoured, dead_unit, unit_at_zero],
    hints=[
        "Begin at the end: the slope of the loss by z2 is (a2 - y) / n. Why is there no slope of the sigmoid?",
        "Each layer does three things with what comes from above: times its input, summed over the samples, and "
        "handed on through its weights.",
        "On the way into the hidden layer, the slope of leaky ReLU is multiplied in: 1 where z1 > 0, alpha elsewhere.",
    ],
    follow_ups=[
        FollowUp(
            "Why does the slope of the sigmoid cancel?",
            "The loss has slope (a2 - y) / (a2 (1 - a2)) by a2, and the sigmoid has slope a2 (1 - a2). With the "
            "squared error it would stay, and a saturated wrong output would hardly learn.",
        ),
        FollowUp(
            "Which parameters freeze when a hidden unit is dead?",
            "Its column of W1 and its entry of b1, since ReLU's slope is 0, and its row of W2, since its output is 0. "
            "With a leaky ReLU all three still get gradients.",
        ),
        FollowUp(
            "How would you check your gradients?",
            "With central differences, whose error is of order h^2 plus rounding eps / h: in float64, h from 1e-6 to "
            "1e-5 is good. Stay away from kinks, where the two sides have different slopes.",
        ),
        FollowUp(
            "How could you save memory in a deep network?",
            "Keep the activations of a few layers only, and compute the others again on the way back (checkpointing): "
            "about sqrt(L) layers in memory for one more forward pass.",
        ),
    ],
    mend=_pass_fits,
    integers=_whole_targets,
    hints_for={
        "shape": "Each gradient has the shape of its parameter. Begin with y: shape (n,) or (n, 1)?",
        "agrees with the reference": "Write the shape beside each line, from a2 - y on. Then work the gradient that "
        "differs out by hand.",
        "arguments": "Is alpha a parameter of yours by that name, after y, with a default?",
        "stable for large input": "Where a2 is exactly 1, what do you divide by? Let it cancel on paper instead.",
        "leaves its arguments alone": "Gradients are only computed here. Which line changes `params` or `cache`?",
    },
)

CHALLENGES = (FORWARD, BACKWARD)
