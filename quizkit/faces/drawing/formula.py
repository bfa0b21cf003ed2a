"""A LaTeX formula as one line that reads well in a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise

from quizkit.faces.drawing.symbols import (
    ACCENTS,
    ALPHABETS,
    CALLED,
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

# How tightly a drawn part holds together; a looser part gets brackets where a tighter one is needed.
_SUM, _QUOTIENT, _APPLIED, _PRODUCT, _ROOT, _ONE = range(6)

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


@dataclass(frozen=True, slots=True)
class _Atom:
    """One part of a formula, already drawn."""

    text: str
    role: Role = "ord"
    binding: int = _ONE
    word: bool = False
    # several letters that would run together with a letter beside them
    open_ended: bool = False
    # an index on the line, such as x_b, that would swallow a letter behind it
    gap: str = ""
    # the space that the author put before it


# ── Setting a row: what stands beside what ───────────────────────────────────────────────────────────────────────────

_SPACED_ALWAYS = {
    (left, right)
    for left, rights in {
        "ord": "function big inner",
        "prefix": "function big inner",
        "close": "function big inner",
        "function": "ord prefix function big inner sign",
        "big": "ord prefix function big inner open sign",
        "inner": "ord prefix function big inner open",
    }.items()
    for right in rights.split()
}
_KEEPS_GAP_AFTER = ("ord", "inner", "close")
_KEEPS_GAP_BEFORE = ("ord", "prefix", "inner", "open")
_NOTHING = _Atom("", "punct")
# stands beside the first and the last atom of a row
_ADDED = ("+", "−", "-", "±", "+-")
_NO_LEFT_SIDE = ("bin", "rel", "open", "punct", "function", "big", "sign")
_NO_RIGHT_SIDE = ("rel", "close", "punct")
_LOOSE_ROLES = {"bin", "rel", "punct"}
# In ASCII the name of a factor before a bracket would read as a function: alpha (e^x - 1).
_FACTORS = {symbol.ascii for symbol in SYMBOLS.values() if symbol.role == "ord"} - {
    symbol.ascii for symbol in SYMBOLS.values() if symbol.unicode in CALLED
}


def _set(row: list[_Atom], tight: bool = False) -> str:
    """Join a row of atoms with the spaces that their roles ask for; `tight` as in an index."""
    row = _settled(row)
    text = row[0].text if row else ""
    for left, right in pairwise(row):
        space = _space(left, right, tight)
        text += right.text if text.endswith(" ") or right.text.startswith(" ") else space + right.text
    return text


def _space(left: _Atom, right: _Atom, tight: bool) -> str:
    if right.gap.strip("~"):
        return right.gap.strip("~")
    if (left.role, right.role) in _SPACED_ALWAYS or _would_run_together(left, right):
        return " "
    return " " if not tight and _airy(left, right) else ""


def _would_run_together(left: _Atom, right: _Atom) -> bool:
    touching = left.text[-1:].isalnum() and right.text[:1].isalnum()
    bound = left.role == "prefix" and not left.word and "_" not in left.text
    if right.role == "open" and left.word and left.text in _FACTORS:
        return True
    return touching and not bound and (left.word or left.open_ended or right.word)


def _airy(left: _Atom, right: _Atom) -> bool:
    """Say whether an ordinary line, unlike an index, has a space here."""
    if "rel" in (left.role, right.role):
        return left.role != right.role
    if "bin" in (left.role, right.role):
        return True
    if left.role == "punct":
        return right.role != "close"
    return bool(right.gap) and left.role in _KEEPS_GAP_AFTER and right.role in _KEEPS_GAP_BEFORE


def _settled(row: list[_Atom]) -> list[_Atom]:
    """Give bars their side, minus signs their meaning and spaced fractions their brackets."""
    settled = _sided(row)
    for at, atom in enumerate(settled):
        left, right = (settled[at - 1] if at else _NOTHING), (settled[at + 1] if at + 1 < len(settled) else _NOTHING)
        if atom.role == "bin" and (left.role in _NO_LEFT_SIDE or right.role in _NO_RIGHT_SIDE):
            settled[at] = replace(atom, role="sign")
        if atom.role == "inner" and _has_open_space(atom.text) and not _is_clear(atom, left, right):
            settled[at] = replace(atom, text=f"({atom.text})", role="ord", binding=_ONE)
    return settled


def _sided(row: list[_Atom]) -> list[_Atom]:
    bars = [atom.text for atom in row if atom.role == "bar"]
    seen: dict[str, int] = {}
    sided = []
    for atom in row:
        if atom.role == "bar":
            nth = seen[atom.text] = seen.get(atom.text, -1) + 1
            paired = bars.count(atom.text) % 2 == 0
            atom = replace(atom, role=("open", "close")[nth % 2] if paired else "ord")
        sided.append(atom)
    return sided


def _is_clear(atom: _Atom, left: _Atom, right: _Atom) -> bool:
    """Say whether a fraction or cases with spaces in them are set apart by what stands on both their sides."""
    added = () if atom.binding == _SUM else _ADDED
    return all(
        neighbour.role in ("rel", "punct", bracket) or neighbour.text in added
        for neighbour, bracket in ((left, "open"), (right, "close"))
    )


def _binding(row: list[_Atom]) -> int:
    row = _settled(row)
    outside = _outside_of_brackets(row)
    roles = {atom.role for atom in outside}
    if len(row) == 1 and not roles & _LOOSE_ROLES:
        return row[0].binding
    loosest = _SUM if roles & _LOOSE_ROLES else min((atom.binding for atom in outside), default=_ONE)
    if loosest <= _QUOTIENT:
        return loosest
    if _is_one(row):
        return _ONE
    return _APPLIED if row[0].role in ("function", "big") else _PRODUCT


def _outside_of_brackets(row: list[_Atom]) -> list[_Atom]:
    depth, outside = 0, []
    for atom in row:
        depth -= atom.role == "close"
        if depth <= 0:
            outside.append(atom)
        depth += atom.role == "open"
    return outside


def _is_one(row: list[_Atom]) -> bool:
    """Say whether a row reads as one thing: ∂w, dw, f(x), (a + b)."""
    if len(row) == 2 and (row[0].role == "prefix" or (row[0].text[:1] == "d" and not row[0].word)):
        return True
    if len(row) > 1 and (row[0].word or row[0].role == "function" or row[0].text[:1] in CALLED):
        row = row[1:]
    return _is_bracketed(row)


def _is_bracketed(row: list[_Atom]) -> bool:
    depth = 0
    for at, atom in enumerate(row):
        depth += {"open": 1, "close": -1}.get(atom.role, 0)
        if depth == 0:
            return atom.role == "close" and at == len(row) - 1
    return False


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
            rows[-1].append(_set(self.row(), self.tight))
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

    def row(self, end: str = "") -> list[_Atom]:
        """Read atoms up to something that ends a row, or up to `end`; neither is taken."""
        atoms: list[_Atom] = []
        gap = ""
        while (lexeme := self.peek()) not in _ENDS | {end}:
            if lexeme in SPACES or lexeme in SILENT:
                self.take()
                gap = max(gap, SPACES.get(lexeme, ""), key=len)
                continue
            with self.nested():
                first, *rest = self.scripted() or [_Atom("")]
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

    def scripted(self) -> list[_Atom]:
        """Read one thing and the primes and indices that belong to it."""
        base = [_Atom("")] if self.peek() in _SCRIPTS else self.atoms()
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

    def attached(self, base: list[_Atom], primes: str, scripts: dict[str, str]) -> list[_Atom]:
        *rest, last = base or [_Atom("")]
        loose = last.binding < (_ONE if scripts["^"] else _PRODUCT)
        text = (f"({last.text})" if loose else last.text) + primes + scripts["_"] + scripts["^"]
        linear = any(mark in script for mark, script in scripts.items())
        role: Role = "ord" if last.role == "inner" else last.role
        return [*rest, replace(last, text=text, role=role, binding=_ONE, open_ended=linear)]

    def index(self, mark: str) -> str:
        outside, self.tight = self.tight, True
        text = _set(self.argument(), tight=True).strip()
        self.tight = outside
        letters = RAISED if mark == "^" else LOWERED
        if not self.only_ascii and text == "*":
            return "*"
        if not self.only_ascii and all(letter in letters for letter in text):
            return "".join(letters[letter] for letter in text)
        return script(to_ascii(text) if self.only_ascii else text, mark) if text else ""

    def argument(self) -> list[_Atom]:
        if self.peek() in _ENDS or self.peek() in SPACES or self.peek() in SILENT:
            raise _CannotDrawError
        with self.nested():
            return self.group() if self.peek() == "{" else self.atoms()

    def group(self) -> list[_Atom]:
        self.expect("{")
        row = self.row()
        self.expect("}")
        return row

    def atoms(self) -> list[_Atom]:
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
        return [_Atom(lexeme, gap=gap)]

    def symbol(self, symbol: Symbol) -> _Atom:
        text = symbol.ascii if self.only_ascii else symbol.unicode
        word = self.only_ascii and len(text) > 1 and text[:1].isalnum()
        return _Atom(text, symbol.role, _QUOTIENT if text == "/" and symbol.role == "ord" else _ONE, word)

    def braced(self) -> list[_Atom]:
        gap = "~" if self.source[self.at : self.at + 1].isspace() else ""
        row = self.group()
        if self.peek() in _SCRIPTS and len(row) > 1:
            return [_Atom(_set(row, self.tight), binding=_binding(row), gap=gap)]
        if len(row) == 1:
            role: Role = "ord" if row[0].role in ("bin", "rel", "punct") else row[0].role
            return [replace(row[0], role=role, gap=gap)]
        return [replace(atom, gap=gap) if at == 0 else atom for at, atom in enumerate(row)]

    def enclosed(self, gap: str) -> list[_Atom]:
        opening = self.delimiter("open", gap)
        row = self.row()
        self.expect(r"\right")
        return [*opening, *row, *self.delimiter("close", "")]

    def delimiter(self, role: Role, gap: str) -> list[_Atom]:
        lexeme, _ = self.take()
        if lexeme == ".":
            return [_Atom("", role, gap=gap)]
        symbol = SYMBOLS.get(lexeme)
        if symbol is None or (symbol.role not in ("open", "close", "bar") and lexeme not in _OTHER_DELIMITERS):
            raise _CannotDrawError
        return [replace(self.symbol(symbol), role=role, gap=gap)]

    def bracketed_unless(self, row: list[_Atom], *bindings: int) -> str:
        text = _set(row, self.tight)
        return text if _binding(row) in bindings else f"({text})"


def _unknown(_: _Reader) -> _Atom:
    raise _CannotDrawError


def _fraction(reader: _Reader) -> _Atom:
    above = reader.bracketed_unless(reader.argument(), _APPLIED, _PRODUCT, _ROOT, _ONE)
    below_row = reader.argument()
    below = reader.bracketed_unless(below_row, _ROOT, _ONE, *([] if reader.tight else [_APPLIED]))
    slash = " / " if _has_open_space(above) or _has_open_space(below) else "/"
    return _Atom(above + slash + below, "inner", _QUOTIENT)


def _has_open_space(text: str) -> bool:
    """Say whether a space stands outside of all brackets."""
    while (shorter := re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", text)) != text:
        text = shorter
    return " " in text


def _binomial(reader: _Reader) -> _Atom:
    above, below = _set(reader.argument(), reader.tight), _set(reader.argument(), reader.tight)
    return _Atom(f"({above} choose {below})")


def _root(reader: _Reader) -> _Atom:
    degree = ""
    if reader.peek() == "[":
        reader.take()
        degree = _set(reader.row(end="]"), tight=True)
        reader.expect("]")
    row = reader.argument()
    if reader.only_ascii:
        text = _set(row, reader.tight)
        return _Atom(f"root({degree}, {text})" if degree else f"sqrt({text})", word=True)
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
    if sign is None:
        sign = "".join(RAISED.get(letter, letter) for letter in degree) + "√"
    text = _set(row, reader.tight)
    return _Atom(sign + (text if _binding(row) == _ONE and " " not in text else f"({text})"), binding=_ROOT)


def _accent(mark: str, name: str) -> Callable[[_Reader], _Atom]:
    def draw(reader: _Reader) -> _Atom:
        row = reader.argument()
        text = _set(row, tight=True)
        if reader.only_ascii and text.replace("_", "").isalnum():
            return _Atom(f"{text}_{name}", word=True)
        if not reader.only_ascii and (len(text) == 1 or (name == "bar" and text.isalnum())):
            return _Atom("".join(letter + mark for letter in text))
        return _Atom(f"{name}({_set(row)})", word=True)

    return draw


def _alphabet(letters: dict[str, str]) -> Callable[[_Reader], _Atom]:
    def draw(reader: _Reader) -> _Atom:
        row = reader.argument()
        text = _set(row, reader.tight)
        if not reader.only_ascii:
            text = "".join(letters.get(letter, letter) for letter in text)
        return replace(row[0], text=text) if len(row) == 1 else _Atom(text, binding=_binding(row))

    return draw


def _function(name: str) -> Callable[[_Reader], _Atom]:
    return lambda _: _Atom(name, "function", word=True)


def _upright(reader: _Reader) -> _Atom:
    """Read \\operatorname{ReLU} or \\mathrm{d}: several letters are a function's name, one is a letter."""
    reader.skip(re.compile(r"\*"))
    row = reader.argument()
    text = _set([replace(atom, gap=atom.gap.strip("~")) for atom in row])
    several = len(text) > 1 and text[:1].isalnum()
    return _Atom(text, "function" if several else "ord", word=several)


def _text(reader: _Reader) -> _Atom:
    text = re.sub(r"\s+", " ", re.sub(r"\\(.)", r"\1", reader.raw(_PLAIN_TEXT)))
    return _Atom(text, word=len(text) > 1)


def _modulus(reader: _Reader) -> _Atom:
    return _Atom(f"(mod {_set(reader.argument())})", gap=" ")


def _environment(reader: _Reader) -> _Atom:
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


def _cases(rows: list[list[str]]) -> _Atom:
    return _Atom("; ".join(_case(*cells) for cells in rows), "inner", _SUM)


def _case(value: str, *conditions: str) -> str:
    condition = " ".join(filter(None, (cell.strip() for cell in conditions)))
    if not condition:
        return value.strip()
    joint = " " if _CONDITION.match(condition) else " if "
    return value.strip().removesuffix(",") + joint + condition


def _matrix(opening: str, closing: str) -> Callable[[list[list[str]]], _Atom]:
    return lambda rows: _Atom(opening + "; ".join(", ".join(cells) for cells in rows) + closing)


def _aligned(rows: list[list[str]]) -> _Atom:
    return _Atom("\n".join(" ".join(filter(None, cells)) for cells in rows), binding=_SUM)


_ENVIRONMENTS: dict[str, Callable[[list[list[str]]], _Atom]] = {
    "cases": _cases, "rcases": _cases, "vmatrix": _matrix("|", "|"), "Vmatrix": _matrix("‖", "‖"),
    **dict.fromkeys(["matrix", "smallmatrix", "pmatrix", "bmatrix", "Bmatrix", "array"], _matrix("[", "]")),
    **dict.fromkeys(["aligned", "align", "align*", "split", "gather", "gather*", "gathered", "equation"], _aligned),
}  # fmt: skip

_COMMANDS: dict[str, Callable[[_Reader], _Atom]] = {
    **dict.fromkeys(["frac", "dfrac", "tfrac", "cfrac"], _fraction),
    **dict.fromkeys(["binom", "dbinom", "tbinom"], _binomial),
    **dict.fromkeys(["text", "textbf", "textit", "textrm", "texttt", "mbox"], _text),
    **dict.fromkeys(["operatorname", "mathrm", "mathop"], _upright),
    **{name: _function(name) for name in FUNCTIONS},
    **{name: _accent(*accent) for name, accent in ACCENTS.items()},
    **{name: _alphabet(letters) for name, letters in ALPHABETS.items()},
    "sqrt": _root, "begin": _environment, "pmod": _modulus,
}  # fmt: skip
