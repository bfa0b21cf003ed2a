"""Whether the compiled index still agrees with the files.

Imports nothing but os and other light modules: a command for shell prompts uses it, and its whole budget is 20 ms.
"""

# ruff: noqa: PTH100, PTH116, PTH119, PTH120 - pathlib costs more than all that is done here
from __future__ import annotations

import os
from stat import S_ISREG

import quizkit
from quizkit.bank.folders import ONE_FILE, ONE_TOPIC
from quizkit.bank.glance import glance
from quizkit.challenges import NAMES
from quizkit.lab import NAMES as EXPERIMENTS

TYPE_CHECKING = False  # typing's own would cost 5 ms
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from quizkit.bank.folders import Folder

FORMAT = 7
# of the index; raise it with every change of the tables or of the rules of reading

# what a path is
FILE = "file"
TOPIC = "topic"
ODD_NAME = "odd name"
NO_FILE = "no file"
UNREADABLE = "unreadable"
MISPLACED = "misplaced"
TOO_DEEP = "too deep"
MISSING = "missing"

Stamp = tuple[int, str, str, int, int]
"""Position of the bank folder, topic, what the path is, size in bytes, time of change in nanoseconds."""


def maker() -> str:
    """Return what an index must say about its maker to be used: its content depends on all of it."""
    return f"{FORMAT} {quizkit.__version__} {' '.join((*NAMES, *EXPERIMENTS))}"


def stale(connection: sqlite3.Connection, folders: Sequence[Folder]) -> bool:
    """Say whether the index must be brought up to date before it is used.

    Raises sqlite3.Error when the connection leads to no index.
    """
    return news(connection, folders) is not None


def news(connection: sqlite3.Connection, folders: Sequence[Folder]) -> bytes | None:
    """Return a `glance` at the files when the index must be brought up to date before it is used, None otherwise.

    Raises sqlite3.Error when the connection leads to no index.
    """
    made = connection.execute("SELECT maker, glance FROM made").fetchone()
    if made is not None and made[0] == maker():
        if made[1]:
            look = glance(folders)
            return None if look == made[1] else look
        doubtful = any(connection.execute("SELECT 1 FROM files WHERE doubtful"))
        if not doubtful and scan(folders) == recorded(connection):
            return None
    return glance(folders)


def recorded(connection: sqlite3.Connection) -> dict[str, Stamp]:
    """Return what the index knows of every path."""
    rows = connection.execute("SELECT path, folder, topic, state, size, mtime_ns FROM files")
    return {row[0]: row[1:] for row in rows}


def scan(folders: Sequence[Folder]) -> dict[str, Stamp]:
    """Return the stamp of every path that matters to the index."""
    found: dict[str, Stamp] = {}
    for position, folder in enumerate(folders):
        if folder.kind == ONE_FILE:
            topic = os.path.basename(os.path.dirname(os.path.abspath(folder.path)))
            found.setdefault(_text(folder.path), _file_stamp(folder.path, position, _text(topic)))
        elif folder.kind == ONE_TOPIC:
            _scan_topic(folder.path, os.path.basename(os.path.abspath(folder.path)), position, found)
        else:
            _scan_bank(folder.path, position, found)
    return found


def _scan_bank(path: str, position: int, found: dict[str, Stamp]) -> None:
    entries = _entries(path)
    if entries is None:
        found.setdefault(_text(path), (position, "", MISSING, 0, 0))
    for entry in entries or ():
        _scan_top(entry, position, found)


def _scan_top(entry: os.DirEntry[str], position: int, found: dict[str, Stamp]) -> None:
    """Look at what lies directly in a bank folder: topics, and files that should lie in one."""
    if _is_yaml(entry.name):
        found.setdefault(_text(entry.path), (position, "", MISPLACED, 0, 0))
    elif _is_folder(entry):
        _scan_topic(entry.path, entry.name, position, found)


def _scan_topic(path: str, name: str, position: int, found: dict[str, Stamp]) -> None:
    topic = _text(name)
    entries = _entries(path)
    found.setdefault(_text(path), (position, topic, TOPIC if entries is not None else UNREADABLE, 0, 0))
    for entry in entries or ():
        if _is_yaml(entry.name):
            found.setdefault(_text(entry.path), _file_stamp(entry.path, position, topic, entry))
        elif _is_folder(entry):
            _scan_too_deep(entry.path, position, topic, found)


def _scan_too_deep(path: str, position: int, topic: str, found: dict[str, Stamp]) -> None:
    for entry in _entries(path) or ():
        if _is_yaml(entry.name):
            found.setdefault(_text(entry.path), (position, topic, TOO_DEEP, 0, 0))


def _file_stamp(path: str, position: int, topic: str, entry: os.DirEntry[str] | None = None) -> Stamp:
    if _text(path) != path:
        return (position, topic, ODD_NAME, 0, 0)
    try:
        # not a directory entry's own stat: on Windows it may be older than the file
        status = entry.stat() if entry and os.name != "nt" else os.stat(path)
    except (OSError, ValueError):
        return (position, topic, UNREADABLE, 0, 0)
    if not S_ISREG(status.st_mode):
        return (position, topic, NO_FILE, 0, 0)
    return (position, topic, FILE, status.st_size, status.st_mtime_ns)


def _entries(path: str) -> list[os.DirEntry[str]] | None:
    try:
        with os.scandir(path) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return None


def _is_yaml(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _text(path: str) -> str:
    """Return a path with bytes that are no text written out; SQLite stores no others."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return path.encode("utf-8", "backslashreplace").decode()
    return path
