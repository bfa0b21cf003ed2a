"""Turn YAML text into a tree of values that know where they stand.

PyYAML's events are read instead of its nodes: `yaml.compose` recurses in C and takes the whole process down on thirty
thousand brackets, and it costs half as much again. Aliases are resolved here, by reference and counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from quizkit.bank.problem import Mark, Report, shown
from quizkit.bank.syntax import explain
from quizkit.frozen import frozen

DEEPEST = 20
# a question needs 5 levels
MOST_VALUES = 300_000
# a full file of 5 MB holds some 200,000; each costs half a kilobyte while the file is read
MOST_ALIASED = 1_000_000
# characters that aliases may add to a file

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# libyaml's is seven times faster; both type nothing

if TYPE_CHECKING:

    class Scalar:
        """A YAML text: what it says, how it was quoted and where it stands."""

        value: str
        style: str
        # ' " | > or, for a plain one, empty or None
        start_mark: Mark
        end_mark: Mark

else:
    Scalar = ScalarEvent
    # PyYAML's own event serves as the leaf: building another object for each would cost a tenth of the reading


class Sequence:
    """A YAML list."""

    __slots__ = ("items", "start_mark")

    def __init__(self, start_mark: Mark) -> None:
        """Start a list without items."""
        self.start_mark = start_mark
        self.items: list[Node] = []


class Mapping:
    """A YAML mapping, as it is written: duplicate keys and keys that are no text are still there."""

    __slots__ = ("items", "start_mark")

    def __init__(self, start_mark: Mark) -> None:
        """Start a mapping without keys."""
        self.start_mark = start_mark
        self.items: list[Node] = []
        # key, value, key, value, ...

    def pairs(self) -> zip[tuple[Node, Node]]:
        """Return the keys with their values."""
        items = iter(self.items)
        return zip(items, items, strict=False)


Node: TypeAlias = Scalar | Sequence | Mapping


@frozen
class Tree:
    """What a YAML text holds."""

    root: Node | None
    # None for an empty text
    whole: bool
    # False when an error ended the reading; the root then holds what was complete before it


class _RefusedError(Exception):
    """Something that ends the reading of a file."""

    def __init__(self, mark: Mark, message: str) -> None:
        super().__init__(message)
        self.mark = mark
        self.message = message


def read_tree(text: str, report: Report) -> Tree:
    """Read one YAML document; what is wrong with it as YAML goes to `report`. Never raises."""
    if _has_directive(text):
        report.at_line(1, 1, "YAML directives (%YAML, %TAG) are not used in banks: remove the lines that start with %")
        return Tree(None, whole=False)
    builder = _Builder(report)
    try:
        _build(builder, text)
    except _RefusedError as refused:
        report.at(refused.mark, refused.message)
    except yaml.YAMLError as error:
        explain(error, report)
    except (ValueError, OverflowError, RecursionError) as error:
        # PyYAML's Python loader on escapes such as "\UFFFFFFFF"
        report.at_line(1, 1, f"cannot be read as YAML: {error}")
    else:
        return Tree(builder.root(), whole=True)
    return Tree(builder.root_without_open_entry(), whole=False)


def _build(builder: _Builder, text: str) -> None:
    # libyaml takes bytes without another copy; the Python loader wants text
    loader = Loader(text if Loader is yaml.BaseLoader else text.encode())
    try:
        builder.build(loader)
    finally:
        loader.dispose()


def _has_directive(text: str) -> bool:
    """Say whether there are directives: libyaml takes quadratic time for them, minutes for five megabytes."""
    return text.startswith(("%YAML", "%TAG")) or "\n%TAG" in text or "\n%YAML" in text


class _Builder:
    """Builds the tree from events."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.stack: list[Any] = [Sequence(_start)]
        # the collections that are open; the lowest one holds the root
        self.anchors: dict[str, Node | None] = {}
        # None while the anchored collection is still open
        self.open_anchors: dict[int, str] = {}
        # depth of the collection -> its anchor
        self.documents = 0
        self.added_by_aliases = 0
        self.weights: dict[int, int] = {}
        # of collections that an alias has repeated; closed ones never change

    def build(self, loader: Any) -> None:
        """Take in every event of the text; the two commonest kinds without a call, there are millions of them."""
        get_event = loader.get_event
        add = self.stack[-1].items.append
        for _ in range(MOST_VALUES):
            event = get_event()
            kind = type(event)
            if kind is ScalarEvent:
                if event.tag or event.anchor:
                    self.unusual(event, event)
                add(event)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.end()
                add = self.stack[-1].items.append
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self.start(event, (Mapping if kind is MappingStartEvent else Sequence)(event.start_mark))
                add = self.stack[-1].items.append
            elif kind is AliasEvent:
                add(self.aliased(event))
            elif kind is DocumentStartEvent:
                self.document(event)
            elif kind is StreamEndEvent:
                return
        raise _RefusedError(event.start_mark, f"the file holds more than {MOST_VALUES:,} values: split it")

    def root(self) -> Node | None:
        items = self.stack[0].items
        return items[0] if items else None

    def root_without_open_entry(self) -> Node | None:
        """Return the root without the entry of `questions` that was cut off."""
        if len(self.stack) > 3:
            del self.stack[2].items[-1]
        return self.root()

    def start(self, event: Any, node: Mapping | Sequence) -> None:
        if len(self.stack) > DEEPEST:
            raise _RefusedError(event.start_mark, f"nested deeper than {DEEPEST} levels: a question needs 5")
        self.stack[-1].items.append(node)
        self.stack.append(node)
        if event.tag or event.anchor:
            self.unusual(event, None)

    def end(self) -> None:
        if self.open_anchors:
            anchor = self.open_anchors.pop(len(self.stack), None)
            if anchor is not None:
                self.anchors[anchor] = self.stack[-1]
        self.stack.pop()

    def unusual(self, event: Any, node: Node | None) -> None:
        """Take note of an anchor and refuse a tag; `node` is None for a collection, which is still open."""
        if event.tag:
            name = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.report.at(event.start_mark, f"the YAML tag {shown(name)} is not read: remove it, or quote the text")
        if event.anchor:
            self.anchors[event.anchor] = node
            if node is None:
                self.open_anchors[len(self.stack)] = event.anchor

    def aliased(self, event: Any) -> Node:
        """Return the node that an alias repeats."""
        name = event.anchor
        if name not in self.anchors:
            advice = f"a text that starts with * must stand in quotes (there is no anchor &{name})"
            raise _RefusedError(event.start_mark, advice)
        target = self.anchors[name]
        if target is None:
            raise _RefusedError(
                event.start_mark, f"the alias *{name} stands inside its own anchor: write the value out"
            )
        self.added_by_aliases += _weight(target, self.weights)
        if self.added_by_aliases > MOST_ALIASED:
            raise _RefusedError(event.start_mark, f"aliases blow the file up by more than {MOST_ALIASED:,} characters")
        return target

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise _RefusedError(
                event.start_mark, "a second document starts here: one file holds one document, remove ---"
            )


class _Start:
    line = column = index = 0


_start = _Start()


def _weight(node: Node, known: dict[int, int]) -> int:
    """Return how many characters a node adds when it is written out, aliases included."""
    if isinstance(node, Scalar):
        return len(node.value) + 1
    if id(node) not in known:
        known[id(node)] = 1 + sum(_weight(child, known) for child in node.items)
    return known[id(node)]
