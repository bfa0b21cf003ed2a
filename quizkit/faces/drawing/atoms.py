"""Rows of drawn parts of a formula: the spaces between them, and the brackets that precedence asks for."""

from __future__ import annotations

import re
from itertools import pairwise

from quizkit.faces.drawing.symbols import CALLED, SYMBOLS, Role
from quizkit.frozen import frozen, replace

# How tightly a drawn part holds together; a looser part gets brackets where a tighter one is needed.
SUM, QUOTIENT, APPLIED, PRODUCT, ROOT, ONE = range(6)


@frozen
class Atom:
    """One part of a formula, already drawn."""

    text: str
    role: Role = "ord"
    binding: int = ONE
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
_NOTHING = Atom("", "punct")
# stands beside the first and the last atom of a row
_ADDED = ("+", "−", "-", "±", "+-")
_NO_LEFT_SIDE = ("bin", "rel", "open", "punct", "function", "big", "sign")
_NO_RIGHT_SIDE = ("rel", "close", "punct")
_LOOSE_ROLES = {"bin", "rel", "punct"}
# In ASCII the name of a factor before a bracket would read as a function: alpha (e^x - 1).
_FACTORS = {symbol.ascii for symbol in SYMBOLS.values() if symbol.role == "ord"} - {
    symbol.ascii for symbol in SYMBOLS.values() if symbol.unicode in CALLED
}


def set_row(row: list[Atom], tight: bool = False) -> str:
    """Join a row of atoms with the spaces that their roles ask for; `tight` as in an index."""
    row = _settled(row)
    text = row[0].text if row else ""
    for left, right in pairwise(row):
        space = _space(left, right, tight)
        text += right.text if text.endswith(" ") or right.text.startswith(" ") else space + right.text
    return text


def _space(left: Atom, right: Atom, tight: bool) -> str:
    if right.gap.strip("~"):
        return right.gap.strip("~")
    if (left.role, right.role) in _SPACED_ALWAYS or _would_run_together(left, right):
        return " "
    return " " if not tight and _airy(left, right) else ""


def _would_run_together(left: Atom, right: Atom) -> bool:
    touching = left.text[-1:].isalnum() and right.text[:1].isalnum()
    bound = left.role == "prefix" and not left.word and "_" not in left.text
    if right.role == "open" and ((left.binding == ROOT and left.open_ended) or left.text in _FACTORS):
        return True
    return touching and not bound and (left.word or left.open_ended or right.word)


def _airy(left: Atom, right: Atom) -> bool:
    """Say whether an ordinary line, unlike an index, has a space here."""
    if "rel" in (left.role, right.role):
        return left.role != right.role
    if "bin" in (left.role, right.role):
        return True
    if left.role == "punct":
        return right.role != "close"
    return bool(right.gap) and left.role in _KEEPS_GAP_AFTER and right.role in _KEEPS_GAP_BEFORE


def _settled(row: list[Atom]) -> list[Atom]:
    """Give bars their side, minus signs their meaning and spaced fractions their brackets."""
    settled = _sided(row)
    for at, atom in enumerate(settled):
        left, right = (settled[at - 1] if at else _NOTHING), (settled[at + 1] if at + 1 < len(settled) else _NOTHING)
        if atom.role == "bin" and (left.role in _NO_LEFT_SIDE or right.role in _NO_RIGHT_SIDE):
            settled[at] = replace(atom, role="sign")
        if atom.role == "inner" and _needs_brackets(atom, left, right):
            settled[at] = replace(atom, text=f"({atom.text})", role="ord", binding=ONE)
    return settled


def _sided(row: list[Atom]) -> list[Atom]:
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


def _needs_brackets(atom: Atom, left: Atom, right: Atom) -> bool:
    """Say whether a fraction, or cases, would run together with what stands beside them; 2 1/2 is not 2 times 1/2."""
    if left.text[-1:].isdigit() and atom.text[:1].isdigit():
        return True
    added = () if atom.binding == SUM else _ADDED
    return has_open_space(atom.text) and not all(
        neighbour.role in ("rel", "punct", bracket) or neighbour.text in added
        for neighbour, bracket in ((left, "open"), (right, "close"))
    )


def binding_of(row: list[Atom]) -> int:
    """Return how tightly a row holds together, as the loosest of its parts that stand side by side."""
    row = _settled(row)
    outside = _outside_of_brackets(row)
    roles = {atom.role for atom in outside}
    if len(row) == 1 and not roles & _LOOSE_ROLES:
        return row[0].binding
    loosest = SUM if roles & _LOOSE_ROLES else min((atom.binding for atom in outside), default=ONE)
    if loosest <= QUOTIENT:
        return loosest
    if not row or _is_one(row):
        return ONE
    return APPLIED if row[0].role in ("function", "big") else PRODUCT


def _outside_of_brackets(row: list[Atom]) -> list[Atom]:
    depth, outside = 0, []
    for atom in row:
        depth -= atom.role == "close"
        if depth <= 0:
            outside.append(atom)
        depth += atom.role == "open"
    return outside


def _is_one(row: list[Atom]) -> bool:
    """Say whether a row reads as one thing: ∂w, dw, f(x), (a + b)."""
    if len(row) == 2 and (row[0].role == "prefix" or (row[0].text[:1] == "d" and not row[0].word)):
        return True
    if len(row) > 1 and (row[0].word or row[0].role == "function" or row[0].text[:1] in CALLED):
        row = row[1:]
    return _is_bracketed(row)


def _is_bracketed(row: list[Atom]) -> bool:
    depth = 0
    for at, atom in enumerate(row):
        depth += {"open": 1, "close": -1}.get(atom.role, 0)
        if depth == 0:
            return atom.role == "close" and at == len(row) - 1
    return False


def has_open_space(text: str) -> bool:
    """Say whether a space stands outside of all brackets."""
    while (shorter := re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", text)) != text:
        text = shorter
    return " " in text
