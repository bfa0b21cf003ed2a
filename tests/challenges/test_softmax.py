"""Softmax, with a temperature and in logarithms, against 60-digit arithmetic, the quoted values, and its laws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from support import check_challenge, drawn_cases

from quizkit.challenges.softmax import (
    CHALLENGES,
    LOG_SOFTMAX,
    SOFTMAX,
    log_softmax,
    softmax,
    softmax_with_temperature,
)
from quizkit.challenges.vocabulary import Array, Challenge

ROWS = np.random.default_rng(0).normal(scale=10, size=(300, 7))
WIDE_ROWS = np.random.default_rng(1).uniform(-1e4, 1e4, size=(50, 5))

along_names = pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)
every_function = pytest.mark.parametrize("function", [softmax, softmax_with_temperature, log_softmax])


def exact_log_softmax(row: Array, temperature: float = 1.0) -> list[mpmath.mpf]:
    logits = [mpmath.mpf(float(z)) / mpmath.mpf(temperature) for z in row]
    log_sum = mpmath.log(mpmath.fsum(map(mpmath.exp, logits)))
    return [z - log_sum for z in logits]


def largest_error(got: Array, exact: list[list[mpmath.mpf]], *, relative: bool) -> float:
    return max(
        float(abs(mpmath.mpf(float(value)) - wanted) / (abs(wanted) if relative else 1))
        for row, wanted_row in zip(got, exact, strict=True)
        for value, wanted in zip(row, wanted_row, strict=True)
    )


@pytest.mark.filterwarnings("ignore:invalid value encountered")
@along_names
def test_the_reference_keeps_every_property(challenge: Challenge) -> None:
    check_challenge(challenge)


@along_names
def test_mending_leaves_a_legal_case_as_it_is(challenge: Challenge) -> None:
    for case in [*challenge.hard, *drawn_cases(challenge)]:
        mended = challenge.mend(dict(case))
        assert mended is not None
        assert mended.keys() == case.keys()
        assert all(np.array_equal(mended[name], case[name]) for name in case)


@along_names
def test_no_case_leaves_the_domain(challenge: Challenge) -> None:
    for case in [*challenge.hard, *drawn_cases(challenge)]:
        assert np.abs(case["z"]).max() <= 1e4
        assert np.abs(case["z"] + case.get("c", 0.0)).max() <= 1e4
        assert 0.001 <= case.get("T", 1.0) <= 1000


def test_an_order_shrinks_with_its_classes() -> None:
    assert SOFTMAX.mend({"z": np.zeros((2, 2)), "order": (2, 0, 1)})["order"] == (0, 1)
    assert SOFTMAX.mend({"z": np.zeros((2, 0)), "order": ()}) is None


def test_softmax_is_right_to_the_last_digits() -> None:
    with mpmath.workdps(60):
        exact = [[mpmath.exp(log_p) for log_p in exact_log_softmax(row)] for row in ROWS]
        assert largest_error(softmax(ROWS), exact, relative=True) < 8e-15


@pytest.mark.parametrize("temperature", [0.25, 0.5, 2.0, 10.0, 1000.0])
def test_softmax_with_temperature_is_right_to_the_last_digits(temperature: float) -> None:
    with mpmath.workdps(60):
        exact = [[mpmath.exp(log_p) for log_p in exact_log_softmax(row, temperature)] for row in ROWS]
        got = softmax_with_temperature(ROWS, T=temperature)
        # exp doubles the relative error of an exponent of 1, so far tails keep fewer digits
        assert largest_error(got, exact, relative=True) < 8e-15 / min(1.0, temperature)


def test_log_softmax_is_right_to_the_last_digits() -> None:
    with mpmath.workdps(60):
        assert largest_error(log_softmax(ROWS), [exact_log_softmax(row) for row in ROWS], relative=False) < 2e-14


def test_log_softmax_is_right_for_logits_of_ten_thousand() -> None:
    with mpmath.workdps(60):
        exact = [exact_log_softmax(row) for row in WIDE_ROWS]
        assert largest_error(log_softmax(WIDE_ROWS), exact, relative=False) < 1e-11


def test_rows_sum_to_one_within_four_rounding_errors() -> None:
    assert np.abs(softmax(ROWS).sum(axis=-1) - 1).max() < 4 * np.finfo(float).eps


@pytest.mark.parametrize(
    ("temperature", "probabilities", "entropy"),
    [
        (0.5, [0.864, 0.117, 0.019], 0.454),
        (1.0, [0.659, 0.242, 0.099], 0.847),
        (2.0, [0.502, 0.304, 0.194], 1.026),
        (10.0, [0.366, 0.331, 0.303], 1.096),
    ],
)
def test_the_table_of_temperatures(temperature: float, probabilities: list[float], entropy: float) -> None:
    p = softmax_with_temperature(np.array([2.0, 1.0, 0.1]), T=temperature)
    assert p.round(3).tolist() == probabilities
    assert round(float(-(p * np.log(p)).sum()), 3) == entropy


def test_the_values_that_hints_quote() -> None:
    assert softmax(np.array([0.0, 1.0])).round(3).tolist() == [0.269, 0.731]
    assert softmax_with_temperature(np.array([0.0, 1.0]), T=2.0).round(3).tolist() == [0.378, 0.622]
    assert log_softmax(np.array([0.0, 0.0])).round(3).tolist() == [-0.693, -0.693]
    assert log_softmax(np.array([0.0, -800.0])).tolist() == [0.0, -800.0]


def test_softmax_along_columns_is_that_of_the_transpose() -> None:
    assert np.array_equal(softmax(ROWS, axis=0), softmax(ROWS.T).T)
    assert np.allclose(softmax(ROWS.reshape(10, 30, 7), axis=1).sum(axis=1), 1.0, rtol=0, atol=1e-14)


def test_two_classes_are_a_sigmoid_of_the_difference() -> None:
    z = ROWS[:, :2]
    assert np.allclose(softmax(z)[:, 0], 1 / (1 + np.exp(z[:, 1] - z[:, 0])), rtol=1e-13, atol=0)


def test_equal_logits_share_equally_however_large() -> None:
    assert softmax(np.full(4, 1e4)).tolist() == [0.25] * 4


def test_tied_maxima_share_what_the_cold_leaves() -> None:
    assert softmax_with_temperature(np.array([2.0, 2.0, 0.0]), T=0.01).round(12).tolist() == [0.5, 0.5, 0.0]


def test_entropy_grows_with_the_temperature() -> None:
    temperatures = (0.5, 1.0, 2.0, 10.0, 100.0)
    p = np.stack([softmax_with_temperature(ROWS, T=temperature) for temperature in temperatures])
    entropies = -(p * np.log(p)).sum(axis=-1)
    assert (np.diff(entropies, axis=0) > 0).all()


@pytest.mark.parametrize("temperature", [0.0, -1.0, -np.inf, np.nan])
def test_a_temperature_that_is_not_positive_is_refused(temperature: float) -> None:
    with pytest.raises(ValueError, match="temperature must be positive"):
        softmax_with_temperature(np.array([0.0, 1.0]), T=temperature)


@every_function
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floats_keep_their_precision(function: Callable[..., Any], dtype: type) -> None:
    assert function(np.array([0.0, 1.0], dtype=dtype)).dtype == dtype


@every_function
@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.uint8, np.int8, np.bool_])
def test_integers_are_logits_like_any_others(function: Callable[..., Any], dtype: type) -> None:
    z = np.array([[1, 0], [0, 1]], dtype=dtype)
    assert function(z).dtype == np.float64
    assert np.array_equal(function(z), function(z.astype(float)))


@every_function
def test_no_rows_give_no_rows_and_a_single_number_a_single_number(function: Callable[..., Any]) -> None:
    assert function(np.zeros((0, 3))).shape == (0, 3)
    assert function(np.float64(5.0)).shape == ()


@every_function
def test_an_empty_row_is_refused(function: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="zero-size"):
        function(np.zeros((3, 0)))


@along_names
def test_what_is_quoted_of_infinities_and_tails_is_what_the_reference_gives(challenge: Challenge) -> None:
    for special in (*challenge.specials, *challenge.tails):
        with np.errstate(invalid="ignore"):
            got = challenge.expected(*challenge.positional(special.case), **challenge.optional(special.case))
        assert np.allclose(got, special.expected, rtol=1e-12, atol=0, equal_nan=True)


def test_a_row_without_a_possible_class_has_no_probabilities() -> None:
    with np.errstate(invalid="ignore"):
        assert np.isnan(softmax(np.array([-np.inf, -np.inf]))).all()


def test_log_softmax_is_the_logarithm_of_softmax_where_that_exists() -> None:
    assert np.allclose(log_softmax(ROWS), np.log(softmax(ROWS)), rtol=0, atol=1e-13)


def test_backward_through_log_softmax_is_as_the_follow_up_says() -> None:
    answer = next(follow_up.answer for follow_up in LOG_SOFTMAX.follow_ups if "gradient" in follow_up.question)
    assert "g - p * sum(g)" in answer
    z, g, direction = ROWS[0], ROWS[1], ROWS[2]
    along = (log_softmax(z + 1e-6 * direction) - log_softmax(z - 1e-6 * direction)) / 2e-6
    assert np.isclose((g * along).sum(), (direction * (g - softmax(z) * g.sum())).sum(), rtol=1e-6, atol=1e-6)
