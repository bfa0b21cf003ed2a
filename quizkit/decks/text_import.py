"""Cards from text: CSV as spreadsheets and Anki write it, and Markdown with `Q:` and `A:`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path

from quizkit.decks.deck import Deck, Found, Left
from quizkit.decks.entries import Entry
from quizkit.decks.to_markdown import cleaned, markdown
from quizkit.errors import UsageProblem

_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "space": " ", "colon": ":"}
_NAMES = {
    "id": "id", "question": "question", "front": "question", "q": "question", "answer": "technical_answer",
    "back": "technical_answer", "a": "technical_answer", "technical_answer": "technical_answer",
    "simple_answer": "simple_answer", "analogy": "analogy", "difficulty": "difficulty", "minutes": "minutes",
    "tags": "tags", "companies": "companies", "key_points": "key_points", "see_also": "see_also", "after": "after",
}  # fmt: skip
# what a column may be called -> the key it fills
_LISTS = frozenset({"tags", "companies", "key_points", "see_also", "after"})
_WITHOUT_HEADER = ("question", "technical_answer", "tags")
_HTML = re.compile(r"</?[a-z][^>]*>|&[a-z]+;|&#\d+;", re.IGNORECASE)
_LONGEST_CELL = 1 << 24
_LONGEST_FILE = 64 << 20
# bytes


def csv_deck(text: str, name: str) -> Deck:
    """Return the cards of a CSV file: columns by their header, else question, answer and tags.

    The comments `#separator:`, `#html:` and `#… column:` that Anki writes are obeyed.

    Raises:
        UsageProblem: it has no column with questions or none with answers.
    """
    said, body = _comments(cleaned(text))
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(StringIO(body), delimiter=_separator(said, body), strict=False))
    except csv.Error as error:
        raise UsageProblem(f"{name} cannot be read as CSV: {error}.") from None
    columns, rows = _columns(said, rows)
    used = set(columns.values())
    if "question" not in used or not used & {"technical_answer", "simple_answer"}:
        raise UsageProblem(f"{name} has no columns called question and answer.")
    is_html = said.get("html", "").lower() == "true"
    cards, left = [], []
    for number, row in enumerate(rows, 1):
        entry = _entry(row, columns, is_html)
        if "question" in entry and len(set(entry) & {"technical_answer", "simple_answer"}):
            cards.append(Found(entry, f"row {number}"))
        elif any(cell.strip() for cell in row):
            left.append(Left("rows without a question or without an answer", f"row {number}"))
    return Deck(tuple(cards), (*left, *_ignored(rows, columns)))


def _comments(text: str) -> tuple[dict[str, str], str]:
    said = {}
    lines = text.lstrip("\n").split("\n")
    while lines and (found := re.fullmatch(r"#([a-z ]+):(.*)", lines[0])):
        said[found[1].strip()] = found[2].strip()
        lines = lines[1:]
    return said, "\n".join(lines)


def _separator(said: Mapping[str, str], body: str) -> str:
    if "separator" in said:
        return _SEPARATORS.get(said["separator"].lower(), said["separator"][:1] or "\t")
    first = body.split("\n", 1)[0]
    return max("\t;,", key=first.count)


def _columns(said: Mapping[str, str], rows: list[list[str]]) -> tuple[dict[int, str], list[list[str]]]:
    """Return which key each column fills, and the rows without a header."""
    named = {position: _NAMES.get(cell.strip().lower(), "") for position, cell in enumerate(rows[0])} if rows else {}
    if "question" in named.values():
        return {position: key for position, key in named.items() if key}, rows[1:]
    told = {int(said[word]) - 1: word for word in said if word.endswith(" column") and said[word].isdecimal()}
    free = [position for position in range(max(map(len, rows), default=0)) if position not in told]
    columns = dict(zip(free, _WITHOUT_HEADER[: 2 if told else 3], strict=False))
    return columns | {position: "tags" for position, word in told.items() if word == "tags column"}, rows


def _entry(row: Sequence[str], columns: Mapping[int, str], is_html: bool) -> Entry:
    entry: Entry = {}
    for position, key in columns.items():
        cell = row[position].strip() if position < len(row) else ""
        if not cell:
            continue
        if key in _LISTS:
            entry[key] = _list(cell, key)
        elif key in ("id", "difficulty", "minutes"):
            entry[key] = cell
        else:
            entry[key] = _text(cell, is_html)
    return {key: value for key, value in entry.items() if value}


def _text(cell: str, is_html: bool) -> str:
    return markdown(cell)[0] if is_html else "\n".join(line.rstrip() for line in cell.split("\n"))


def _list(cell: str, key: str) -> list[str]:
    parts = re.split(r"[;\n]" if key == "key_points" else r"[;,\s]+", cell)
    return list({part.strip().casefold(): part.strip() for part in parts if part.strip()}.values())


def _ignored(rows: Sequence[Sequence[str]], columns: Mapping[int, str]) -> Iterator[Left]:
    for position in range(max(map(len, rows), default=0)):
        if position not in columns and any(position < len(row) and row[position].strip() for row in rows):
            yield Left("columns that name nothing a question has", f"column {position + 1}")


def read_text(path: Path) -> str:
    """Return the text of a file, as UTF-8 or as what spreadsheets on Windows write.

    Raises:
        UsageProblem: there is no such file, or it is no text.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageProblem(f"{path} cannot be read ({error.strerror or error}).") from None
    if len(data) > _LONGEST_FILE or (b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff"))):
        raise UsageProblem(f"{path} is no text file, or one of more than {_LONGEST_FILE >> 20} MB.")
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UsageProblem(f"{path}:{line}: this is not UTF-8. Save the file as UTF-8, then try again.") from None


# -- Q: and A: --------------------------------------------------------------------------------------------------------

_START = re.compile(r"^(Q|A|C):[ \t]*(.*)$")
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_END = re.compile(r"^\s*(---+|\*\*\*+)\s*$")


def markdown_deck(text: str, name: str) -> Deck:
    """Return the cards of Markdown in which a line `Q: …` begins a question and `A: …` its answer.

    Both may go on over several lines, up to the next `Q:`, or to a line of dashes.

    Raises:
        UsageProblem: there is no `Q:` in it.
    """
    cards, left = [], []
    blocks = list(_blocks(cleaned(text)))
    if not blocks:
        raise UsageProblem(f"{name} holds no question: a line that begins with `Q:` starts one.")
    for line, parts in blocks:
        question, answer = (_joined(parts.get(letter, [])) for letter in "QA")
        if question and answer:
            cards.append(Found({"question": question, "technical_answer": answer}, f"line {line}"))
        else:
            reason = "cloze lines (C:): write them as Q: and A:" if "C" in parts else "questions without an answer"
            left.append(Left(reason, f"line {line}"))
    return Deck(tuple(cards), tuple(left))


def _blocks(text: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    """Yield the line of each card, and the lines of its parts; what looks like a start inside code is none."""
    begun, fence = 0, ""
    parts: dict[str, list[str]] = {}
    rows: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = None if fence else _START.match(line)
        if (found and found[1] in "QC") or (not fence and _END.match(line)):
            if parts:
                yield begun, parts
            begun, parts, rows = number, {}, []
        if found and found[1] not in parts:
            rows = parts[found[1]] = [found[2]]
        else:
            rows.append(line)
        if ticks := _FENCE.match(line):
            fence = "" if fence and ticks[1].startswith(fence) else fence or ticks[1]
    if parts:
        yield begun, parts


def _joined(rows: Sequence[str]) -> str:
    return "\n".join(row.rstrip() for row in rows).strip()
