"""What is wrong with a bank, where it is, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

MOST_PROBLEMS = 1000
# of one file: a file of five megabytes can hold a million, and nobody reads the second thousand


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in a bank; its text is one line for a person."""

    file: str
    line: int
    column: int
    # both count from 1
    question_id: str
    # empty when the problem belongs to no question
    message: str

    def __str__(self) -> str:
        """Return `file:line:column: question id: what is wrong, what to do`."""
        who = f"question {self.question_id}: " if self.question_id else ""
        return printable(f"{self.file}:{self.line}:{self.column}: {who}{self.message}")


class Mark(Protocol):
    """A place in a text, as PyYAML gives it: line and column count from 0, index counts characters."""

    @property
    def line(self) -> int: ...  # noqa: D102

    @property
    def column(self) -> int: ...  # noqa: D102

    @property
    def index(self) -> int: ...  # noqa: D102


class Report:
    """Collects the problems of one file while it is read."""

    def __init__(self, file: str, text: str = "") -> None:
        """`text` is the file's text, for rules that look at how a value was written."""
        self.file = file
        self.text = text
        self.question_id = ""
        # of the entry that is being read
        self.problems: list[Problem] = []

    def at(self, mark: Mark, message: str) -> None:
        """Add a problem at a place that PyYAML marked."""
        self.at_line(mark.line + 1, mark.column + 1, message)

    def at_line(self, line: int, column: int, message: str) -> None:
        """Add a problem at a line and column that count from 1."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(self.file, line, column, self.question_id, message))
        elif len(self.problems) == MOST_PROBLEMS:
            more = f"more than {MOST_PROBLEMS} problems in this file; the others are not listed"
            self.problems.append(Problem(self.file, line, column, "", more))

    def at_index(self, index: int, message: str) -> None:
        """Add a problem at the character `index` of the file's text."""
        line, column = place(self.text, index)
        self.at_line(line, column, message)


def place(text: str, index: int) -> tuple[int, int]:
    """Return the line and column, from 1, of the character `index` of `text`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def printable(text: str) -> str:
    """Return `text` with what a terminal would obey (escape codes, line breaks) written out."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def shown(text: str, most: int = 60) -> str:
    """Return `text` in quotes, shortened, for use inside a message."""
    return f"'{text}'" if len(text) <= most else f"'{text[: most - 1]}…'"
