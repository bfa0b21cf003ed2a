"""Brings a log and what others know together: the union, whatever comes first and however often."""

from __future__ import annotations

import sys
from pathlib import Path

from quizkit.errors import MachineProblem, UsageProblem
from quizkit.frozen import frozen
from quizkit.memory.log import Entry
from quizkit.memory.state import MemoryModel
from quizkit.store import Merged, Store
from quizkit.sync import folder as carrier
from quizkit.sync.folder import MACHINE, Piece
from quizkit.sync.lines import Unreadable, entries_of, text_of

MOST_SMALL = 32
# pieces of one machine, before they are folded into one
SMALL = 4000
# entries; a larger piece stays as it is for ever, so that folding costs little however long the log
NAME = "machine"
# the setting that keeps what the user calls this machine


@frozen
class Synced:
    """What a sync came to."""

    taken: Merged
    given: int
    # entries written into the folder
    machines: tuple[str, ...]
    waiting: tuple[str, ...]
    # a sentence for each file that could not be read this time


def sync(store: Store, model: MemoryModel, folder: Path, machine: str) -> Synced:
    """Take in what the folder holds, then put in what it lacks.

    Nothing is remembered of earlier syncs, so a folder that lost files, or a log that was restored, heals by itself.

    Raises:
        UsageProblem: there is no such folder.
        MachineProblem: the folder or the log cannot be read or written.
    """
    carried = carrier.read(folder)
    taken = store.merge([entry for piece in carried.pieces for entry in piece.entries], model)
    to_fold = _to_fold(carried.pieces, machine)
    given = _lacking(store, carried.pieces)
    content = {entry.event.uid: entry for entry in (*_entries(to_fold), *given)}
    if content:
        written = carrier.write(folder, machine, sorted(content.values(), key=_place))
        _remove([piece.path for piece in to_fold if piece.path != written])
    machines = sorted({piece.machine for piece in carried.pieces} | {machine})
    return Synced(taken, len(given), tuple(machines), carried.waiting)


def _lacking(store: Store, pieces: tuple[Piece, ...]) -> list[Entry]:
    held = {entry.event.uid for entry in _entries(pieces)}
    return [entry for entry in store.entries() if entry.event.uid not in held]


def _to_fold(pieces: tuple[Piece, ...], machine: str) -> tuple[Piece, ...]:
    """Return the machine's own small pieces once there are many: folders and git repositories dislike thousands."""
    small = tuple(piece for piece in pieces if piece.machine == machine and len(piece.entries) < SMALL)
    return small if len(small) >= MOST_SMALL else ()


def _entries(pieces: tuple[Piece, ...]) -> list[Entry]:
    return [entry for piece in pieces for entry in piece.entries]


def _place(entry: Entry) -> tuple[int, str]:
    return entry.tick, entry.event.uid


def _remove(paths: list[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise MachineProblem(f"{path} could not be removed ({error.strerror}). It does no harm.") from None


def named(store: Store, wanted: str) -> str:
    """Return what this machine is called, and keep the name when one is given.

    Raises:
        UsageProblem: it has no name yet, or not one that every file system takes.
    """
    name = wanted or store.settings().get(NAME, "")
    if not name:
        raise UsageProblem("This machine has no name yet. Give it one: quizkit sync DIR --as laptop")
    if not MACHINE.fullmatch(name):
        raise UsageProblem(f"A machine's name is made of a-z, 0-9 and dashes, at most 31, as in laptop; not {name!r}.")
    if wanted:
        store.set(NAME, wanted)
    return name


def export(store: Store, target: str) -> int:
    """Write the whole log to a file, or to standard output for "-", and return the number of its entries.

    Raises:
        MachineProblem: the file cannot be written.
    """
    entries = list(store.entries())
    text = text_of(entries)
    try:
        if target == "-":
            sys.stdout.write(text)
        else:
            Path(target).write_text(text, "ascii", newline="\n")
    except OSError as error:
        raise MachineProblem(f"{target} could not be written ({error.strerror}).") from None
    return len(entries)


def bring_in(store: Store, model: MemoryModel, source: Path) -> Merged:
    """Merge a file that `export` wrote, all of it or nothing.

    Raises:
        UsageProblem: it is not there, damaged, cut off, or of a newer quizkit; nothing was taken in.
        MachineProblem: the log cannot be written.
    """
    try:
        text = source.read_text("ascii", "replace")
    except OSError as error:
        raise UsageProblem(f"{source} cannot be read ({error.strerror}).") from None
    try:
        return store.merge(entries_of(text, str(source)), model)
    except Unreadable as problem:
        raise UsageProblem(f"{problem.message} Nothing was taken in.") from None
