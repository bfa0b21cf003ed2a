"""Dead neurons, a step of gradient descent, accuracy: against exact arithmetic and by example."""

from fractions import Fraction

import numpy as np
import pytest
from mpmath import mp, mpf
from support import check_challenge, drawn_cases

from quizkit.challenges.training import (
    ACCURACY,
    CHALLENGES,
    COUNT_DEAD_NEURONS,
    SGD_STEP,
    accuracy,
    count_dead_neurons,
    sgd_step,
)
from quizkit.challenges.vocabulary import Case, Challenge

mp.dps = 60
every_challenge = pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)


def all_cases(challenge: Challenge) -> list[Case]:
    return [*challenge.hard, *drawn_cases(challenge)]


@every_challenge
def test_the_reference_keeps_its_properties(challenge: Challenge) -> None:
    check_challenge(challenge)


@every_challenge
def test_mending_leaves_legal_cases_alone(challenge: Challenge) -> None:
    for case in all_cases(challenge):
        mended = challenge.mend(dict(case))
        assert mended is not None and mended.keys() == case.keys()
        assert all(mended[name] is case[name] for name in case)


# -- dead neurons ------------------------------------------------------------------------------------------------------


def test_a_unit_is_dead_when_every_number_it_gave_is_zero() -> None:
    for case in all_cases(COUNT_DEAD_NEURONS):
        hidden = case["hidden"]
        columns = zip(*hidden.reshape(-1, hidden.shape[-1]).tolist(), strict=True)
        assert count_dead_neurons(hidden) == sum(all(value == 0 for value in column) for column in columns)


def test_the_count_is_a_python_int() -> None:
    assert type(count_dead_neurons(np.zeros((2, 3)))) is int


@pytest.mark.parametrize(
    ("hidden", "dead"),
    [
        ([[0.0, -0.0, 1e-300, -1e-300]], 2),
        ([[1.0, -1.0], [-1.0, 1.0]], 0),
        ([[0, 0, 1], [0, 2, 0]], 1),
        ([[True, False], [False, False]], 1),
        ([[np.nan, 0.0, np.inf]], 1),
    ],
)
def test_only_exact_zeros_are_dead(hidden: list[list[float]], dead: int) -> None:
    assert count_dead_neurons(np.array(hidden)) == dead


def test_a_channel_that_answers_at_one_position_is_alive() -> None:
    images = np.zeros((4, 5, 6, 3))
    images[2, 0, 5, 1] = 0.5
    assert count_dead_neurons(images) == 2


@pytest.mark.parametrize("shape", [(0, 3), (0, 2, 2, 3)])
def test_without_samples_nothing_is_said(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="samples"):
        count_dead_neurons(np.zeros(shape))


def test_a_case_cut_smaller_gets_an_order_and_factors_that_fit() -> None:
    cut = {"hidden": np.ones((2, 2)), "order": (2, 0, 1), "factor": np.array([1.0, 2.0, 4.0])}
    mended = COUNT_DEAD_NEURONS.mend(cut)
    assert mended is not None
    assert mended["order"] == (0, 1)
    assert mended["factor"].shape == (2,)
    assert COUNT_DEAD_NEURONS.mend({"hidden": np.ones(3)}) is None


# -- a step of gradient descent ----------------------------------------------------------------------------------------


def test_a_step_goes_against_the_gradient_to_the_last_digit() -> None:
    for case in all_cases(SGD_STEP):
        after = sgd_step(**case)
        for name, before in case["params"].items():
            for p, g, got in zip(before.flat, case["grads"][name].flat, after[name].flat, strict=True):
                exact = mpf(float(p)) - mpf(case["lr"]) * mpf(float(g))
                rounding = mpf(2) ** -53 * (abs(mpf(float(p))) + 2 * abs(mpf(case["lr"]) * mpf(float(g))))
                assert abs(mpf(float(got)) - exact) <= rounding


def test_a_step_keeps_names_shapes_and_the_callers_arrays() -> None:
    case = SGD_STEP.hard[6]
    before = {name: value.copy() for name, value in case["params"].items()}
    after = sgd_step(**case)
    for name, value in case["params"].items():
        np.testing.assert_array_equal(value, before[name])
        assert after[name].shape == value.shape
        assert not np.shares_memory(after[name], value)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_step_keeps_the_precision(dtype: type) -> None:
    case = SGD_STEP.hard[5]
    params, grads = ({name: value.astype(dtype) for name, value in case[key].items()} for key in ("params", "grads"))
    assert {value.dtype for value in sgd_step(params, grads, 0.1).values()} == {np.dtype(dtype)}


def test_steps_down_a_bowl_reach_its_bottom() -> None:
    params = {"W1": np.array([[3.0]]), "b1": np.array([-2.0]), "W2": np.array([[5.0]]), "b2": np.array([0.5])}
    for _ in range(200):
        params = sgd_step(params, {name: 2 * value for name, value in params.items()}, 0.1)
    assert all(abs(value.item()) < 1e-15 for value in params.values())


@pytest.mark.parametrize(
    "change",
    [
        {"lr": -1.0},
        {"params": {**SGD_STEP.hard[6]["params"], "b1": np.zeros(7)}},
        {"params": {**SGD_STEP.hard[6]["params"], "W1": np.zeros(3)}},
        {"params": {**SGD_STEP.hard[6]["params"], "W1": np.zeros((0, 2))}},
    ],
)
def test_what_is_no_network_cannot_be_mended(change: dict[str, object]) -> None:
    assert SGD_STEP.mend({**SGD_STEP.hard[6], **change}) is None


# -- accuracy ----------------------------------------------------------------------------------------------------------


def test_accuracy_is_the_exact_share_of_hits() -> None:
    for case in all_cases(ACCURACY):
        pairs = list(zip(case["a2"].ravel().tolist(), case["y"].ravel().tolist(), strict=True))
        share = Fraction(sum((p > 0.5) == (label == 1) for p, label in pairs), len(pairs))
        assert accuracy(case["a2"], case["y"]) == float(share)


@pytest.mark.parametrize(
    ("probability", "label", "right"), [(0.5, 0, 1.0), (0.5, 1, 0.0), (np.nextafter(0.5, 1), 1, 1.0)]
)
def test_a_half_counts_as_class_0(probability: float, label: int, right: float) -> None:
    assert accuracy(np.array([[probability]]), np.array([label])) == right


def test_predictions_cut_out_of_range_are_brought_back() -> None:
    mended = ACCURACY.mend({"a2": np.array([[2.0], [-1.0]]), "y": np.array([3, -1]), "order": (1, 2, 0)})
    assert mended is not None
    np.testing.assert_array_equal(mended["a2"], [[1.0], [0.0]])
    np.testing.assert_array_equal(mended["y"], [1, 0])
    assert mended["order"] == (1, 0)
    assert ACCURACY.mend({"a2": np.array([0.5]), "y": np.array([1])}) is None
