"""Bring the index up to date with the files: read what changed, and check again the names that it mentions."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

from quizkit.bank import freshness
from quizkit.bank.circles import circles, told
from quizkit.bank.clashes import clashes
from quizkit.bank.decode import MOST_BYTES
from quizkit.bank.folders import BANKS_VARIABLE, Folder
from quizkit.bank.freshness import FILE, Stamp
from quizkit.bank.mention import ID, Mention
from quizkit.bank.problem import Problem
from quizkit.bank.reader import DEFAULT_CONTEXT, Compiled, compile_file
from quizkit.bank.record import Record, fold, markable, pack
from quizkit.bank.tables import SORTED
from quizkit.bank.values import Context

DOUBT_NS = 2_000_000_000
# a file system may round times to two seconds: within them a second change can keep size and time
MOST_GONE = 1000
# ids that are read at every opening of a sitting; a bank that loses more is one to look through again


def bring_up_to_date(
    connection: sqlite3.Connection,
    folders: Sequence[Folder],
    look: bytes,
    now_ns: Callable[[], int],
    context: Context = DEFAULT_CONTEXT,
) -> None:
    """Make the index say what the files say. Runs inside a transaction that the caller began.

    `look` is a `glance` at the files from before: a change since then makes the next one differ from it.
    """
    found = freshness.scan(folders)
    known = freshness.recorded(connection)
    first = not known
    doubtful = {path for (path,) in connection.execute("SELECT path FROM files WHERE doubtful")}
    changed = [path for path, stamp in found.items() if stamp != known.get(path) or path in doubtful]
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (name TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("DELETE FROM touched")
    with _without_garbage_collection():
        for path in known.keys() - found.keys():
            _forget(connection, path)
        for path in sorted(changed, key=lambda path: (found[path][0], found[path][1], path)):
            _File(connection, path, found[path], now_ns, context, all_touched=first).update()
    for statement in SORTED.split(";"):
        connection.execute(statement)
    _check_names(connection, everything=first)
    _check_circles(connection, everything=first)
    _note_returned(connection)
    settled = connection.execute("SELECT NOT EXISTS (SELECT 1 FROM files WHERE doubtful)").fetchone()[0]
    connection.execute("UPDATE made SET glance = ?", (look if settled else b"",))


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Switch the collector off: reading makes millions of objects without cycles, which it would walk in vain.

    Half of the time of a large first indexing went into it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _File:
    """One path that is new or has, or may have, changed."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: str,
        stamp: Stamp,
        now_ns: Callable[[], int],
        context: Context,
        *,
        all_touched: bool,
    ) -> None:
        self.connection = connection
        self.path = path
        self.stamp = stamp
        self.now_ns = now_ns
        self.context = context
        self.all_touched = all_touched

    def update(self) -> None:
        """Read the file and replace what the index has of it, unless its content is what it was."""
        doubtful = False
        data = b""
        problem = _problem_of(self.path, self.stamp)
        if self.stamp[2] == FILE:
            doubtful = abs(self.now_ns() - self.stamp[4]) < DOUBT_NS
            try:
                data = _content(self.path)
            except OSError as error:
                problem = Problem(self.path, 1, 1, "", f"cannot be read: {error.strerror or error}")
                doubtful = True
        digest = b"" if problem else blake2b(data, digest_size=16).digest()
        if not self._same_content(digest, doubtful):
            self._replace(data, problem, digest, doubtful)

    def _same_content(self, digest: bytes, doubtful: bool) -> bool:
        """Update only the stamp when the index has this content already."""
        folder, topic, state, size, mtime_ns = self.stamp
        if not digest:
            return False
        updated = self.connection.execute(
            "UPDATE files SET size = ?, mtime_ns = ?, doubtful = ?"
            " WHERE path = ? AND folder = ? AND topic = ? AND state = ? AND digest = ?",
            (size, mtime_ns, doubtful, self.path, folder, topic, state, digest),
        )
        return updated.rowcount == 1

    def _replace(self, data: bytes, problem: Problem | None, digest: bytes, doubtful: bool) -> None:
        if not self.all_touched:
            _forget(self.connection, self.path)
        folder, topic, state, size, mtime_ns = self.stamp
        number = self.connection.execute(
            "INSERT INTO files (path, folder, topic, state, size, mtime_ns, doubtful, digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (self.path, folder, topic, state, size, mtime_ns, doubtful, digest),
        ).lastrowid
        if problem:
            _insert_problems(self.connection, number, [problem])
        elif state == FILE:
            compiled = compile_file(data, self.path, self.context)
            _insert(self.connection, number, compiled)
        if not self.all_touched:
            _touch(self.connection, number)


def _content(path: str) -> bytes:
    """Return a file's bytes, not more than are needed to see that it is too large."""
    with Path(path).open("rb") as file:
        return file.read(MOST_BYTES + 1)


_state_messages = {
    freshness.MISSING: f"there is no such folder: create it, or change {BANKS_VARIABLE}",
    freshness.MISPLACED: "lies directly in the bank folder: move it into a folder named after its topic",
    freshness.TOO_DEEP: "lies too deep: a bank folder holds topic folders, and those hold the files",
    freshness.ODD_NAME: "has a name that is not text: rename it",
    freshness.NO_FILE: "is not a file",
    freshness.UNREADABLE: "cannot be read: look at its permissions, or where its link leads",
}


def _problem_of(path: str, stamp: Stamp) -> Problem | None:
    message = _state_messages.get(stamp[2])
    return Problem(path, 1, 1, "", message) if message else None


def _forget(connection: sqlite3.Connection, path: str) -> None:
    row = connection.execute("SELECT number FROM files WHERE path = ?", (path,)).fetchone()
    if row is None:
        return
    _touch(connection, row[0])
    connection.execute("INSERT OR IGNORE INTO gone SELECT id FROM questions WHERE file = ?", row)
    connection.execute("DELETE FROM bodies WHERE number IN (SELECT body FROM questions WHERE file = ?)", row)
    for table in ("questions", "labels", "mentions", "problems"):
        connection.execute(f"DELETE FROM {table} WHERE file = ?", row)
    connection.execute("DELETE FROM files WHERE number = ?", row)


def _touch(connection: sqlite3.Connection, number: int | None) -> None:
    """Remember the names that a file mentions: what they mean in other files may have changed."""
    connection.execute("INSERT OR IGNORE INTO touched SELECT name FROM mentions WHERE file = ?", (number,))


def _note_returned(connection: sqlite3.Connection) -> None:
    """Strike out the gone ids that are there again, most of them because their file was only edited."""
    connection.execute("DELETE FROM gone WHERE EXISTS (SELECT 1 FROM questions WHERE questions.id = gone.id)")
    if connection.execute("SELECT COUNT(*) FROM gone").fetchone()[0] > MOST_GONE:
        connection.execute("DELETE FROM gone")
        connection.execute("UPDATE made SET token = ?", (os.urandom(8).hex(),))


def _insert(connection: sqlite3.Connection, number: int | None, compiled: Compiled) -> None:
    """Add the rows of one file; every table gets them in the order in which it keeps them."""
    body = connection.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM bodies").fetchone()[0]
    records = list(enumerate(compiled.records))
    connection.executemany(
        "INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        [_question_row(number, position, line, record, body + position) for position, (line, record) in records],
    )
    connection.executemany(
        "INSERT INTO bodies VALUES (?, ?, ?)",
        [(body + position, *pack(record)) for position, (_, record) in records],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO labels VALUES (?, ?, ?, ?, ?)",
        [(number, position, *label) for position, (_, record) in records for label in _labels(record)],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?, ?)",
        [(number, m.line, m.column, m.role, m.name, m.question_id) for m in compiled.mentions],
    )
    _insert_problems(connection, number, compiled.problems)


def _question_row(number: int | None, position: int, line: int, record: Record, body: int) -> tuple[Any, ...]:
    get = record.get
    title = record["question"].lstrip().split("\n", 1)[0]
    fixed = (number, position, record["id"], line, title)
    return (*fixed, get("difficulty", ""), get("minutes"), markable(record), body)


def _labels(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield what the table of tags, companies and experiments holds: kind, folded label, label."""
    for kind, field in (("company", "companies"), ("tag", "tags"), ("lab", "lab")):
        for label in record.get(field, ()):
            yield kind, fold(label), label


def _insert_problems(
    connection: sqlite3.Connection, number: int | None, problems: Sequence[Problem], name: str | None = None
) -> None:
    connection.executemany(
        "INSERT INTO problems VALUES (?, ?, ?, ?, ?, ?)",
        [(number, p.line, p.column, p.question_id, p.message, name) for p in problems],
    )


_suspects = """
    SELECT name FROM mentions WHERE role = 'id' {touched} GROUP BY name HAVING COUNT(*) > 1
    UNION SELECT name FROM mentions WHERE role = 'was' {touched}
    UNION SELECT name FROM mentions AS link WHERE role IN ('see_also', 'after') {touched}
        AND NOT EXISTS (SELECT 1 FROM mentions WHERE role = 'id' AND name = link.name)
        AND NOT EXISTS (SELECT 1 FROM mentions WHERE role = 'lost' AND name = link.name)
"""

_mentions_of_suspects = """
    SELECT mentions.name, role, question_id, path, line, column, number
    FROM mentions JOIN files ON files.number = mentions.file
    WHERE mentions.role IN ('id', 'was', 'see_also', 'after', 'lost') AND mentions.name IN ({suspects})
    ORDER BY mentions.name, folder, topic, path, line, column
"""


def _check_names(connection: sqlite3.Connection, *, everything: bool) -> None:
    """Find again the problems between files that are about a touched name, or about any.

    Every such problem is about one name, so nothing else can have changed; what is wrong with a name is decided by
    looking at all its mentions, however it got them.
    """
    touched = "" if everything else "AND name IN (SELECT name FROM touched)"
    connection.execute(f"DELETE FROM problems WHERE name IS NOT NULL {touched}")
    connection.execute(f"UPDATE questions SET hidden = 0 WHERE hidden {touched.replace('name', 'id', 1)}")
    sql = _mentions_of_suspects.format(suspects=_suspects.format(touched=touched))
    for name, rows in groupby(connection.execute(sql).fetchall(), key=lambda row: row[0]):
        _check_name(connection, name, list(rows))


def _check_name(connection: sqlite3.Connection, name: str, rows: list[Any]) -> None:
    numbers = {row[3]: row[6] for row in rows}
    for problem in clashes([Mention(*row[:6]) for row in rows]):
        _insert_problems(connection, numbers[problem.file], [problem], name)
    if sum(row[1] == ID for row in rows) > 1:
        _hide_all_but_first(connection, name)


def _hide_all_but_first(connection: sqlite3.Connection, name: str) -> None:
    same_id = connection.execute(
        "SELECT file, position FROM questions JOIN files ON files.number = file WHERE id = ?"
        " ORDER BY folder, topic, path, position",
        (name,),
    ).fetchall()
    connection.executemany("UPDATE questions SET hidden = 1 WHERE file = ? AND position = ?", same_id[1:])


_steps = """
    SELECT question_id, name FROM mentions INDEXED BY steps WHERE role = 'after' {below}
    ORDER BY question_id, line, column, name
"""

_below_touched = """
    AND question_id IN (
        WITH RECURSIVE below (name) AS (
            SELECT name FROM touched
            UNION
            SELECT mentions.name FROM below JOIN mentions INDEXED BY steps
                ON role = 'after' AND question_id = below.name
        )
        SELECT name FROM below
    )
"""


def _check_circles(connection: sqlite3.Connection, *, everything: bool) -> None:
    """Find again the circles of `after`; their problems are about no single name, which an empty one stands for.

    A circle that is new leads through a file that has changed; only when there is one, or was, is all of it looked at.
    """
    had_one = connection.execute("DELETE FROM problems WHERE name = ''").rowcount
    if not everything and not had_one and next(circles(_stands_on(connection, _below_touched)), None) is None:
        return
    for circle in circles(_stands_on(connection)):
        number, line, column = connection.execute(
            "SELECT file, line, column FROM mentions JOIN files ON files.number = file"
            " WHERE role = 'after' AND question_id = ? AND name = ? ORDER BY folder, topic, path, line, column",
            (circle[0], [*circle, circle[0]][1]),
        ).fetchone()
        _insert_problems(connection, number, [Problem("", line, column, circle[0], told(circle))], "")


def _stands_on(connection: sqlite3.Connection, below: str = "") -> dict[str, list[str]]:
    stands_on: dict[str, list[str]] = {}
    for question, name in connection.execute(_steps.format(below=below)):
        stands_on.setdefault(question, []).append(name)
    return stands_on
