"""Where the banks are: the packaged one, the user's own, and those that QUIZKIT_BANKS names.

Imports nothing but os: a command for shell prompts uses it.
"""

# ruff: noqa: PTH100, PTH111, PTH112, PTH118, PTH120 - pathlib costs more than all that is done here
from __future__ import annotations

import os

TYPE_CHECKING = False  # typing's own would cost 5 ms
if TYPE_CHECKING:
    from collections.abc import Mapping

BANKS_VARIABLE = "QUIZKIT_BANKS"

# what a folder is: a bank holds topic folders; `bank check` also takes a single topic or file
BANK = "bank"
ONE_TOPIC = "one topic"
ONE_FILE = "one file"


class Folder:
    """Where questions are read from. (A plain class: importing dataclasses would cost a shell prompt too much.)"""

    __slots__ = ("kind", "origin", "path")

    def __init__(self, path: str, origin: str = "given", kind: str = BANK) -> None:
        """`origin` says who named the folder: packaged, home, QUIZKIT_BANKS or given."""
        self.path = path
        self.origin = origin
        self.kind = kind

    def __eq__(self, other: object) -> bool:
        """Compare by value."""
        return isinstance(other, Folder) and self._fields() == other._fields()

    def __hash__(self) -> int:
        """Hash by value."""
        return hash(self._fields())

    def __repr__(self) -> str:
        """Show the fields."""
        return f"Folder{self._fields()}"

    def _fields(self) -> tuple[str, str, str]:
        return self.path, self.origin, self.kind


def packaged_folder() -> str:
    """Return the bank that comes with quizkit: inside the package in a wheel, beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "questions")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "questions")


def bank_folders(home: str, environ: Mapping[str, str]) -> list[Folder]:
    """Return every bank folder in the order in which they are read, each once.

    `home` is quizkit's data folder; its `questions` folder counts when it exists. A folder that QUIZKIT_BANKS names
    counts even when it is missing: opening the bank reports it as a problem.
    """
    own = os.path.join(home, "questions")
    named = [part for part in environ.get(BANKS_VARIABLE, "").split(os.pathsep) if part.strip()]
    folders = [Folder(packaged_folder(), "packaged")]
    folders += [Folder(os.path.abspath(own), "home")] if os.path.isdir(own) else []
    folders += [Folder(os.path.abspath(os.path.expanduser(part)), BANKS_VARIABLE) for part in named]
    first: dict[str, Folder] = {}
    for folder in folders:
        first.setdefault(os.path.realpath(folder.path), folder)
    return list(first.values())
