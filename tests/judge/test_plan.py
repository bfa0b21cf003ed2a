"""Which checks look at which cases; and what is found out about a case once, whoever the candidate is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from judging import challenge_about

from quizkit.challenges.library import find
from quizkit.challenges.vocabulary import Case
from quizkit.errors import UsageProblem
from quizkit.judge import facts
from quizkit.judge.checks import ERRORS, INTEGERS, SAME, checks_of
from quizkit.judge.manners import OTHER_CASE
from quizkit.judge.plan import FEW, STEP, Plan, plan_for
from quizkit.judge.settings import Settings
from quizkit.judge.trial import Portion

SOFTMAX = find("softmax")


def cases(count: int) -> list[Case]:
    return [{"z": np.full(3, float(number))} for number in range(count)]


def plan(count: int) -> Plan:
    return Plan(SOFTMAX, checks_of(SOFTMAX), lambda: cases(count))


def looks(portion: Portion) -> Counter[str]:
    return Counter(check.key for check, _ in portion.pairs)


def test_a_check_that_needs_few_cases_looks_at_all_hard_ones_and_at_few_of_the_first_drawn() -> None:
    made = plan(STEP + 20)
    assert looks(made.hard())[INTEGERS] == len(SOFTMAX.hard)
    assert looks(made.drawn(0))[INTEGERS] == looks(made.drawn(0))[SAME] == FEW
    assert looks(made.drawn(STEP))[INTEGERS] == 0
    assert looks(made.drawn(0))["sums to one"] == STEP
    assert looks(made.drawn(STEP))["sums to one"] == 20


def test_a_check_that_brings_its_cases_looks_at_them_once() -> None:
    tempered = find("softmax_with_temperature")
    made = Plan(tempered, checks_of(tempered), lambda: [*tempered.hard])
    assert looks(made.hard())[ERRORS] == len(tempered.refusals) > 0
    assert looks(made.drawn(0))[ERRORS] == 0


def test_every_case_is_compared_with_another_by_the_check_that_asks_twice() -> None:
    pairs = [case for check, case in plan(10).drawn(0).pairs if check.key == SAME]
    assert [int(case["z"][0]) for case in pairs] == list(range(10))
    assert all(case[OTHER_CASE]["z"][0] != case["z"][0] for case in pairs)


def test_polish_looks_at_no_case_that_was_not_reached() -> None:
    drawn = []

    def draw() -> list[Case]:
        drawn.append(True)
        return cases(STEP)

    made = Plan(SOFTMAX, checks_of(SOFTMAX), draw)
    hard = looks(made.polish(0))
    assert not drawn
    assert sum(looks(made.polish(STEP)).values()) > sum(hard.values())
    assert drawn == [True]


def test_a_plan_is_the_same_object_where_the_cases_are_kept_and_only_there(tmp_path: Path) -> None:
    kept = Settings(examples=5, cache=tmp_path)
    first = plan_for(SOFTMAX, kept, has_docstring=True)
    assert plan_for(SOFTMAX, kept, has_docstring=True) is first
    assert first.drawn(0) is first.drawn(0)
    assert plan_for(SOFTMAX, kept, has_docstring=False) is not first
    drawn = Settings(seed=1, examples=5, cache=tmp_path)
    assert plan_for(SOFTMAX, drawn, has_docstring=True) is not plan_for(SOFTMAX, drawn, has_docstring=True)


def test_a_property_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageProblem, match="Did you mean sums to one"):
        plan_for(SOFTMAX, Settings(only=("sum to one",)), has_docstring=True)


def test_the_reference_is_asked_once_for_a_case_and_way_of_calling() -> None:
    asked = []

    def double(x: np.ndarray, k: float = 2.0) -> np.ndarray:
        asked.append(k)
        return k * x

    challenge = challenge_about(double, [])
    case = {"x": np.ones(3), "k": 5.0}
    for _ in range(2):
        assert facts.goes_without_options(challenge, case)
        assert facts.expected(challenge, case, options=False)[0] == 2.0
        assert facts.bounds(challenge, case, options=True)[0][0] == 5.0
    assert asked == [2.0, 5.0]


def test_a_fact_about_one_case_is_none_about_an_equal_one() -> None:
    challenge = challenge_about(lambda x: x, [])
    case = {"x": np.array([3.0])}
    assert facts.reach(challenge, case) == 3.0
    assert facts.reach(challenge, {"x": np.array([40.0])}) == 40.0
    assert facts.reach(challenge_about(lambda: None, []), case) == 0.0


def test_facts_are_kept_of_a_bounded_number_of_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_MOST", 10)
    challenge = challenge_about(lambda x: x, [])
    for number in range(50):
        assert facts.reach(challenge, {"x": np.array([float(number)])}) == number
    assert len(facts._kept) <= 10
