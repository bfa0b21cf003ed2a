"""The compiled index of the banks: a SQLite file that can be deleted at any time.

It keeps SQLite's rollback journal instead of a write-ahead log: one file instead of three, a first indexing is written
once instead of twice, and it works on network drives; statements are short, so readers hardly wait for a writer.
Several processes may open it at once: the first takes the write lock and builds in one transaction, the others wait and
find it done. When it cannot be written, a private temporary index takes its place.
"""

# ruff: noqa: PTH100, PTH103, PTH107, PTH116, PTH120 - opening an index imports no pathlib
from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from quizkit.bank import freshness
from quizkit.bank.glance import glance
from quizkit.bank.tables import TABLES

if TYPE_CHECKING:
    from quizkit.bank.folders import Folder
    from quizkit.bank.values import Context

PATIENCE = 30.0
# seconds to wait for another process that builds; 100,000 questions take about ten

_ATTEMPTS = 5
# each but the last fails only when processes that find a damaged file replace it under one another

_PRIVATE = ""
# SQLite's name for a temporary database of this connection alone

_not_ours = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR)


class Index:
    """An index that agrees with the files when it is opened and after each `refresh`."""

    def __init__(
        self,
        path: str,
        folders: Sequence[Folder],
        now_ns: Callable[[], int] = time.time_ns,
        context: Context | None = None,
    ) -> None:
        """Open the index at `path`, an empty text for a private one, and bring it up to date."""
        self.path = path
        self.folders = tuple(folders)
        self.now_ns = now_ns
        self.context = context
        # None: the reader's own
        self._opened: tuple[int, int] | None = None
        # which file `path` led to when it was opened
        self.connection = self._open()

    def refresh(self) -> None:
        """Bring the index up to date with the files."""
        try:
            self._update(self.connection)
        except sqlite3.DatabaseError as error:
            self._recover(error)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        """Return all rows of a query; an index that proves to be damaged is built anew first."""
        try:
            return self.connection.execute(sql, parameters).fetchall()
        except UnicodeEncodeError:
            return []  # asked for something that is no text, such as an argument in another encoding: no bank has it
        except sqlite3.DatabaseError as error:
            self._recover(error)
            return self.connection.execute(sql, parameters).fetchall()

    def each(self, sql: str) -> Iterator[Any]:
        """Yield rows as they are asked for; one that cannot be read ends them."""
        try:
            yield from self.connection.execute(sql)
        except sqlite3.DatabaseError as error:
            self._recover(error)

    def rebuild(self) -> None:
        """Build the index anew because its content makes no sense."""
        self._recover(None)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def _recover(self, error: sqlite3.DatabaseError | None) -> None:
        self.connection.close()
        if (error is None or _is_damage(error)) and _identity(self.path) == self._opened:
            _remove(self.path)
        self.connection = self._open()

    def _open(self) -> sqlite3.Connection:
        """Open the file, again after removing a damaged one or when another process did so, or else a private index."""
        for _ in range(_ATTEMPTS):
            before = _identity(self.path)
            try:
                connection = self._open_at(self.path)
                self._opened = _identity(self.path)
                return connection
            except sqlite3.DatabaseError as error:
                replaced = _identity(self.path) != before
                if not replaced and not (_is_damage(error) and _remove(self.path)):
                    break
        return self._open_at(_PRIVATE)

    def _open_at(self, path: str) -> sqlite3.Connection:
        if path:
            _make_parent(path)
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            _configure(connection)
            self._update(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _update(self, connection: sqlite3.Connection) -> None:
        look = _news(connection, self.folders)
        if look is None:
            return
        from quizkit.bank.builder import bring_up_to_date  # YAML and the rules: only when there is something to read
        from quizkit.bank.reader import DEFAULT_CONTEXT

        connection.execute("BEGIN IMMEDIATE")
        try:
            if not _made_by_us(connection):
                _make(connection)
            bring_up_to_date(connection, self.folders, look, self.now_ns, self.context or DEFAULT_CONTEXT)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA page_size = 8192")
    connection.execute("PRAGMA cache_size = -8000")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA synchronous = NORMAL")


def _news(connection: sqlite3.Connection, folders: Sequence[Folder]) -> bytes | None:
    return freshness.news(connection, folders) if _made_by_us(connection) else glance(folders)


def _made_by_us(connection: sqlite3.Connection) -> bool:
    table = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'made'").fetchone()
    return table is not None and connection.execute("SELECT maker FROM made").fetchall() == [(freshness.maker(),)]


def _make(connection: sqlite3.Connection) -> None:
    """Replace whatever the file holds by empty tables."""
    for kind, name in connection.execute("SELECT type, name FROM sqlite_master").fetchall():
        if kind in ("table", "view") and not name.startswith("sqlite_"):
            quoted = name.replace('"', '""')
            connection.execute(f'DROP {kind} IF EXISTS "{quoted}"')
    for statement in TABLES.split(";\n"):
        connection.execute(statement)
    connection.execute("INSERT INTO made VALUES (?, x'', ?)", (freshness.maker(), os.urandom(8).hex()))


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Say whether the file is to blame; a full disk, missing permissions or a lock are not its fault."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # text that is not UTF-8 comes without a code
    return code & 0xFF in _not_ours


def _remove(path: str) -> bool:
    try:
        os.remove(path)
    except FileNotFoundError:
        return True  # another process was faster
    except OSError:
        return False
    return True


def _identity(path: str) -> tuple[int, int] | None:
    """Return which file a path leads to at the moment."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _make_parent(path: str) -> None:
    try:
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    except OSError:
        return  # connecting will fail, and the private index takes over
