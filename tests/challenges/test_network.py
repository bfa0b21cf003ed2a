"""The two-layer network, forward and backward, against 60-digit arithmetic, differences, and its own symmetries."""

# ruff: noqa: N803, N806 - X, W1, W2 are matrices, and have capital letters in every paper

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from support import check_challenge, drawn_cases

from quizkit.challenges.network import BACKWARD, CHALLENGES, FORWARD, KINK, backward, forward
from quizkit.challenges.vocabulary import Array, Case, Challenge

mp.mp.dps = 60
every_challenge = pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)

Exact = Mapping[str, mp.matrix]


def exact_pass(params: Exact, X: mp.matrix, alpha: float) -> dict[str, mp.matrix]:
    ones = mp.ones(X.rows, 1)
    z1 = X * params["W1"] + ones * params["b1"]
    a1 = z1.apply(lambda z: z if z > 0 else mp.mpf(alpha) * z)
    z2 = a1 * params["W2"] + ones * params["b2"]
    return {"X": X, "z1": z1, "a1": a1, "z2": z2, "a2": z2.apply(lambda z: 1 / (1 + mp.exp(-z)))}


def exact_loss(params: Exact, X: mp.matrix, y: Array, alpha: float) -> mp.mpf:
    a2 = exact_pass(params, X, alpha)["a2"]
    targets = [mp.mpf(float(target)) for target in y.ravel()]
    return -mp.fsum(t * mp.log(a) + (1 - t) * mp.log(1 - a) for t, a in zip(targets, a2, strict=True)) / len(targets)


def exact(params: Mapping[str, Array]) -> dict[str, mp.matrix]:
    return {name: mp.matrix(np.atleast_2d(array).tolist()) for name, array in params.items()}


def exact_slope(params: Exact, X: mp.matrix, y: Array, alpha: float, name: str, index: int) -> mp.mpf:
    """The central difference with h = 1e-20, good to 40 digits."""
    h = mp.mpf("1e-20")
    above, below = ({**params, name: params[name].copy()} for _ in range(2))
    place = divmod(index, params[name].cols)
    above[name][place] += h
    below[name][place] -= h
    return (exact_loss(above, X, y, alpha) - exact_loss(below, X, y, alpha)) / (2 * h)


def loss(params: Mapping[str, Array], X: Array, y: Array, alpha: float) -> float:
    z2 = forward(params, X, alpha)[1]["z2"]
    # from the logits: the logarithm of 1 - a2 has too few digits to take differences of
    return float(np.mean(np.logaddexp(0, z2) - y.reshape(-1, 1) * z2))


def passes(reach: float = 10.0) -> list[Case]:
    """Drawn forward passes with entries up to `reach`."""
    return [case for case in drawn_cases(BACKWARD) if max(abs(x).max() for x in case["cache"].values()) <= reach]


# -- forward ----------------------------------------------------------------------------------------------------------


def test_the_pass_is_good_to_the_last_digits() -> None:
    for case in drawn_cases(FORWARD)[:25]:
        if np.abs(case["X"]).max() > 30:
            continue
        alpha = case.get("alpha", 0.0)
        a2, cache = forward(case["params"], case["X"], alpha)
        wanted = exact_pass(exact(case["params"]), mp.matrix(case["X"].tolist()), alpha)
        for name, array in {**cache, "a2": a2}.items():
            assert distance(array, wanted[name]) <= 2e-13, name


def distance(array: Array, wanted: mp.matrix) -> float:
    assert array.shape == (wanted.rows, wanted.cols)
    return max(float(abs(mp.mpf(float(array[i, j])) - wanted[i, j])) for i, j in np.ndindex(array.shape))


def test_a_pass_by_hand() -> None:
    params = {"W1": np.array([[1.0, -1.0]]), "b1": np.zeros(2), "W2": np.array([[2.0], [3.0]]), "b2": np.array([-1.0])}
    a2, cache = forward(params, np.array([[0.5]]))
    assert cache["z1"].tolist() == [[0.5, -0.5]]
    assert cache["a1"].tolist() == [[0.5, 0.0]]
    assert cache["z2"].tolist() == [[0.0]]
    assert a2.tolist() == [[0.5]]
    assert forward(params, np.array([[0.5]]), alpha=0.1)[1]["a1"].tolist() == [[0.5, -0.05]]


def test_every_slope_between_0_and_1_is_a_leaky_relu() -> None:
    params = {"W1": np.eye(2), "b1": np.zeros(2), "W2": np.ones((2, 1)), "b2": np.zeros(1)}
    X = np.array([[-2.0, 3.0], [0.0, -1e-300]])
    for alpha in (0.0, 0.01, 0.5, 1.0):
        a1 = forward(params, X, alpha)[1]["a1"]
        assert np.array_equal(a1, np.where(X > 0, X, alpha * X))


def test_huge_logits_saturate_without_a_warning() -> None:
    params = {"W1": np.array([[1e4]]), "b1": np.zeros(1), "W2": np.array([[1e4]]), "b2": np.zeros(1)}
    with np.errstate(all="raise", under="ignore"):
        high, _ = forward(params, np.array([[1e4]]))
        low, _ = forward({**params, "W2": -params["W2"]}, np.array([[1e4]]))
    assert (high.item(), low.item()) == (1.0, 0.0)


def test_integers_and_float32_pass_as_themselves() -> None:
    case = FORWARD.hard[8]
    whole = np.round(case["X"]).astype(int)
    assert np.array_equal(forward(case["params"], whole)[0], forward(case["params"], whole.astype(float))[0])
    singles = {name: array.astype(np.float32) for name, array in case["params"].items()}
    a2, cache = forward(singles, case["X"].astype(np.float32), alpha=0.5)
    assert {array.dtype for array in (a2, *cache.values())} == {np.dtype(np.float32)}
    grads = backward(singles, cache, a2, np.array([0, 1, 1, 0]), alpha=0.5)
    assert {gradient.dtype for gradient in grads.values()} == {np.dtype(np.float32)}


# -- backward ---------------------------------------------------------------------------------------------------------


def test_gradients_are_the_slopes_that_60_digits_give() -> None:
    small = [case for case in passes() if case["params"]["W1"].size <= 6]
    for case, alpha in zip(small, (0.0, 0.25) * 4, strict=False):
        a2, cache = forward(case["params"], case["cache"]["X"], alpha)
        grads = backward(case["params"], cache, a2, case["y"], alpha)
        params, X = exact(case["params"]), mp.matrix(case["cache"]["X"].tolist())
        for name, gradient in grads.items():
            for index, value in enumerate(gradient.ravel()):
                slope = exact_slope(params, X, case["y"], alpha, name, index)
                assert abs(mp.mpf(float(value)) - slope) <= 1e-14, name


def test_gradients_are_central_differences_of_the_loss() -> None:
    worst = 0.0
    for case in passes():
        alpha, params, X, y = case["slope"], case["params"], case["cache"]["X"], case["y"]
        a2, cache = forward(params, X, alpha)
        grads = backward(params, cache, a2, y, alpha)
        for name, array in params.items():
            for index in np.ndindex(array.shape):
                nudge = np.zeros(array.shape)
                nudge[index] = 1e-6
                above, below = {**params, name: array + nudge}, {**params, name: array - nudge}
                slope = (loss(above, X, y, alpha) - loss(below, X, y, alpha)) / 2e-6
                worst = max(worst, abs(float(grads[name][index]) - slope))
    assert worst < 1e-7


def test_gradients_by_hand() -> None:
    params = {"W1": np.array([[2.0]]), "b1": np.array([1.0]), "W2": np.array([[0.5]]), "b2": np.array([-1.5])}
    a2, cache = forward(params, np.array([[1.0], [-1.0]]))
    assert a2.ravel().tolist() == [0.5, pytest.approx(1 / (1 + np.exp(1.5)))]
    grads = backward(params, cache, a2, np.array([1, 0]))
    off = a2[1, 0] / 2
    assert grads["W2"].tolist() == [[-0.75]]
    assert grads["W1"].tolist() == [[-0.125]]
    assert grads["b1"].tolist() == [-0.125]
    assert grads["b2"].tolist() == [pytest.approx(-0.25 + off)]


def test_a_dead_unit_gets_nothing_from_relu_and_something_from_a_leaky_one() -> None:
    params = {"W1": np.array([[1.0, 0.0]]), "b1": np.array([0.5, -1.0]), "W2": np.ones((2, 1)), "b2": np.zeros(1)}
    X, y = np.array([[1.0], [2.0]]), np.array([0.0, 0.0])
    a2, cache = forward(params, X)
    grads = backward(params, cache, a2, y)
    assert (grads["W1"][0, 1], grads["b1"][1], grads["W2"][1, 0]) == (0, 0, 0)
    a2, cache = forward(params, X, alpha=0.01)
    leaky = backward(params, cache, a2, y, alpha=0.01)
    assert leaky["W1"][0, 1] and leaky["b1"][1] and leaky["W2"][1, 0]


def test_a_saturated_output_still_has_finite_gradients() -> None:
    params = {"W1": np.array([[1.0]]), "b1": np.zeros(1), "W2": np.array([[1.0]]), "b2": np.zeros(1)}
    a2, cache = forward(params, np.array([[1000.0]]))
    assert a2.item() == 1.0
    grads = backward(params, cache, a2, np.array([0.0]))
    assert {name: gradient.item() for name, gradient in grads.items()} == {"W1": 1000, "b1": 1, "W2": 1000, "b2": 1}


def test_no_pass_is_near_a_kink() -> None:
    for case in [*BACKWARD.hard, *drawn_cases(BACKWARD)]:
        assert np.abs(case["cache"]["z1"]).min() > KINK


# -- challenges -------------------------------------------------------------------------------------------------------


@every_challenge
def test_the_reference_keeps_all_that_is_asked(challenge: Challenge) -> None:
    check_challenge(challenge)


@every_challenge
def test_hard_and_drawn_cases_are_legal_as_they_are(challenge: Challenge) -> None:
    for case in [*challenge.hard, *drawn_cases(challenge)]:
        assert same(challenge.mend(dict(case)), case)


def same(one: Any, other: Any) -> bool:
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    return type(one) is type(other) and np.array_equal(one, other)


@every_challenge
def test_arguments_stay_as_they_are(challenge: Challenge) -> None:
    for case in challenge.hard:
        arguments = challenge.positional(case)
        kept = tuple(copied(argument) for argument in arguments)
        challenge.expected(*arguments)
        assert all(same(old, new) for old, new in zip(kept, arguments, strict=True))


def copied(value: Any) -> Any:
    return {name: array.copy() for name, array in value.items()} if isinstance(value, dict) else value.copy()


def test_shapes_that_do_not_go_together_are_refused() -> None:
    case = dict(FORWARD.hard[8])
    assert FORWARD.mend({**case, "X": case["X"][:, :1]}) is None
    assert FORWARD.mend({**case, "X": case["X"][0]}) is None
    assert FORWARD.mend({**case, "params": {**case["params"], "b1": case["params"]["b1"][:2]}}) is None
    assert FORWARD.mend({**case, "alpha": 2.0}) is None
    case = dict(BACKWARD.hard[7])
    assert BACKWARD.mend({**case, "y": case["y"][:2]}) is None
    assert BACKWARD.mend({**case, "cache": {**case["cache"], "X": np.zeros((3, 2))}}) is None
    assert BACKWARD.mend({**case, "slope": -1.0}) is None


def test_an_order_of_units_is_filled_up_again() -> None:
    case = FORWARD.hard[8]
    for order, mended in (((0,), (0, 1, 2)), ((2, 5, 2), (2, 0, 1)), ((), (0, 1, 2))):
        got = FORWARD.mend({**case, "order": order})
        assert got is not None and got["order"] == mended


def test_a_changed_network_is_passed_through_again() -> None:
    case = dict(BACKWARD.hard[7])
    got = BACKWARD.mend({**case, "params": {**case["params"], "b2": np.array([3.0])}, "y": np.array([5, -1, 0])})
    assert got is not None
    a2, cache = forward(got["params"], case["cache"]["X"])
    assert same(got["cache"], cache) and same(got["a2"], a2)
    assert got["y"].tolist() == [1, 0, 0]


def test_a_slope_is_only_passed_where_the_default_gives_the_same_pass() -> None:
    case = next(dict(case) for case in BACKWARD.hard if "alpha" in case)
    assert same(backward(*BACKWARD.positional(case)), backward(*BACKWARD.positional(case), alpha=case["alpha"]))
    assert BACKWARD.mend({**case, "cache": {**case["cache"], "X": -5 * case["cache"]["X"]}}) is None


def test_only_targets_come_as_integers() -> None:
    assert BACKWARD.integers is not None
    case = {**BACKWARD.hard[8], "y": np.array([0.0, 0.7, 1.0])}
    whole = BACKWARD.integers(case)
    assert whole is not None and whole["y"].tolist() == [0, 1, 1]
    assert whole["a2"] is case["a2"]
    assert BACKWARD.integers({**case, "a2": np.ones((3, 1))}) is None


def test_a_network_at_a_kink_is_refused() -> None:
    case = dict(BACKWARD.hard[0])
    at_kink = {**case["params"], "b1": -case["cache"]["X"][0] * case["params"]["W1"][0]}
    assert BACKWARD.mend({**case, "params": at_kink}) is None
