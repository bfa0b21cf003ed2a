"""A Mermaid flowchart read strictly: its nodes, edges and groups, or a sentence that says what is wrong."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Literal

from quizkit.frozen import frozen, replace

Direction = Literal["TD", "LR"]
Shape = Literal["box", "round", "diamond"]
Line = Literal["solid", "dotted", "thick", "invisible"]


class MermaidError(Exception):
    """The text is not a flowchart that can be drawn; the message is a sentence for its author."""


@frozen
class Node:
    """A box of the chart."""

    label: str
    # a line break is "\n"
    shape: Shape = "box"


@frozen
class Edge:
    """An arrow or a line between two nodes, named by their keys."""

    tail: str
    head: str
    label: str = ""
    line: Line = "solid"
    at_tail: bool = False
    # an arrow head there
    at_head: bool = True


@dataclass(slots=True)
class Group:
    """A subgraph: a title around nodes and other groups."""

    key: str
    title: str
    members: list[str] = field(default_factory=list)
    inner: list[Group] = field(default_factory=list)


@dataclass(slots=True)
class Chart:
    """A flowchart. RL counts as LR and BT as TD: the edges stay what they are."""

    direction: Direction = "TD"
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


_DEEPEST = 9
# subgraphs in subgraphs

_HEADER = re.compile(r"(?:flowchart|graph)(?:\s+(TB|TD|BT|LR|RL))?", re.IGNORECASE)
_NO_EFFECT = re.compile(r"(?:classDef|class|style|linkStyle|click|direction)\s")
_SUBGRAPH = re.compile(r'subgraph\s+(?:(?P<key>[\w-]+)\s*\[\s*(?P<named>.+?)\s*\]|(?P<title>.+))')  # fmt: skip
_STATEMENT = re.compile(r'(?:"[^"]*"|#\w+;|[^;"])+')

_KEY = re.compile(r"[^\W]\w*(?:-\w+)*")
# opening, closing brackets and the shape they are drawn as; the longest opening first
_BRACKETS: tuple[tuple[str, str, Shape], ...] = (
    ("(((", ")))", "round"), ("((", "))", "round"), ("([", "])", "round"), ("[(", ")]", "box"), ("[[", "]]", "box"),
    ("[/", "/]", "box"), ("[/", "\\]", "box"), ("[\\", "\\]", "box"), ("[\\", "/]", "box"), ("{{", "}}", "diamond"),
    ("{", "}", "diamond"), ("(", ")", "round"), (">", "]", "box"), ("[", "]", "box"),
)  # fmt: skip
_LABEL = r'\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^"()\[\]{}|]*?))\s*'
_SHAPES = tuple(
    (re.compile(re.escape(opening) + _LABEL + re.escape(closing)), shape) for opening, closing, shape in _BRACKETS
)
_CLASS = re.compile(r":::\w+")
_ARROW = re.compile(
    r"(?P<at_tail><?)(?:(?P<invisible>~{3,})|(?P<dotted>-\.+-)|(?P<thick>={2,}(?=>)|={3,})|(?P<solid>-{2,}(?=>)|-{3,}))"
    r"(?P<at_head>>?)"
)
_LINES: tuple[Line, ...] = ("solid", "dotted", "thick", "invisible")
_PIPED = re.compile(r'\s*\|\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^|"]*?))\s*\|')
_TEXT = r'\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^|"]+?))\s*'
_TEXT_ARROWS: tuple[tuple[Line, re.Pattern[str]], ...] = (
    ("dotted", re.compile(rf"(?P<at_tail><?)-\.{_TEXT}\.+-(?P<at_head>>?)")),
    ("thick", re.compile(rf"(?P<at_tail><?)=={_TEXT}(?:={{2,}}(?P<at_head>>)|={{3,}})")),
    ("solid", re.compile(rf"(?P<at_tail><?)--{_TEXT}(?:-{{2,}}(?P<at_head>>)|-{{3,}})")),
)
_ODD_END = re.compile(r"[ox<]?(?:-{2,}|={2,}|-\.+-)[ox](?=\s)")


def is_flowchart(source: str) -> bool:
    """Say whether `source` begins like a Mermaid flowchart."""
    statements = _statements(source)
    return bool(statements) and _HEADER.fullmatch(statements[0][1]) is not None


def read(source: str) -> Chart:
    """Read a flowchart; MermaidError, with the line, where it is not one."""
    statements = _statements(source)
    if not is_flowchart(source):
        raise MermaidError('A flowchart begins with "flowchart TD" or "flowchart LR" on a line of its own.')
    reader = _Reader(_direction(statements[0][1]))
    for number, statement in statements[1:]:
        try:
            reader.statement(statement)
        except MermaidError as problem:
            raise MermaidError(f"line {number} of the flowchart, {statement!r}: {problem}") from None
    return reader.finished()


def _statements(source: str) -> list[tuple[int, str]]:
    """Return the statements with their line numbers, without comments."""
    return [
        (number, statement.strip())
        for number, line in enumerate(source.splitlines(), 1)
        if not line.lstrip().startswith("%%")
        for statement in (_STATEMENT.findall(line) if line.count('"') % 2 == 0 else [line])
        if statement.strip()
    ]


def _direction(header: str) -> Direction:
    return "LR" if header.split()[-1].upper() in ("LR", "RL") else "TD"


class _Reader:
    """Collects the chart, one statement at a time."""

    def __init__(self, direction: Direction) -> None:
        self.chart = Chart(direction)
        self.open_groups: list[Group] = []

    def statement(self, text: str) -> None:
        if _NO_EFFECT.match(text):
            return
        if text == "end":
            if not self.open_groups:
                raise MermaidError("no subgraph is open here.")
            self.open_groups.pop()
        elif group := _SUBGRAPH.fullmatch(text):
            self.open_group(group)
        else:
            self.chain(text)

    def open_group(self, found: re.Match[str]) -> None:
        if len(self.open_groups) == _DEEPEST:
            raise MermaidError(f"subgraphs are nested deeper than {_DEEPEST}.")
        title = _clean((found["named"] or found["title"]).strip().strip('"'))
        group = Group(found["key"] or ("" if " " in title else title), title)
        siblings = self.open_groups[-1].inner if self.open_groups else self.chart.groups
        siblings.append(group)
        self.open_groups.append(group)

    def chain(self, text: str) -> None:
        """Read `a & b --> c -->|label| d`."""
        tails, at = self.nodes(text, 0)
        while at < len(text):
            edge, at = _edge(text, at)
            heads, at = self.nodes(text, at)
            self.chart.edges += [replace(edge, tail=tail, head=head) for tail in tails for head in heads]
            tails = heads

    def nodes(self, text: str, at: int) -> tuple[list[str], int]:
        keys: list[str] = []
        while True:
            key, at = self.node(text, _after_space(text, at))
            keys.append(key)
            at = _after_space(text, at)
            if not text.startswith("&", at):
                return keys, at
            at += 1

    def node(self, text: str, at: int) -> tuple[str, int]:
        key = _KEY.match(text, at)
        if not key:
            raise MermaidError(f"a node's name was expected at {text[at:]!r}." if text[at:] else "a node is missing.")
        if key[0] in ("end", "subgraph"):
            raise MermaidError(f'"{key[0]}" belongs to subgraphs and cannot name a node.')
        label, shape, at = _label(text, key.end(), key[0])
        known = self.chart.nodes.get(key[0])
        if known is None or shape is not None:
            self.chart.nodes[key[0]] = Node(_clean(key[0] if label is None else label), shape or "box")
        if self.open_groups and not any(key[0] in group.members for group in _all_groups(self.chart.groups)):
            self.open_groups[-1].members.append(key[0])
        skipped = _CLASS.match(text, at)
        return key[0], skipped.end() if skipped else at

    def finished(self) -> Chart:
        if self.open_groups:
            raise MermaidError(f'the subgraph {self.open_groups[-1].title!r} has no "end".')
        if not self.chart.nodes:
            raise MermaidError("The flowchart has no nodes.")
        for key in {end for edge in self.chart.edges for end in (edge.tail, edge.head)}:
            if any(group.key == key for group in _all_groups(self.chart.groups)):
                raise MermaidError(f"An arrow to the subgraph {key!r} cannot be drawn; point it at a node inside.")
        return self.chart


def _all_groups(groups: list[Group]) -> list[Group]:
    return [group for outer in groups for group in (outer, *_all_groups(outer.inner))]


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _label(text: str, at: int, key: str) -> tuple[str | None, Shape | None, int]:
    if text.startswith("@{", at):
        raise MermaidError("shapes written @{...} are not drawn; use brackets.")
    for pattern, shape in _SHAPES:
        if found := pattern.match(text, at):
            return found["quoted"] if found["bare"] is None else found["bare"], shape, found.end()
    if text[at : at + 1] in tuple("[({>"):
        raise MermaidError(f'quote the label of {key}, as in {key}["a label (with brackets)"].')
    return None, None, at


def _edge(text: str, at: int) -> tuple[Edge, int]:
    """Read an arrow and its label; the nodes' names are filled in by the caller."""
    if _ODD_END.match(text, at):
        raise MermaidError("ends with a circle or a cross are not drawn; use an arrow.")
    if arrow := _ARROW.match(text, at):
        line = next(line for line in _LINES if arrow[line])
        piped = _PIPED.match(text, arrow.end())
        return _made(arrow, piped, line), (piped or arrow).end()
    for line, pattern in _TEXT_ARROWS:
        if arrow := pattern.match(text, at):
            return _made(arrow, arrow, line), arrow.end()
    raise MermaidError(f"an arrow such as --> or -->|label| was expected at {text[at:]!r}.")


def _made(arrow: re.Match[str], label: re.Match[str] | None, line: Line) -> Edge:
    text = "" if label is None else label["quoted"] if label["bare"] is None else label["bare"]
    return Edge("", "", _clean(text).replace("\n", " "), line, bool(arrow["at_tail"]), bool(arrow["at_head"]))


def _clean(label: str) -> str:
    r"""Return a label as text: entities decoded, <br/> and \n as line breaks, single spaces."""
    text = re.sub(r"#(\w+);", _entity, label.strip().removeprefix("`").removesuffix("`"))
    # \nabla in a formula is no line break
    lines = re.split(r"<br\s*/?>|\n" if "$" in text else r"<br\s*/?>|\n|\\n", text)
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def _entity(code: re.Match[str]) -> str:
    """Decode #35; and #quot;, Mermaid's way to write signs that it would read as syntax."""
    return html.unescape(f"&#{code[1]};" if code[1].isdigit() else f"&{code[1]};") if code[1] else code[0]
