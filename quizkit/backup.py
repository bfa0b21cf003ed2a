"""Copies of the review log: one a day, the last seven kept, and bringing one back."""

from __future__ import annotations

import os
import re
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from quizkit.errors import MachineProblem, UsageProblem, nearest
from quizkit.frozen import frozen
from quizkit.home import LOG_FILE
from quizkit.memory.log import Moment
from quizkit.store import Store

KEPT = 7
_DAILY = re.compile(r"\d{4}-\d{2}-\d{2}\.db")


@frozen
class Backup:
    """One copy, named by the local day or instant it was made."""

    name: str
    path: Path
    size: int
    # bytes


def folder(home: Path) -> Path:
    """Return the folder that holds the backups of the log in `home`."""
    return home / "backups"


def listed(home: Path) -> list[Backup]:
    """Return the backups, newest first."""
    found = [Backup(path.stem, path, path.stat().st_size) for path in folder(home).glob("*.db")]
    return sorted(found, key=lambda backup: (backup.path.stat().st_mtime_ns, backup.name), reverse=True)


def daily(home: Path, store: Store, now: Moment) -> Backup | None:
    """Make the backup of this study day unless it exists or nothing was ever logged; keep the last seven of them."""
    target = folder(home) / f"{_date(now)}.db"
    if target.exists() or store.is_empty():
        return None
    made = _copy(store, target)
    old = sorted(path for path in folder(home).glob("*.db") if _DAILY.fullmatch(path.name))
    for path in old[:-KEPT]:
        path.unlink(missing_ok=True)
    return made


def now(home: Path, store: Store, moment: Moment) -> Backup:
    """Make a backup now; it is kept until somebody deletes it."""
    local = datetime.fromtimestamp(moment.at_ms / 1000, timezone(timedelta(minutes=moment.offset_min)))
    return _copy(store, folder(home) / f"{local:%Y-%m-%d-%H%M%S}.db")


def _date(moment: Moment) -> str:
    return str((datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=moment.day)).date())


def _copy(store: Store, target: Path) -> Backup:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f"{target.stem}.{os.getpid()}.half")
        store.copy_to(half)
        half.replace(target)
    except OSError as error:
        raise MachineProblem(
            f"The backup {target} could not be written ({error.strerror}). Nothing was lost."
        ) from None
    return Backup(target.stem, target, target.stat().st_size)


def restore(home: Path, name: str, moment: Moment) -> tuple[Backup, Path | None]:
    """Bring a backup back ("" is the newest). Returns it, and where the log that it replaced was put.

    Raises:
        UsageProblem: there is no such backup.
        MachineProblem: the backup itself is damaged, or a file could not be moved; the present log stays.
    """
    backups = listed(home)
    chosen = [backup for backup in backups if name in ("", backup.name)]
    if not chosen:
        hint = nearest(name, [backup.name for backup in backups]) if backups else ""
        raise UsageProblem(f"There is no backup{f' called {name!r}' if name else ''} in {folder(home)}.{hint}")
    _must_be_sound(chosen[0].path)
    try:
        return chosen[0], _swap(home / LOG_FILE, chosen[0].path, moment)
    except OSError as error:
        raise MachineProblem(f"The backup could not be put in place ({error}).") from None


def _must_be_sound(path: Path) -> None:
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        finally:
            connection.close()
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise MachineProblem(
            f"The backup {path} is damaged itself; nothing was changed. `quizkit backup` lists others."
        )


def _swap(log: Path, backup: Path, moment: Moment) -> Path | None:
    fresh = log.with_name(f"{log.name}.restored")
    fresh.write_bytes(backup.read_bytes())
    aside = log.with_name(f"{log.stem}.before-restore-{moment.at_ms}{log.suffix}") if log.exists() else None
    for ending in ("", "-wal", "-shm"):
        # the write-ahead log holds the newest answers: it has to go with its file, and never stay with another
        old = log.with_name(log.name + ending)
        if aside is not None and old.exists():
            old.replace(aside.with_name(aside.name + ending))
    fresh.replace(log)
    return aside
