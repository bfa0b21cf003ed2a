"""Sigmoid, tanh, their derivatives and softplus against 60-digit arithmetic, differences, and known values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from support import check_challenge

from quizkit.challenges.sigmoids import (
    CHALLENGES,
    SIGMOID_GRAD,
    SOFTPLUS,
    TANH_GRAD,
    sigmoid,
    sigmoid_grad,
    softplus,
    tanh,
    tanh_grad,
)

POINTS = np.concatenate([np.linspace(-40, 40, 1001), np.geomspace(1e-17, 1, 60), -np.geomspace(1e-17, 1, 60)])


def exact_sigmoid(x: mpmath.mpf) -> mpmath.mpf:
    return 1 / (1 + mpmath.exp(-x))


def exact_softplus(x: mpmath.mpf, beta: mpmath.mpf) -> mpmath.mpf:
    return mpmath.log1p(mpmath.exp(beta * x)) / beta


def units_in_the_last_place(got: Any, exact: list[mpmath.mpf]) -> float:
    """The largest error, in distances between neighbouring floats."""
    return max(
        float(abs(mpmath.mpf(float(value)) - wanted) / np.spacing(abs(float(wanted))))
        for value, wanted in zip(got, exact, strict=True)
        if wanted != 0
    )


@pytest.mark.parametrize(
    ("function", "exact", "ulps"),
    [
        (sigmoid, exact_sigmoid, 2.0),
        (tanh, mpmath.tanh, 1.0),
        (softplus, lambda x: exact_softplus(x, mpmath.mpf(1)), 2.0),
    ],
)
def test_the_references_are_right_to_the_last_digits(
    function: Callable[..., Any], exact: Callable[[mpmath.mpf], mpmath.mpf], ulps: float
) -> None:
    with mpmath.workdps(60):
        wanted = [exact(mpmath.mpf(float(x))) for x in POINTS]
        assert units_in_the_last_place(function(POINTS), wanted) <= ulps


@pytest.mark.parametrize("beta", [0.25, 3.0, 8.0])
def test_softplus_honours_beta(beta: float) -> None:
    with mpmath.workdps(60):
        wanted = [exact_softplus(mpmath.mpf(float(x)), mpmath.mpf(beta)) for x in POINTS]
        # relative to a small result, exp enlarges the rounding of beta * x by its size, up to 8 * 40
        np.testing.assert_allclose(softplus(POINTS, beta), [float(value) for value in wanted], rtol=1e-13, atol=0)


@pytest.mark.parametrize(
    ("function", "exact", "ends"),
    [
        (sigmoid_grad, lambda y: y * (1 - y), [0.0, 1.0]),
        (tanh_grad, lambda y: (1 - y) * (1 + y), [-1.0, 1.0]),
    ],
)
def test_the_derivatives_are_exact_for_the_outputs_they_are_given(
    function: Callable[..., Any], exact: Callable[[mpmath.mpf], mpmath.mpf], ends: list[float]
) -> None:
    near_the_ends = 1 - np.geomspace(1e-15, 0.9, 100)
    outputs = np.concatenate([ends, np.linspace(ends[0], 1, 501), near_the_ends])
    with mpmath.workdps(60):
        wanted = [float(exact(mpmath.mpf(float(y)))) for y in outputs]
    np.testing.assert_allclose(function(outputs), wanted, rtol=4e-16, atol=0)


@pytest.mark.parametrize(("function", "slope"), [(sigmoid, sigmoid_grad), (tanh, tanh_grad)])
def test_the_derivatives_are_what_central_differences_say(
    function: Callable[..., Any], slope: Callable[..., Any]
) -> None:
    x, h = np.linspace(-5, 5, 501), 1e-6
    differences = (function(x + h) - function(x - h)) / (2 * h)
    np.testing.assert_allclose(slope(function(x)), differences, rtol=1e-6, atol=1e-8)


def test_the_sigmoid_is_exactly_a_half_at_0_and_exactly_1_from_36_74() -> None:
    assert sigmoid(np.array([0.0]))[0] == 0.5
    assert sigmoid(np.array([36.74]))[0] == 1 > sigmoid(np.array([36.7]))[0]
    single = sigmoid(np.array([16.64, 16.6], np.float32))
    assert single[0] == 1 > single[1]


def test_tanh_is_exactly_1_from_about_19() -> None:
    assert tanh(np.array([19.1]))[0] == 1 > tanh(np.array([18.9]))[0]


def test_softplus_is_log_2_at_0_and_x_far_to_the_right() -> None:
    np.testing.assert_allclose(softplus(np.array([0.0, 1000.0])), [np.log(2), 1000.0], rtol=1e-15)


def test_the_largest_slopes_are_a_quarter_and_one() -> None:
    assert sigmoid_grad(np.linspace(0, 1, 1001)).max() == 0.25
    assert tanh_grad(np.linspace(-1, 1, 1001)).max() == 1.0


@pytest.mark.parametrize("function", [sigmoid, sigmoid_grad, tanh, tanh_grad, softplus])
class TestEveryReference:
    @pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
    def test_keeps_the_precision_of_its_input(self, function: Callable[..., Any], dtype: type) -> None:
        assert function(np.array([0.25, 1.0], dtype)).dtype == dtype

    @pytest.mark.parametrize("dtype", [np.int64, np.int32, np.uint8, np.int8, np.bool_])
    def test_takes_integers_for_floats(self, function: Callable[..., Any], dtype: type) -> None:
        whole = np.array([0, 1, 1], dtype)
        np.testing.assert_array_equal(function(whole), function(whole.astype(float)))
        assert function(whole).dtype == np.float64

    def test_takes_empty_and_0d_arrays(self, function: Callable[..., Any]) -> None:
        assert function(np.empty((0, 3))).shape == (0, 3)
        assert np.shape(function(np.array(0.5))) == ()

    def test_returns_an_array_of_its_own(self, function: Callable[..., Any]) -> None:
        x = np.array([0.5, 1.0])
        assert not np.shares_memory(function(x), x)


@pytest.mark.parametrize("function", [sigmoid, tanh, softplus])
def test_the_functions_of_x_stay_finite_and_silent(function: Callable[..., Any]) -> None:
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert np.isfinite(function(np.array([-1e4, -800.0, 0.0, 800.0, 1e4]))).all()


@pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)
def test_every_property_holds_for_the_reference(challenge: Any) -> None:
    check_challenge(challenge)


@pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)
def test_the_reference_gives_what_is_asked_of_infinities_and_far_tails(challenge: Any) -> None:
    for special in (*challenge.specials, *challenge.tails):
        with np.errstate(invalid="ignore"):
            got = challenge.expected(*challenge.positional(special.case))
        tolerance = special.tolerance
        np.testing.assert_allclose(got, special.expected, rtol=tolerance.relative, atol=tolerance.absolute)


@pytest.mark.parametrize(("challenge", "least"), [(SIGMOID_GRAD, 0.0), (TANH_GRAD, -1.0)])
def test_outputs_are_brought_back_into_their_range_and_left_alone_within_it(challenge: Any, least: float) -> None:
    mended = challenge.mend({"y": np.array([-3.0, 0.5, 2.0])})
    np.testing.assert_array_equal(mended["y"], [least, 0.5, 1.0])
    for case in challenge.hard:
        np.testing.assert_array_equal(challenge.mend(dict(case))["y"], case["y"])


def test_a_beta_that_is_not_positive_is_outside_the_domain() -> None:
    assert SOFTPLUS.mend({"x": np.array([1.0]), "beta": 0.0}) is None
    for case in SOFTPLUS.hard:
        assert SOFTPLUS.mend(dict(case)) == case
