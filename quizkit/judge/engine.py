"""Judges one function of one file: known hard cases first, then drawn ones; what breaks is made small and explained."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.errors import MachineProblem, UsageProblem, nearest
from quizkit.judge.process import Ended, How, Keeper, NotStartedError, Worker
from quizkit.judge.settings import Settings
from quizkit.judge.verdict import Finding, Outcome, Status, Verdict
from quizkit.judge.wire import Loaded, Unusable

if TYPE_CHECKING:
    from quizkit.challenges.vocabulary import Challenge
    from quizkit.judge.plan import Plan
    from quizkit.judge.report import Report
    from quizkit.judge.trial import Trial

LONGEST_FILE = 1_000_000
# bytes

Progress = Callable[[int, int], None]
# cases looked at, cases in all


def judge(
    name: str,
    path: Path,
    settings: Settings | None = None,
    progress: Progress | None = None,
    keeper: Keeper | None = None,
) -> Verdict:
    """Return the verdict on the function `name` of the file at `path`.

    `keeper` may be a process that is kept ready between judgements; without one it is started and ended here.

    Raises:
        UsageProblem: no such challenge or property, no such file.
        MachineProblem: the file cannot be read, or no process can be started.
    """
    settings = settings or Settings()
    source = read_source(path)
    try:
        allowed = _allowed(name)
        if keeper is not None and not allowed:
            return _judge(name, path, source, settings, progress, keeper)
        with Keeper.start(settings.jail, allowed) as own:
            return _judge(name, path, source, settings, progress, own)
    except NotStartedError as error:
        raise MachineProblem(f"The process for candidates did not start: {error}") from None


def _allowed(name: str) -> tuple[str, ...]:
    """Return the packages that candidates for a challenge may import beyond the usual ones: only packs name any."""
    from quizkit.challenges import NAMES

    if name in NAMES:
        # known without NumPy: the process for the candidate boots while NumPy is imported here
        return ()
    from quizkit.challenges.library import find

    return tuple(find(name).allowed)


def functions_in(path: Path, keeper: Keeper, timeout_s: float = 10.0) -> Loaded | Unusable | Ended:
    """Return which functions the file defines, as its jailed process tells it."""
    worker = keeper.worker()
    try:
        return worker.load(read_source(path), path.name, timeout_s)
    finally:
        worker.close()


def read_source(path: Path) -> bytes:
    """Return what stands in a candidate's file.

    Raises:
        UsageProblem: there is no such file, it is a folder, or it is far too long.
        MachineProblem: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            source = file.read(LONGEST_FILE + 1)
    except FileNotFoundError:
        raise UsageProblem(f"{path}: no such file. `quizkit challenge NAME --start FILE` writes one.") from None
    except IsADirectoryError:
        raise UsageProblem(f"{path} is a folder. Name the file that holds your function.") from None
    except OSError as error:
        raise MachineProblem(f"{path} cannot be read: {error.strerror}.") from None
    if len(source) > LONGEST_FILE:
        raise UsageProblem(f"{path} is longer than a megabyte. A solution is a page.")
    return source


def _judge(
    name: str, path: Path, source: bytes, settings: Settings, progress: Progress | None, keeper: Keeper
) -> Verdict:
    from quizkit.challenges.library import find

    started = time.monotonic()
    challenge = find(name)
    case = _Trying(challenge, path.name, source, settings, keeper, started, progress)
    try:
        return case.verdict()
    finally:
        case.close()


@dataclass
class _Trying:
    """One judgement on its way."""

    challenge: Challenge
    file: str
    source: bytes
    settings: Settings
    keeper: Keeper
    started: float
    progress: Progress | None
    workers: list[Worker] = field(default_factory=list)
    spare: list[Worker] = field(default_factory=list)
    # among them, not in use yet
    outcome: Outcome | None = None

    def close(self) -> None:
        """End the processes; nobody needs to wait until those of an accepted file are gone."""
        for worker in self.workers:
            worker.give_up()
        if self.outcome is not Outcome.ACCEPTED:
            for worker in self.workers:
                worker.close()

    def verdict(self) -> Verdict:
        loaded = self.hand_over().loaded(self.settings.timeout_s)
        if not isinstance(loaded, Loaded):
            return self.without_trial(loaded)
        if self.challenge.name not in loaded.functions:
            return self.missing(loaded)
        self.spare.append(self.hand_over())
        # it loads the file while the first one computes
        from quizkit.judge.plan import plan_for

        has_docstring = loaded.functions[self.challenge.name].doc
        return self.try_out(plan_for(self.challenge, self.settings, has_docstring=has_docstring))

    # -- before the trial ----------------------------------------------------------------------------------------------

    def hand_over(self) -> Worker:
        """Return a process that was given the file; all are ended with the judgement."""
        worker = self.keeper.worker()
        self.workers.append(worker)
        worker.hand_over(self.source, self.file)
        return worker

    def without_trial(self, why: Unusable | Ended) -> Verdict:
        if isinstance(why, Unusable):
            return self.make(Outcome.UNUSABLE, (), message=why.text, line=why.line, column=why.column)
        outcome = Outcome.UNUSABLE if why.how is How.EXITED else OUTCOMES[why.how]
        return self.make(outcome, (), message=f"While the file was loading: {why.text}")

    def missing(self, loaded: Loaded) -> Verdict:
        names = sorted(loaded.functions)
        said = f"There is no function {self.challenge.name} in {self.file}."
        said += nearest(self.challenge.name, names) or (f" It has {', '.join(names[:6])}." if names else "")
        return self.make(Outcome.UNUSABLE, (), message=said)

    def another_worker(self) -> Worker:
        """Return the same file in a process of its own."""
        worker = self.spare.pop() if self.spare else self.hand_over()
        worker.loaded(self.settings.timeout_s)
        return worker

    # -- the trial -----------------------------------------------------------------------------------------------------

    def try_out(self, plan: Plan) -> Verdict:
        from quizkit.judge.report import Report
        from quizkit.judge.trial import Stopped, Trial

        trial = Trial(self.challenge, self.workers[0], self.another_worker, self.settings.timeout_s)
        report = Report(self.challenge, self.file, plan.checks, trial)
        seen = 0
        try:
            trial.settle(plan.hard())
            report.examples = len(self.challenge.hard)
            if not trial.rejected(plan.checks):
                seen = self.try_drawn(trial, plan, report)
        except Stopped as stopped:
            return self.make(OUTCOMES[stopped.how], report.stopped(stopped), report.examples, message=stopped.text)
        trial.polish(plan.polish(seen))
        report.make_small()
        findings = report.findings()
        return self.make(_decision(findings), findings, report.examples)

    def try_drawn(self, trial: Trial, plan: Plan, report: Report) -> int:
        """Look at the drawn cases, a portion at a time, until something required breaks; return how many were seen."""
        from quizkit.judge.plan import STEP

        hard, seen = report.examples, 0
        while seen < len(plan.cases) and not trial.rejected(plan.checks):
            trial.settle(plan.drawn(seen))
            seen = min(seen + STEP, len(plan.cases))
            report.examples = hard + seen
            if self.progress is not None:
                self.progress(seen, len(plan.cases))
        return seen

    def make(
        self,
        outcome: Outcome,
        findings: Iterable[Finding],
        examples: int = 0,
        message: str = "",
        line: int | None = None,
        column: int | None = None,
    ) -> Verdict:
        self.outcome = outcome
        printed = self.workers[0].output() if outcome is not Outcome.ACCEPTED and self.workers else ""
        return Verdict(
            challenge=self.challenge.name,
            outcome=outcome,
            findings=tuple(findings),
            seed=self.settings.seed,
            examples=examples,
            seconds=time.monotonic() - self.started,
            jail=str(self.keeper.tier),
            message=message,
            line=line,
            column=column,
            printed=printed,
        )


OUTCOMES = {
    How.TIMEOUT: Outcome.TIMEOUT,
    How.MEMORY: Outcome.MEMORY,
    How.CRASHED: Outcome.CRASHED,
    How.EXITED: Outcome.CRASHED,
    How.GARBLED: Outcome.CRASHED,
}


def _decision(findings: Sequence[Finding]) -> Outcome:
    """Return what the findings of a whole trial come to: only what is required counts."""
    failed = {finding.status for finding in findings if finding.failed and finding.tier == "required"}
    if Status.MEMORY in failed:
        return Outcome.MEMORY
    return Outcome.REJECTED if failed else Outcome.ACCEPTED
