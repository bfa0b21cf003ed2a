"""How much is waiting, in one line for a shell prompt.

`quick` reads the two SQLite files as they are and imports next to nothing; where they may be out of date (a bank was
edited, the log is missing or of another version) it says None, and `careful` opens everything as a sitting does.
"""

import os
import sqlite3
import time

from quizkit.challenges import NAMES
from quizkit.home import INDEX_FILE, LOG_FILE, home
from quizkit.memory.code import AMONG_CHALLENGES, challenge_of
from quizkit.memory.days import LEARN_AHEAD_MS, study_day

_NEW_PER_DAY = 20
_WAITING = "suspended = 0 AND skipped_day IS NOT :day AND (due_day <= :day OR due_ms <= :ahead)"
_COUNTS = f"""
    SELECT
        (SELECT count(*) FROM state WHERE {_WAITING}
            AND EXISTS (SELECT 1 FROM bank.questions AS q WHERE q.id = state.card)),
        (SELECT count(*) FROM state WHERE first_day = :day AND NOT ({AMONG_CHALLENGES})),
        (SELECT value FROM setting WHERE name = 'new_per_day')
"""
_CHALLENGES = f"SELECT card FROM state WHERE {AMONG_CHALLENGES} AND {_WAITING}"
_NEW = """
    SELECT count(*) FROM (
        SELECT 1 FROM bank.questions AS q WHERE NOT hidden AND NOT EXISTS (
            SELECT 1 FROM state WHERE card = q.id AND (reviews > 0 OR suspended OR skipped_day = :day)
        ) LIMIT :most
    )
"""


def quick(as_json: bool) -> str | None:
    """Return the line, or None where only `careful` can tell."""
    folder = home()
    log = os.path.join(folder, LOG_FILE)  # noqa: PTH118 - pathlib costs half an interpreter's start
    index = os.path.join(folder, INDEX_FILE)  # noqa: PTH118
    if not (os.path.exists(log) and os.path.exists(index)):  # noqa: PTH110
        return None
    try:
        return _read(log, index, folder, as_json)
    except sqlite3.Error:
        return None


def _read(log: str, index: str, folder: str, as_json: bool) -> str | None:
    from quizkit.bank.folders import bank_folders
    from quizkit.bank.freshness import stale

    connection = sqlite3.connect(log)
    try:
        connection.execute("ATTACH ? AS bank", (index,))
        if stale(connection, bank_folders(folder, os.environ)) or _renamed(connection):
            return None
        at = time.time()
        now = {"day": study_day(int(at * 1000), time.localtime(at).tm_gmtoff // 60)}
        now["ahead"] = int(at * 1000) + LEARN_AHEAD_MS
        challenges = {challenge_of(card) for (card,) in connection.execute(_CHALLENGES, now)}
        if not challenges <= set(NAMES):
            return None
        # those of packs may be gone
        due, new = _count(connection, now)
        return line(due + len(challenges), new, as_json=as_json)
    finally:
        connection.close()


def _renamed(connection: sqlite3.Connection) -> bool:
    named = "SELECT name, question_id FROM bank.mentions WHERE role = 'was'"
    query = f"SELECT EXISTS ({named} EXCEPT SELECT old, card FROM alias)"
    return bool(connection.execute(query).fetchone()[0])


def _count(connection: sqlite3.Connection, now: dict[str, int]) -> tuple[int, int]:
    due, introduced, new_per_day = connection.execute(_COUNTS, now).fetchone()
    most = max(0, int(_NEW_PER_DAY if new_per_day is None else new_per_day) - introduced)
    new = connection.execute(_NEW, {"day": now["day"], "most": most}).fetchone()[0]
    return due, new


def careful(topics: tuple[str, ...], as_json: bool) -> str:
    """Return the line for some topics or all, after bringing everything up to date.

    Raises:
        UsageProblem: a topic that does not exist.
    """
    from quizkit.bank.library import Filters
    from quizkit.opening import opened
    from quizkit.player import waiting
    from quizkit.workshop import Workshop

    with opened() as desk:
        workshop = Workshop(desk.home)
        due, new = waiting(desk.bank, desk.store, desk.settings, Filters(topics), desk.clock.now(), workshop)
    return line(due, new, as_json=as_json)


def line(due: int, new: int, *, as_json: bool) -> str:
    """Return the counts as a line for a person, or as JSON."""
    if as_json:
        return f'{{"due": {due}, "new": {new}}}'
    if not due and not new:
        return "nothing due"
    return f"{due} due" + (f" · {new} new" if new else "")
