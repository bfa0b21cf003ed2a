"""Which questions are wanted, as a value and as SQL conditions."""

from __future__ import annotations

from typing import Any

from quizkit.bank.record import fold
from quizkit.frozen import frozen


@frozen
class Filters:
    """Which questions are wanted; an empty field lets every question pass."""

    topics: tuple[str, ...] = ()
    # any of these
    search: str = ""
    # every word must occur in one of the question's texts; case does not matter
    tags: tuple[str, ...] = ()
    # all of these; case does not matter
    difficulty: str = ""
    company: str = ""
    markable: bool | None = None
    # True: the program can mark it; False: it cannot
    lab: str = ""
    # an experiment that shows it


EVERYTHING = Filters()


def conditions(filters: Filters) -> tuple[str, list[Any]]:
    """Return SQL that holds for the rows of `questions` (in a join with `files`) that pass, and its parameters."""
    parts: list[tuple[str, list[Any]]] = [("hidden = 0", [])]
    if filters.topics:
        parts.append((f"topic IN ({', '.join('?' * len(filters.topics))})", list(filters.topics)))
    if filters.difficulty:
        parts.append(("difficulty = ?", [filters.difficulty]))
    if filters.markable is not None:
        parts.append(("markable = ?", [filters.markable]))
    parts += [_label("tag", tag) for tag in filters.tags]
    if filters.company:
        parts.append(_label("company", filters.company))
    if filters.lab:
        parts.append(_label("lab", filters.lab))
    if words := fold(filters.search).split():
        parts.append(_words(words))
    return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def _label(kind: str, label: str) -> tuple[str, list[Any]]:
    same_question = "labels.file = questions.file AND labels.position = questions.position"
    return (
        f"EXISTS (SELECT 1 FROM labels WHERE {same_question} AND kind = ? AND labels.folded = ?)",
        [kind, fold(label)],
    )


def _words(words: list[str]) -> tuple[str, list[Any]]:
    occur = " AND ".join(["instr(folded, ?)"] * len(words))
    return f"EXISTS (SELECT 1 FROM bodies WHERE number = body AND {occur})", list(words)
