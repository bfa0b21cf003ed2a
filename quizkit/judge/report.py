"""Turns what failed into findings: one counterexample a fault, as small as it gets, and what else shows that fault."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from quizkit.challenges.vocabulary import Case, Challenge, Range, Tier
from quizkit.frozen import replace
from quizkit.judge.checks import AGREES, ALONE, ARGUMENTS, DOCSTRING, ERRORS, LAYOUT, SAME, SHAPE, STABLE, Check
from quizkit.judge.shrink import shrink
from quizkit.judge.source import source
from quizkit.judge.trial import NOTHING, Failure, Stopped, Trial
from quizkit.judge.verdict import Finding, Status
from quizkit.judge.wire import Call

VALUES = (AGREES, ARGUMENTS, STABLE)


class Report:
    """What is said about each check."""

    def __init__(self, challenge: Challenge, file: str, checks: Sequence[Check], trial: Trial) -> None:
        self.examples = 0
        self._challenge, self._file, self._checks, self._trial = challenge, file, checks, trial
        self._small: dict[str, Failure] = {}
        # the smallest failure found for each fault

    def make_small(self) -> None:
        """Find the smallest counterexample of each fault, as far as the candidate's time and process last."""
        with suppress(Stopped):
            for check in self._checks:
                if self._trial.failures[check.name] and self._cause(check) is None:
                    self._shrink(check)
            self._remembered()

    def findings(self) -> list[Finding]:
        """Return one finding a check."""
        return [self._finding(check) for check in self._checks]

    def stopped(self, stopped: Stopped) -> list[Finding]:
        """Return the findings when the candidate's process came to an end: what it was doing, and what was not run."""
        listed = []
        for check in self._checks:
            if check is stopped.check:
                listed.append(self._told(check, stopped.failure()))
            else:
                tried = self._finding(check)
                listed.append(tried if tried.failed else replace(tried, status=Status.NOT_RUN, hint=None))
        return listed

    # -- faults --------------------------------------------------------------------------------------------------------

    def _cause(self, check: Check) -> str | None:
        """Return the failed check that shows the same fault as this one, None when it is a fault of its own."""
        first = {other.key: self._trial.failures[other.name][0] for other in self._checks if self._failed(other)}
        mine = first[check.key]
        if check.key == LAYOUT and ALONE in first and first[ALONE].status is Status.BROKEN:
            return self._name(ALONE)
            # what writes into its argument cannot take a read-only one
        if mine.kind:
            alike = [key for key in self._order() if key in first and _same_crash(first[key], mine)]
            if len(alike) > 1:
                return None if alike[0] == check.key else self._name(alike[0])
        explainers = [other for key in _explainers(check) for other in self._checks if other.key == key in first]
        return next((other.name for other in explainers if self._cause(other) is None), None)

    def _order(self) -> list[str]:
        """Return the checks in the order in which they stand for a crash that many of them meet."""
        keys = [check.key for check in self._checks]
        return sorted(keys, key=lambda key: (key not in VALUES, keys.index(key)))

    def _failed(self, check: Check) -> bool:
        return bool(self._trial.failures[check.name])

    def _name(self, key: str) -> str:
        return next(check.name for check in self._checks if check.key == key)

    def _shrink(self, check: Check) -> None:
        first = self._small[check.name] = self._trial.failures[check.name][0]
        if check.cases is not None or first.ended:
            return

        def fails(cases: Sequence[Case]) -> list[bool]:
            outcomes = self._trial.fails(check, first, cases)
            self._small[check.name] = next(filter(None, outcomes), self._small[check.name])
            # the first of them is the one that `shrink` takes
            return [outcome is not None for outcome in outcomes]

        shrink(self._challenge, first.case, fails)

    def _remembered(self) -> None:
        """Where a wrong value is right in a process of its own, what is wrong is the memory of earlier calls."""
        same = next((check for check in self._checks if check.key == SAME), None)
        if same is None or same.name in self._small:
            return
        for check in self._checks:
            failure = self._small.get(check.name)
            if failure is None or failure.ended or check.tier is not Tier.REQUIRED:
                continue
            if self._trial.holds_alone(check, failure.case):
                message = "a wrong value, but only after other calls"
                self._trial.failures[same.name].append(replace(failure, message=message))
                self._small[same.name] = replace(failure, message=message)
                return

    # -- words ---------------------------------------------------------------------------------------------------------

    def _finding(self, check: Check) -> Finding:
        failures = self._trial.failures[check.name]
        if not failures:
            tried = self._trial.tried[check.name]
            status = Status.HELD if tried else Status.NOT_RUN
            return Finding(check.name, str(check.tier), status, check.statement)
        cause = self._cause(check)
        if cause is not None:
            return Finding(
                check.name, str(check.tier), failures[0].status, check.statement, hint=check.hint, because_of=cause
            )
        return self._told(check, self._small.get(check.name, failures[0]))

    def _told(self, check: Check, failure: Failure) -> Finding:
        warning = failure.warning
        return Finding(
            name=check.name,
            tier=str(check.tier),
            status=failure.status,
            statement=check.statement,
            message=failure.message,
            counterexample={name: source(value) for name, value in self._arguments(check, failure).items()},
            expected=_shown(failure.expected),
            got=_shown(failure.got),
            warning=f"{warning.category}: {warning.text}" if warning is not None else None,
            line=failure.line,
            hint=check.hint,
        )

    def _arguments(self, check: Check, failure: Failure) -> dict[str, Any]:
        """Return what to show as the counterexample: the fields of a declared property, else the arguments passed."""
        if check.fields:
            return {name: value for name, value in failure.case.items() if name in check.fields}
        if failure.call is None:
            return {}
        return arguments_of(self._challenge, failure.call)


def _explainers(check: Check) -> tuple[str, ...]:
    """Return what explains that `check` is broken: nothing holds without the shape, no law where values are wrong."""
    if check.key in (SHAPE, ALONE, ERRORS, DOCSTRING):
        return ()
    if check.key == SAME:
        return (SHAPE,)
    if check.key in VALUES:
        return (SHAPE, *VALUES[: VALUES.index(check.key)])
    return (SHAPE, *VALUES)


def _same_crash(one: Failure, other: Failure) -> bool:
    return (one.kind, one.line) == (other.kind, other.line)


def arguments_of(challenge: Challenge, call: Call) -> dict[str, Any]:
    """Return the arguments of a call under the names that the prompt gives them."""
    return {**dict(zip(challenge.parameters, call.args, strict=False)), **call.kwargs}


def _shown(value: Any) -> str | None:
    if value is NOTHING:
        return None
    if isinstance(value, Range):
        return f"between {source(value.low)} and {source(value.high)}"
    return value if isinstance(value, str) else source(value)
