"""The banks as the rest of quizkit sees them: topics, questions, filters, problems."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Self

from quizkit.bank.check import check
from quizkit.bank.filters import EVERYTHING, Filters, conditions
from quizkit.bank.folders import Folder
from quizkit.bank.index import Index
from quizkit.bank.listing import nearest_ids, problems
from quizkit.bank.model import DIFFICULTIES, Question
from quizkit.bank.problem import Problem, shown
from quizkit.bank.record import fold, to_question, unpack
from quizkit.errors import UsageProblem, nearest
from quizkit.frozen import frozen
from quizkit.lab import NAMES as EXPERIMENTS

__all__ = ["Bank", "Filters", "Folder", "Problem", "Topic", "UnknownQuestion", "check"]

_joined = "files CROSS JOIN questions ON questions.file = files.number"
# CROSS JOIN: files first, in their order, so that SQLite need not sort the questions


class UnknownQuestion(UsageProblem):
    """No question has this id."""


@frozen
class Topic:
    """A folder of questions."""

    name: str
    questions: int
    # how many can be used


class Bank:
    """All banks together. Use one `Bank` in one thread."""

    def __init__(self, index: Index) -> None:
        """Use `open` instead."""
        self._index = index

    @classmethod
    def open(cls, folders: Sequence[Folder], index_path: str, *, now_ns: Callable[[], int] = time.time_ns) -> Self:
        """Open the banks in `folders`, an earlier one winning over a later one when ids are the same.

        The compiled index at `index_path` is brought up to date; when it cannot be written, a private one is used.
        """
        return cls(Index(index_path, folders, now_ns))

    def refresh(self) -> None:
        """Notice what has changed in the files."""
        self._index.refresh()

    def close(self) -> None:
        """Let go of the index; the bank cannot be used any more."""
        self._index.close()

    def __enter__(self) -> Self:
        """Return the bank itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the bank."""
        self.close()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong, sorted by file, line and column."""
        return tuple(problems(self._index))

    def topics(self) -> tuple[Topic, ...]:
        """Return every topic folder, also one without questions, in the order of the bank."""
        rows = self._index.rows(
            "SELECT topic, COUNT(id) FROM files LEFT JOIN questions ON questions.file = files.number AND NOT hidden"
            " WHERE topic != '' GROUP BY topic ORDER BY MIN(folder), topic"
        )
        return tuple(Topic(*row) for row in rows)

    def ids(self, filters: Filters = EVERYTHING) -> list[str]:
        """Return the ids of the questions that pass, in the order of the bank."""
        self._check(filters)
        condition, values = conditions(filters)
        order = "folder, topic, path, questions.position"
        sql = f"SELECT id FROM {_joined} WHERE {condition} ORDER BY {order}"
        return [found for (found,) in self._index.rows(sql, values)]

    def ids_by_topic(self, topics: tuple[str, ...] = ()) -> dict[str, list[str]]:
        """Return the ids of the questions of some topics, or with () of all that have any, in the order of the bank.

        Raises UsageProblem for a topic that does not exist.
        """
        filters = Filters(topics)
        self._check(filters)
        condition, values = conditions(filters)
        rows = self._index.rows(
            f"SELECT topic, group_concat(id, char(10)) FROM {_joined} WHERE {condition} GROUP BY folder, topic, path",
            values,
        )
        # a row a file: a row a question takes three times as long
        found: dict[str, list[str]] = {}
        for topic, ids in rows:
            found.setdefault(topic, []).extend(ids.split("\n"))
        return found

    def iter_ids(self, filters: Filters = EVERYTHING) -> Iterator[str]:
        """Yield the ids of the questions that pass, in the order of the bank, reading only as far as is asked for."""
        self._check(filters)
        return self._iter_ids(filters)

    def _iter_ids(self, filters: Filters) -> Iterator[str]:
        condition, values = conditions(filters)
        sql = f"SELECT id FROM {_joined} WHERE {condition} AND file = ? ORDER BY questions.position"
        for number in self._index.each("SELECT number FROM files ORDER BY folder, topic, path"):
            for (found,) in self._index.rows(sql, [*values, *number]):
                yield found

    def select(self, ids: Iterable[str], filters: Filters = EVERYTHING) -> set[str]:
        """Return those of the given ids that exist and pass."""
        self._check(filters)
        condition, values = conditions(filters)
        rows = "questions JOIN files ON files.number = file" if filters.topics else "questions"
        chosen: set[str] = set()
        unseen = iter(sorted(ids))
        while some := list(islice(unseen, 500)):
            among = f"id IN ({', '.join('?' * len(some))})"
            sql = f"SELECT id FROM {rows} WHERE {among} AND {condition}"
            chosen.update(found for (found,) in self._index.rows(sql, [*some, *values]))
        return chosen

    def stands_on(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """Return what some questions name as to be learned before them, in the order written, whether it exists or not.

        A question that names nothing is left out.
        """
        found: dict[str, list[str]] = {}
        unread = iter(ids)
        while some := list(islice(unread, 500)):
            among = f"question_id IN ({', '.join('?' * len(some))})"
            sql = f"SELECT question_id, name FROM mentions INDEXED BY steps WHERE role = 'after' AND {among}"
            # told to, because SQLite would rather read all that is an `after`
            for question_id, name in self._index.rows(f"{sql} ORDER BY question_id, line, column", some):
                found.setdefault(question_id, []).append(name)
        return found

    def gone(self) -> tuple[str, set[str]]:
        """Return the token of the index, and the ids that it had once and has no longer.

        Every id that a bank of this token ever had exists or is among these; so who has seen an id need not look again.
        """
        rows = self._index.rows("SELECT token, id FROM made LEFT JOIN gone")
        # in one statement: another process may put a new index, with another token, in the place of this one
        return rows[0][0], {found for _, found in rows if found is not None}

    def get(self, question_id: str) -> Question | None:
        """Return the question with this id, or None."""
        return self.get_some([question_id]).get(question_id)

    def get_some(self, ids: Sequence[str]) -> dict[str, Question]:
        """Return those of at most a few hundred questions that exist, by id."""
        try:
            return self._get_some(ids)
        except ValueError:
            self._index.rebuild()
            return self._get_some(ids)

    def _get_some(self, ids: Sequence[str]) -> dict[str, Question]:
        rows = self._index.rows(
            "SELECT id, record, topic, path, line FROM questions JOIN files ON files.number = file"
            f" JOIN bodies ON bodies.number = body WHERE id IN ({', '.join('?' * len(ids))}) AND NOT hidden",
            ids,
        )
        return {
            question_id: to_question(unpack(record), topic, path, line)
            for question_id, record, topic, path, line in rows
        }

    def question(self, question_id: str) -> Question:
        """Return the question with this id. Raises UnknownQuestion, which names the nearest ids."""
        found = self.get(question_id)
        if found is None:
            now = self.aliases().get(question_id)
            hint = f" It is called {now} now." if now else nearest_ids(self._index, question_id)
            raise UnknownQuestion(f"There is no question {shown(question_id)}.{hint or ' quizkit list shows all.'}")
        return found

    def aliases(self) -> dict[str, str]:
        """Return former ids with the id of the question that has taken their place."""
        rows = self._index.rows(
            "SELECT name, questions.id FROM mentions JOIN files ON files.number = mentions.file"
            " JOIN questions ON questions.file = mentions.file AND questions.id = question_id AND NOT hidden"
            " WHERE role = 'was' AND NOT EXISTS"
            " (SELECT 1 FROM mentions AS other WHERE other.role = 'id' AND other.name = mentions.name)"
            " ORDER BY folder DESC, topic DESC, path DESC, mentions.line DESC"
        )
        return dict(rows)

    def _check(self, filters: Filters) -> None:
        """Raise UsageProblem for a topic, tag, difficulty or company that no question has, or an unknown experiment."""
        topics = (
            self._index.rows("SELECT DISTINCT topic FROM files WHERE topic != '' ORDER BY topic")
            if filters.topics
            else []
        )
        for topic in filters.topics:
            _must_be_known("topic", topic, [name for (name,) in topics])
        if filters.difficulty:
            _must_be_known("difficulty", filters.difficulty, list(DIFFICULTIES))
        for tag in filters.tags:
            self._check_label("tag", tag)
        if filters.company:
            self._check_label("company", filters.company)
        if filters.lab:
            _must_be_known("experiment", filters.lab, list(EXPERIMENTS))

    def _check_label(self, kind: str, label: str) -> None:
        if not self._index.rows("SELECT 1 FROM labels WHERE kind = ? AND folded = ? LIMIT 1", (kind, fold(label))):
            rows = self._index.rows("SELECT MIN(label) FROM labels WHERE kind = ? GROUP BY folded ORDER BY 1", (kind,))
            _must_be_known(kind, label, [name for (name,) in rows])


def _must_be_known(what: str, name: str, known: list[str]) -> None:
    if name not in known:
        exist = ", ".join(known[:40]) + (", …" if len(known) > 40 else "") if known else "none yet"
        near = nearest(name, known) or nearest(name.casefold(), known)
        raise UsageProblem(f"There is no {what} {shown(name)}.{near} There are: {exist}.")
