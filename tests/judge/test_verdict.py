"""What follows from findings: counts, score, exit code, faults and remarks."""

import json
import pickle
from dataclasses import replace

import pytest

from quizkit.judge.verdict import Finding, Outcome, Status, Verdict

HELD = Finding("shape", "required", Status.HELD)
BROKEN = Finding("stable", "required", Status.BROKEN, counterexample={"z": "np.array([1000.0])"}, line=4)
SIGN_OF_IT = Finding("sums to one", "required", Status.BROKEN, because_of="stable")
NOT_RUN = Finding("errors", "required", Status.NOT_RUN)
POLISHED = Finding("far tails", "polish", Status.HELD)
REMARK = Finding("no warnings", "polish", Status.BROKEN)


def verdict(*findings: Finding, outcome: Outcome = Outcome.REJECTED) -> Verdict:
    return Verdict("softmax", outcome, findings, seed=None, examples=15, seconds=0.12345, jail="full")


@pytest.mark.parametrize(
    ("outcome", "code"),
    [("accepted", 0), ("rejected", 1), ("timeout", 1), ("memory", 1), ("crashed", 1), ("unusable", 2)],
)
def test_the_exit_code_says_yes_no_or_cannot_be_judged(outcome: str, code: int) -> None:
    assert verdict(outcome=Outcome(outcome)).exit_code == code
    assert verdict(outcome=Outcome(outcome)).accepted == (code == 0)


@pytest.mark.parametrize(
    ("status", "failed"),
    [("held", False), ("not run", False), ("broken", True), ("crashed", True), ("timeout", True), ("memory", True)],
)
def test_what_was_not_run_has_not_failed(status: str, failed: bool) -> None:
    assert Finding("shape", "required", Status(status)).failed is failed


def test_a_fault_is_what_is_required_and_fails_by_itself() -> None:
    judged = verdict(HELD, BROKEN, SIGN_OF_IT, NOT_RUN, POLISHED, REMARK)
    assert judged.faults == (BROKEN,)
    assert judged.remarks == (REMARK,)
    assert not SIGN_OF_IT.is_root
    assert not HELD.is_root


def test_properties_are_counted_by_tier() -> None:
    judged = verdict(HELD, BROKEN, SIGN_OF_IT, NOT_RUN, POLISHED, REMARK)
    assert judged.count("required") == (1, 4)
    assert judged.count("polish") == (1, 2)
    assert judged.of("polish") == (POLISHED, REMARK)


@pytest.mark.parametrize(
    ("findings", "outcome", "score"),
    [
        ((HELD, POLISHED), Outcome.ACCEPTED, 100),
        ((HELD, REMARK), Outcome.ACCEPTED, 80),
        ((HELD, POLISHED, REMARK), Outcome.ACCEPTED, 90),
        ((HELD,), Outcome.ACCEPTED, 100),
        ((HELD, BROKEN, POLISHED), Outcome.REJECTED, 60),
        ((HELD, BROKEN), Outcome.REJECTED, 40),
        ((BROKEN, REMARK), Outcome.REJECTED, 0),
        ((HELD, NOT_RUN), Outcome.TIMEOUT, 40),
        ((), Outcome.UNUSABLE, 0),
        ((HELD, POLISHED), Outcome.UNUSABLE, 0),
    ],
)
def test_the_score_is_eighty_for_what_is_required_and_twenty_for_polish(
    findings: tuple[Finding, ...], outcome: Outcome, score: int
) -> None:
    assert verdict(*findings, outcome=outcome).score == score


def test_a_program_reads_everything_that_a_person_is_shown() -> None:
    shown = replace(verdict(HELD, BROKEN, REMARK), message="why", line=3, column=7, printed="hello").as_json()
    assert shown | {"findings": None} == {
        "challenge": "softmax",
        "verdict": "rejected",
        "score": 40,
        "message": "why",
        "line": 3,
        "column": 7,
        "required": {"held": 1, "total": 2},
        "polish": {"held": 0, "total": 1},
        "findings": None,
        "printed": "hello",
        "seed": None,
        "examples": 15,
        "seconds": 0.123,
        "jail": "full",
    }
    assert shown["findings"][1] == {
        "property": "stable",
        "tier": "required",
        "status": "broken",
        "message": "",
        "counterexample": {"z": "np.array([1000.0])"},
        "expected": None,
        "got": None,
        "warning": None,
        "line": 4,
        "hint": None,
        "because_of": None,
    }
    assert shown["findings"][0]["counterexample"] is None
    assert json.loads(json.dumps(shown)) == shown


def test_a_verdict_can_be_sent_to_another_process() -> None:
    judged = verdict(HELD, BROKEN, SIGN_OF_IT)
    assert pickle.loads(pickle.dumps(judged)) == judged
