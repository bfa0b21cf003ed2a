"""Judges one function of one file: known hard cases first, then drawn ones; what breaks is made small and explained."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizkit.errors import MachineProblem, UsageProblem, nearest
from quizkit.frozen import frozen
from quizkit.judge.jail import Tier
from quizkit.judge.process import Ended, How, Keeper, NotStartedError, Worker
from quizkit.judge.verdict import Finding, Outcome, Status, Verdict
from quizkit.judge.wire import Loaded, Unusable

if TYPE_CHECKING:
    from quizkit.challenges.vocabulary import Case, Challenge
    from quizkit.judge.checks import Check
    from quizkit.judge.trial import Script, Trial

EXAMPLES = 100
LONGEST_FILE = 1_000_000
# bytes
FEW = 10
# drawn cases for a check that needs few, besides the hard ones
KNOWN_SCRIPTS = 16
# a megabyte each
STEP = 50
# drawn cases between two looks at what has failed

Progress = Callable[[int, int], None]
# cases looked at, cases in all


@frozen
class Settings:
    """How to judge."""

    seed: int | None = None
    # None: the cases that are kept
    examples: int = EXAMPLES
    only: tuple[str, ...] = ()
    # names of the only properties to check
    timeout_s: float = 10.0
    # for all the candidate's work; one call may take a fifth of it
    jail: Tier | None = None
    # a weaker jail than this machine gives
    cache: Path | None = None
    # where drawn cases are kept


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
    outcome: Outcome | None = None

    def close(self) -> None:
        """End the processes; nobody needs to wait until those of an accepted file are gone."""
        for worker in self.workers:
            worker.give_up()
        if self.outcome is not Outcome.ACCEPTED:
            for worker in self.workers:
                worker.close()

    def verdict(self) -> Verdict:
        loaded = self.load()
        if not isinstance(loaded, Loaded):
            return self.without_trial(loaded)
        if self.challenge.name not in loaded.functions:
            return self.missing(loaded)
        has_docstring = loaded.functions[self.challenge.name].doc
        return self.try_out(self.trial(has_docstring), has_docstring)

    # -- before the trial ----------------------------------------------------------------------------------------------

    def load(self) -> Loaded | Unusable | Ended:
        self.workers.append(self.keeper.worker())
        return self.workers[-1].load(self.source, self.file, self.settings.timeout_s)

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

    def trial(self, has_docstring: bool) -> Trial:
        from quizkit.judge.trial import Trial

        own, settings = self.challenge, self.settings
        script = _script(own.name, settings.examples, settings.only, has_docstring) if settings.seed is None else {}
        return Trial(own, self.workers[0], self.another_worker, settings.timeout_s, script)

    def another_worker(self) -> Worker:
        """Return the same file in a process of its own."""
        self.load()
        return self.workers[-1]

    # -- the trial -----------------------------------------------------------------------------------------------------

    def try_out(self, trial: Trial, has_docstring: bool) -> Verdict:
        from quizkit.challenges.vocabulary import Tier
        from quizkit.judge.checks import checks_of
        from quizkit.judge.report import Report
        from quizkit.judge.trial import Stopped

        checks = _chosen(checks_of(self.challenge, has_docstring=has_docstring), self.settings.only)
        required = [check for check in checks if check.tier is Tier.REQUIRED]
        polish = [check for check in checks if check.tier is Tier.POLISH]
        report, hard = Report(self.challenge, self.file, checks, trial), self.challenge.hard
        try:
            trial.settle(_pairs(required, hard, every=True, few=None))
            report.examples = len(hard)
            drawn = [] if trial.rejected(checks) else self.try_drawn(trial, required, report)
        except Stopped as stopped:
            return self.make(OUTCOMES[stopped.how], report.stopped(stopped), report.examples, message=stopped.text)
        trial.polish([*_pairs(polish, hard, every=True, few=None), *_pairs(polish, drawn[:STEP], every=True)])
        report.make_small()
        findings = report.findings()
        return self.make(_decision(findings), findings, report.examples)

    def try_drawn(self, trial: Trial, checks: Sequence[Check], report: Any) -> list[Case]:
        """Look at the drawn cases, a few at a time, until something required breaks; return those looked at."""
        from quizkit.judge.draws import draw, draw_kept

        count, seed = self.settings.examples, self.settings.seed
        cases = (
            draw_kept(self.challenge, count, self.settings.cache) if seed is None else draw(self.challenge, count, seed)
        )
        seen: list[Case] = []
        while len(seen) < len(cases) and not trial.rejected(checks):
            some = cases[len(seen) : len(seen) + STEP]
            trial.settle(_pairs(checks, some, every=not seen))
            seen += some
            report.examples += len(some)
            if self.progress is not None:
                self.progress(len(seen), len(cases))
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


@lru_cache(KNOWN_SCRIPTS)
def _script(*_asking: object) -> Script:
    """Return the script for judgements that ask the same: of one challenge, with its kept cases and the same checks."""
    return {}


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


def _chosen(checks: list[Check], only: tuple[str, ...]) -> list[Check]:
    known = [check.name for check in checks]
    for name in only:
        if name not in known:
            raise UsageProblem(f"There is no property {name!r}.{nearest(name, known)} There are: {', '.join(known)}.")
    return [check for check in checks if not only or check.name in only]


def _pairs(
    checks: Sequence[Check], cases: Sequence[Case], *, every: bool, few: int | None = FEW
) -> list[tuple[Check, Case]]:
    """Return which check looks at which case; `every`: also the checks that need few cases, which look at `few`."""
    from quizkit.judge.checks import SAME
    from quizkit.judge.manners import OTHER_CASE

    pairs: list[tuple[Check, Case]] = []
    for check in checks:
        if check.cases is not None:
            pairs += [(check, case) for case in check.cases if every]
            continue
        fits = [case for case in cases if check.applies(case)]
        if check.needs_few:
            fits = fits[:few] if every else []
        if check.key == SAME:
            fits = [{**case, OTHER_CASE: other} for case, other in zip(fits, [*fits[1:], *fits[:1]], strict=True)]
        pairs += [(check, case) for case in fits]
    return pairs
