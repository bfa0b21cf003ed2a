"""Runs the Python of cards, their code blocks and their figures, in the judge's jail and never in this process."""

from __future__ import annotations

import ast
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from threading import Lock

from quizkit.bank import freshness, jailed
from quizkit.bank.check import chosen, is_inside_any
from quizkit.bank.figures import python_problem
from quizkit.bank.folders import Folder
from quizkit.bank.idle import assertions, idle_assertions, unreached
from quizkit.bank.problem import Problem, shown
from quizkit.bank.snippets import Card, Snippet, cards_in
from quizkit.errors import MachineProblem
from quizkit.frozen import frozen
from quizkit.judge.process import Ended, Keeper, NotStartedError, Unusable

SECONDS = 30
# for one card
AT_ONCE = 4
MOST_SAID = 300
# characters of what Python says of a failure; two arrays that differ may fill a screen
_NAME = "card"
# of the file that tracebacks in the jail show
_FAR = 10_000_000
# added to line numbers on their way into the jail, so that they differ from those of the program around them

Progress = Callable[[int, int], None]
"""Called with how many cards are done, and of how many."""

_named = {"shown": "code", "wrong": "wrong code", "figures": "figures"}


@frozen
class Recomputed:
    """What came of running the Python of cards."""

    problems: list[Problem]
    # sorted by file, line and column
    cards: int
    # how many hold any Python
    assertions: int
    jail: str
    # the tier that was in force; "" where nothing was run


def recompute(
    paths: Sequence[str | Path],
    folders: Sequence[Folder] = (),
    progress: Progress | None = None,
    seconds: float = SECONDS,
) -> Recomputed:
    """Run the code blocks and the figures of all cards in some banks, topic folders or files, each card by itself.

    Args:
        paths, folders: as in `check`.
        progress: called from this thread.
        seconds: how long one card may take.

    Raises:
        UsageProblem: a path does not exist.
        MachineProblem: the jail's process does not start.
    """
    cards = ((path, card) for path in _files(paths, folders) for card in cards_in(_content(path)))
    bench = [_Trial(path, card) for path, card in cards if not _is_refused(card)]
    try:
        problems, jail = _run_all(bench, progress, seconds) if bench else ([], "")
    except NotStartedError as error:
        raise MachineProblem(f"Figures cannot be run here: {error}") from None
    return Recomputed(sorted(problems), len(bench), sum(trial.assertions for trial in bench), jail)


def _files(paths: Sequence[str | Path], folders: Sequence[Folder]) -> list[str]:
    wanted, read = chosen(paths, folders)
    found = freshness.scan(read)
    return sorted(path for path, stamp in found.items() if stamp[2] == freshness.FILE and is_inside_any(path, wanted))


def _is_refused(card: Card) -> bool:
    """Say whether any check of the bank has something against the figures already."""
    return any(python_problem(figures.source) for figures in card.of_kind("figures"))


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""  # checking the bank says so


def _run_all(bench: Sequence[_Trial], progress: Progress | None, seconds: float) -> tuple[list[Problem], str]:
    with Keeper.start() as keeper:
        hand = _Hand(keeper, seconds)
        pool = ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1))
        try:
            runs = [pool.submit(trial.problems, hand) for trial in bench]
            for done, _ in enumerate(as_completed(runs), 1):
                if progress:
                    progress(done, len(runs))
            return [problem for run in runs for problem in run.result()], str(keeper.tier)
        finally:
            pool.shutdown(cancel_futures=True)


class _Hand:
    """Gives each card a jailed process of its own; for several threads."""

    def __init__(self, keeper: Keeper, seconds: float) -> None:
        self._keeper = keeper
        self._seconds = seconds
        self._lock = Lock()

    def run(self, program: bytes) -> Unusable | Ended | None:
        with self._lock:
            worker = self._keeper.worker()
        try:
            outcome = worker.load(program, _NAME, self._seconds)
            return outcome if isinstance(outcome, Unusable | Ended) else None
        finally:
            worker.close()


class _Trial:
    """One card: what can be seen of its Python without running it, and what running it shows."""

    def __init__(self, path: str, card: Card) -> None:
        self._path = path
        self._card = card
        self._trees: list[tuple[Snippet, ast.Module]] = []
        self._no_python: list[Problem] = []
        for snippet in card.snippets:
            tree = _parsed(snippet.source)
            if isinstance(tree, ast.Module):
                self._trees.append((snippet, tree))
            else:
                line, said = tree
                what = "figures" if snippet.kind == "figures" else "lines of code"
                self._no_python.append(self._problem(snippet.line + line - 1, f"{what} {said}"))

    @property
    def assertions(self) -> int:
        return sum(len(assertions(tree)) for snippet, tree in self._trees if snippet.kind == "figures")

    def problems(self, hand: _Hand) -> list[Problem]:
        if self._no_python:
            return self._no_python
        outcome = hand.run(_program(self._card.snippets))
        failure = [] if outcome is None else [self._failure(outcome)]
        return [*self._idle(), *self._unreached(), *failure]

    def _idle(self) -> Iterator[Problem]:
        shown_trees = [tree for snippet, tree in self._trees if snippet.kind == "shown"]
        for snippet, tree in self._trees:
            if snippet.kind == "figures":
                for assertion in idle_assertions(tree, shown_trees):
                    message = f"figures: {_code(assertion)} cannot fail: compare with what is computed"
                    yield self._problem(snippet.line + assertion.lineno - 1, message)
                if not assertions(tree):
                    yield self._problem(snippet.line, "figures assert nothing")

    def _unreached(self) -> Iterator[Problem]:
        figures = next((tree for snippet, tree in self._trees if snippet.kind == "figures"), None)
        wrong = self._card.of_kind("wrong")
        for number in unreached(figures, len(wrong)):
            message = f"wrong code, but no figures look at wrong[{number}]: assert that it fails as the card says"
            yield self._problem(wrong[number].line, message)

    def _failure(self, outcome: Unusable | Ended) -> Problem:
        snippets = self._card.snippets
        if isinstance(outcome, Ended):
            return self._problem(snippets[-1].line, f"{_named[snippets[-1].kind]}: its process {outcome.text}")
        line = (outcome.line or 0) - _FAR
        snippet = next((one for one in snippets if one.line <= line < one.line + _height(one)), snippets[-1])
        what, place = _named[snippet.kind], max(line, snippet.line)
        error, _, said = outcome.text[:MOST_SAID].partition(": ")
        ending = "does not hold" if error == "AssertionError" else f"raises {error}"
        return self._problem(place, f"{what}: {_line(snippet, place)} {ending}{said and f': {said}'}")

    def _problem(self, line: int, message: str) -> Problem:
        rows = _content(self._path).decode("utf-8", "replace").split("\n", line)
        row = rows[line - 1] if line <= len(rows) else ""
        return Problem(self._path, line, len(row) - len(row.lstrip()) + 1, self._card.question_id, message)


def _parsed(source: str) -> ast.Module | tuple[int, str]:
    """Return the syntax tree, or the line and what is wrong."""
    if found := python_problem(source):
        return found[0], found[2]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
            compile(tree, _NAME, "exec", dont_inherit=True)
    except SyntaxError as error:
        # such as a return outside of a function: no parser minds it
        return error.lineno or 1, f"are not valid Python: {error.msg}"
    except (ValueError, RecursionError, MemoryError) as error:
        return 1, f"are not valid Python: {error or 'nested too deep'}"
    return tree


def _program(snippets: Sequence[Snippet]) -> bytes:
    pieces = [(snippet.kind, snippet.line + _FAR, snippet.source) for snippet in snippets]
    return Path(jailed.__file__).read_bytes() + f"\nrun({pieces!r}, {_NAME!r})\n".encode()


def _height(snippet: Snippet) -> int:
    return snippet.source.count("\n") + 1


def _line(snippet: Snippet, line: int) -> str:
    return shown(snippet.source.split("\n")[line - snippet.line].strip(), 100)


def _code(node: ast.stmt) -> str:
    return shown(ast.unparse(node), 100)
