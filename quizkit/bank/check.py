"""Everything that is wrong with banks, topic folders or single files, in one list."""

# ruff: noqa: PTH112, PTH113, PTH118 - paths are compared as the texts that problems name
from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Self

from quizkit.bank import freshness
from quizkit.bank.folders import BANK, ONE_FILE, ONE_TOPIC, Folder, packaged_folder
from quizkit.bank.index import Index
from quizkit.bank.listing import problems
from quizkit.bank.problem import Problem, shown
from quizkit.errors import UsageProblem
from quizkit.frozen import replace


def check(
    paths: Sequence[str | Path],
    folders: Sequence[Folder] = (),
    diagram_problem: Callable[[str], str | None] | None = None,
) -> list[Problem]:
    """Return every problem in the given bank folders, topic folders and files, sorted by file, line and column.

    `folders` are the banks that quizkit reads anyway: links may lead into them, ids must not clash with theirs, and
    without `paths` they are what is checked. Without `folders` that is the packaged bank.
    `diagram_problem` says what is wrong with a flowchart's source, or nothing.
    Raises UsageProblem for a path that does not exist.
    """
    with Check(paths, folders, diagram_problem) as found:
        return found.problems()


class Check:
    """Knows what is wrong with some paths; asked again, it reads only what has changed."""

    def __init__(
        self,
        paths: Sequence[str | Path],
        folders: Sequence[Folder] = (),
        diagram_problem: Callable[[str], str | None] | None = None,
    ) -> None:
        """Read everything once; arguments and errors as in `check`."""
        from quizkit.bank.reader import DEFAULT_CONTEXT  # YAML and the rules: whoever only opens a bank does without

        self._wanted, read = chosen(paths, folders)
        self._index = Index("", read, context=replace(DEFAULT_CONTEXT, diagram_problem=diagram_problem))

    def problems(self) -> list[Problem]:
        """Return every problem as of now, sorted by file, line and column."""
        self._index.refresh()
        return [problem for problem in problems(self._index) if is_inside_any(problem.file, self._wanted)]

    def __enter__(self) -> Self:
        """Return the check itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of what was read."""
        self._index.close()


def chosen(paths: Sequence[str | Path], folders: Sequence[Folder]) -> tuple[list[str], list[Folder]]:
    """Return which paths are meant, and all folders that must be read to know about them; arguments as in `check`."""
    folders = folders or [Folder(packaged_folder(), "packaged")]
    wanted = [str(path) for path in paths] or [folder.path for folder in folders]
    own = [_given(path) for path in wanted if not is_inside_any(path, [folder.path for folder in folders])]
    return wanted, [*folders, *own]


def _given(path: str) -> Folder:
    if os.path.isfile(path):
        return Folder(path, kind=ONE_FILE)
    if os.path.isdir(path):
        return Folder(path, kind=ONE_TOPIC if _holds_files_only(path) else BANK)
    raise UsageProblem(f"There is no file or folder {shown(path, 200)}.")


def _holds_files_only(path: str) -> bool:
    """Say whether a folder is a topic: it holds YAML files, and no folder in it does."""
    states = [stamp[2] for stamp in freshness.scan([Folder(path)]).values()]
    return freshness.MISPLACED in states and freshness.FILE not in states


def is_inside_any(path: str, places: Sequence[str]) -> bool:
    """Say whether a path is one of some places, or lies in one."""
    real = os.path.realpath(path)
    return any(real == place or real.startswith(os.path.join(place, "")) for place in map(os.path.realpath, places))
