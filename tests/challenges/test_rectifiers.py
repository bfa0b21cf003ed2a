"""The rectifiers' references against 60-digit arithmetic, their slopes against central differences, and their cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

from quizkit.challenges.rectifiers import (
    CHALLENGES,
    LEAKY_RELU_GRAD,
    PRELU,
    PRELU_GRAD_ALPHA,
    PRELU_GRAD_X,
    RELU_GRAD,
    leaky_relu,
    leaky_relu_grad,
    prelu,
    prelu_grad_alpha,
    prelu_grad_x,
    relu,
    relu_grad,
)
from quizkit.challenges.vocabulary import Array, Case, Challenge
from tests.challenges.support import check_challenge, drawn_cases

EPS = np.finfo(float).eps
MAPS = np.random.default_rng(1).normal(size=(2, 3, 2, 4)) * 5
UPSTREAM = np.random.default_rng(2).normal(size=MAPS.shape)
POINTS = np.concatenate([np.linspace(-40, 40, 801), [1e-300, -1e-300, 1e4, -1e4, -1.2e-12]])
one_by_name = pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)


def exactly(formula: Callable[[Any], Any], x: Array) -> Array:
    """Return the 60-digit values of `formula`, rounded to float64."""
    with mpmath.workdps(60):
        return np.array([float(formula(mpmath.mpf(float(value)))) for value in x.flat]).reshape(x.shape)


def within_ulps(got: Array, expected: Array, ulps: float = 1.0) -> bool:
    return bool(np.all(np.abs(got - expected) <= ulps * EPS * np.abs(expected)))


def central(function: Callable[[float], float], at: float, step: float = 1e-6) -> float:
    return (function(at + step) - function(at - step)) / (2 * step)


@one_by_name
def test_the_reference_keeps_every_property_in_hard_and_drawn_cases(challenge: Challenge) -> None:
    check_challenge(challenge)


@one_by_name
def test_a_legal_case_is_left_as_it_is(challenge: Challenge) -> None:
    for case in (*challenge.hard, *drawn_cases(challenge)):
        mended = challenge.mend(dict(case))
        assert mended is not None and mended.keys() == case.keys()
        assert all(np.array_equal(mended[name], value) for name, value in case.items())


@one_by_name
def test_every_case_is_finite_and_within_ten_thousand(challenge: Challenge) -> None:
    for case in (*challenge.hard, *drawn_cases(challenge)):
        assert all(np.all(np.abs(value) <= 1e4) for value in case.values())


@one_by_name
def test_what_is_said_of_infinities_is_what_the_reference_gives(challenge: Challenge) -> None:
    for special in challenge.specials:
        got = challenge.expected(*challenge.positional(special.case), **challenge.optional(special.case))
        np.testing.assert_allclose(got, special.expected, rtol=1e-15)


@one_by_name
def test_the_reference_returns_a_new_array_and_changes_nothing(challenge: Challenge) -> None:
    for case in challenge.hard:
        arguments = [value.copy() for value in challenge.positional(case) if isinstance(value, np.ndarray)]
        got = challenge.expected(*challenge.positional(case), **challenge.optional(case))
        held = [value for value in challenge.positional(case) if isinstance(value, np.ndarray)]
        assert not any(np.shares_memory(got, value) for value in held)
        assert all(np.array_equal(before, after) for before, after in zip(arguments, held, strict=True))


@one_by_name
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floats_keep_their_type(challenge: Challenge, dtype: type) -> None:
    for case in challenge.hard[:6]:
        arguments = [v.astype(dtype) if isinstance(v, np.ndarray) else v for v in challenge.positional(case)]
        assert np.asarray(challenge.expected(*arguments, **challenge.optional(case))).dtype == dtype


@one_by_name
@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.uint8, np.bool_])
def test_whole_numbers_count_as_the_floats_they_equal(challenge: Challenge, dtype: type) -> None:
    x = np.array([[0, 1], [3, 2]]).astype(dtype)
    rest = challenge.positional(challenge.hard[0])[1:] if challenge is not PRELU_GRAD_ALPHA else (np.ones((2, 2)),)
    got = challenge.expected(x, *rest)
    assert got.dtype == np.float64
    assert np.array_equal(got, challenge.expected(x.astype(float), *rest))


@one_by_name
def test_an_empty_batch_has_a_result_of_the_right_shape(challenge: Challenge) -> None:
    x = np.empty((0, 3))
    rest = {PRELU.name: (0.25,), PRELU_GRAD_X.name: (0.25,), PRELU_GRAD_ALPHA.name: (x,)}.get(challenge.name, ())
    assert challenge.expected(x, *rest).shape == ((3,) if challenge is PRELU_GRAD_ALPHA else (0, 3))


# -- against sixty digits ----------------------------------------------------------------------------------------------


def test_relu_is_exact() -> None:
    assert np.array_equal(relu(POINTS), exactly(lambda v: max(v, 0), POINTS))


@pytest.mark.parametrize("alpha", [0.01, 0.2, 2.0, -0.5, 0.0, 1.0])
def test_leaky_relu_is_right_to_the_last_digit(alpha: float) -> None:
    assert within_ulps(leaky_relu(POINTS, alpha), exactly(lambda v: v if v > 0 else mpmath.mpf(alpha) * v, POINTS))


@pytest.mark.parametrize("axis", [0, 1, 2, 3, -1, -2, -3, -4])
def test_prelu_gives_every_channel_its_own_slope(axis: int) -> None:
    slopes = np.linspace(-0.5, 2.5, MAPS.shape[axis])
    expected = np.empty(MAPS.shape)
    for index, value in np.ndenumerate(MAPS):
        expected[index] = exactly(lambda v, a=slopes[index[axis]]: v if v > 0 else mpmath.mpf(a) * v, np.array(value))
    assert within_ulps(prelu(MAPS, slopes, axis), expected)


@pytest.mark.parametrize("axis", [0, 1, 2, 3, -1, -2, -3, -4])
def test_the_gradient_by_the_slopes_is_the_exact_sum(axis: int) -> None:
    sums = [mpmath.mpf(0)] * MAPS.shape[axis]
    with mpmath.workdps(60):
        for index, value in np.ndenumerate(MAPS):
            sums[index[axis]] += mpmath.mpf(float(UPSTREAM[index])) * min(mpmath.mpf(float(value)), 0)
        expected, total = np.array([float(entry) for entry in sums]), float(mpmath.fsum(sums))
    np.testing.assert_allclose(prelu_grad_alpha(MAPS, UPSTREAM, axis), expected, rtol=1e-13, atol=1e-14)
    np.testing.assert_allclose(prelu_grad_alpha(MAPS, UPSTREAM, axis, shared=True), total, rtol=1e-13, atol=1e-14)


# -- slopes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [-5.0, -1.0, -1e-3, 1e-3, 1.0, 5.0])
@pytest.mark.parametrize("alpha", [0.01, 2.0, -0.5])
def test_slopes_are_central_differences(at: float, alpha: float) -> None:
    x = np.array([at])
    assert relu_grad(x)[0] == pytest.approx(central(lambda v: relu(np.array(v)), at), rel=1e-6, abs=1e-8)
    leaky = central(lambda v: leaky_relu(np.array(v), alpha), at)
    assert leaky_relu_grad(x, alpha)[0] == pytest.approx(leaky, rel=1e-6, abs=1e-8)
    assert prelu_grad_x(x, np.array([alpha]))[0] == pytest.approx(leaky, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_the_gradient_by_the_slopes_is_a_central_difference_of_the_loss(axis: int) -> None:
    slopes = np.linspace(0.1, 0.4, MAPS.shape[axis])
    for channel, entry in enumerate(prelu_grad_alpha(MAPS, UPSTREAM, axis)):
        others = np.arange(len(slopes)) == channel
        loss = central(lambda step, o=others: np.sum(UPSTREAM * prelu(MAPS, slopes + step * o, axis)), 0.0)
        assert entry == pytest.approx(loss, rel=1e-6, abs=1e-7)


def test_at_0_the_references_take_the_left_slope() -> None:
    zeros = np.array([0.0, -0.0])
    assert np.array_equal(relu_grad(zeros), [0, 0])
    assert np.array_equal(leaky_relu_grad(zeros), [0.01, 0.01])
    assert np.array_equal(prelu_grad_x(zeros, np.array([2.0, -0.5])), [2.0, -0.5])


@pytest.mark.parametrize(
    ("challenge", "case", "low", "high"),
    [
        (RELU_GRAD, {"x": np.array([-1.0, 0.0, 1.0])}, [0, 0, 1], [0, 1, 1]),
        (LEAKY_RELU_GRAD, {"x": np.array([-1.0, 0.0, 1.0])}, [0.01, 0.01, 1], [0.01, 1, 1]),
        (LEAKY_RELU_GRAD, {"x": np.array([-1.0, 0.0, 1.0]), "alpha": 2.0}, [2, 1, 1], [2, 2, 1]),
        (PRELU_GRAD_X, {"x": np.zeros((1, 2)), "alpha": np.array([2.0, -1.0])}, [[1, -1]], [[2, 1]]),
        (PRELU_GRAD_X, {"x": np.zeros((2, 1)), "alpha": np.array([2.0, -1.0]), "axis": 0}, [[1], [-1]], [[2], [1]]),
    ],
)
def test_at_the_kink_everything_between_the_two_slopes_is_right(
    challenge: Challenge, case: Case, low: list[float], high: list[float]
) -> None:
    assert challenge.between is not None
    lowest, highest = challenge.between(**case)
    assert np.array_equal(lowest, low) and np.array_equal(highest, high)


# -- what the prompts and follow-ups say -------------------------------------------------------------------------------


def test_max_is_leaky_relu_up_to_slope_1_only() -> None:
    x = np.array([-1.0, 2.0])
    assert np.array_equal(np.maximum(0.5 * x, x), leaky_relu(x, 0.5))
    assert np.maximum(2 * x, x).tolist() == [-1.0, 4.0] and leaky_relu(x, 2.0).tolist() == [-2.0, 2.0]


def test_half_of_a_normal_input_is_left_behind_relu() -> None:
    with mpmath.workdps(30):
        mean = mpmath.quad(lambda t: t * mpmath.npdf(t), [0, mpmath.inf])
        second_moment = mpmath.quad(lambda t: t * t * mpmath.npdf(t), [0, mpmath.inf])
    assert float(mean) == pytest.approx(1 / np.sqrt(2 * np.pi)) == pytest.approx(0.3989, abs=5e-5)
    assert float(second_moment) == pytest.approx(0.5)


@pytest.mark.parametrize(("alpha", "steps"), [(0.01, 1667), (0.2, 84)])
def test_a_unit_at_minus_5_needs_that_many_steps_to_wake_up(alpha: float, steps: int) -> None:
    weights, bias, inputs = np.array([-2.5, -2.5]), 0.0, np.ones(2)
    for step in range(1, steps + 1):
        z = weights @ inputs + bias
        assert z <= 0, f"awake before step {step}"
        push = 0.1 * leaky_relu_grad(z, alpha)
        weights, bias = weights + push * inputs, bias + push
    assert weights @ inputs + bias > 0


@pytest.mark.parametrize(
    ("challenge", "alpha", "mended"),
    [
        (PRELU, np.array([0.1, 0.5, 2.0]), [0.1, 0.5]),
        (PRELU_GRAD_X, np.array([0.1]), None),
        (PRELU, np.array([0.1, 0.5]), [0.1, 0.5]),
    ],
)
def test_a_smaller_case_keeps_one_slope_per_channel(challenge: Challenge, alpha: Array, mended: list[float]) -> None:
    case = challenge.mend({"x": np.zeros((3, 2)), "alpha": alpha})
    assert (case and case["alpha"].tolist()) == mended


def test_an_axis_that_x_has_lost_makes_a_case_illegal() -> None:
    assert PRELU.mend({"x": np.zeros(3), "alpha": 0.25, "axis": 1}) is None
    assert PRELU_GRAD_ALPHA.mend({"x": np.zeros(3), "upstream": np.zeros(3), "axis": 1}) is None
    assert PRELU_GRAD_ALPHA.mend({"x": np.zeros(3), "upstream": np.zeros(2)}) is None
