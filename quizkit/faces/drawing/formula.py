"""A LaTeX formula as one line that reads well in a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from quizkit.faces.drawing.atoms import (
    APPLIED,
    ONE,
    PRODUCT,
    QUOTIENT,
    ROOT,
    SUM,
    Atom,
    binding_of,
    has_open_space,
    set_row,
)
from quizkit.faces.drawing.symbols import (
    ACCENTS,
    ALPHABETS,
    FUNCTIONS,
    LOWERED,
    RAISED,
    SILENT,
    SPACES,
    SYMBOLS,
    TYPED,
    Role,
    Symbol,
)
from quizkit.faces.drawing.transliterate import script, to_ascii
from quizkit.frozen import replace

_DEEPEST = 40
# level of nesting: far more than anyone reads, far less than Python's stack allows


def formula(latex: str, *, ascii: bool = False) -> str:  # noqa: A002
    """Draw `latex` (without its dollars) as one line, in Unicode or in pure ASCII.

    What cannot be drawn, because a command is unknown or a brace has no partner, comes back as its source;
    with `ascii` that source has its non-ASCII characters spelt out.
    """
    lines = _lines(latex, ascii)
    return re.sub(r"; (?=[=<>≤≥≈≠∝→⇒])", " ", "; ".join(lines)) if lines else _source(latex, ascii)


def formula_lines(latex: str, *, ascii: bool = False) -> tuple[str, ...]:  # noqa: A002
    r"""Draw a displayed formula: as `formula`, with a line for every `\\` outside of a matrix or of cases."""
    return _lines(latex, ascii) or tuple(_source(latex, ascii).splitlines())


def _lines(latex: str, only_ascii: bool) -> tuple[str, ...]:
    try:
        rows = _Reader(latex, only_ascii).rows("")
    except _CannotDrawError:
        return ()
    drawn = unicodedata.normalize("NFC", "\n".join("".join(cells) for cells in rows))
    lines = (to_ascii(drawn) if only_ascii else drawn).split("\n")
    return tuple(line.strip() for line in lines if line.strip())


def _source(latex: str, only_ascii: bool) -> str:
    return to_ascii(latex) if only_ascii else latex


class _CannotDrawError(Exception):
    """The source is not LaTeX that this module knows."""


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_TOKEN = re.compile(r"(\s*)(\\[A-Za-z]+|\\.|->|\S)", re.DOTALL)
_ROW_HEIGHT = re.compile(r"\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|cm|mm|in)\s*\]")
_PLAIN_TEXT = re.compile(r"\s*\{((?:[^{}\\]|\\[ %$#&_{}])*)\}")
_NAME = re.compile(r"\s*\{([a-zA-Z]+\*?)\}")
_ENDS = frozenset(["", "}", "&", r"\\", r"\right", r"\end", r"\cr"])
_SCRIPTS = frozenset(["^", "_", "'"])
_OTHER_DELIMITERS = frozenset(["/", "<", ">", r"\uparrow", r"\downarrow"])
_CONDITION = re.compile(r"(?i)\s*(if|for|when|where|otherwise|else|on|in|unless)\b")


class _Reader:
    """Reads LaTeX from left to right; each method takes one construct and returns it drawn."""

    def __init__(self, source: str, only_ascii: bool) -> None:
        self.source, self.at, self.only_ascii = source, 0, only_ascii
        self.depth, self.tight = 0, False

    def peek(self) -> str:
        lexeme = _TOKEN.match(self.source, self.at)
        return lexeme[2] if lexeme else ""

    def take(self) -> tuple[str, str]:
        """Return the next lexeme and the gap before it: "~" where the author left a space, which may count."""
        lexeme = _TOKEN.match(self.source, self.at)
        if not lexeme:
            raise _CannotDrawError
        after_command = re.search(r"(?<![\^_])\\[A-Za-z]+$", self.source[max(self.at - 30, 0) : self.at])
        self.at = lexeme.end()
        return lexeme[2], "~" if lexeme[1] and not after_command else ""

    def expect(self, wanted: str) -> None:
        if self.peek() != wanted:
            raise _CannotDrawError
        self.take()

    def raw(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        if not found:
            raise _CannotDrawError
        self.at = found.end()
        return found[1]

    def rows(self, end: str) -> list[list[str]]:
        r"""Read cells up to `end`, parted by `&` and `\\`."""
        rows: list[list[str]] = [[]]
        while True:
            rows[-1].append(set_row(self.row(), self.tight))
            if self.peek() == end:
                return [row for row in rows if any(row)]
            lexeme, _ = self.take()
            if lexeme in (r"\\", r"\cr"):
                rows.append([])
                self.skip(_ROW_HEIGHT)
            elif lexeme != "&":
                raise _CannotDrawError

    def skip(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self.source, self.at):
            self.at = found.end()

    def row(self, end: str = "") -> list[Atom]:
        """Read atoms up to something that ends a row, or up to `end`; neither is taken."""
        atoms: list[Atom] = []
        gap = ""
        while (lexeme := self.peek()) not in _ENDS | {end}:
            if lexeme in SPACES or lexeme in SILENT:
                self.take()
                gap = max(gap, SPACES.get(lexeme, ""), key=len)
                continue
            with self.nested():
                first, *rest = self.scripted() or [Atom("")]
            atoms += [replace(first, gap=gap or first.gap), *rest]
            gap = ""
        return atoms

    @contextmanager
    def nested(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _CannotDrawError
        yield
        self.depth -= 1

    def scripted(self) -> list[Atom]:
        """Read one thing and the primes and indices that belong to it."""
        base = [Atom("")] if self.peek() in _SCRIPTS else self.atoms()
        primes, scripts = "", {"^": "", "_": ""}
        while (lexeme := self.peek()) in _SCRIPTS or lexeme in (r"\limits", r"\nolimits"):
            self.take()
            if lexeme == "'":
                primes += "'" if self.only_ascii else "′"
            elif lexeme in scripts and not scripts[lexeme]:
                scripts[lexeme] = self.index(lexeme)
            elif lexeme in scripts:
                raise _CannotDrawError
        if not any((primes, *scripts.values())):
            return base
        return self.attached(base, primes, scripts)

    def attached(self, base: list[Atom], primes: str, scripts: dict[str, str]) -> list[Atom]:
        *rest, last = base or [Atom("")]
        loose = last.binding < (ONE if scripts["^"] else PRODUCT)
        text = (f"({last.text})" if loose else last.text) + primes + scripts["_"] + scripts["^"]
        linear = any(mark in script for mark, script in scripts.items())
        role: Role = "ord" if last.role == "inner" else last.role
        return [*rest, replace(last, text=text, role=role, binding=ONE, open_ended=linear)]

    def index(self, mark: str) -> str:
        outside, self.tight = self.tight, True
        text = set_row(self.argument(), tight=True).strip()
        self.tight = outside
        letters = RAISED if mark == "^" else LOWERED
        if not self.only_ascii and text == "*":
            return "*"
        if not self.only_ascii and all(letter in letters for letter in text):
            return "".join(letters[letter] for letter in text)
        return script(to_ascii(text) if self.only_ascii else text, mark) if text else ""

    def argument(self) -> list[Atom]:
        if self.peek() in _ENDS or self.peek() in SPACES or self.peek() in SILENT:
            raise _CannotDrawError
        with self.nested():
            return self.group() if self.peek() == "{" else self.atoms()

    def group(self) -> list[Atom]:
        self.expect("{")
        row = self.row()
        self.expect("}")
        return row

    def atoms(self) -> list[Atom]:
        """Read one thing without its indices; what \\left and \\right enclose comes as several atoms."""
        if self.peek() == "{":
            return self.braced()
        lexeme, gap = self.take()
        if lexeme in _ENDS or lexeme in _SCRIPTS:
            raise _CannotDrawError
        if lexeme == r"\left":
            return self.enclosed(gap)
        if (symbol := SYMBOLS.get(lexeme) or TYPED.get(lexeme)) is not None:
            return [replace(self.symbol(symbol), gap=gap)]
        if lexeme.startswith("\\"):
            return [replace(_COMMANDS.get(lexeme[1:], _unknown)(self), gap=gap)]
        return [Atom(lexeme, gap=gap)]

    def symbol(self, symbol: Symbol) -> Atom:
        text = symbol.ascii if self.only_ascii else symbol.unicode
        word = self.only_ascii and len(text) > 1 and text[:1].isalnum()
        return Atom(text, symbol.role, QUOTIENT if text == "/" and symbol.role == "ord" else ONE, word)

    def braced(self) -> list[Atom]:
        gap = "~" if self.source[self.at : self.at + 1].isspace() else ""
        row = self.group()
        if self.peek() in _SCRIPTS and len(row) > 1:
            return [Atom(set_row(row, self.tight), binding=binding_of(row), gap=gap)]
        if len(row) == 1:
            role: Role = "ord" if row[0].role in ("bin", "rel", "punct") else row[0].role
            return [replace(row[0], role=role, gap=gap)]
        return [replace(atom, gap=gap) if at == 0 else atom for at, atom in enumerate(row)]

    def enclosed(self, gap: str) -> list[Atom]:
        opening = self.delimiter("open", gap)
        row = self.row()
        self.expect(r"\right")
        return [*opening, *row, *self.delimiter("close", "")]

    def delimiter(self, role: Role, gap: str) -> list[Atom]:
        lexeme, _ = self.take()
        if lexeme == ".":
            return [Atom("", role, gap=gap)]
        symbol = SYMBOLS.get(lexeme)
        if symbol is None or (symbol.role not in ("open", "close", "bar") and lexeme not in _OTHER_DELIMITERS):
            raise _CannotDrawError
        return [replace(self.symbol(symbol), role=role, gap=gap)]

    def bracketed_unless(self, row: list[Atom], *bindings: int) -> str:
        text = set_row(row, self.tight)
        return text if binding_of(row) in bindings else f"({text})"


def _unknown(_: _Reader) -> Atom:
    raise _CannotDrawError


def _fraction(reader: _Reader) -> Atom:
    above = reader.bracketed_unless(reader.argument(), APPLIED, PRODUCT, ROOT, ONE)
    below_row = reader.argument()
    below = reader.bracketed_unless(below_row, ROOT, ONE, *([] if reader.tight else [APPLIED]))
    slash = " / " if has_open_space(above) or has_open_space(below) else "/"
    return Atom(above + slash + below, "inner", QUOTIENT)


def _binomial(reader: _Reader) -> Atom:
    above, below = set_row(reader.argument(), reader.tight), set_row(reader.argument(), reader.tight)
    return Atom(f"({above} choose {below})")


def _root(reader: _Reader) -> Atom:
    degree = ""
    if reader.peek() == "[":
        reader.take()
        degree = set_row(reader.row(end="]"), tight=True)
        reader.expect("]")
    row = reader.argument()
    if reader.only_ascii:
        text = set_row(row, reader.tight)
        return Atom(f"root({degree}, {text})" if degree else f"sqrt({text})", word=True)
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
    if sign is None:
        sign = "".join(RAISED.get(letter, letter) for letter in degree) + "√"
    text = set_row(row, reader.tight)
    bare = binding_of(row) == ONE and " " not in text
    return Atom(sign + (text if bare else f"({text})"), binding=ROOT, open_ended=bare)


def _accent(mark: str, name: str) -> Callable[[_Reader], Atom]:
    def draw(reader: _Reader) -> Atom:
        row = reader.argument()
        text = set_row(row, tight=True)
        if reader.only_ascii and text.replace("_", "").isalnum():
            return Atom(f"{text}_{name}", word=True)
        if not reader.only_ascii and (len(text) == 1 or (name == "bar" and text.isalnum())):
            return Atom("".join(letter + mark for letter in text))
        return Atom(f"{name}({set_row(row)})", word=True)

    return draw


def _alphabet(letters: dict[str, str]) -> Callable[[_Reader], Atom]:
    def draw(reader: _Reader) -> Atom:
        row = reader.argument()
        text = set_row(row, reader.tight)
        if not reader.only_ascii:
            text = "".join(letters.get(letter, letter) for letter in text)
        return replace(row[0], text=text) if len(row) == 1 else Atom(text, binding=binding_of(row))

    return draw


def _function(name: str) -> Callable[[_Reader], Atom]:
    return lambda _: Atom(name, "function", word=True)


def _upright(reader: _Reader) -> Atom:
    """Read \\operatorname{ReLU} or \\mathrm{d}: several letters are a function's name, one is a letter."""
    reader.skip(re.compile(r"\*"))
    row = reader.argument()
    text = set_row([replace(atom, gap=atom.gap.strip("~")) for atom in row])
    several = len(text) > 1 and text[:1].isalnum()
    return Atom(text, "function" if several else "ord", word=several)


def _text(reader: _Reader) -> Atom:
    text = re.sub(r"\s+", " ", re.sub(r"\\(.)", r"\1", reader.raw(_PLAIN_TEXT)))
    return Atom(text, word=len(text) > 1)


def _modulus(reader: _Reader) -> Atom:
    return Atom(f"(mod {set_row(reader.argument())})", gap=" ")


def _environment(reader: _Reader) -> Atom:
    name = reader.raw(_NAME)
    if name not in _ENVIRONMENTS:
        raise _CannotDrawError
    if name == "array":
        reader.group()
    rows = reader.rows(r"\end")
    reader.expect(r"\end")
    if reader.raw(_NAME) != name:
        raise _CannotDrawError
    return _ENVIRONMENTS[name](rows)


def _cases(rows: list[list[str]]) -> Atom:
    return Atom("; ".join(_case(*cells) for cells in rows), "inner", SUM)


def _case(value: str, *conditions: str) -> str:
    condition = " ".join(filter(None, (cell.strip() for cell in conditions)))
    if not condition:
        return value.strip()
    joint = " " if _CONDITION.match(condition) else " if "
    return value.strip().removesuffix(",") + joint + condition


def _matrix(opening: str, closing: str) -> Callable[[list[list[str]]], Atom]:
    return lambda rows: Atom(opening + "; ".join(", ".join(cells) for cells in rows) + closing)


def _aligned(rows: list[list[str]]) -> Atom:
    return Atom("\n".join(" ".join(filter(None, cells)) for cells in rows), binding=SUM)


_ENVIRONMENTS: dict[str, Callable[[list[list[str]]], Atom]] = {
    "cases": _cases, "rcases": _cases, "vmatrix": _matrix("|", "|"), "Vmatrix": _matrix("‖", "‖"),
    **dict.fromkeys(["matrix", "smallmatrix", "pmatrix", "bmatrix", "Bmatrix", "array"], _matrix("[", "]")),
    **dict.fromkeys(["aligned", "align", "align*", "split", "gather", "gather*", "gathered", "equation"], _aligned),
}  # fmt: skip

_COMMANDS: dict[str, Callable[[_Reader], Atom]] = {
    **dict.fromkeys(["frac", "dfrac", "tfrac", "cfrac"], _fraction),
    **dict.fromkeys(["binom", "dbinom", "tbinom"], _binomial),
    **dict.fromkeys(["text", "textbf", "textit", "textrm", "texttt", "mbox"], _text),
    **dict.fromkeys(["operatorname", "mathrm", "mathop"], _upright),
    **{name: _function(name) for name in FUNCTIONS},
    **{name: _accent(*accent) for name, accent in ACCENTS.items()},
    **{name: _alphabet(letters) for name, letters in ALPHABETS.items()},
    "sqrt": _root, "begin": _environment, "pmod": _modulus,
}  # fmt: skip
