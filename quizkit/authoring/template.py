"""The file that `quizkit bank new` opens: every key explained, and marks beside the lines that are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from textwrap import wrap

from quizkit.authoring.fields import FIELDS, OBLIGATORY, Field
from quizkit.bank.problem import Problem, printable

SCHEMA_FILE = "quizkit.schema.json"
# beside the topics of a bank, where editors find it by the template's first line
SCHEMA_LINE = f"# yaml-language-server: $schema=../{SCHEMA_FILE}"

_MARK = "#! "
_HELP = """\
# A question of your own. Fill in what is empty, save and close the editor:
# then it is checked. Lines that begin with # are help and go away in the end.
# What you do not need may stay as it is.
"""
_WIDTH = 79
# columns: editors in a terminal break or hide what is longer
_MORE = "    # All that follows may be left out. Take the `# ` away from what you use."
_MADE_FROM_QUESTION = "; if empty, made from the question"
_EMPTY_ID = re.compile(r"^([ \t]*-[ \t]+id:)[ \t]*(?:#.*)?$", re.MULTILINE)
_WORD = re.compile(r"[a-z0-9]+")
_NO_CONTENT = frozenset(
    "a an are as at by can do does for how in is it its of on or that the to was what when why".split()
)


def template() -> str:
    """Return the empty form: a bank file of one question with a comment for every key."""
    rows = [SCHEMA_LINE, *_HELP.splitlines(), "questions:"]
    for field in FIELDS:
        if field.key == FIELDS[len(OBLIGATORY)].key:
            rows += ["    #", _MORE]
        rows += _form(field)
    return "\n".join(rows) + "\n"


def _form(field: Field) -> list[str]:
    if field.key == "id":
        return [*_comment(field.meaning + _MADE_FROM_QUESTION), "  - id:"]
    if field.key in OBLIGATORY:
        return [*_comment(field.meaning), f"    {field.key}:"]
    example = f"{field.key}: {field.example}".replace(": \n", ":\n").split("\n")
    return [*_comment(field.meaning), *(f"    # {row}" for row in example)]


def _comment(text: str) -> list[str]:
    sign = "    # "
    return wrap(text, _WIDTH, initial_indent=sign, subsequent_indent=sign, break_on_hyphens=False)


def copied(entry: str) -> str:
    """Return a form that holds the text of an entry, as `source` cut it out of its file."""
    return f"{SCHEMA_LINE}\n{_HELP}questions:\n{entry}"


def without_help(text: str) -> str:
    """Return what a person wrote, without the comments of the form; the line for editors stays."""
    help_rows = {row for row in template().splitlines() if row.lstrip().startswith("#")} - {SCHEMA_LINE}
    rows = [row for row in text.splitlines() if row.rstrip() not in help_rows]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).rstrip("\n") + "\n"


# -- marks ------------------------------------------------------------------------------------------------------------


def marked(text: str, problems: Iterable[Problem]) -> str:
    """Return the text with what is wrong written as a comment below each line."""
    rows = text.splitlines()
    for problem in sorted(problems, reverse=True):
        caret = " " * max(0, problem.column - 1 - len(_MARK)) + "^"
        rows.insert(min(problem.line, len(rows)), f"{_MARK}{caret} {printable(problem.message)}")
    return "\n".join(rows) + "\n"


def unmarked(text: str) -> str:
    """Return the text without the comments that `marked` wrote."""
    return "".join(row for row in text.splitlines(keepends=True) if not row.startswith(_MARK))


# -- ids --------------------------------------------------------------------------------------------------------------


def has_empty_id(text: str) -> bool:
    """Whether an entry's id was left empty."""
    return _EMPTY_ID.search(text) is not None


def with_id(text: str, own_id: str) -> str:
    """Return the text with the first id that was left empty filled in."""
    return _EMPTY_ID.sub(lambda found: f"{found[1]} {own_id}", text, count=1)


def id_from(question: str) -> str:
    """Return an id made of the first words of a question that say something; "" where none can be made."""
    words = _WORD.findall(question.lower().replace("'", ""))
    telling = [word for word in words if word not in _NO_CONTENT] or words
    return "-".join(telling[:5])[:60].strip("-")
