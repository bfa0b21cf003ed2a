"""What a judgement says: one finding a property, and the verdict that follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from quizkit.frozen import frozen


class Outcome(StrEnum):
    """The verdict on a file."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    # the process in which the file runs came to an end
    UNUSABLE = "unusable"
    # the file cannot be judged: no such function, a syntax error, a refused import


class Status(StrEnum):
    """What became of one property."""

    HELD = "held"
    BROKEN = "broken"
    CRASHED = "crashed"
    # the candidate's code raised
    TIMEOUT = "timeout"
    MEMORY = "memory"
    NOT_RUN = "not run"


@frozen
class Finding:
    """What was found of one property."""

    name: str
    tier: str
    status: Status
    statement: str = ""
    # what is true of every right answer
    message: str = ""
    counterexample: Mapping[str, str] | None = None
    # the smallest arguments found, as Python source
    expected: str | None = None
    got: str | None = None
    warning: str | None = None
    line: int | None = None
    # of the candidate's file
    hint: str | None = None
    because_of: str | None = None
    # the broken property that shows the same fault

    @property
    def failed(self) -> bool:
        """Whether something was found to be wrong."""
        return self.status not in (Status.HELD, Status.NOT_RUN)

    @property
    def is_root(self) -> bool:
        """Whether this is a fault of its own, not another sign of one that is already listed."""
        return self.failed and self.because_of is None

    def as_json(self) -> dict[str, Any]:
        """Return what a program reads."""
        return {
            "property": self.name,
            "tier": self.tier,
            "status": str(self.status),
            "message": self.message,
            "counterexample": dict(self.counterexample) if self.counterexample is not None else None,
            "expected": self.expected,
            "got": self.got,
            "warning": self.warning,
            "line": self.line,
            "hint": self.hint,
            "because_of": self.because_of,
        }


@frozen
class Verdict:
    """The judgement on one function of one file; can be pickled."""

    challenge: str
    outcome: Outcome
    findings: tuple[Finding, ...]
    seed: int | None
    # None: the draws that are kept
    examples: int
    seconds: float
    jail: str
    message: str = ""
    # why the file is unusable or its process ended
    line: int | None = None
    column: int | None = None
    printed: str = ""
    # what the file wrote to stdout and stderr

    @property
    def accepted(self) -> bool:
        """Whether every required property held."""
        return self.outcome is Outcome.ACCEPTED

    @property
    def exit_code(self) -> int:
        """0 accepted, 1 a no, 2 a file that cannot be judged."""
        return {Outcome.ACCEPTED: 0, Outcome.UNUSABLE: 2}.get(self.outcome, 1)

    def of(self, tier: str) -> tuple[Finding, ...]:
        """Return the findings of one tier."""
        return tuple(finding for finding in self.findings if finding.tier == tier)

    def count(self, tier: str) -> tuple[int, int]:
        """Return how many properties of a tier held, and how many there are."""
        listed = self.of(tier)
        return sum(finding.status is Status.HELD for finding in listed), len(listed)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """The required properties that broke, each a fault of its own."""
        return tuple(finding for finding in self.of("required") if finding.is_root)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What an interviewer would also ask about."""
        return tuple(finding for finding in self.of("polish") if finding.failed)

    @property
    def score(self) -> int:
        """0 to 100: 80 for the share of required properties that held, 20 for the share of the others."""
        if self.outcome is Outcome.UNUSABLE:
            return 0
        (held, total), (polished, polish) = self.count("required"), self.count("polish")
        return round(80 * held / max(total, 1) + 20 * (polished / polish if polish else self.accepted))

    def as_json(self) -> dict[str, Any]:
        """Return what a program reads; all but `seconds` is the same for the same file, seed and version."""
        (held, total), (polished, polish) = self.count("required"), self.count("polish")
        return {
            "challenge": self.challenge,
            "verdict": str(self.outcome),
            "score": self.score,
            "message": self.message,
            "line": self.line,
            "column": self.column,
            "required": {"held": held, "total": total},
            "polish": {"held": polished, "total": polish},
            "findings": [finding.as_json() for finding in self.findings],
            "printed": self.printed,
            "seed": self.seed,
            "examples": self.examples,
            "seconds": round(self.seconds, 3),
            "jail": self.jail,
        }
