"""The Python that cards hold: the code blocks of their texts and their figures, each with its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from quizkit.bank import values
from quizkit.bank.decode import decode
from quizkit.bank.entry import RULES
from quizkit.bank.problem import Report
from quizkit.bank.values import Fields
from quizkit.bank.yaml_tree import Mapping, Node, Scalar, Sequence, read_tree
from quizkit.frozen import frozen

_texts = ("question", "simple_answer", "technical_answer", "analogy")
_pairs = {"mistakes": ("claim", "correction"), "follow_ups": ("question", "answer")}
_opening = re.compile(r"(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*python(?P<more>[ \t][^`\n]*)?$")


@frozen
class Snippet:
    """Some Python of a card."""

    kind: Literal["shown", "wrong", "figures"]
    # a block fenced as ```python, one fenced as ```python wrong, or the field `figures`
    source: str
    line: int
    # of the file, from 1, where `source` begins; its other lines follow where the YAML text is a block after |


@frozen
class Card:
    """What one question holds of Python; figures, if there are any, come last."""

    question_id: str
    line: int
    # of the entry in the file, from 1
    snippets: tuple[Snippet, ...]

    def of_kind(self, kind: str) -> list[Snippet]:
        """Return the snippets of one kind, in the order of the card."""
        return [snippet for snippet in self.snippets if snippet.kind == kind]


def cards_in(data: bytes) -> Iterator[Card]:
    """Yield the questions of a bank file that hold Python; a file that cannot be read has none."""
    report = Report("")
    report.text = decode(data, report) or ""
    tree = read_tree(report.text, report)
    if tree.whole and isinstance(tree.root, Mapping):
        fields, _ = values.fields_of(tree.root, ("questions",))
        for entry in _items(fields, "questions"):
            if isinstance(entry, Mapping) and (card := _card(entry)).snippets:
                yield card


def _card(entry: Mapping) -> Card:
    fields, _ = values.fields_of(entry, RULES)
    name = fields["id"][1] if "id" in fields else None
    shown = [snippet for text in _texts_of(fields) for snippet in fenced(text.value, _first_line(text))]
    figures = fields["figures"][1] if "figures" in fields else None
    if isinstance(figures, Scalar):
        shown.append(Snippet("figures", figures.value, _first_line(figures)))
    return Card(name.value if isinstance(name, Scalar) else "", entry.start_mark.line + 1, tuple(shown))


def _texts_of(fields: Fields) -> Iterator[Scalar]:
    """Yield the texts of a question in the order in which a card shows them."""
    nodes: list[Node] = [fields[key][1] for key in _texts if key in fields]
    for field, keys in _pairs.items():
        for item in _items(fields, field):
            pair, _ = values.fields_of(item, keys) if isinstance(item, Mapping) else ({}, [])
            nodes += [pair[key][1] for key in keys if key in pair]
    return (node for node in nodes if isinstance(node, Scalar))


def _items(fields: Fields, key: str) -> list[Node]:
    node = fields[key][1] if key in fields else None
    return node.items if isinstance(node, Sequence) else []


def _first_line(text: Scalar) -> int:
    """Return the line, from 1, on which a text begins: a block begins below its bar."""
    return text.start_mark.line + (2 if text.style in ("|", ">") else 1)


def fenced(markdown: str, line: int) -> Iterator[Snippet]:
    """Yield the Python blocks of a text that begins on a line of a file."""
    opened: re.Match[str] | None = None
    code: list[str] = []
    for number, row in enumerate(markdown.split("\n"), line):
        if opened is None:
            opened, code = _opening.match(row), []
        elif _closes(row, opened["fence"]):
            yield _block(opened, code, number)
            opened = None
        else:
            code.append(row.removeprefix(opened["indent"]))
    if opened is not None:
        yield _block(opened, code, number + 1)


def _closes(row: str, fence: str) -> bool:
    row = row.strip(" \t>")
    return row.startswith(fence) and not row.strip(fence[0])


def _block(opened: re.Match[str], code: list[str], end: int) -> Snippet:
    kind: Literal["shown", "wrong"] = "wrong" if (opened["more"] or "").split() == ["wrong"] else "shown"
    return Snippet(kind, "\n".join(code), end - len(code))
