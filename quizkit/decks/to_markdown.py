r"""The HTML of an Anki field as card Markdown; LaTeX in any of Anki's brackets becomes $…$ and $$…$$."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_MATH = re.compile(
    r"\\\((?P<a>.{1,4000}?)\\\)|\\\[(?P<b>.{1,4000}?)\\\]"
    r"|\[\$\](?P<c>.{1,4000}?)\[/\$\]|\[\$\$\](?P<d>.{1,4000}?)\[/\$\$\]"
    r"|\[latex\](?P<e>.{1,4000}?)\[/latex\]|<anki-mathjax(?P<block>[^>]{0,200})>(?P<f>.{1,4000}?)</anki-mathjax>",
    re.DOTALL | re.IGNORECASE,
)
# bounded, because a stranger's text may begin what it never ends
_SOUND = re.compile(r"\[sound:([^\]]+)\]")
_SPECIAL = re.compile(r"[\\`*_\[\]<$|]")
_AT_LINE_START = re.compile(r"^([ \t]*\d*)([-+#>=~]|(?<=\d)[.)](?=\s|$))", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BLOCKS = frozenset("p div section article h1 h2 h3 h4 h5 h6 dl dt dd figure center header footer table".split())
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_SILENT = frozenset({"script", "style", "head", "title", "template", "svg"})
_HELD = re.compile("\ue000(\\d+)\ue001")
_BREAK = "\ue002"
# <br>, until it is known what stands around it


def markdown(html: str) -> tuple[str, tuple[str, ...]]:
    """Return HTML as Markdown, and the names of the pictures and sounds in it. Never raises, whatever the text is."""
    formulas: list[str] = []
    reader = _Reader()
    text = _MATH.sub(lambda found: _hold(found, formulas), html.replace("<![", "&lt;!["))
    # the parser raises at declarations that it does not know
    reader.feed(text)
    reader.close()
    text = _HELD.sub(lambda found: _put_back(found, formulas), _broken(reader.result()))
    return _tidy(text), tuple(dict.fromkeys(reader.media))


def cleaned(text: str) -> str:
    """Return text without what no bank file may hold: control characters, halves of characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _broken(text: str) -> str:
    """Return text whose breaks are Markdown's: one ends a line, several a paragraph."""
    text = re.sub(r"\n[ \n]*\n", "\n\n", text)
    text = re.sub(
        rf"[ \n]{{0,9}}{_BREAK}(?:[ \n]{{0,9}}{_BREAK})+[ \n]{{0,9}}|\n {{0,9}}{_BREAK}[ \n]{{0,9}}", "\n\n", text
    )
    text = re.sub(rf" *{_BREAK} *(?=\n|$)", "\n", text)
    return re.sub(rf" *{_BREAK} *", "\\\\\n", text.lstrip(_BREAK))


def _hold(found: re.Match[str], formulas: list[str]) -> str:
    from html import unescape

    groups = found.groupdict()
    display = bool(groups["b"] or groups["d"] or 'block="true"' in (groups["block"] or ""))
    source = next(value for name in "abcdef" if (value := groups[name]))
    source = re.sub(r"<br\s*/?>|</?div>|</?p>", " ", source)
    source = " ".join(unescape(re.sub(r"<[a-zA-Z/][^>]*>", "", source)).split())
    source = source.strip("$").strip()
    source = re.sub(r"(?<!\\)\$", r"\\$", source)
    formulas.append(f"$${source}$$" if display else f"${source}$")
    return f"\ue000{len(formulas) - 1}\ue001"


def _put_back(found: re.Match[str], formulas: list[str]) -> str:
    number = int(found[1])
    return formulas[number] if number < len(formulas) else ""


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in cleaned(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n").strip()


class _Reader(HTMLParser):
    """Writes Markdown while it reads; what it does not know, it reads through."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.media: list[str] = []
        self._parts: list[list[str]] = [[]]
        # one list of pieces for each open element that is written as a whole
        self._lists: list[int | None] = []
        # the number of the next item, None in a list of points
        self._silent = 0
        self._verbatim = 0
        self._links: list[str] = []

    def result(self) -> str:
        """Return what was written, elements that were never closed included."""
        while self._parts[1:]:
            unclosed = self._parts.pop()
            self._parts[-1] += unclosed
        return "".join(self._parts[0])

    # -- what the parser calls ----------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self._write("\n" if self._verbatim else _BREAK)
        elif tag == "hr":
            self._write("\n\n---\n\n")
        elif tag == "img":
            self._picture(given)
        elif tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else None)
            self._write("\n" if self._lists[1:] else "\n\n")
        elif tag == "a":
            self._links.append(given.get("href", ""))
            self._parts.append([])
        elif tag in ("pre", "code"):
            self._verbatim += 1
            self._parts.append([])
        elif tag in _MARKS or tag in ("li", "tr", "td", "th", "sub", "sup", "blockquote"):
            self._parts.append([])
        elif tag in _BLOCKS:
            self._write("\n\n")

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("ul", "ol"):
            if self._lists:
                self._lists.pop()
            self._write("\n" if self._lists else "\n\n")
        elif tag in _BLOCKS:
            self._write("\n\n")
        elif self._parts[1:]:
            self._end_whole(tag)

    def handle_data(self, data: str) -> None:
        """Read text between elements."""
        if self._silent:
            return
        if self._verbatim:
            self._write(data)
            return
        pieces = _SOUND.split(data)
        for place, piece in enumerate(pieces):
            if place % 2:
                self.media.append(piece)
                self._write(f"(sound: {_escaped(piece)})")
            else:
                flowing = re.sub(r"[ \t\n\r\f\xa0]+", " ", cleaned(piece))
                self._write(_AT_LINE_START.sub(r"\1\\\2", _escaped(flowing)))

    # -- writing ------------------------------------------------------------------------------------------------------

    def _write(self, text: str) -> None:
        if not self._silent:
            self._parts[-1].append(text)

    def _picture(self, given: dict[str, str]) -> None:
        source = given.get("src", "")
        name = source.rsplit("/", 1)[-1] if "://" in source else source
        if source and "://" not in source and not source.startswith("data:"):
            self.media.append(source)
        self._write(f"![{_escaped(given.get('alt', '') or name[:80])}](<media/{source}>)" if name else "")

    def _end_whole(self, tag: str) -> None:
        if tag in _MARKS:
            self._write(_around(_MARKS[tag], self._whole()))
        elif tag == "a":
            target, inside = self._links.pop() if self._links else "", self._whole()
            self._write(f"[{inside}](<{target}>)" if target and inside.strip() else inside)
        elif tag in ("pre", "code"):
            self._verbatim = max(0, self._verbatim - 1)
            inside = self._whole()
            self._write(inside if self._verbatim else _code(inside, fenced=tag == "pre"))
        elif tag == "li":
            self._item(self._whole())
        elif tag in ("sub", "sup"):
            self._write(f"{'_' if tag == 'sub' else '^'}{self._whole()}".replace("_", "\\_", 1))
        elif tag == "blockquote":
            self._write("\n\n" + "\n".join(f"> {line}" for line in self._whole().strip().split("\n")) + "\n\n")
        elif tag in ("td", "th"):
            self._write(f"| {' '.join(self._whole().replace(_BREAK, ' ').split())} ")
        elif tag == "tr":
            self._row(self._whole())

    def _whole(self) -> str:
        inside = self._parts.pop() if self._parts[1:] else []
        return "".join(inside)

    def _item(self, inside: str) -> None:
        number = self._lists[-1] if self._lists else None
        sign = "-" if number is None else f"{number}."
        if number is not None:
            self._lists[-1] = number + 1
        indented = _tidy(inside).replace("\n", "\n" + " " * (len(sign) + 1))
        self._write(f"{sign} {indented}\n")

    def _row(self, inside: str) -> None:
        cells = inside.strip()
        if not cells:
            return
        is_first = "".join(self._parts[-1]).endswith("\n\n")
        rule = "|" + " --- |" * len(re.findall(r"(?<!\\)\|", cells))
        self._write(f"{cells} |\n{rule}\n" if is_first else f"{cells} |\n")


def _around(mark: str, inside: str) -> str:
    """Return text between marks of emphasis; the space at its ends stays outside, where Markdown wants it."""
    core = inside.strip()
    if not core or "\n\n" in core:
        return inside
    before, _, after = inside.partition(core)
    return f"{before}{mark}{core}{mark}{after}"


def _code(inside: str, *, fenced: bool) -> str:
    run = max((len(ticks) for ticks in re.findall(r"`+", inside)), default=0)
    if fenced or "\n" in inside.strip():
        fence = "`" * max(3, run + 1)
        return f"\n\n{fence}\n{inside.strip(chr(10))}\n{fence}\n\n"
    ticks = "`" * (run + 1)
    gap = " " if inside.startswith("`") or inside.endswith("`") else ""
    return f"{ticks}{gap}{inside}{gap}{ticks}" if inside.strip() else inside
