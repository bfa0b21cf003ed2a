"""An Anki collection as values: note types, notes, cards and the log of reviews, from either format of its SQLite file.

The file is a stranger's: it is only read, by an SQLite that may do nothing else and that gives up after so much work.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quizkit.decks import protobuf
from quizkit.decks.archive import UnreadablePackage
from quizkit.frozen import frozen

MOST_NOTES = 500_000
_LONGEST_VALUE = 16 << 20
# bytes
_MOST_STEPS = 20_000
# of a hundred thousand SQLite instructions each
_TABLES = ("notes", "cards", "revlog", "col", "notetypes", "fields", "templates", "decks")
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_PRAGMA)
_CLOZE = 1
_SUSPENDED = -1
_FLAGS = 7
# the bits that hold one of seven colours
_LATEST_MS = 4_102_444_800_000
# the year 2100
_STEP = 100_000


@frozen
class Template:
    """How the two sides of a card are made from the fields of its note."""

    front: str
    back: str


@frozen
class NoteType:
    """The form of notes."""

    number: int
    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: tuple[Template, ...]


@frozen
class Note:
    """What is known, from which cards are made."""

    number: int
    guid: str
    note_type: int
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    # HTML


@frozen
class Review:
    """One line of Anki's log."""

    at_ms: int
    ease: int
    # 1 again to 4 easy; 0 where no person graded
    taken_ms: int
    kind: int
    # 0 learning, 1 review, 2 relearning, 3 filtered deck, 4 set by hand, 5 rescheduled
    factor: int
    # 0 with kind 3: a preview that moved nothing; 0 with kind 4: the card was reset


@frozen
class Card:
    """One card of a note."""

    note: int
    template: int
    # its position; of a cloze note the number of the gap, from 0
    deck: str
    is_suspended: bool
    is_flagged: bool
    changed_ms: int
    reviews: tuple[Review, ...]
    # oldest first


@frozen
class Collection:
    """A whole package but for its media."""

    note_types: dict[int, NoteType]
    notes: dict[int, Note]
    cards: tuple[Card, ...]
    # in the order in which Anki would introduce them


def read(path: Path, name: str) -> Collection:
    """Read a collection's SQLite file; `name` is what the person calls it.

    Raises:
        UnreadablePackage: it is damaged, or not a collection.
    """
    try:
        with _guarded(path) as connection:
            return _read(connection)
    except (sqlite3.Error, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        # whatever a table holds that no Anki writes there
        reason = str(error) or type(error).__name__
        raise UnreadablePackage(f"The collection in {name} is damaged ({reason}). Nothing was imported.") from None


@contextmanager
def _guarded(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        steps = iter(range(_MOST_STEPS))
        connection.set_progress_handler(lambda: next(steps, None) is None, _STEP)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.create_collation("unicase", _unicase)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.set_authorizer(_authorize)
        _must_be_plain_tables(connection)
        yield connection
    finally:
        connection.close()


def _authorize(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _unicase(left: str, right: str) -> int:
    return (left.casefold() > right.casefold()) - (left.casefold() < right.casefold())


def _must_be_plain_tables(connection: sqlite3.Connection) -> None:
    """A view or a virtual table in a table's place would make SQLite work for whoever wrote the file."""
    made = connection.execute("SELECT name, type, sql FROM sqlite_master")
    for name, kind, sql in made:
        if name in _TABLES and (kind != "table" or not str(sql).upper().startswith("CREATE TABLE")):
            raise ValueError(f"{name} is not a table")


def _read(connection: sqlite3.Connection) -> Collection:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    is_new = "notetypes" in {name for (name,) in found}
    note_types, decks = (_new_forms if is_new else _old_forms)(connection)
    notes = {
        int(number): Note(int(number), str(guid), int(note_type), tuple(str(tags).split()), _split(fields))
        for number, guid, note_type, tags, fields in _rows(connection, "SELECT id, guid, mid, tags, flds FROM notes")
    }
    return Collection(note_types, notes, tuple(_cards(connection, decks)))


def _split(fields: object) -> tuple[str, ...]:
    return tuple(str(fields).split("\x1f"))


def _rows(connection: sqlite3.Connection, query: str) -> list[Sequence[Any]]:
    rows = connection.execute(f"{query} LIMIT {MOST_NOTES + 1}").fetchall()
    if len(rows) > MOST_NOTES and "revlog" not in query:
        raise ValueError(f"more than {MOST_NOTES} notes or cards")
    return rows


def _cards(connection: sqlite3.Connection, decks: dict[int, str]) -> Iterator[Card]:
    reviews: dict[int, list[Review]] = {}
    for card, *values in connection.execute("SELECT cid, id, ease, time, type, factor FROM revlog ORDER BY id"):
        reviews.setdefault(card, []).append(_review(*map(int, values)))
    deck_number = "CASE WHEN odid > 0 THEN odid ELSE did END"
    query = f"SELECT id, nid, ord, {deck_number}, queue, flags, mod FROM cards ORDER BY nid, ord"
    for number, note, template, deck, queue, flags, changed_s in _rows(connection, query):
        past = tuple(reviews.get(number, ()))
        stands = (queue == _SUSPENDED, int(flags) & _FLAGS > 0, _instant(int(changed_s) * 1000))
        yield Card(int(note), int(template), decks.get(deck, ""), *stands, past)


def _review(at_ms: int, *values: int) -> Review:
    return Review(_instant(at_ms), *values)


def _instant(at_ms: int) -> int:
    if not 0 <= at_ms < _LATEST_MS:
        raise ValueError("something happened at an impossible time")
    return at_ms


# -- the two formats --------------------------------------------------------------------------------------------------


def _old_forms(connection: sqlite3.Connection) -> tuple[dict[int, NoteType], dict[int, str]]:
    """Read note types and deck names from the JSON that Anki kept them in before 2.1.28."""
    models, decks = connection.execute("SELECT models, decks FROM col").fetchone()
    note_types = {int(number): _old_note_type(int(number), model) for number, model in json.loads(models).items()}
    return note_types, {int(number): str(deck["name"]) for number, deck in json.loads(decks).items()}


def _old_note_type(number: int, model: dict[str, Any]) -> NoteType:
    templates = tuple(Template(str(one["qfmt"]), str(one["afmt"])) for one in _in_order(model["tmpls"]))
    fields = tuple(str(one["name"]) for one in _in_order(model["flds"]))
    return NoteType(number, str(model["name"]), model["type"] == _CLOZE, fields, templates)


def _in_order(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(parts, key=lambda part: int(part.get("ord") or 0))


def _new_forms(connection: sqlite3.Connection) -> tuple[dict[int, NoteType], dict[int, str]]:
    """Read them from tables of their own, whose details are Protocol Buffers."""
    note_types = {}
    for number, name, config in connection.execute("SELECT id, name, config FROM notetypes"):
        fields = connection.execute("SELECT name FROM fields WHERE ntid = ? ORDER BY ord", (number,))
        templates = connection.execute("SELECT config FROM templates WHERE ntid = ? ORDER BY ord", (number,))
        note_types[number] = NoteType(
            number,
            str(name),
            protobuf.number(config, 1) == _CLOZE,
            tuple(str(field) for (field,) in fields),
            tuple(Template(protobuf.text(made, 1), protobuf.text(made, 2)) for (made,) in templates),
        )
    decks = connection.execute("SELECT id, name FROM decks")
    return note_types, {number: str(name).replace("\x1f", "::") for number, name in decks}
