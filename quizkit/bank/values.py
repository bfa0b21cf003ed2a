"""The rules for single values: what a text, a number, a list or a list of pairs must look like in a bank."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from quizkit.bank.figures import python_problem
from quizkit.bank.latex import advice, swallowed_commands
from quizkit.bank.model import DIFFICULTIES
from quizkit.bank.problem import Report, shown
from quizkit.bank.yaml_tree import Mapping, Node, Scalar, Sequence
from quizkit.errors import nearest
from quizkit.frozen import frozen

LONGEST_ID = 80

ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_not_finite = re.compile(r"[-+]?\.?(?:nan|inf|infinity)", re.IGNORECASE)
FLOWCHART = re.compile(r"(?:%%[^\n]*\n|\s)*(?:flowchart|graph)\s+(?:TB|TD|BT|RL|LR)\b")
_nulls = frozenset({"~", "null", "Null", "NULL"})


@frozen
class Context:
    """What the rules must know besides the file."""

    challenges: tuple[str, ...]
    # names that `challenge` may have
    experiments: tuple[str, ...] = ()
    # names that `lab` may have
    diagram_problem: Callable[[str], str | None] | None = None
    # says what is wrong with a Mermaid flowchart; without it only the first line is looked at


Rule: TypeAlias = Callable[[Node, str, Report, Context], Any]
"""Returns the value of a field, or None after reporting why it has none. The text is the field's name."""

Fields: TypeAlias = dict[str, tuple[Scalar, Node]]
"""The known keys of a mapping: where each stands, and its value."""


def fields_of(node: Mapping, known: Iterable[str]) -> tuple[Fields, list[Node]]:
    """Return the known keys of a mapping, the first of each, and the keys that are repeated or not known."""
    fields: Fields = {}
    odd_keys: list[Node] = []
    for key, value in node.pairs():
        name = key.value if isinstance(key, Scalar) else ""
        if name in known and name not in fields:
            fields[name] = (key, value)  # type: ignore[assignment]
        else:
            odd_keys.append(key)
    return fields, odd_keys


def report_odd_key(key: Node, fields: Fields, known: Iterable[str], report: Report) -> None:
    """Report a key that `fields_of` did not take."""
    if not isinstance(key, Scalar):
        report.at(key.start_mark, f"a key must be a word; this is {kind(key)}")
    elif key.value in fields:
        line = fields[key.value][0].start_mark.line + 1
        here = key.start_mark.line + 1
        report.at(key.start_mark, f"the key {shown(key.value)} is given twice, in lines {line} and {here}: keep one")
    elif key.value == "<<":
        report.at(key.start_mark, "merge keys (<<) are not read: write the keys out")
    else:
        known = tuple(known)
        near = nearest(key.value[:LONGEST_ID], known)
        report.at(key.start_mark, f"unknown key {shown(key.value)}.{near or ' Known: ' + ', '.join(known)}")


def kind(node: Node) -> str:
    """Name what a node is, for a message."""
    if isinstance(node, Scalar):
        return f"the text {shown(node.value, 30)}" if node.value else "empty"
    return "a list" if isinstance(node, Sequence) else "a mapping"


def text(node: Node, field: str, report: Report, context: Context) -> str | None:  # noqa: ARG001 - a Rule
    """Text that is not empty, without white space at its end."""
    if isinstance(node, Scalar):
        value: str = node.value.rstrip()
        if not value:
            report.at(node.start_mark, f"{field} is empty: fill it in or remove it")
        elif value in _nulls and not node.style:
            report.at(node.start_mark, f"{field} is {value}, which means empty: remove it, or quote it if it is meant")
        elif node.style != '"' or _survives_double_quotes(node, field, report):
            return value
    else:
        report.at(node.start_mark, f"{field} must be a text; this is {kind(node)}")
    return None


def _survives_double_quotes(node: Scalar, field: str, report: Report) -> bool:
    """Report what YAML's escapes made of LaTeX, and control characters that they smuggled in."""
    start = node.start_mark.index
    commands = swallowed_commands(report.text[start : node.end_mark.index])
    for offset, command in commands:
        report.at_index(start + offset, f"{field}: {advice(command)}")
    control = None if commands else _control_character(node.value)
    if control:
        report.at(node.start_mark, f"{field}: an escape stands for control character U+{ord(control):04X}: remove it")
    return not commands and not control


def _control_character(value: str) -> str | None:
    return next((c for c in value if unicodedata.category(c) == "Cc" and c not in "\n\t"), None)


def identifier(node: Node, field: str, report: Report, context: Context) -> str | None:
    """An id: lowercase letters, digits, and - _ . between them."""
    value = text(node, field, report, context)
    if value is None or (len(value) <= LONGEST_ID and ID.fullmatch(value)):
        return value
    rule = f"use lowercase letters a-z, digits, and - _ . between them, at most {LONGEST_ID} characters"
    report.at(node.start_mark, f"{field} {shown(value)} is not an id: {rule}")
    return None


def one_of(names: Callable[[Context], tuple[str, ...]]) -> Rule:
    """One of the names that the context allows."""

    def rule(node: Node, field: str, report: Report, context: Context) -> str | None:
        value = text(node, field, report, context)
        allowed = names(context)
        if value is None or value in allowed:
            return value
        near = nearest(value[:LONGEST_ID].lower(), allowed)
        known = f" Known: {', '.join(allowed)}" if len(allowed) <= 5 or not near else ""
        report.at(node.start_mark, f"unknown {field} {shown(value)}.{near}{known}")
        return None

    return rule


difficulty = one_of(lambda _: DIFFICULTIES)
challenge = one_of(lambda context: context.challenges)


def number_in(value: str) -> float | str:
    """Return the number that a text holds, or what is wrong with it."""
    if _not_finite.fullmatch(value):
        return f"{shown(value)} is not finite: write a number such as 0.25, -3 or 1e-3"
    if not NUMBER.fullmatch(value):
        return f"{shown(value)} is not a number: write it like 0.25, -3 or 1e-3"
    return float(value) if math.isfinite(float(value)) else f"{shown(value)} is too large for a number"


def number(least: str, fits: Callable[[float], bool]) -> Rule:
    """A finite number that fits; `least` says which fit."""

    def rule(node: Node, field: str, report: Report, context: Context) -> float | None:
        value = text(node, field, report, context)
        parsed = number_in(value) if value is not None else None
        if isinstance(parsed, str):
            report.at(node.start_mark, f"{field}: {parsed}")
        elif parsed is not None and not fits(parsed):
            report.at(node.start_mark, f"{field} must be {least}; this is {value}")
        else:
            return parsed
        return None

    return rule


minutes = number("a positive number", lambda value: value > 0)
tolerance = number("0 or a positive number", lambda value: value >= 0)


def items_of(node: Node, field: str, report: Report) -> list[Node]:
    """Return the items of a list; report when it is no list or has none."""
    if isinstance(node, Sequence):
        if not node.items:
            report.at(node.start_mark, f"{field} is an empty list: fill it in or remove it")
        return node.items
    if isinstance(node, Mapping) or not node.value:
        report.at(node.start_mark, f"{field} must be a list; this is {kind(node)}")
    else:
        short = len(node.value) <= 30
        example = f"{field}: [{node.value}]" if short else "each item on a line of its own, after '- '"
        report.at(node.start_mark, f"{field} must be a list; this is a text: write {example}")
    return []


def texts(node: Node, field: str, report: Report, context: Context) -> list[str] | None:
    """A list of texts."""
    values = [text(item, f"an item of {field}", report, context) for item in items_of(node, field, report)]
    return [value for value in values if value is not None] or None


def distinct(each: Rule, called: str = "an item of {field}") -> Rule:
    """A list of what `each` takes; its items differ by more than case."""

    def rule(node: Node, field: str, report: Report, context: Context) -> list[str] | None:
        values: dict[str, str] = {}
        name = called.format(field=field)
        for item in items_of(node, field, report):
            value = each(item, name, report, context)
            if value is not None and values.setdefault(value.casefold(), value) is not value:
                report.at(item.start_mark, f"{field}: {shown(value)} is listed twice: keep one")
        return list(values.values()) or None

    return rule


distinct_texts = distinct(text)
experiments = distinct(one_of(lambda context: context.experiments), "experiment")


def pairs(first: str, second: str) -> Rule:
    """A list of mappings that have exactly these two keys, both of them texts."""
    known = (first, second)

    def rule(node: Node, field: str, report: Report, context: Context) -> list[list[str]] | None:
        items = items_of(node, field, report)
        values = [_pair(item, field, known, report, context) for item in items]
        return [value for value in values if len(value) == 2] or None

    return rule


def _pair(node: Node, field: str, known: tuple[str, str], report: Report, context: Context) -> list[str]:
    """Return the texts under the known keys, as far as they are there."""
    if not isinstance(node, Mapping):
        keys = " and ".join(known)
        report.at(node.start_mark, f"an item of {field} must have the keys {keys}; this is {kind(node)}")
        return []
    fields, odd_keys = fields_of(node, known)
    for key in odd_keys:
        report_odd_key(key, fields, known, report)
    for name in known:
        if name not in fields:
            report.at(node.start_mark, f"an item of {field} has no {name}: add it")
    values = [text(value, f"{field}: {name}", report, context) for name, (_, value) in _ordered(fields, known)]
    return [value for value in values if value is not None]


def _ordered(fields: Fields, known: tuple[str, ...]) -> list[tuple[str, tuple[Scalar, Node]]]:
    return [(name, fields[name]) for name in known if name in fields]


mistakes = pairs("claim", "correction")
follow_ups = pairs("question", "answer")


def choices(node: Node, field: str, report: Report, context: Context) -> list[list[str]] | None:
    """Two or more different choices: a text, or a mapping of text and correction."""
    items = items_of(node, field, report)
    found = [_choice(item, field, report, context) for item in items]
    seen: dict[str, int] = {}
    for item, choice in zip(items, found, strict=True):
        if choice and seen.setdefault(choice[0], id(item)) != id(item):
            report.at(item.start_mark, f"{field}: {shown(choice[0])} is listed twice: every choice must differ")
    if len(items) == 1:
        report.at(node.start_mark, f"{field} has one item: give two or more")
    sound = len(items) > 1 and all(found) and len(seen) == len(items)
    return [choice for choice in found if choice] if sound else None


def _choice(node: Node, field: str, report: Report, context: Context) -> list[str] | None:
    if not isinstance(node, Mapping):
        value = text(node, f"an item of {field}", report, context)
        return None if value is None else [value]
    known = ("text", "correction")
    fields, odd_keys = fields_of(node, known)
    for key in odd_keys:
        report_odd_key(key, fields, known, report)
    if "text" not in fields:
        report.at(node.start_mark, f"an item of {field} has no text: add it")
    values = [text(value, f"{field}: {name}", report, context) for name, (_, value) in _ordered(fields, known)]
    return [str(value) for value in values] if "text" in fields and None not in values else None


def diagram(node: Node, field: str, report: Report, context: Context) -> str | None:
    """A Mermaid flowchart."""
    value = text(node, field, report, context)
    if value is None:
        return None
    problem = None if FLOWCHART.match(value) else "must begin with `flowchart TD` (or another direction)"
    if not problem and context.diagram_problem:
        problem = context.diagram_problem(value)
    if problem:
        report.at(node.start_mark, f"{field}: {problem}")
    return None if problem else value


def figures(node: Node, field: str, report: Report, context: Context) -> str | None:
    """Python source, at least by its syntax."""
    value = text(node, field, report, context)
    found = python_problem(value) if value is not None else None
    if found is None or not isinstance(node, Scalar):
        return value
    line, column, problem = found
    if node.style == "|":
        line += node.start_mark.line + 1
        report.at_line(line, column + _indentation(report.text, line), f"{field} {problem}")
    else:
        report.at(node.start_mark, f"{field} {problem}")
    return None


def _indentation(source: str, line: int) -> int:
    """Return how far a line is indented."""
    written = source.split("\n", line)[line - 1]
    return len(written) - len(written.lstrip())
