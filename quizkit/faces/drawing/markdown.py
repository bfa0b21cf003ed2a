r"""Card Markdown split into text and displayed formulas, with every formula drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from quizkit.faces.drawing.formula import formula, formula_lines
from quizkit.faces.drawing.transliterate import to_ascii
from quizkit.frozen import frozen


@frozen
class Block:
    """A piece of a card's text."""

    kind: Literal["text", "formula", "wrong"]
    text: str
    # "text" is Markdown whose formulas are drawn and escaped; "formula" is plain lines to show as they are; "wrong" is
    # Markdown of one block of Python that the card shows as a mistake, fenced there as ```python wrong


@frozen
class Span:
    """A stretch of a line as it is shown: code without its backticks, or anything else."""

    text: str
    is_code: bool = False


UNBROKEN = "\ue000"
# stands for a space inside a short formula or short code: Rich and Textual break lines at every space that Unicode has,
# so a sign of no meaning keeps such text whole until its line is made, and the face shows a space for it
_SHORT = 32
# cells; longer ones may be broken, or they would leave half a line empty


def blocks(markdown: str, *, ascii: bool = False, whole: bool = False) -> tuple[Block, ...]:  # noqa: A002
    """Split `markdown` at its displayed formulas ($$...$$) and wrong code, draw all formulas; code stays as it is.

    With `ascii` everything, code included, comes back in ASCII; with `whole` the spaces in short inline formulas and
    code are UNBROKEN.
    """
    found: list[Block] = []
    text = ""
    for piece in pieces(markdown):
        if piece.kind == "display" and not piece.in_table:
            found += _text_block(text)
            found.append(Block("formula", "\n".join(formula_lines(piece.text, ascii=ascii))))
            text = ""
        elif piece.kind == "wrong":
            found += _text_block(text)
            found.append(Block("wrong", _in_markdown(piece, ascii).rstrip()))
            text = ""
        else:
            text += _unbroken(_in_markdown(piece, ascii), piece, whole)
    return (*found, *_text_block(text))


def spans(text: str, *, ascii: bool = False, whole: bool = False) -> tuple[Span, ...]:  # noqa: A002
    r"""Draw a text as one line: formulas drawn, `code` as spans of its own, backslash escapes as their signs.

    With `whole` the spaces in short formulas and code are UNBROKEN.
    """
    drawn = ((_unbroken(_in_a_line(piece, ascii), piece, whole), piece.kind == "code") for piece in _spans(text))
    return tuple(Span(" ".join(line.split("\n")), is_code) for line, is_code in drawn)


def plain(text: str, *, ascii: bool = False) -> str:  # noqa: A002
    """Draw a text as one line without styles."""
    return "".join(span.text for span in spans(text, ascii=ascii))


# ── Finding the formulas ─────────────────────────────────────────────────────────────────────────────────────────────


@frozen
class Piece:
    """A stretch of Markdown that is one thing: prose, code, an escape, or a formula."""

    kind: Literal["prose", "code", "wrong", "escape", "display", "inline"]
    text: str
    # of a formula: what stands between the dollars
    in_table: bool = False


_PUNCTUATION = r"[!-/:-@\[-`{-~]"
_PARAGRAPH_END = r"\n[ \t]*\n|\n[ \t]*(?:[-*+>|#]|\d+[.)])[ \t]"
_SPAN = re.compile(
    rf"(?P<escape>\\{_PUNCTUATION})"
    rf"|(?P<code>(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?[^`](?P=ticks)(?!`))"
    rf"|(?P<run>`+)"
    rf"|\$\$(?P<display>(?:(?!\n[ \t]*\n)(?:\\.|[^$\\]))+)\$\$"
    rf"|\$(?![\s$])(?P<inline>(?:(?!{_PARAGRAPH_END})(?:\\.|[^$\\]))+)(?<!\s)\$(?![\d$])",
    re.DOTALL,
)
_FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`]*$)|~{3,})", re.MULTILINE)
_WRONG = re.compile(r"( {0,3}(?:`{3,}|~{3,}))[ \t]*python[ \t]+wrong\s*$")


def pieces(markdown: str) -> Iterator[Piece]:
    """Part fenced code from the rest, and the rest into spans, formulas among them."""
    prose: list[str] = []
    code: list[str] = []
    fence = ""
    for line in markdown.splitlines(keepends=True):
        opened = _FENCE.match(line)
        if fence:
            code.append(line)
            if line.lstrip(" \t>").startswith(fence) and not line.strip(" \t>\r\n" + fence[0]):
                yield _fenced(code)
                fence, code = "", []
        elif opened:
            yield from _spans("".join(prose))
            prose, code, fence = [], [line], opened["fence"]
        else:
            prose.append(line)
    yield from [_fenced(code)] if code else _spans("".join(prose))


def _fenced(lines: list[str]) -> Piece:
    wrong = _WRONG.match(lines[0])
    return Piece("wrong", "".join([f"{wrong[1]}python\n", *lines[1:]])) if wrong else Piece("code", "".join(lines))


def _spans(text: str) -> Iterator[Piece]:
    done = 0
    for span in _SPAN.finditer(text):
        if span.start() > done:
            yield Piece("prose", text[done : span.start()])
        yield _piece(span)
        done = span.end()
    if text[done:]:
        yield Piece("prose", text[done:])


def _piece(span: re.Match[str]) -> Piece:
    if span["escape"]:
        return Piece("escape", span["escape"])
    if span["code"]:
        return Piece("code", span[0])
    if span["run"]:
        return Piece("prose", span[0])
    if span["inline"] is not None:
        return Piece("inline", span["inline"])
    if not span["display"].strip():
        return Piece("prose", span[0])
    line = span.string[span.string.rfind("\n", 0, span.start()) + 1 : span.start()]
    return Piece("display", span["display"], in_table=line.lstrip().startswith("|"))


# ── Writing them ─────────────────────────────────────────────────────────────────────────────────────────────────────

_MINUS = re.compile(r"(?<![^\s(\[,:|=])-(?=\d)")
# a negative number in prose, which would look unlike one in a formula
_SPECIAL = re.compile(r"[\\`*_\[\]<|~#&!$]|^[-+=:>]|(?<=\d)[.)](?=\s|$)")


def _escaped(text: str) -> str:
    """Escape whatever Markdown could take for formatting."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _text_block(text: str) -> list[Block]:
    text = text.lstrip("\r\n").rstrip()
    return [Block("text", text)] if text else []


def _in_markdown(piece: Piece, only_ascii: bool) -> str:
    if piece.kind in ("display", "inline"):
        return _escaped(formula(piece.text, ascii=only_ascii))
    if only_ascii:
        return to_ascii(piece.text, _escaped if piece.kind == "prose" else str)
    return _MINUS.sub("−", piece.text) if piece.kind == "prose" else piece.text


def _in_a_line(piece: Piece, only_ascii: bool) -> str:
    if piece.kind in ("display", "inline"):
        return formula(piece.text, ascii=only_ascii)
    text = _shown(piece)
    if only_ascii:
        return to_ascii(text)
    return _MINUS.sub("−", text) if piece.kind == "prose" else text


def _shown(piece: Piece) -> str:
    if piece.kind == "escape":
        return piece.text[1:]
    if piece.kind == "prose":
        return piece.text
    code = piece.text.strip("`")
    # CommonMark: one space on each side parts code from backticks of its own
    return code[1:-1] if code.startswith(" ") and code.endswith(" ") and code.strip() else code


def _unbroken(drawn: str, piece: Piece, whole: bool) -> str:
    """Keep a short formula or code in one line; spaces that belong to its backticks stay what they are."""
    if not whole or piece.kind not in ("inline", "code") or len(drawn) > _SHORT or drawn.startswith(("``", "` ")):
        return drawn
    return drawn if "\n" in drawn else drawn.replace(" ", UNBROKEN)
