"""Any text in ASCII, still readable: Greek by name, arrows and signs as people type them, the rest without accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from quizkit.faces.drawing.symbols import ACCENTS, LOWERED, RAISED, TYPED

_PROSE = {
    "—": "--", "–": "-", "‐": "-", "‑": "-", "‒": "-", "―": "--", "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"',
    "«": '"', "»": '"', "•": "*", "‣": "*", "◦": "o", "×": "x", "⁄": "/", "∑": "sum", "√": "sqrt", "∛": "cbrt",
    "€": "EUR", "£": "GBP", "°": " deg", "✗": "no", "✘": "no", "✔": "yes", "☐": "[ ]", "☑": "[x]", "⊤": "T", "ß": "ss",
    "─": "-", "━": "-", "│": "|", "┃": "|", "┌": "+", "┐": "+", "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+", "╭": "+", "╮": "+", "╯": "+", "╰": "+", "▲": "^", "▼": "v", "►": ">", "◄": "<", "▶": ">",
    "◀": "<", "↵": "Enter", "″": "''", "‴": "'''", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
    "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "★": "*", "☆": "*", "µ": "mu", "ϵ": "epsilon", "ϕ": "phi",
}  # fmt: skip
_SIGNS = {sign: symbol.ascii for sign, symbol in TYPED.items()} | _PROSE

_UP = {raised: letter for letter, raised in RAISED.items() if not raised.isascii()} | {"⁻": "-", "ᵀ": "T"}
_DOWN = {lowered: letter for letter, lowered in LOWERED.items()} | {"₋": "-"}
for _sign in "°′†⋆":
    del _UP[_sign]

# An accent over one of these is mathematics (ŷ is an estimate), not spelling.
_VARIABLES = frozenset("pqxyzwPQXYZW")
_WORDS = dict(reversed(ACCENTS.values()))

_CLEAR_RAISED = re.compile(r"-?[0-9]+|[A-Za-z]+|\([^()]*\)")
_CLEAR_LOWERED = re.compile(r"[A-Za-z0-9_]+|\([^()]*\)")

_PIECE = re.compile(
    f"(?P<up>[{''.join(_UP)}]+)|(?P<down>[{''.join(_DOWN)}]+)"
    "|[\x00-\x7f][\u0300-\u036f\u20d7]+|[^\x00-\x7f][\u0300-\u036f\u20d7]*"
)


def to_ascii(text: str, protect: Callable[[str], str] = str) -> str:
    """Return `text` in ASCII; `protect` is applied to each replacement, and to nothing that was ASCII before.

    A sign nobody has a word for becomes "?".
    """
    return _PIECE.sub(lambda piece: protect(_replacement(piece)), text)


def script(text: str, mark: str) -> str:
    """Write `text` after `mark` ("^" or "_"), bracketed unless it is one sign, word or number, or bracketed already."""
    clear = _CLEAR_RAISED if mark == "^" else _CLEAR_LOWERED
    return mark + text if len(text) == 1 or clear.fullmatch(text) else f"{mark}({text})"


def _replacement(piece: re.Match[str]) -> str:
    if up := piece["up"]:
        return script(to_ascii("".join(_UP[sign] for sign in up)), "^")
    if down := piece["down"]:
        return script(to_ascii("".join(_DOWN[sign] for sign in down)), "_")
    return _apart(piece, _cluster(piece[0]))


def _cluster(cluster: str) -> str:
    """Return one sign with its accents in ASCII."""
    if cluster in _SIGNS:
        return _SIGNS[cluster]
    decomposed = unicodedata.normalize("NFD", cluster)
    base, marks = decomposed[0], decomposed[1:]
    plain = base if base.isascii() else _SIGNS.get(base) or _named(base)
    if marks[:1] in _WORDS and (base in _VARIABLES or unicodedata.name(base, "").startswith("GREEK")):
        return f"{plain}_{_WORDS[marks[0]]}"
    return plain


def _named(sign: str) -> str:
    """Return the letters hidden in `sign`, nothing for a mark without a width, "?" for what cannot be said."""
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return ""
    if sign.isspace():
        return " "
    letters = unicodedata.normalize("NFKD", sign).replace("⁄", "/")
    return "".join(letter for letter in letters if letter.isascii()) or "?"


def _apart(piece: re.Match[str], word: str) -> str:
    """Keep the name of a sign apart from the letters and digits that touch it: αx is "alpha x", 2½ is "2 1/2"."""
    text, start, end = piece.string, piece.start(), piece.end()
    is_name = len(word) > 1 and word.replace("_", "").isalnum() and (piece[0] in _SIGNS or "_" in word)
    is_number = unicodedata.category(piece[0][0]) == "No"
    before = " " if (is_name or is_number) and text[max(start - 1, 0) : start].isalnum() else ""
    after = " " if is_name and text[end : end + 1].isalnum() and text[end].isascii() else ""
    return before + word + after
