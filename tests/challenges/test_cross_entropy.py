"""Cross-entropies and their gradients against 60-digit arithmetic, differences, and values that are known of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from support import check_challenge, drawn_cases

from quizkit.challenges.cross_entropy import (
    BCE_WITH_LOGITS,
    BCE_WITH_LOGITS_GRAD,
    CHALLENGES,
    CROSS_ENTROPY,
    CROSS_ENTROPY_PROBS,
    SOFTMAX_CROSS_ENTROPY_GRAD,
    bce_with_logits,
    bce_with_logits_grad,
    cross_entropy,
    cross_entropy_probs,
    softmax_cross_entropy_grad,
)
from quizkit.challenges.vocabulary import Array, Challenge, close

mp.mp.dps = 60
EPS = np.finfo(float).eps
every_challenge = pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)


def exact_loss(row: list[float], label: int) -> mp.mpf:
    return mp.log(mp.fsum(mp.exp(mp.mpf(z)) for z in row)) - mp.mpf(row[label])


def exact_probability(row: list[float], column: int) -> mp.mpf:
    return mp.exp(mp.mpf(row[column])) / mp.fsum(mp.exp(mp.mpf(z)) for z in row)


def exact_sigmoid(t: float) -> mp.mpf:
    return 1 / (1 + mp.exp(-mp.mpf(t)))


def exact_binary_loss(t: float, y: float) -> mp.mpf:
    s = exact_sigmoid(t)
    return -(mp.mpf(y) * mp.log(s) + (1 - mp.mpf(y)) * mp.log(1 - s))


def exact_clipped_loss(p: list[float], y: list[float], eps: float) -> mp.mpf:
    return -mp.fsum(mp.mpf(t) * mp.log(mp.mpf(max(q, eps))) for q, t in zip(p, y, strict=True))


def error(got: Any, exact: mp.mpf) -> float:
    return float(abs(mp.mpf(float(got)) - exact))


# -- references -------------------------------------------------------------------------------------------------------


def test_the_loss_of_logits_is_good_to_the_last_digits() -> None:
    rng = np.random.default_rng(0)
    for reach in (1e-3, 1.0, 30.0, 1e4):
        for row in rng.uniform(-reach, reach, (40, 5)):
            exact = exact_loss(row.tolist(), 2)
            assert error(cross_entropy(row[None], np.array([2])), exact) <= 8 * EPS * (1 + abs(row).max())


def test_the_gradient_of_the_logits_is_good_to_the_last_digits() -> None:
    rng = np.random.default_rng(1)
    logits, labels = rng.normal(0, 8, (30, 4)), rng.integers(0, 4, 30)
    gradient = softmax_cross_entropy_grad(logits, labels)
    for i, row in enumerate(logits.tolist()):
        for j in range(4):
            exact = (exact_probability(row, j) - int(labels[i] == j)) / 30
            assert error(gradient[i, j], exact) <= 1e-16


def test_the_loss_of_probabilities_is_good_to_the_last_digits() -> None:
    for case in drawn_cases(CROSS_ENTROPY_PROBS):
        eps = case.get("eps", 1e-12)
        rows = zip(case["p"].tolist(), case["y"].tolist(), strict=True)
        exact = mp.fsum(exact_clipped_loss(p, y, eps) for p, y in rows) / len(case["p"])
        assert error(cross_entropy_probs(**case), exact) <= 1e-15 * (1 + exact)


def test_the_binary_loss_is_good_to_the_last_digits_of_its_logit() -> None:
    rng = np.random.default_rng(2)
    points = np.concatenate([np.linspace(-40, 40, 161), rng.uniform(-1e-3, 1e-3, 20)])
    for t in points:
        for y in (0.0, 0.3, 1.0):
            exact = exact_binary_loss(t, y)
            assert error(bce_with_logits(np.array([t]), np.array([y])), exact) <= 4 * EPS * max(1, abs(t))


def test_the_binary_loss_keeps_its_relative_accuracy_on_the_right_side() -> None:
    for t in (5.0, 20.0, 40.0, 300.0):
        for logit, y in ((t, 1.0), (-t, 0.0)):
            exact = exact_binary_loss(logit, y) if t < 100 else mp.exp(-mp.mpf(t))
            assert error(bce_with_logits(np.array([logit]), np.array([y])), exact) <= 4 * EPS * exact


def test_the_binary_gradient_is_good_to_the_last_digits() -> None:
    t = np.linspace(-40, 40, 321)
    gradient = bce_with_logits_grad(t, np.full(t.shape, 0.25)) * t.size
    assert max(error(g, exact_sigmoid(x) - 0.25) for g, x in zip(gradient, t, strict=True)) <= 4e-16


def test_gradients_are_the_slopes_that_60_digits_give() -> None:
    row, t, y, h = [0.5, -1.25, 2.0], 0.75, 0.3, mp.mpf("1e-20")
    exact = [
        (exact_loss([z + h * (i == j) for j, z in enumerate(row)], 1) - exact_loss([*row], 1)) / h for i in range(3)
    ]
    gradient = softmax_cross_entropy_grad(np.array([row]), np.array([1]))[0]
    assert max(error(g, e) for g, e in zip(gradient, exact, strict=True)) <= 1e-15
    binary = (exact_binary_loss(t + h, y) - exact_binary_loss(t - h, y)) / (2 * h)
    assert error(bce_with_logits_grad(np.array([t]), np.array([y]))[0], binary) <= 1e-15


@pytest.mark.parametrize("count", [1, 2, 5])
def test_gradients_are_central_differences_of_the_losses(count: int) -> None:
    rng = np.random.default_rng(count)
    logits, labels = rng.uniform(-5, 5, (count, 3)), rng.integers(0, 3, count)
    slopes = differences(lambda z: cross_entropy(z, labels), logits)
    assert np.abs(softmax_cross_entropy_grad(logits, labels) - slopes).max() < 1e-9
    y = rng.uniform(0, 1, logits.shape)
    slopes = differences(lambda t: bce_with_logits(t, y), logits)
    assert np.abs(bce_with_logits_grad(logits, y) - slopes).max() < 1e-9


def differences(loss: Callable[[Array], Any], x: Array, step: float = 1e-6) -> Array:
    slopes = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[index] = step
        slopes[index] = (loss(x + nudge) - loss(x - nudge)) / (2 * step)
    return slopes


# -- known values -----------------------------------------------------------------------------------------------------


def test_equal_logits_cost_the_logarithm_of_their_number() -> None:
    for classes in (2, 3, 1000):
        loss = cross_entropy(np.full((4, classes), 1e4), np.zeros(4, dtype=int))
        assert loss == pytest.approx(np.log(classes), rel=1e-15)


def test_a_logit_that_is_wrong_by_a_thousand_costs_a_thousand() -> None:
    assert cross_entropy(np.array([[1000.0, 0.0]]), np.array([1])) == 1000
    assert cross_entropy(np.array([[1000.0, 0.0]]), np.array([0])) == 0
    assert bce_with_logits(np.array([1000.0]), np.array([0.0])) == 1000
    assert bce_with_logits(np.array([1000.0]), np.array([1.0])) == 0
    assert bce_with_logits(np.array([0.0]), np.array([0.7])) == np.log(2)


def test_clipping_caps_the_loss_at_the_figures_of_the_follow_ups() -> None:
    impossible = np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])
    assert cross_entropy_probs(*impossible) == pytest.approx(27.631, abs=1e-3)
    assert cross_entropy_probs(*impossible, eps=1e-15) == pytest.approx(34.5, abs=0.05)


def test_a_certain_and_right_prediction_costs_exactly_nothing() -> None:
    certain = np.array([[0.0, 1.0]])
    loss = cross_entropy_probs(certain, certain)
    assert loss == 0 and not np.signbit(loss)


def test_both_forms_of_the_cross_entropy_agree() -> None:
    rng = np.random.default_rng(3)
    logits, labels = rng.uniform(-8, 8, (50, 6)), rng.integers(0, 6, 50)
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert cross_entropy_probs(p, np.eye(6)[labels]) == pytest.approx(cross_entropy(logits, labels), rel=1e-8)


def test_the_binary_loss_is_that_of_two_classes_with_logits_0_and_t() -> None:
    t = np.linspace(-30, 30, 13)
    labels = np.arange(13) % 2
    two = cross_entropy(np.stack([np.zeros(13), t], axis=1), labels)
    assert bce_with_logits(t, labels) == pytest.approx(two, rel=1e-14)


def test_the_binary_loss_is_the_same_in_any_shape() -> None:
    t = np.array([1.0, -2.0, 3.0, 0.5])
    y = np.array([1.0, 0.0, 0.25, 1.0])
    losses = [bce_with_logits(t.reshape(shape), y.reshape(shape)) for shape in ((4,), (4, 1), (2, 2), (1, 2, 2))]
    assert losses == pytest.approx([losses[0]] * 4, rel=1e-15)
    assert bce_with_logits_grad(t.reshape(2, 2), y.reshape(2, 2)).shape == (2, 2)


def test_integers_give_the_values_of_floats_and_float32_stays() -> None:
    whole, labels = np.array([[0, 1, 5], [3, 3, -2]]), np.array([2, 0], dtype=np.int32)
    assert cross_entropy(whole, labels) == cross_entropy(whole.astype(float), labels)
    assert np.array_equal(
        softmax_cross_entropy_grad(whole, labels), softmax_cross_entropy_grad(whole.astype(float), labels)
    )
    single = whole.astype(np.float32)
    targets = (whole > 0).astype(np.float32)
    for result in (
        cross_entropy(single, labels),
        softmax_cross_entropy_grad(single, labels),
        cross_entropy_probs(targets, targets),
        bce_with_logits(single, targets),
        bce_with_logits_grad(single, targets),
    ):
        assert result.dtype == np.float32


# -- challenges -------------------------------------------------------------------------------------------------------


@every_challenge
def test_the_reference_keeps_all_that_is_asked(challenge: Challenge) -> None:
    check_challenge(challenge)


@every_challenge
def test_hard_and_drawn_cases_are_legal_as_they_are(challenge: Challenge) -> None:
    for case in [*challenge.hard, *drawn_cases(challenge)]:
        mended = challenge.mend(dict(case))
        assert mended is not None and mended.keys() == case.keys()
        assert all(np.array_equal(mended[name], value) for name, value in case.items())


@pytest.mark.filterwarnings("ignore:invalid value encountered")
@every_challenge
def test_specials_and_tails_are_what_the_reference_gives(challenge: Challenge) -> None:
    for special in (*challenge.specials, *challenge.tails):
        with np.errstate(invalid="ignore"):
            got = challenge.expected(*challenge.positional(special.case))
        close(got, special.expected, "", special.tolerance)


@every_challenge
def test_finite_input_warns_of_nothing_and_changes_nothing(challenge: Challenge) -> None:
    for case in challenge.hard:
        arguments = challenge.positional(case)
        before = [argument.copy() for argument in arguments]
        with np.errstate(all="raise", under="ignore"):
            result = challenge.expected(*arguments)
        assert np.isfinite(result).all()
        assert all(np.array_equal(old, new) for old, new in zip(before, arguments, strict=True))
        assert not any(np.shares_memory(result, argument) for argument in arguments)


def test_a_smaller_batch_is_mended_or_refused() -> None:
    logits = np.array([[1.0, 2.0]])
    for challenge in (CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY_GRAD):
        mended = challenge.mend({"logits": logits, "labels": np.array([2])})
        assert mended is not None and mended["labels"].tolist() == [1]
        assert challenge.mend({"logits": logits, "labels": np.array([0, 1])}) is None
        assert challenge.mend({"logits": logits[:, :1], "labels": np.array([0])}) is None
        assert challenge.mend({"logits": logits[0], "labels": np.array([0])}) is None
    for challenge in (BCE_WITH_LOGITS, BCE_WITH_LOGITS_GRAD):
        mended = challenge.mend({"t": logits, "y": np.array([[-1.0, 2.0]])})
        assert mended is not None and mended["y"].tolist() == [[0.0, 1.0]]
        assert challenge.mend({"t": logits, "y": np.array([1.0, 0.0])}) is None


def test_smaller_probabilities_are_normalised_or_refused() -> None:
    mend, even = CROSS_ENTROPY_PROBS.mend, np.array([[0.5, 0.5]])
    mended = mend({"p": np.array([[1.0, 3.0]]), "y": even})
    assert mended is not None and mended["p"].tolist() == [[0.25, 0.75]]
    assert mend({"p": np.array([[0.0, 0.0]]), "y": even}) is None
    assert mend({"p": np.array([[-1.0, 2.0]]), "y": even}) is None
    assert mend({"p": even, "y": even[:, :1]}) is None
    assert mend({"p": even, "y": even, "eps": 1.0}) is None


def test_whole_probabilities_are_one_hot() -> None:
    assert CROSS_ENTROPY_PROBS.integers is not None
    whole = CROSS_ENTROPY_PROBS.integers({"p": np.array([[0.2, 0.8]]), "y": np.array([[0.6, 0.4]])})
    assert whole is not None
    assert (whole["p"].tolist(), whole["y"].tolist()) == ([[0.0, 1.0]], [[1.0, 0.0]])
