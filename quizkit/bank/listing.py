"""What an index says is wrong, with the nearest ids for links that lead nowhere."""

from __future__ import annotations

from quizkit.bank.clashes import DANGLING
from quizkit.bank.index import Index
from quizkit.bank.problem import Problem
from quizkit.errors import nearest

MANY_IDS = 2000
MANY_HINTS = 20
# looking for similar ids among more, or more often, would take longer than a person likes to wait


def problems(index: Index) -> list[Problem]:
    """Return every problem, sorted by file, line and column."""
    rows = index.rows(
        "SELECT path, line, column, question_id, message, name FROM problems JOIN files ON files.number = problems.file"
    )
    rows.sort()
    dangling = [row for row in rows if row[5] and row[4].endswith(DANGLING)]
    # looked up now and not stored: the nearest ids change while nothing touches the link's own name
    hints = {row: nearest_ids(index, row[5]) for row in dangling[:MANY_HINTS]}
    return [Problem(row[0], row[1], row[2], row[3], row[4] + hints.get(row, "")) for row in rows]


def nearest_ids(index: Index, wanted: str) -> str:
    """Return " Did you mean a or b?" for the ids nearest to `wanted`; in a large bank only ids that begin like it."""
    known = index.rows("SELECT id FROM questions WHERE NOT hidden LIMIT ?", (MANY_IDS + 1,))
    if len(known) > MANY_IDS:
        start = wanted[:3]
        between = (start, start + "\U0010ffff", MANY_IDS)
        known = index.rows("SELECT id FROM questions WHERE id >= ? AND id < ? ORDER BY id LIMIT ?", between)
    return nearest(wanted[:80], sorted({name for (name,) in known}))
