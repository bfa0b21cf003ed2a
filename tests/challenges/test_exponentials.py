"""ELU, SELU and their derivatives against 60-digit arithmetic, differences, and the values that are known of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from support import check_challenge

from quizkit.challenges.exponentials import CHALLENGES, ELU_GRAD, SELU_GRAD, elu, elu_grad, selu, selu_grad

SCALE = "1.0507009873554804934193349852946"
ALPHA = "1.6732632423543772848170429916717"
POINTS = np.concatenate([np.linspace(-40, 40, 1001), np.geomspace(1e-17, 1, 60), -np.geomspace(1e-17, 1, 60)])


def exact_elu(x: mpmath.mpf, alpha: mpmath.mpf) -> mpmath.mpf:
    return x if x > 0 else alpha * mpmath.expm1(x)


def exact_elu_grad(x: mpmath.mpf, alpha: mpmath.mpf) -> mpmath.mpf:
    return mpmath.mpf(1) if x > 0 else alpha * mpmath.exp(x)


def exact_selu(x: mpmath.mpf) -> mpmath.mpf:
    return mpmath.mpf(SCALE) * exact_elu(x, mpmath.mpf(ALPHA))


def exact_selu_grad(x: mpmath.mpf) -> mpmath.mpf:
    return mpmath.mpf(SCALE) * exact_elu_grad(x, mpmath.mpf(ALPHA))


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
        (elu, lambda x: exact_elu(x, mpmath.mpf(1)), 1.0),
        (elu_grad, lambda x: exact_elu_grad(x, mpmath.mpf(1)), 1.0),
        (selu, exact_selu, 3.0),
        (selu_grad, exact_selu_grad, 3.0),
    ],
)
def test_the_references_are_right_to_the_last_digits(
    function: Callable[..., Any], exact: Callable[[mpmath.mpf], mpmath.mpf], ulps: float
) -> None:
    with mpmath.workdps(60):
        wanted = [exact(mpmath.mpf(float(x))) for x in POINTS]
        assert units_in_the_last_place(function(POINTS), wanted) <= ulps


@pytest.mark.parametrize("alpha", [0.25, 2.0, 3.7])
def test_alpha_scales_the_negative_side_alone(alpha: float) -> None:
    with mpmath.workdps(60):
        points = [mpmath.mpf(float(x)) for x in POINTS]
        a = mpmath.mpf(alpha)
        assert units_in_the_last_place(elu(POINTS, alpha), [exact_elu(x, a) for x in points]) <= 2
        assert units_in_the_last_place(elu_grad(POINTS, alpha=alpha), [exact_elu_grad(x, a) for x in points]) <= 2


@pytest.mark.parametrize(("function", "slope"), [(elu, elu_grad), (selu, selu_grad)])
def test_the_derivatives_are_what_central_differences_say(
    function: Callable[..., Any], slope: Callable[..., Any]
) -> None:
    x, h = np.linspace(-5, 5, 501), 1e-6
    x = x[np.abs(x) > 1e-4]
    differences = (function(x + h) - function(x - h)) / (2 * h)
    np.testing.assert_allclose(slope(x), differences, rtol=1e-6, atol=1e-8)


def test_elu_has_the_values_of_the_tables() -> None:
    np.testing.assert_allclose(elu(np.array([-3.0, -1.0])), [-0.950212931632136, -0.632120558828558], rtol=1e-14)
    assert elu_grad(np.array([-746.0]))[0] == 0
    np.testing.assert_allclose(elu_grad(np.array([-10.0])), [4.5e-5], rtol=0.01)


def test_selu_levels_off_at_minus_scale_times_alpha() -> None:
    np.testing.assert_allclose(selu(np.array([-1000.0])), [-1.7580993408473766], rtol=1e-15)


def test_selu_keeps_mean_0_and_variance_1_exactly() -> None:
    with mpmath.workdps(40):

        def moment(power: int) -> mpmath.mpf:
            return mpmath.quad(lambda x: exact_selu(x) ** power * mpmath.npdf(x), [-20, -5, 0, 5, 20])

        assert abs(moment(1)) < 1e-28
        assert abs(moment(2) - 1) < 1e-28


def test_four_digits_of_the_constants_shift_the_mean() -> None:
    with mpmath.workdps(30):

        def rounded(x: mpmath.mpf) -> mpmath.mpf:
            return mpmath.mpf("1.0507") * exact_elu(x, mpmath.mpf("1.6733"))

        mean = mpmath.quad(lambda x: rounded(x) * mpmath.npdf(x), [-20, -5, 0, 5, 20])
        second = mpmath.quad(lambda x: rounded(x) ** 2 * mpmath.npdf(x), [-20, -5, 0, 5, 20])
        assert float(mean) == pytest.approx(-9.2e-6, rel=0.01)
        assert float(second - mean**2 - 1) == pytest.approx(1.8e-5, rel=0.05)


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0])
def test_at_0_the_slopes_of_both_sides_of_elu_are_right(alpha: float) -> None:
    assert ELU_GRAD.between is not None
    low, high = ELU_GRAD.between(np.array([0.0, 1.0, -1.0]), alpha=alpha)
    assert (low[0], high[0]) == (min(1.0, alpha), max(1.0, alpha))
    np.testing.assert_array_equal(low[1:], high[1:])
    assert elu_grad(np.array([0.0]), alpha)[0] == alpha


def test_at_0_the_slopes_of_both_sides_of_selu_are_right() -> None:
    assert SELU_GRAD.between is not None
    low, high = SELU_GRAD.between(np.array([0.0, 1.0]))
    assert low == pytest.approx([1.0507009873554805, 1.0507009873554805])
    assert high == pytest.approx([1.7580993408473766, 1.0507009873554805])


@pytest.mark.parametrize("function", [elu, elu_grad, selu, selu_grad])
class TestEveryReference:
    @pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
    def test_keeps_the_precision_of_its_input(self, function: Callable[..., Any], dtype: type) -> None:
        assert function(np.array([-1.0, 2.0], dtype)).dtype == dtype

    @pytest.mark.parametrize("dtype", [np.int64, np.int32, np.uint8, np.int8, np.bool_])
    def test_takes_integers_for_floats(self, function: Callable[..., Any], dtype: type) -> None:
        whole = np.array([0, 1, 1], dtype)
        np.testing.assert_array_equal(function(whole), function(whole.astype(float)))
        assert function(whole).dtype == np.float64

    def test_stays_finite_and_silent(self, function: Callable[..., Any]) -> None:
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            assert np.isfinite(function(np.array([-1e4, -800.0, 0.0, 800.0, 1e4]))).all()

    def test_takes_empty_and_0d_arrays(self, function: Callable[..., Any]) -> None:
        assert function(np.empty((0, 3))).shape == (0, 3)
        assert np.shape(function(np.array(-1.0))) == ()

    def test_returns_an_array_of_its_own(self, function: Callable[..., Any]) -> None:
        x = np.array([1.0, 2.0])
        assert not np.shares_memory(function(x), x)


@pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)
def test_every_property_holds_for_the_reference(challenge: Any) -> None:
    check_challenge(challenge)


@pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)
def test_the_reference_gives_what_is_asked_of_infinities_and_far_tails(challenge: Any) -> None:
    for special in (*challenge.specials, *challenge.tails):
        got = challenge.expected(*challenge.positional(special.case))
        tolerance = special.tolerance
        np.testing.assert_allclose(got, special.expected, rtol=tolerance.relative, atol=tolerance.absolute)


@pytest.mark.parametrize("challenge", CHALLENGES[:2], ids=lambda challenge: challenge.name)
def test_an_alpha_that_is_not_positive_is_outside_the_domain(challenge: Any) -> None:
    assert challenge.mend({"x": np.array([1.0]), "alpha": 0.0}) is None
    for case in challenge.hard:
        assert challenge.mend(dict(case)) == case
