"""Counterexamples get smaller: it ends, and what comes out is legal, shows the fault, and is the known one."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from judging import challenge_about

from quizkit.challenges.library import find
from quizkit.challenges.vocabulary import Array, Case, Seed
from quizkit.judge.draws import draw
from quizkit.judge.shrink import at_kink, legal, shrink, weight

Fault = Callable[..., bool]


def identity(x: Array, k: float = 1.0) -> Array:
    return x * k


ANY = challenge_about(identity, ())


def smallest(fault: Fault, **case: Any) -> Case:
    """Shrink a case of `ANY` in which `fault` shows."""
    assert fault(**case)
    return shrink(ANY, case, lambda cases: [fault(**case) for case in cases])


def shown(case: Case) -> dict[str, Any]:
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in case.items()}


WIDE = np.array([[7.25, -300.5, 3.75], [41.0, 0.5, -8.0]])
PLANTED: dict[str, tuple[Fault, dict[str, Any], dict[str, Any]]] = {
    "anything": (lambda x: True, {"x": WIDE}, {"x": [0.0]}),
    "a threshold": (lambda x: bool((x > 3.7).any()), {"x": WIDE}, {"x": [4.0]}),
    "a negative entry": (lambda x: bool((x < 0).any()), {"x": WIDE}, {"x": [-1.0]}),
    "a large entry": (lambda x: bool((x > 700).any()), {"x": np.array([3.0, 812.75])}, {"x": [1000.0]}),
    "a very negative entry": (lambda x: bool((x < -700).any()), {"x": np.array([3.0, -812.75])}, {"x": [-1000.0]}),
    "two entries": (lambda x: x.size >= 2, {"x": WIDE}, {"x": [0.0, 0.0]}),
    "two rows": (lambda x: x.ndim == 2 and x.shape[0] == 2, {"x": WIDE}, {"x": [[0.0], [0.0]]}),
    "a last axis of three": (lambda x: x.shape[-1] == 3, {"x": WIDE}, {"x": [0.0, 0.0, 0.0]}),
    "not square": (
        lambda x: x.ndim == 2 and x.shape[0] != x.shape[1],
        {"x": WIDE},
        {"x": [[0.0], [0.0]]},
    ),
    "different entries": (lambda x: np.unique(x).size > 1, {"x": WIDE}, {"x": [1.0, 0.0]}),
    "tied maxima": (
        lambda x: bool((x == x.max()).sum() > 1 and x.max() > 0),
        {"x": np.array([5.5, 5.5, 2.0])},
        {"x": [1.0, 1.0]},
    ),
    "a fraction": (lambda x: bool((x != np.round(x)).any()), {"x": WIDE}, {"x": [0.5]}),
    "an option": (lambda x, k=1.0: k != 1.0, {"x": WIDE, "k": 17.25}, {"x": [0.0], "k": 0.0}),
    "an option that is not needed": (lambda x, k=1.0: True, {"x": WIDE, "k": 17.25}, {"x": [0.0]}),
    "a field beyond the arguments": (
        lambda x, order=(): len(order) > 1,
        {"x": WIDE, "order": (2, 0, 1)},
        {"x": [0.0], "order": (0, 0)},
    ),
    "an array in a dict": (
        lambda x, p=None: p is not None and bool((p["W"] > 2).any()),
        {"x": WIDE, "p": {"W": WIDE, "b": np.array([1.0, 2.5])}},
        {"x": [0.0]},
    ),
}


@pytest.mark.parametrize(("fault", "case", "expected"), PLANTED.values(), ids=list(PLANTED))
def test_a_planted_fault_shrinks_to_the_smallest_case_that_shows_it(
    fault: Fault, case: dict[str, Any], expected: dict[str, Any]
) -> None:
    found = smallest(fault, **case)
    assert fault(**found)
    parameters = {name: value for name, value in shown(found).items() if name != "p"}
    assert parameters == expected


def test_an_array_in_a_dict_gets_smaller_too() -> None:
    found = smallest(lambda x, p=None: p is not None and bool((p["W"] > 2).any()), x=WIDE, p={"W": WIDE, "b": WIDE[0]})
    assert found["p"]["W"].max() == 3.0
    assert found["p"]["W"].size == 1
    assert not found["p"]["b"].any()


def test_arrays_that_belong_together_are_cut_together() -> None:
    x, y = np.arange(12.0).reshape(4, 3), np.array([1, 0, 2, 1])
    together = challenge_about(lambda x, y: x[np.arange(len(y)), y], ())

    def fault(case: Case) -> bool:
        return case["x"].shape[0] == case["y"].shape[0] and bool((case["y"] > 0).any())

    found = shrink(together, {"x": x, "y": y}, lambda cases: [fault(case) for case in cases])
    assert shown(found) == {"x": [[0.0, 0.0]], "y": [1]}


def test_a_seed_gets_small() -> None:
    initialiser = find("he_init")
    case = {"shape": (300, 200), "rng": Seed(123456789)}
    found = shrink(initialiser, case, lambda cases: [True] * len(cases))
    assert found["rng"] == Seed(0)
    assert np.prod(found["shape"]) <= 1


def test_what_fails_nowhere_else_stays_as_it_is() -> None:
    case = {"x": WIDE, "k": 2.0}
    assert shrink(ANY, case, lambda cases: [False] * len(cases)) is case


def test_a_counterexample_away_from_the_kink_does_not_move_there() -> None:
    relu_grad = find("relu_grad")
    found = shrink(relu_grad, {"x": np.array([3.25, 0.0, -2.0])[:1]}, lambda cases: [True] * len(cases))
    assert not at_kink(relu_grad, found)
    assert shown(found) == {"x": [1.0]}


def test_a_counterexample_at_the_kink_may_stay_there() -> None:
    relu_grad = find("relu_grad")
    found = shrink(relu_grad, {"x": np.array([0.0, 3.5])}, lambda cases: [bool((c["x"] == 0).any()) for c in cases])
    assert shown(found) == {"x": [0.0]}


def test_a_proposal_must_be_one_the_reference_takes() -> None:
    tempered = find("softmax_with_temperature")
    assert legal(tempered, {"z": np.ones(2), "T": 0.0}) is None
    assert legal(tempered, {"z": np.ones(2), "T": 1.0}) is not None
    assert legal(tempered, {"z": np.ones(2), "axis": 1}) is None
    assert legal(tempered, {"z": np.ones((2, 0))}) is None
    for outside in (np.inf, np.nan, 10_001.0, -10_001.0):
        assert legal(ANY, {"x": np.array([0.0, outside])}) is None
        assert legal(ANY, {"x": np.ones(1), "p": {"W": np.array([outside])}}) is None
    assert legal(ANY, {"x": np.array([10_000.0, -10_000.0])}) is not None


def test_proposals_come_in_bounded_lots() -> None:
    lots: list[int] = []

    def fails(cases: Sequence[Case]) -> list[bool]:
        lots.append(len(cases))
        return [False] * len(cases)

    shrink(ANY, {"x": np.linspace(-99, 99.5, 120).reshape(12, 10)}, fails)
    assert max(lots) <= 160
    assert len(lots) < 40


def test_a_wide_array_is_cut_before_its_numbers_are_touched() -> None:
    found = smallest(lambda x: x.size > 500, x=np.linspace(1, 2, 3000))
    assert found["x"].size in range(501, 1001)
    assert set(found["x"].tolist()) == {0.0}


WEIGHTS = [
    {"x": np.array([0.0])},
    {"x": np.array([1.0])},
    {"x": np.array([2.0])},
    {"x": np.array([-2.0])},
    {"x": np.array([12.0])},
    {"x": np.array([0.5])},
    {"x": np.array([0.123])},
    {"x": np.array([[0.0]])},
    {"x": np.array([0.0]), "k": 0.0},
    {"x": np.array([0.0, 0.0])},
    {"x": np.array([0.0, 1.0])},
]


def test_what_is_easier_to_read_weighs_less() -> None:
    weights = [weight(case) for case in WEIGHTS]
    assert weights == sorted(weights)
    assert len(set(weights)) == len(weights)
    assert weight({"x": np.array([1000.0])}) < weight({"x": np.array([812.0])})


cases_of_any = st.fixed_dictionaries(
    {"x": arrays.arrays(float, arrays.array_shapes(max_dims=3, max_side=4), elements=st.floats(-1e4, 1e4))},
    optional={"k": st.floats(-10, 10), "order": st.lists(st.integers(0, 5), max_size=4).map(tuple)},
)
faults = st.sampled_from([fault for fault, *_ in PLANTED.values()] + [lambda x, **_: bool(np.abs(x).sum() > 17.5)])


@settings(max_examples=60)
@given(cases_of_any, st.integers(0, 2**32 - 1))
def test_whatever_fails_the_result_is_legal_fails_and_is_no_larger(case: Case, seed: int) -> None:
    answers: dict[int, bool] = {}
    asked: list[Case] = []
    rng = np.random.default_rng(seed)

    def fails(cases: Sequence[Case]) -> list[bool]:
        asked.extend(cases)
        return [answers.setdefault(id(case), bool(rng.random() < 0.3)) for case in cases]

    found = shrink(ANY, case, fails)
    assert found is case or answers[id(found)]
    assert weight(found) <= weight(case)
    assert all(weight(proposal) < weight(case) and legal(ANY, dict(proposal)) is not None for proposal in asked)


@settings(max_examples=40)
@given(cases_of_any)
def test_shrinking_again_changes_nothing(case: Case) -> None:
    def fails(cases: Sequence[Case]) -> list[bool]:
        return [bool(np.abs(case["x"]).sum() > 0.3) for case in cases]

    if fails([case]) == [True]:
        once = shrink(ANY, case, fails)
        assert shown(shrink(ANY, once, fails)) == shown(once)
        assert once["x"].size == 1


@pytest.mark.parametrize(
    "name", ["softmax", "prelu", "cross_entropy", "backward", "he_init", "sgd_step", "softmax_vjp"]
)
def test_drawn_cases_shrink_to_legal_ones(name: str) -> None:
    challenge = find(name)
    for case in draw(challenge, 3, 1):
        found = shrink(challenge, case, lambda cases: [True] * len(cases))
        assert legal(challenge, dict(found)) is not None
        assert weight(found) <= weight(case)
        assert weight(found)[0] <= 12
