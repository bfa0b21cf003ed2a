"""The folder that carries a log between machines: pieces that are written once and never changed.

A piece is named by its machine and by a digest of what it holds, so a piece that is still being copied, or was damaged
on the way, is known as such and waits; and two machines never write the same file with different content.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from quizkit.errors import MachineProblem, UsageProblem
from quizkit.frozen import frozen
from quizkit.memory.log import Entry
from quizkit.sync.lines import Unreadable, entries_of, text_of

MACHINE = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
_PIECE = re.compile(rf"({MACHINE.pattern})\.([0-9a-f]{{16}})\.jsonl")


@frozen
class Piece:
    """One whole file of the folder."""

    path: Path
    machine: str
    entries: tuple[Entry, ...]


@frozen
class Carried:
    """What a folder holds."""

    pieces: tuple[Piece, ...]
    waiting: tuple[str, ...]
    # a sentence for each file that cannot be read now


def read(folder: Path) -> Carried:
    """Return what the folder holds; files that are no pieces are left alone.

    Raises:
        UsageProblem: there is no such folder.
        MachineProblem: it cannot be read.
    """
    if not folder.is_dir():
        raise UsageProblem(f"There is no folder {folder}. Make it first: a cloud drive, a git repository, a stick.")
    pieces: list[Piece] = []
    waiting: list[str] = []
    try:
        for path in sorted(folder.iterdir()):
            if match := _PIECE.fullmatch(path.name):
                try:
                    pieces.append(Piece(path, match[1], _whole(path, match[2])))
                except Unreadable as problem:
                    waiting.append(problem.message)
    except OSError as error:
        raise MachineProblem(f"{folder} cannot be read ({error.strerror}). Nothing was changed.") from None
    return Carried(tuple(pieces), tuple(waiting))


def _whole(path: Path, digest: str) -> tuple[Entry, ...]:
    content = path.read_bytes()
    if _digest(content) != digest:
        raise Unreadable(f"{path.name} is not whole: it is still being copied, or was damaged on the way.")
    return tuple(entries_of(content.decode("ascii", "replace"), path.name))


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def write(folder: Path, machine: str, entries: Sequence[Entry]) -> Path:
    """Write a piece durably and return its path; it is there as a whole or not at all.

    Raises:
        MachineProblem: it cannot be written.
    """
    content = text_of(entries).encode("ascii")
    path = folder / f"{machine}.{_digest(content)}.jsonl"
    half = folder / f".{path.name}.{os.getpid()}.half"
    try:
        for left in folder.glob(f".{machine}.*.half"):
            left.unlink(missing_ok=True)  # by a sync that was killed
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        raise MachineProblem(f"{path} could not be written ({error.strerror}). Nothing was lost: sync again.") from None
    return path
