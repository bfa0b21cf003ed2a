"""A Mermaid flowchart as lines of text: drawn in boxes, or told edge by edge."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from quizkit.faces.drawing.markdown import plain
from quizkit.faces.drawing.mermaid import Chart, Direction, Edge, Group, Line, MermaidError, Shape, is_flowchart, read
from quizkit.faces.drawing.transliterate import to_ascii
from quizkit.frozen import frozen

__all__ = ["flowchart", "flowchart_problem", "flowchart_words", "is_flowchart"]


class _Setting(NamedTuple):
    """One way to draw: in the chart's own direction or across it, labels wrapped at `wrap` cells."""

    across: bool
    wrap: int
    padding: int
    gap: int


# From the most readable to the narrowest. A padding of 2 leaves one cell on each side of a label; from left to right
# a gap of 3 shows the joint of two merging arrows, which 2 hides; downwards more than 2 only makes the chart taller.
_SETTINGS = (
    _Setting(False, 20, 2, 3), _Setting(False, 20, 2, 2), _Setting(False, 14, 2, 2), _Setting(True, 20, 2, 3),
    _Setting(True, 14, 2, 2), _Setting(False, 10, 2, 2), _Setting(True, 10, 2, 2), _Setting(False, 8, 0, 1),
    _Setting(True, 8, 0, 1),
)  # fmt: skip
_WIDEST_GAP: dict[Direction, int] = {"LR": 3, "TD": 2}


def flowchart(source: str, *, width: int, ascii: bool = False) -> str:  # noqa: A002
    """Draw `source` with no line wider than `width` cells, in Unicode or in pure ASCII.

    A chart that cannot be drawn in that width, or is not read without doubt, comes back as its source;
    with `ascii` that source has its non-ASCII characters spelt out.
    """
    for setting in _SETTINGS:
        drawing = _drawn(source, setting, ascii)
        if drawing and max(map(cells, drawing.splitlines())) <= width:
            return drawing
    return to_ascii(source) if ascii else source


def flowchart_words(source: str, *, ascii: bool = False) -> tuple[str, ...]:  # noqa: A002
    """Tell a chart as one line an edge, then lone nodes and groups; the source's lines where it cannot be read."""
    try:
        chart = read(source)
    except MermaidError:
        return tuple((to_ascii(source) if ascii else source).splitlines())
    labels = {key: _label(node.label, ascii).replace("\n", " ") for key, node in chart.nodes.items()}
    met = {end for edge in chart.edges for end in (edge.tail, edge.head)}
    edges = [_edge_words(edge, labels, ascii) for edge in chart.edges if edge.line != "invisible"]
    alone = [labels[key] for key in chart.nodes if key not in met]
    return (*edges, *alone, *_group_words(chart.groups, labels, ascii))


def flowchart_problem(source: str) -> str:
    """Say in a sentence what keeps `source` from being drawn; "" when nothing does, given the width."""
    try:
        chart = read(source)
    except MermaidError as problem:
        return str(problem)
    return f"A flowchart of more than {_MOST} nodes or edges is not drawn; split it." if _is_too_large(chart) else ""


def cells(text: str) -> int:
    """Return the number of terminal cells that one line takes."""
    return sum(_cell(sign) for sign in text)


def _cell(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def _label(text: str, only_ascii: bool) -> str:
    lines = (plain(line, ascii=only_ascii) for line in text.split("\n"))
    return "\n".join(" ".join(line.split()) for line in lines)


# ── Words ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _edge_words(edge: Edge, labels: dict[str, str], only_ascii: bool) -> str:
    dash, left, right, both = ("-", "<-", "->", "<->") if only_ascii else ("—", "←", "→", "↔")
    at_tail, at_head = (left if edge.at_tail else dash), (right if edge.at_head else dash)
    label = _label(edge.label, only_ascii)
    if label:
        return f"{labels[edge.tail]} {at_tail} {label} {at_head} {labels[edge.head]}"
    arrow = both if edge.at_tail and edge.at_head else at_head
    return f"{labels[edge.tail]} {arrow} {labels[edge.head]}"


def _group_words(groups: list[Group], labels: dict[str, str], only_ascii: bool) -> list[str]:
    lines = []
    for group in groups:
        title = _label(group.title, only_ascii)
        inside = [labels[key] for key in group.members] + [_label(inner.title, only_ascii) for inner in group.inner]
        lines += [f"{title}: {', '.join(inside)}", *_group_words(group.inner, labels, only_ascii)]
    return lines


# ── Drawing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_NODE: dict[Shape, str] = {"box": '{}["{}"]', "round": '{}("{}")', "diamond": '{}{{"{}"}}'}
_SHAFT: dict[Line, tuple[str, str]] = {
    # without and with an arrow head
    "solid": ("---", "--"),
    "dotted": ("-.-", "-.-"),
    "thick": ("===", "=="),
    "invisible": ("~~~", "~~~"),
}
_MOST = 24
# nodes, and edges; beyond it termaid 0.10 takes seconds, at times gigabytes, and nobody follows the drawing
_HEADS = frozenset("▼▲►◄v^><")


@frozen
class _Cipher:
    """Stand-ins, one cell wide, for signs that are syntax, look like arrow heads or that termaid measures wrongly."""

    stand_ins: dict[str, str]

    def hide(self, text: str) -> str:
        return "".join(sign if _is_safe(sign) else self._stand_in(sign) for sign in _clusters(text))

    def show(self, drawing: str) -> str:
        return drawing.translate({ord(stand_in): sign for sign, stand_in in self.stand_ins.items()})

    def _stand_in(self, sign: str) -> str:
        return self.stand_ins.setdefault(sign, chr(0xF0000 + len(self.stand_ins)))


def _is_safe(sign: str) -> bool:
    return sign == " " or (sign.isascii() and sign.isalnum() and sign not in _HEADS) or cells(sign) != 1


def _clusters(text: str) -> list[str]:
    """Split into signs with the accents that belong to them."""
    clusters: list[str] = []
    for sign in unicodedata.normalize("NFC", text):
        if clusters and _cell(sign) == 0:
            clusters[-1] += sign
        else:
            clusters.append(sign)
    return clusters


@lru_cache(maxsize=256)
def _drawn(source: str, setting: _Setting, only_ascii: bool) -> str:
    """Return the drawing, or "" where there is none to trust.

    Kept, because a screen asks again at every repaint and termaid takes up to a second for a large chart.
    """
    try:
        chart = read(source)
    except MermaidError:
        return ""
    if _is_too_large(chart):
        return ""
    cipher = _Cipher({})
    picture = _rendered(_mermaid(chart, setting, cipher, only_ascii), chart, setting, only_ascii)
    drawing = cipher.show(_trimmed(_squeezed(_with_joints(picture.split("\n")))))
    whole = _has_heads(picture, chart) and _shows(drawing, _promised(chart, setting.wrap, only_ascii))
    return drawing if whole else ""


def _is_too_large(chart: Chart) -> bool:
    return max(len(chart.nodes), len(chart.edges)) > _MOST


def _rendered(lines: list[str], chart: Chart, setting: _Setting, only_ascii: bool) -> str:
    import termaid

    # A smaller gap shows nothing of an arrow but one head: neither the other head nor whether the line is dotted.
    only_heads = all(edge.line == "solid" and not edge.at_tail for edge in chart.edges)
    gap = min(setting.gap, _WIDEST_GAP[_direction(chart, setting)]) if only_heads else 3
    try:
        return termaid.render(
            "\n".join(lines), use_ascii=only_ascii, padding_x=setting.padding, padding_y=0, gap=gap,
            max_label_width=setting.wrap,
        )  # fmt: skip
    except Exception:
        # A layout engine in its alpha may stumble over anything; the source is always there to show instead.
        return ""


def _mermaid(chart: Chart, setting: _Setting, cipher: _Cipher, only_ascii: bool) -> list[str]:
    """Write the chart again in the one form of Mermaid that termaid surely reads."""
    keys = {key: f"n{number}" for number, key in enumerate(chart.nodes)}

    def hidden(label: str) -> str:
        return r"\n".join(cipher.hide(line) for line in _label(label, only_ascii).split("\n"))

    nodes = {key: _NODE[node.shape].format(keys[key], hidden(node.label)) for key, node in chart.nodes.items()}
    edges = [f"{keys[edge.tail]} {_arrow(edge, hidden(edge.label))} {keys[edge.head]}" for edge in chart.edges]
    grouped = {key for group in chart.groups for key in _keys_inside(group)}
    groups = [line for group in chart.groups for line in _subgraph(group, nodes, hidden)]
    return [
        f"flowchart {_direction(chart, setting)}",
        *groups,
        *(nodes[key] for key in nodes if key not in grouped),
        *edges,
    ]


def _direction(chart: Chart, setting: _Setting) -> Direction:
    return chart.direction if not setting.across else "TD" if chart.direction == "LR" else "LR"


def _arrow(edge: Edge, label: str) -> str:
    plain_shaft, headed_shaft = _SHAFT[edge.line]
    headed = edge.at_tail or edge.at_head
    arrow = f"{'<' * edge.at_tail}{headed_shaft if headed else plain_shaft}{'>' * edge.at_head}"
    return f'{arrow}|"{label}"|' if label else arrow


def _keys_inside(group: Group) -> list[str]:
    return group.members + [key for inner in group.inner for key in _keys_inside(inner)]


def _subgraph(group: Group, nodes: dict[str, str], hidden: Callable[[str], str]) -> list[str]:
    inner = [line for each in group.inner for line in _subgraph(each, nodes, hidden)]
    return [f'subgraph g{id(group)} ["{hidden(group.title)}"]', *(nodes[key] for key in group.members), *inner, "end"]


# Where termaid leaves no row for a branch, it sets the heads themselves into the line: ┬ above, then ▼────▼ at once.
_BRANCH = re.compile(r"[ ▼v│┆┃|─╭╮╰╯├┤┬┴┼+-]*(?:[▼v][─-]|[─-][▼v])[ ▼v│┆┃|─╭╮╰╯├┤┬┴┼+-]*")
_GOES_DOWN = tuple("│┆┃┬├┤┼╭╮◇")
_JOINTS = {
    # does a line go on above, to the left, to the right
    (True, False, True): "├", (True, True, False): "┤", (True, True, True): "┼",
    (False, False, True): "╭", (False, True, False): "╮", (False, True, True): "┬",
}  # fmt: skip


def _with_joints(rows: list[str]) -> Iterator[str]:
    """Give each branch a row of its own above its heads."""
    for above, row in pairwise(["", *rows]):
        if _BRANCH.fullmatch(row):
            yield "".join(_joint(sign, above[at : at + 1], f" {row} "[at : at + 3]) for at, sign in enumerate(row))
            yield re.sub(r"[^▼v│┆┃|]", " ", row)
        else:
            yield row


def _joint(sign: str, above: str, around: str) -> str:
    """Return what stands in the place of a head where the lines meet."""
    left, right = around[0] in "─-", around[2:] in ("─", "-")
    if sign == "v":
        return "+" if left or right else "|"
    return _JOINTS.get((above in _GOES_DOWN, left, right), "│") if sign == "▼" else sign


def _squeezed(rows: Iterable[str]) -> list[str]:
    """Leave out rows that only prolong what stands above them, but part boxes that stand on each other."""
    drawn: list[str] = []
    prolonging: str | None = None
    for row in rows:
        if not row.strip(" │|"):
            prolonging = row
            continue
        if prolonging is not None and drawn and _has_corner(drawn[-1], "└") and _has_corner(row, "┌"):
            drawn.append(prolonging)
        drawn.append(row)
        prolonging = None
    return drawn


def _has_corner(row: str, corner: str) -> bool:
    return corner in row or "+" in row


def _trimmed(rows: list[str]) -> str:
    """Cut off empty lines, trailing spaces and the margin that all lines share."""
    return textwrap.dedent("\n".join(row.rstrip() for row in rows)).strip("\n")


def _promised(chart: Chart, wrap: int, only_ascii: bool) -> Counter[str]:
    """Count the lines of all labels, wrapped as termaid wraps them."""
    labels = [node.label for node in chart.nodes.values()] + [edge.label for edge in chart.edges]
    lines = [line for label in labels for line in _label(label, only_ascii).split("\n")]
    titles = [_label(title, only_ascii) for title in _titles(chart.groups)]
    return Counter([part for line in lines for part in _wrapped(line, wrap)] + titles)


def _titles(groups: list[Group]) -> list[str]:
    return [title for group in groups for title in (group.title, *_titles(group.inner))]


def _wrapped(line: str, wrap: int) -> list[str]:
    parts: list[str] = []
    for word in line.split():
        if parts and cells(parts[-1]) + 1 + cells(word) <= wrap:
            parts[-1] += " " + word
        else:
            parts.append(word)
    return parts


def _has_heads(picture: str, chart: Chart) -> bool:
    """Say whether there is an arrow head for every node that an arrow points at; labels have theirs hidden."""
    pointed_at = {edge.head for edge in chart.edges if edge.at_head} | {
        edge.tail for edge in chart.edges if edge.at_tail
    }
    return sum(sign in _HEADS for sign in picture) >= len(pointed_at)


def _shows(drawing: str, promised: Counter[str]) -> bool:
    """Say whether every promised line stands in the drawing, clear of other letters, as often as it should."""
    normal = unicodedata.normalize("NFC", drawing)
    return all(
        len(re.findall(rf"(?<![^\W_]){re.escape(unicodedata.normalize('NFC', line))}(?![^\W_])", normal)) >= times
        for line, times in promised.items()
    )
