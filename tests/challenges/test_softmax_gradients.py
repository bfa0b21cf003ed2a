"""The Jacobian of softmax and its product with a vector against 60-digit arithmetic, differences, and their laws."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest
from support import check_challenge, drawn_cases

from quizkit.challenges.softmax import softmax
from quizkit.challenges.softmax_gradients import CHALLENGES, SOFTMAX_GRAD, SOFTMAX_VJP, softmax_grad, softmax_vjp
from quizkit.challenges.vocabulary import Array, Challenge

LOGITS = np.random.default_rng(0).normal(scale=2, size=(200, 5))
PROBABILITIES = softmax(LOGITS)
UPSTREAM = np.random.default_rng(1).normal(scale=3, size=(200, 5))

along_names = pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)


def exact_jacobian(row: Array) -> list[list[mpmath.mpf]]:
    p = [mpmath.mpf(float(value)) for value in row]
    return [[p[i] * ((i == j) - p[j]) for j in range(len(p))] for i in range(len(p))]


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
def test_p_is_a_possible_output_along_every_axis_that_is_asked_about(challenge: Challenge) -> None:
    for case in [*challenge.hard, *drawn_cases(challenge)]:
        p = case["p"]
        assert (p >= 0).all()
        for axis in {-1, case.get("axis", -1)}:
            assert np.abs(p.sum(axis=axis) - 1).max() < 1e-12


def test_no_gradient_leaves_the_domain() -> None:
    for case in [*SOFTMAX_VJP.hard, *drawn_cases(SOFTMAX_VJP)]:
        assert np.abs(case["g"]).max() <= 1e4
        assert np.abs(case["g"] + case.get("c", 0.0)).max() <= 1e4
        if "y" in case:
            assert np.abs(case["y"] / case["p"]).max() <= 1e4


def test_mending_makes_probabilities_of_any_numbers() -> None:
    assert SOFTMAX_GRAD.mend({"p": np.array([[1.0, -3.0], [0.0, 0.0]])})["p"].tolist() == [[0.25, 0.75], [0.5, 0.5]]
    assert SOFTMAX_GRAD.mend({"p": np.array([0.5, 0.5]), "x": np.array([1.0])}) is None
    assert SOFTMAX_GRAD.mend({"p": np.zeros((2, 0))}) is None


def test_mending_makes_probabilities_along_both_axes() -> None:
    broken = {"p": np.array([[1.0, 3.0], [5.0, 0.0]]), "g": np.zeros((2, 2)), "axis": 0}
    assert SOFTMAX_VJP.mend(broken)["p"].tolist() == [[0.25, 0.75], [0.75, 0.25]]
    assert SOFTMAX_VJP.mend({"p": np.full((2, 3), 1 / 3), "g": np.zeros((2, 3)), "axis": 0}) is None


def test_targets_are_given_up_where_a_probability_is_too_small_for_them() -> None:
    y = np.array([1.0, 0.0])
    assert "y" not in SOFTMAX_VJP.mend({"p": np.array([0.0, 1.0]), "g": y, "y": y})
    assert "y" in SOFTMAX_VJP.mend({"p": np.array([0.5, 0.5]), "g": y, "y": y})


def test_the_jacobian_is_right_to_the_last_digits() -> None:
    with mpmath.workdps(60):
        for row, jacobian in zip(PROBABILITIES, softmax_grad(PROBABILITIES), strict=True):
            exact = np.array(exact_jacobian(row), dtype=object)
            assert np.abs(jacobian - exact).max() < 1.2e-16


def test_the_product_is_right_to_the_last_digits() -> None:
    with mpmath.workdps(60):
        for row, g, dz in zip(PROBABILITIES, UPSTREAM, softmax_vjp(PROBABILITIES, UPSTREAM), strict=True):
            exact = np.array([mpmath.mpf(float(value)) for value in g]) @ np.array(exact_jacobian(row), dtype=object)
            assert np.abs(dz - exact).max() < 5e-15


def test_the_jacobian_is_the_derivative_of_softmax() -> None:
    jacobians = softmax_grad(PROBABILITIES)
    for j in range(LOGITS.shape[-1]):
        nudge = 1e-6 * np.eye(LOGITS.shape[-1])[j]
        differences = (softmax(LOGITS + nudge) - softmax(LOGITS - nudge)) / 2e-6
        assert np.abs(differences - jacobians[..., j]).max() < 1e-9


def test_the_jacobian_is_a_covariance_matrix_with_eigenvalues_up_to_one_half() -> None:
    eigenvalues = np.linalg.eigvalsh(softmax_grad(PROBABILITIES))
    assert eigenvalues.min() > -1e-15
    assert eigenvalues.max() < 0.5
    assert np.allclose(np.linalg.eigvalsh(softmax_grad(np.array([0.5, 0.5]))), [0.0, 0.5], rtol=0, atol=1e-15)


def test_only_a_constant_direction_leaves_positive_probabilities_as_they_are() -> None:
    p = softmax(np.array([0.0, 1.0, -1.0, 0.5]))
    assert np.linalg.matrix_rank(softmax_grad(p)) == 3
    assert np.abs(softmax_grad(p) @ np.ones(4)).max() < 1e-15


def test_the_jacobian_vanishes_at_one_hot() -> None:
    assert not softmax_grad(np.array([0.0, 1.0, 0.0])).any()


def test_the_value_that_the_hint_quotes() -> None:
    assert softmax_grad(np.array([0.25, 0.75])).tolist() == [[0.1875, -0.1875], [-0.1875, 0.1875]]
    assert softmax_vjp(np.array([0.5, 0.5]), np.array([1.0, 0.0])).tolist() == [0.25, -0.25]


def test_temperature_divides_the_jacobian() -> None:
    nudge = np.array([1e-6, 0.0, 0.0, 0.0, 0.0])
    differences = (softmax((LOGITS + nudge) / 4) - softmax((LOGITS - nudge) / 4)) / 2e-6
    assert np.abs(differences - softmax_grad(softmax(LOGITS / 4))[..., 0] / 4).max() < 1e-9


def test_the_product_is_that_with_the_whole_jacobian() -> None:
    whole = np.einsum("bi,bij->bj", UPSTREAM, softmax_grad(PROBABILITIES))
    assert np.allclose(softmax_vjp(PROBABILITIES, UPSTREAM), whole, rtol=0, atol=1e-14)


def test_the_axis_is_the_one_along_which_p_sums_to_one() -> None:
    assert np.array_equal(softmax_vjp(PROBABILITIES.T, UPSTREAM.T, axis=0), softmax_vjp(PROBABILITIES, UPSTREAM).T)


def test_cross_entropy_leaves_p_minus_y_also_for_targets_that_do_not_sum_to_one() -> None:
    y = np.array([0.5, 0.25, 0.0, 0.0, 0.0])
    p = PROBABILITIES[0]
    assert np.allclose(softmax_vjp(p, -y / p), p * y.sum() - y, rtol=0, atol=1e-14)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_floats_keep_their_precision(dtype: type) -> None:
    p = np.array([0.5, 0.5], dtype=dtype)
    assert softmax_grad(p).dtype == dtype
    assert softmax_vjp(p, p).dtype == dtype


@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.uint8, np.bool_])
def test_whole_numbers_give_floats(dtype: type) -> None:
    p = np.array([[1, 0, 0], [0, 0, 1]], dtype=dtype)
    assert softmax_grad(p).dtype == softmax_vjp(p, p).dtype == np.float64
    assert np.array_equal(softmax_grad(p), softmax_grad(p.astype(float)))


@along_names
def test_the_case_in_whole_numbers_is_a_possible_output_still(challenge: Challenge) -> None:
    for case in challenge.hard:
        whole = challenge.integers(case)
        assert all(np.array_equal(whole[name], np.rint(whole[name])) for name in whole)
        assert (whole["p"].sum(axis=-1) == 1).all()
        assert whole["p"].shape == case["p"].shape


def test_no_rows_give_no_matrices() -> None:
    assert softmax_grad(np.zeros((0, 3))).shape == (0, 3, 3)
    assert softmax_vjp(np.zeros((0, 3)), np.zeros((0, 3))).shape == (0, 3)
