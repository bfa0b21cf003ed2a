"""The format of a bank file as a JSON Schema (draft 2020-12), made from the rules that the reader obeys.

It is for editors: it completes keys and underlines what is wrong while typing. It refuses nothing that the reader
takes; what only the text, other questions or Python can tell (LaTeX in double quotes, links, figures) is left to
`quizkit bank check`.
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from typing import Any, TypeAlias

from quizkit.authoring.fields import FIELDS
from quizkit.bank import values
from quizkit.bank.entry import ANSWERS, RULES
from quizkit.bank.model import DIFFICULTIES, Choice, FollowUp, Mistake
from quizkit.bank.reader import DEFAULT_CONTEXT
from quizkit.bank.values import Rule

Schema: TypeAlias = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MEANINGS = {field.key: field.meaning.replace("`", "") for field in FIELDS}
# editors show Markdown's signs as they are
_SAID = "patternErrorMessage"
# what editors built on VS Code's YAML server show in the place of a pattern; validators pass it over

_scalar = ["string", "number", "boolean"]
# YAML reads 0.5 and true as no texts; the reader takes every scalar as it is written
_text: Schema = {"type": _scalar, "pattern": r"\S", _SAID: "There is nothing in it."}


def schema() -> Schema:
    """Return the schema of a bank file."""
    return {
        "$schema": DRAFT,
        "title": "A quizkit bank file",
        "type": "object",
        "required": ["questions"],
        "additionalProperties": False,
        "properties": {"questions": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/question"}}},
        "$defs": {"question": _question()},
    }


def schema_text() -> str:
    """Return the schema as the text of a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _question() -> Schema:
    return {
        "type": "object",
        "required": ["id", "question"],
        "anyOf": [{"required": [key]} for key in ANSWERS],
        "additionalProperties": False,
        "properties": {key: {"description": _MEANINGS[key], **_shape(rule)} for key, rule in RULES.items()},
        "if": {"required": ["choices"]},
        "then": {"required": ["answer"], "properties": {"tolerance": False}},
        "else": {
            "if": {"required": ["answer"]},
            "then": {"required": ["tolerance"], "properties": {"answer": _number({})}},
            "else": {"properties": {"tolerance": False}},
        },
    }


def _shape(rule: Rule) -> Schema:
    return _SHAPES[rule]


def _whole(pattern: str) -> str:
    """Return the pattern for all of a text; blanks at its end are not part of it."""
    return rf"^(?:{pattern})\s*$"


def _number(bounds: Schema) -> Schema:
    """A number, quoted or not; a quoted one's bounds are left to the reader."""
    finite = {"minimum": -sys.float_info.max, "maximum": sys.float_info.max}
    return {
        "anyOf": [{"type": "number", **finite, **bounds}, {"type": "string", "pattern": _whole(values.NUMBER.pattern)}]
    }


def _list(item: Schema, **more: Any) -> Schema:
    return {"type": "array", "minItems": 1, "items": item, **more}


def _pair(kind: type[Mistake | FollowUp | Choice], required: list[str]) -> Schema:
    names = [field.name for field in fields(kind)]
    return {
        "type": "object",
        "required": required or names,
        "additionalProperties": False,
        "properties": dict.fromkeys(names, _text),
    }


_identifier = _whole(rf"(?=\S{{1,{values.LONGEST_ID}}}\s*$){values.ID.pattern}")
_choice = {"anyOf": [_text, _pair(Choice, ["text"])]}
_SHAPES: dict[Rule, Schema] = {
    values.text: _text,
    values.identifier: {"type": _scalar, "pattern": _identifier, _SAID: f"An id holds {_MEANINGS['id']}."},
    values.difficulty: {"enum": list(DIFFICULTIES)},
    values.challenge: {"enum": list(DEFAULT_CONTEXT.challenges)},
    values.experiments: _list({"enum": list(DEFAULT_CONTEXT.experiments)}, uniqueItems=True),
    values.minutes: _number({"exclusiveMinimum": 0}),
    values.tolerance: _number({"minimum": 0}),
    values.texts: _list(_text),
    values.distinct_texts: _list(_text),
    values.mistakes: _list(_pair(Mistake, [])),
    values.follow_ups: _list(_pair(FollowUp, [])),
    values.choices: _list(_choice, uniqueItems=True) | {"minItems": 2},
    values.diagram: {
        "type": "string",
        "pattern": f"^{values.FLOWCHART.pattern}",
        _SAID: f"It has to be {_MEANINGS['diagram']}.",
    },
    values.figures: _text,
}
