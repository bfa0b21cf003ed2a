from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from support import check_challenge, drawn_cases

from quizkit.challenges import gelu, silu
from quizkit.challenges.vocabulary import Challenge, close

mp.mp.dps = 60

GATES = (*gelu.CHALLENGES, *silu.CHALLENGES)
VALUES = (gelu.GELU, gelu.GELU_TANH, silu.SILU)
SLOPES = (gelu.GELU_GRAD, gelu.GELU_TANH_GRAD, silu.SILU_GRAD)
BETAS = (0.0, 0.5, 1.0, 1.702, 10.0, -1.0)
EPS = np.finfo(float).eps


def mp_cdf(x: mp.mpf) -> mp.mpf:
    return mp.erfc(-x / mp.sqrt(2)) / 2


def mp_sigmoid(t: mp.mpf) -> mp.mpf:
    return 1 / (1 + mp.exp(-t))


def mp_tanh_argument(x: mp.mpf) -> mp.mpf:
    return mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3)


def mp_gelu(x: mp.mpf) -> mp.mpf:
    return x * mp_cdf(x)


def mp_gelu_tanh(x: mp.mpf) -> mp.mpf:
    # 60 digits do not hold 1 + tanh far on the left; the sigmoid is the same function
    return x * mp_sigmoid(2 * mp_tanh_argument(x))


def mp_silu(x: mp.mpf, beta: float = 1.0) -> mp.mpf:
    return x * mp_sigmoid(mp.mpf(beta) * x)


ORACLES: dict[str, Callable[..., mp.mpf]] = {
    "gelu": mp_gelu,
    "gelu_tanh": mp_gelu_tanh,
    "silu": mp_silu,
    # the derivatives are taken by mpmath, so that no formula of ours is compared with itself
    "gelu_grad": lambda x: mp.diff(mp_gelu, x, h=mp.mpf("1e-25"), relative=False),
    "gelu_tanh_grad": lambda x: mp.diff(mp_gelu_tanh, x, h=mp.mpf("1e-25")),
    "silu_grad": lambda x, beta=1.0: mp.diff(lambda t: mp_silu(t, beta), x, h=mp.mpf("1e-25")),
}


def exact(challenge: Challenge, x: np.ndarray, **kwargs: Any) -> np.ndarray:
    oracle = ORACLES[challenge.name]
    return np.array([float(oracle(mp.mpf(float(v)), **kwargs)) for v in x.flat]).reshape(x.shape)


def numbers_between(low: float, high: float, count: int = 400) -> np.ndarray:
    return np.concatenate([np.linspace(low, high, count), np.random.default_rng(0).uniform(low, high, count)])


@pytest.mark.parametrize("challenge", GATES, ids=lambda c: c.name)
def test_the_reference_keeps_its_own_properties(challenge: Challenge) -> None:
    check_challenge(challenge)


@pytest.mark.parametrize("challenge", GATES, ids=lambda c: c.name)
def test_every_hard_case_is_in_the_domain_and_stays_as_it_is(challenge: Challenge) -> None:
    for case in challenge.hard:
        assert challenge.mend(dict(case)) == case
        assert np.all(np.abs(case["x"]) <= 1e4)
        assert abs(case.get("beta", 1.0)) <= 10
        result = challenge.expected(*challenge.positional(case), **challenge.optional(case))
        assert result.shape == case["x"].shape
        assert np.isfinite(result).all()


@pytest.mark.parametrize(
    ("challenge", "absolute"),
    [
        (gelu.GELU, 8e-15),
        (gelu.GELU_TANH, 8e-15),
        (silu.SILU, 8e-15),
        (gelu.GELU_GRAD, 5e-16),
        (gelu.GELU_TANH_GRAD, 2e-15),
        (silu.SILU_GRAD, 5e-16),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_reference_agrees_with_sixty_digits(challenge: Challenge, absolute: float) -> None:
    x = numbers_between(-40, 40)
    assert np.abs(challenge.reference(x) - exact(challenge, x)).max() <= absolute


@pytest.mark.parametrize("challenge", VALUES, ids=lambda c: c.name)
def test_values_keep_their_relative_digits_near_the_origin_and_in_the_tail(challenge: Challenge) -> None:
    for low, high in ((-5, 5), (-12, -5), (-37, -12)):
        x = numbers_between(low, high)
        x = x[(x > -20) if challenge is gelu.GELU_TANH else (x > -37)]
        # an exponent off by one eps of its size moves the result by that much
        exponent = {"gelu": x**2 / 2, "gelu_tanh": np.abs(1.6 * x * (1 + 0.045 * x**2)), "silu": np.abs(x)}
        error = np.abs(challenge.reference(x) / exact(challenge, x) - 1)
        assert np.all(error <= (8 + 4 * exponent[challenge.name]) * EPS)


@pytest.mark.parametrize("challenge", [silu.SILU, silu.SILU_GRAD], ids=lambda c: c.name)
@pytest.mark.parametrize("beta", BETAS)
def test_every_beta_agrees_with_sixty_digits(challenge: Challenge, beta: float) -> None:
    x = numbers_between(-30, 30, 100)
    assert np.abs(challenge.reference(x, beta) - exact(challenge, x, beta=beta)).max() <= 2e-14


@pytest.mark.parametrize(("value", "slope"), list(zip(VALUES, SLOPES, strict=True)), ids=lambda c: c.name)
def test_each_derivative_is_the_central_difference_of_its_function(value: Challenge, slope: Challenge) -> None:
    x, h = numbers_between(-5, 5), 1e-6
    difference = (value.reference(x + h) - value.reference(x - h)) / ((x + h) - (x - h))
    assert np.all(np.abs(slope.reference(x) - difference) <= 1e-8 + 1e-6 * np.abs(difference))


@pytest.mark.filterwarnings("ignore:invalid value encountered")
@pytest.mark.parametrize("challenge", GATES, ids=lambda c: c.name)
def test_the_tails_and_limits_that_are_asked_are_those_of_sixty_digits(challenge: Challenge) -> None:
    for tail in challenge.tails:
        np.testing.assert_allclose(tail.expected, exact(challenge, tail.case["x"]), rtol=1e-15)
    for special in (*challenge.tails, *challenge.specials):
        close(challenge.reference(special.case["x"]), special.expected, tolerance=special.tolerance)


@pytest.mark.parametrize("challenge", GATES, ids=lambda c: c.name)
def test_large_input_gives_the_limits_and_no_warning(challenge: Challenge) -> None:
    x = np.array([-1e4, -1000.0, 1000.0, 1e4])
    with np.errstate(all="raise", under="ignore"):
        result = challenge.reference(x)
    assert result.tolist() == ([0, 0, 1, 1] if challenge.derivative else [0, 0, 1000, 1e4])


@pytest.mark.parametrize("challenge", GATES, ids=lambda c: c.name)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_a_float_keeps_its_precision(challenge: Challenge, dtype: str) -> None:
    x = np.linspace(-6, 6, 13)
    result = challenge.reference(x.astype(dtype))
    assert result.dtype == dtype
    digits = {"float16": 1e-2, "float32": 1e-6, "float64": 1e-14}[dtype]
    np.testing.assert_allclose(result, exact(challenge, x), rtol=digits, atol=digits)


@pytest.mark.parametrize("challenge", GATES, ids=lambda c: c.name)
@pytest.mark.parametrize("dtype", ["int64", "int32", "int8", "uint8", "bool"])
def test_integers_count_as_floats(challenge: Challenge, dtype: str) -> None:
    x = np.array([0, 1, 3, 100]).astype(dtype)
    result = challenge.reference(x)
    assert result.dtype == np.float64
    np.testing.assert_array_equal(result, challenge.reference(x.astype(float)))


@pytest.mark.parametrize("challenge", GATES, ids=lambda c: c.name)
def test_a_single_number_and_no_number_keep_their_shape(challenge: Challenge) -> None:
    assert np.shape(challenge.reference(np.array(0.5))) == ()
    assert challenge.reference(np.zeros((0, 3))).shape == (0, 3)


@pytest.mark.parametrize("challenge", GATES, ids=lambda c: c.name)
def test_the_result_is_a_new_array_and_the_input_is_left_alone(challenge: Challenge) -> None:
    x = np.array([-2.0, 0.0, 300.0])
    result = challenge.reference(x)
    assert x.tolist() == [-2.0, 0.0, 300.0]
    assert not np.shares_memory(result, x)


@pytest.mark.parametrize("challenge", SLOPES, ids=lambda c: c.name)
def test_the_slope_at_zero_is_exactly_one_half(challenge: Challenge) -> None:
    assert challenge.reference(np.array([0.0])).tolist() == [0.5]


def test_gelu_of_one_is_the_normal_probability_below_one() -> None:
    assert gelu.gelu(np.array([1.0]))[0] == pytest.approx(0.8413447460685429, abs=1e-15)


@pytest.mark.parametrize(
    ("challenge", "where", "lowest", "digits"),
    [
        (gelu.GELU, gelu.LOWEST_AT, -0.16997120747990366, 1e-16),
        (gelu.GELU_TANH, -0.75246, -0.170041, 1e-6),
        (silu.SILU, -1.2784645427610738, -0.2784645427610738, 1e-15),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_valley_is_where_the_properties_say(
    challenge: Challenge, where: float, lowest: float, digits: float
) -> None:
    x = np.array([where - 1e-3, where, where + 1e-3])
    y = challenge.reference(x)
    assert y.argmin() == 1
    assert y[1] == pytest.approx(lowest, abs=digits)


@pytest.mark.parametrize(
    ("challenge", "where", "steepest"),
    [
        (gelu.GELU_GRAD, math.sqrt(2), 1.1289041451851548),
        (silu.SILU_GRAD, 2.3993572805154677, 1.0998393201288669),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_steepest_places_are_where_the_properties_say(challenge: Challenge, where: float, steepest: float) -> None:
    g = challenge.reference(np.array([where - 1e-3, where, where + 1e-3, -where]))
    assert g.argmax() == 1
    assert g[1] == pytest.approx(steepest, abs=5e-16)
    assert g[3] == pytest.approx(1 - steepest, abs=5e-16)


@pytest.mark.parametrize(
    ("one", "other", "where", "furthest"),
    [
        (gelu.gelu, gelu.gelu_tanh, 2.699, 4.733e-4),
        (gelu.gelu_grad, gelu.gelu_tanh_grad, 2.0187, 8.69e-4),
    ],
)
def test_the_two_forms_are_as_close_as_the_properties_say(
    one: Callable[..., np.ndarray], other: Callable[..., np.ndarray], where: float, furthest: float
) -> None:
    x = np.linspace(-8, 8, 160001)
    apart = np.abs(one(x) - other(x))
    assert abs(abs(x[apart.argmax()]) - where) < 1e-3
    assert 0.999 * furthest < apart.max() <= furthest


def test_the_quick_form_with_1_702_is_off_by_two_hundredths() -> None:
    x = np.linspace(-8, 8, 16001)
    assert np.abs(gelu.gelu(x) - silu.silu(x, 1.702)).max() == pytest.approx(0.0203, abs=5e-5)


def test_beta_goes_from_half_of_x_to_relu() -> None:
    x = np.array([-3.0, -0.5, 0.0, 2.0])
    np.testing.assert_array_equal(silu.silu(x, 0.0), x / 2)
    np.testing.assert_allclose(silu.silu(x, 1e4), np.maximum(x, 0), atol=1e-300)


@pytest.mark.parametrize("challenge", [silu.SILU, silu.SILU_GRAD], ids=lambda c: c.name)
def test_part_of_the_draws_have_a_beta(challenge: Challenge) -> None:
    with_beta = sum("beta" in case for case in drawn_cases(challenge))
    assert 20 <= with_beta <= 80


@pytest.mark.parametrize("challenge", GATES, ids=lambda c: c.name)
def test_part_of_the_draws_are_large(challenge: Challenge) -> None:
    large = sum(np.abs(case["x"]).max() > 30 for case in drawn_cases(challenge))
    assert 10 <= large <= 90
