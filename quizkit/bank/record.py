"""The compiled form of a question: what the index stores, and how it becomes a Question again.

It is packed as one text instead of JSON: texts cannot hold control characters (the reader refuses them), so these can
stand between them, and packing takes a fifth of JSON's time, which would be a tenth of a first indexing.
"""

from __future__ import annotations

import unicodedata
from typing import Any, TypeAlias

from quizkit.bank.model import Choice, FollowUp, Mistake, Number, Question, makes_statements

Record: TypeAlias = dict[str, Any]
"""The fields that were given, by name. Pairs are lists of one or two texts, number is [value, tolerance]."""

_texts = ("id", "question", "simple_answer", "technical_answer", "analogy", "diagram", "answer", "challenge")
_lists = ("companies", "tags", "key_points", "references")
_pairs = ("mistakes", "follow_ups", "choices")
# the fields above are searched, those below are not
_more_texts = ("difficulty", "figures")
_more_lists = ("see_also", "after", "was", "lab")
_order = (*_texts, *_lists, *_pairs, *_more_texts, *_more_lists, "minutes", "number")

_between_fields = "\x1e"
_between_items = "\x1f"
_between_halves = "\x1d"
# of a pair

_halves: dict[str, Any] = {"mistakes": Mistake, "follow_ups": FollowUp, "choices": Choice}


def pack(record: Record) -> tuple[str, str]:
    """Return the record as one text, and the folded text that searches look at."""
    get = record.get
    searched = [get(name, "") for name in _texts]
    searched += [_between_items.join(get(name, ())) for name in _lists]
    searched += [_between_items.join(map(_between_halves.join, get(name, ()))) for name in _pairs]
    more = [get(name, "") for name in _more_texts]
    more += [_between_items.join(get(name, ())) for name in _more_lists]
    more.append(repr(record["minutes"]) if "minutes" in record else "")
    more.append(_between_items.join(map(repr, get("number", ()))))
    text = _between_fields.join(searched)
    return _between_fields.join((text, *more)), fold(text)


def unpack(packed: str) -> Record:
    """Return the record that `pack` packed. Raises ValueError when it did not."""
    values = zip(_order, packed.split(_between_fields), strict=True)
    return {name: _unpacked(name, value) for name, value in values if value}


def _unpacked(name: str, value: str) -> Any:
    if name in _texts or name in _more_texts:
        return value
    if name == "minutes":
        return float(value)
    items = value.split(_between_items)
    if name == "number":
        return [float(item) for item in items]
    return [item.split(_between_halves) for item in items] if name in _pairs else items


def to_question(record: Record, topic: str, file: str, line: int) -> Question:
    """Build the question that a record describes."""
    fields = dict(record)
    for name in _lists + _more_lists:
        fields[name] = tuple(record.get(name, ()))
    for name, build in _halves.items():
        fields[name] = tuple(build(*pair) for pair in record.get(name, ()))
    if "number" in record:
        fields["number"] = Number(*record["number"])
    return Question(topic=topic, file=file, line=line, **fields)


def markable(record: Record) -> bool:
    """Say whether the program can mark the question: choices, a number, or statements for true-or-trap."""
    statements = makes_statements(len(record.get("key_points", ())), len(record.get("mistakes", ())))
    return "choices" in record or "number" in record or statements


def fold(text: str) -> str:
    """Return `text` without differences of case and of Unicode spelling (é as one character or two, ﬁ, 𝑥)."""
    return text.casefold() if text.isascii() else unicodedata.normalize("NFKC", text.casefold())
