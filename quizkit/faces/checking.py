"""Shows what is wrong with banks: as lines, as JSON, as a build server wants it; once, or at every change."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any

from quizkit import __version__
from quizkit.bank.check import Check
from quizkit.bank.folders import Folder, bank_folders
from quizkit.bank.problem import Problem, printable
from quizkit.errors import UsageProblem, nearest
from quizkit.faces.tables import print_json, write
from quizkit.faces.words import count
from quizkit.home import home

WATCH_SECONDS = 0.5
# between two looks; one of them costs a millisecond for 10,000 questions
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RULE = "bank-check"


class Format(StrEnum):
    """How problems are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def format_named(name: str, as_json: bool) -> Format:
    """Return the format of this name.

    Raises:
        UsageProblem: there is none, or --json asks for another one.
    """
    names = [known.value for known in Format]
    if name and name not in names:
        raise UsageProblem(f"--format takes {', '.join(names)}, not {name!r}.{nearest(name, names)}")
    if as_json and name not in ("", Format.JSON):
        raise UsageProblem(f"--json and --format {name} exclude each other.")
    return Format.JSON if as_json else Format(name or Format.TEXT)


def own_folders() -> list[Folder]:
    """Return the banks that quizkit reads."""
    return bank_folders(home(), os.environ)


def checked(paths: Sequence[Path], folders: Sequence[Folder]) -> Check:
    """Return a check of these paths that draws flowcharts, too."""
    from quizkit.faces.drawing.flowchart import flowchart_problem

    return Check(paths, folders, flowchart_problem)


def print_check(paths: Sequence[Path], form: Format, *, figures: bool) -> bool:
    """Print every problem of the banks at `paths` (of all banks without any); returns whether there is none.

    With `figures` the Python of the cards is run, too.
    """
    folders = own_folders()
    with checked(paths, folders) as check:
        problems = check.problems()
    if figures:
        from quizkit.faces.figures import run_figures

        problems = sorted([*problems, *run_figures(paths, folders).problems])
    _print(problems, form)
    return not problems


def watch_check(paths: Sequence[Path], form: Format) -> None:
    """Print the problems, and again whenever they have changed, until interrupted."""
    with checked(paths, own_folders()) as check:
        print("Watching; Ctrl+C ends it.", file=sys.stderr)  # noqa: T201
        shown: list[Problem] | None = None
        while True:
            problems = check.problems()
            if problems != shown:
                shown = problems
                _print(problems, form)
                sys.stdout.flush()
            time.sleep(WATCH_SECONDS)


def _print(problems: Sequence[Problem], form: Format) -> None:
    if form is Format.JSON:
        print_json([asdict(problem) for problem in problems])
    elif form is Format.SARIF:
        print_json(sarif(problems, Path.cwd()))
    else:
        for problem in problems:
            write(github(problem, Path.cwd()) if form is Format.GITHUB else str(problem))
        print(ending(problems), file=sys.stderr)  # noqa: T201


def ending(problems: Sequence[Problem]) -> str:
    """Return how many problems there are in how many files."""
    files = len({problem.file for problem in problems})
    return f"{count(len(problems), 'problem')} in {count(files, 'file')}" if problems else "The banks are in order."


# -- beside the lines -------------------------------------------------------------------------------------------------


def excerpt(problem: Problem, rows: Sequence[str]) -> list[str]:
    """Return a problem with the line that it is about and a mark under the place."""
    told = f"{problem.line}:{problem.column}: {printable(problem.message)}"
    if not 0 < problem.line <= len(rows):
        return [told]
    number = f"{problem.line:>5}"
    row = printable(rows[problem.line - 1].replace("\t", " "))
    return [told, f"{number} | {row}", f"{' ' * len(number)} | {' ' * (problem.column - 1)}^"]


# -- for build servers ------------------------------------------------------------------------------------------------


def github(problem: Problem, base: Path) -> str:
    """Return the workflow command that marks the line of a pull request; paths are relative to `base`."""
    who = f"question {problem.question_id}: " if problem.question_id else ""
    place = f"file={_property(_relative(problem.file, base))},line={problem.line},col={problem.column}"
    return f"::error {place},title=quizkit::{_data(who + problem.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif(problems: Iterable[Problem], base: Path) -> dict[str, Any]:
    """Return the problems as a SARIF 2.1.0 log; paths are relative to `base`."""
    rule = {"id": _RULE, "shortDescription": {"text": "A question bank breaks a rule of its format."}}
    driver = {"name": "quizkit", "version": __version__, "rules": [rule]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, base) for problem in problems],
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(problem: Problem, base: Path) -> dict[str, Any]:
    who = f"question {problem.question_id}: " if problem.question_id else ""
    region = {"startLine": problem.line, "startColumn": problem.column}
    place = {"artifactLocation": _artifact(problem.file, base), "region": region}
    return {
        "ruleId": _RULE,
        "level": "error",
        "message": {"text": who + problem.message},
        "locations": [{"physicalLocation": place}],
    }


def _artifact(file: str, base: Path) -> dict[str, str]:
    from urllib.parse import quote

    relative = _relative(file, base)
    if Path(relative).is_absolute():
        return {"uri": Path(relative).as_uri()}
    return {"uri": quote(relative), "uriBaseId": "%SRCROOT%"}


def _relative(file: str, base: Path) -> str:
    """Return a path as seen from `base`, with forward slashes; one outside of it stays absolute."""
    path = (base / file).resolve()
    return path.relative_to(base.resolve()).as_posix() if path.is_relative_to(base.resolve()) else str(path)
