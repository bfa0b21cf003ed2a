"""The review log as lines of JSON: a heading, then one entry a line, in plain ASCII."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

from quizkit.errors import UsageProblem
from quizkit.memory.log import Entry, Event, Grade, Kind, Mode

FORMAT = 1
LATEST_MS = 253_402_300_799_999
# the end of the year 9999, where calendars end
LARGEST = 2**53
# beyond it other programs round whole numbers, and SQLite's are near their end
FARTHEST_MIN = 26 * 60
# between a local time and UTC
_NAMES = tuple(field.name for field in fields(Event))
_LEAST = {"tick": 0, "at_ms": 0, "offset_min": -FARTHEST_MIN, "grade": 1, "taken_ms": 0}
_MOST = {"tick": LARGEST, "at_ms": LATEST_MS, "offset_min": FARTHEST_MIN, "grade": 4, "taken_ms": LARGEST}
_OPTIONAL = {"grade": None, "taken_ms": None, "undoes": None, "detail": ""}


class Unreadable(UsageProblem):
    """A text is no log, or not a whole one."""


def text_of(entries: Iterable[Entry]) -> str:
    """Return entries as a text that `entries_of` reads."""
    rows = [_line(entry) for entry in entries]
    return "\n".join([json.dumps({"quizkit": "log", "format": FORMAT, "entries": len(rows)}), *rows, ""])


def _line(entry: Entry) -> str:
    record = {name: getattr(entry.event, name) for name in _NAMES}
    said = {name: value for name, value in record.items() if name not in _OPTIONAL or value != _OPTIONAL[name]}
    return json.dumps({"tick": entry.tick, **said}, separators=(",", ":"))


def entries_of(text: str, name: str) -> list[Entry]:
    """Return the entries of the text of the file called `name`.

    Raises:
        Unreadable: a line is damaged, lines are missing, or a newer quizkit wrote it; the message says where.
    """
    first, *rows = text.split("\n")
    expected = _heading(first, name)
    if rows[-1:] != [""] or len(rows) - 1 != expected:
        raise Unreadable(
            f"{name} does not hold the {expected} entries it announces: it was cut off or is being copied."
        )
    return list(_numbered(rows[:-1], name))


def _heading(row: str, name: str) -> int:
    heading = _parsed(row)
    if not isinstance(heading, dict) or heading.get("quizkit") != "log":
        raise Unreadable(f"{name}:1: this is no review log of quizkit. `quizkit log export FILE` writes one.")
    if heading.get("format") != FORMAT:
        raise Unreadable(f"{name}:1: a newer quizkit wrote this (format {heading.get('format')}). Upgrade quizkit.")
    count = heading.get("entries")
    if type(count) is not int:
        raise Unreadable(f"{name}:1: the number of entries is missing.")
    return count


def _numbered(rows: Iterable[str], name: str) -> Iterator[Entry]:
    for number, row in enumerate(rows, 2):
        try:
            yield _entry(_parsed(row))
        except ValueError as problem:
            raise Unreadable(f"{name}:{number}: {problem}.") from None


def _parsed(row: str) -> Any:
    try:
        return json.loads(row)
    except (ValueError, RecursionError):
        return None


def _entry(record: Any) -> Entry:
    if not isinstance(record, dict):
        raise ValueError("this is not a whole entry")
    unknown = sorted(record.keys() - {"tick", *_NAMES})
    if unknown:
        raise ValueError(f"{unknown[0]!r} is unknown: a newer quizkit may have written it")
    missing = sorted({"tick", *_NAMES} - record.keys() - _OPTIONAL.keys())
    if missing:
        raise ValueError(f"{missing[0]} is missing")
    given = {**_OPTIONAL, **{name: _value(name, value) for name, value in record.items()}}
    tick = given.pop("tick")
    event = Event(**given)
    _must_make_sense(event)
    return Entry(tick, event)


def _value(name: str, value: Any) -> Any:
    if name in _LEAST:
        return _whole(name, value)
    if not isinstance(value, str) or not value or not (name == "detail" or value.isprintable()):
        raise ValueError(f"{name} is not a printable text")
    if name == "detail" and not (_is_unicode(value) and isinstance(_parsed(value), dict)):
        raise ValueError("detail is no JSON object")
    kinds = {"kind": Kind, "mode": Mode}
    if name in kinds and value not in set(kinds[name]):
        raise ValueError(f"{name} {value!r} is unknown: a newer quizkit may have written it")
    return kinds[name](value) if name in kinds else value


def _is_unicode(text: str) -> bool:
    """Whether there is no half of a surrogate pair in it, which JSON allows and no database takes."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _whole(name: str, value: Any) -> int:
    if type(value) is not int or not _LEAST[name] <= value <= _MOST[name]:
        raise ValueError(f"{name} is not a whole number from {_LEAST[name]} to {_MOST[name]}")
    return Grade(value) if name == "grade" else value


def _must_make_sense(event: Event) -> None:
    if event.kind is Kind.REVIEW and event.grade is None:
        raise ValueError("a review has no grade")
    if (event.kind is Kind.UNDO) != (event.undoes is not None):
        raise ValueError("an undo, and nothing else, names what it takes back")
