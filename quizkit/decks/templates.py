"""What a card of Anki shows: its template filled with the fields of its note, gaps of a cloze as text."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TAG = re.compile(r"\{\{([#^/]?)\s*([^{}]*?)\s*\}\}")
_SECTION = re.compile(r"\{\{([#^])\s*([^{}]*?)\s*\}\}((?:(?!\{\{[#^/]).)*)\{\{/\s*\2\s*\}\}", re.DOTALL)
# the innermost: what it holds opens no other
_ANSWER = re.compile(r"<hr\s+id\s*=\s*[\"']?answer[\"']?\s*/?>", re.IGNORECASE)
_CLOZE = re.compile(r"\{\{c(\d+)::((?:(?!\{\{c\d+::)(?!\}\}).)*)\}\}", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DEEPEST = 50
# sections in sections, gaps in gaps
_SPECIAL = frozenset({"FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag"})


def sides(front: str, back: str, fields: Mapping[str, str], gap: int | None) -> tuple[str, str]:
    """Return the question and the answer of a card, as HTML.

    `gap` is the number of the gap that a card of a cloze note asks for, from 1. The answer does not repeat the
    question where the template parts them by Anki's line.
    """
    question = _filled(front, fields, gap, reveal=False)
    line = _ANSWER.search(back)
    answer = _filled(back[line.end() :] if line else back, fields, gap, reveal=True)
    return question, answer


def shown_fields(template: str) -> set[str]:
    """Return the names of the fields whose text a template shows."""
    found = _TAG.findall(_COMMENT.sub("", template))
    return {reference.split(":")[-1].strip() for sign, reference in found if not sign}


def _filled(template: str, fields: Mapping[str, str], gap: int | None, *, reveal: bool) -> str:
    text = _COMMENT.sub("", template)
    for _ in range(_DEEPEST):
        text, changes = _SECTION.subn(lambda found: _section(found, fields, gap), text)
        if not changes:
            break
    return _TAG.sub(lambda found: _value(found, fields, gap, reveal), text)


def _section(found: re.Match[str], fields: Mapping[str, str], gap: int | None) -> str:
    sign, name, inside = found.groups()
    is_gap = bool(gap) and name == f"c{gap}"
    shown = is_gap or bool(fields.get(name, "").strip())
    return inside if shown is (sign == "#") else ""


def _value(found: re.Match[str], fields: Mapping[str, str], gap: int | None, reveal: bool) -> str:
    sign, reference = found.groups()
    *filters, name = (part.strip() for part in reference.split(":"))
    if sign or (name in _SPECIAL and name not in fields):
        return ""
    value = fields.get(name, "")
    if "cloze" in (one.lower() for one in filters):
        return cloze(value, gap or 1, reveal=reveal)
    return "" if "type" in filters and not reveal else value


def cloze(text: str, gap: int, *, reveal: bool) -> str:
    """Return a cloze text with its gaps filled, the one that is asked for as […] or its hint unless `reveal`."""
    for _ in range(_DEEPEST):
        # from the inside: gaps may stand in gaps
        text, changes = _CLOZE.subn(lambda found: _gap(found, gap, reveal), text)
        if not changes:
            break
    return text


def _gap(found: re.Match[str], gap: int, reveal: bool) -> str:
    hidden, _, hint = found[2].partition("::")
    if int(found[1]) != gap:
        return hidden
    return f"<b>{hidden}</b>" if reveal else f"[{hint or '…'}]"
