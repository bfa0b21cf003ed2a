"""A question that is being written: edited, checked and edited again until it is right, and never lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from quizkit.authoring import own
from quizkit.authoring.files import read_text, write_new, write_text
from quizkit.authoring.template import has_empty_id, id_from, marked, unmarked, with_id, without_help
from quizkit.bank.problem import Problem
from quizkit.bank.reader import read
from quizkit.frozen import frozen

Edit = Callable[[str, int], None]
"""Opens a file at a line and returns when the person is done."""
Check = Callable[[Path], Sequence[Problem]]
"""Returns what is wrong with a file, also beside the banks that it is to be part of."""
Again = Callable[[Path, Sequence[Problem]], bool]
"""Shows what is wrong; returns whether the person goes on."""
Taken = Callable[[str], bool]
"""Whether a question has this id."""


_PLACEHOLDER = "quizkit-draft"


@frozen
class Draft:
    """What is written, and where it will go."""

    home: str
    topic: str
    form: str
    # what the file says before anything is typed

    @property
    def path(self) -> Path:
        """Where the text is until it is right; no bank reads it there."""
        folder = own.topic_folder(Path(self.home, "drafts"), self.topic)
        return folder.with_name(f"{folder.name}.yaml")

    @property
    def is_begun(self) -> bool:
        """Whether an earlier attempt left something to go on with."""
        return self.path.exists()


def write(draft: Draft, edit: Edit, check: Check, again: Again, taken: Taken) -> Path | None:
    """Have a draft written and return the file in the bank that holds it, or None.

    Where nothing was typed no draft is left; where the person gave up, it stays where it is.
    """
    text = unmarked(read_text(draft.path)) if draft.is_begun else draft.form
    problems: Sequence[Problem] = ()
    while True:
        write_text(draft.path, marked(text, problems))
        try:
            edit(str(draft.path), _first_line(text, problems))
        finally:
            text = _taken_back(draft)
        if not draft.is_begun:
            return None
        text = _with_ids(text, taken)
        write_text(draft.path, text)
        problems = check(draft.path)
        if not problems:
            return _settled(draft, text)
        if not again(draft.path, problems):
            return None


def _taken_back(draft: Draft) -> str:
    """Return what the editor left, without marks; a draft in which nothing was typed is forgotten."""
    text = unmarked(read_text(draft.path)) if draft.is_begun else draft.form
    if without_help(text) == without_help(draft.form):
        draft.path.unlink(missing_ok=True)
    else:
        write_text(draft.path, text)
    return text


def _settled(draft: Draft, text: str) -> Path:
    bank = own.own_bank(draft.home)
    path = write_new(own.topic_folder(bank, draft.topic), own.ids_in(draft.path)[0], without_help(text))
    own.write_schema(bank)
    draft.path.unlink()
    return path


def _first_line(text: str, problems: Sequence[Problem]) -> int:
    """Return the line to begin at: what is wrong first, or the first thing that is empty."""
    if problems:
        return problems[0].line
    rows = text.splitlines()
    return next((number for number, row in enumerate(rows, 1) if row.strip() == "question:"), 1)


def _with_ids(text: str, taken: Taken) -> str:
    """Return the text with ids made from the questions where they were left empty."""
    while has_empty_id(text) and (made := _made_id(text, taken)):
        text = with_id(text, made)
    return text


def _made_id(text: str, taken: Taken) -> str:
    """Return an id for the first entry without one, "" where its question cannot be read or has no words for it."""
    found = read(with_id(text, _PLACEHOLDER), "", "").questions
    here = {question.id for question in found}
    wanted = next((id_from(question.question) for question in found if question.id == _PLACEHOLDER), "")
    return free_id(wanted, lambda name: name in here or taken(name)) if wanted else ""


def free_id(wanted: str, taken: Taken) -> str:
    """Return `wanted`, or with -2, -3 and so on behind it the first that no question has."""
    number, name = 1, wanted
    while taken(name):
        number += 1
        name = f"{wanted}-{number}"
    return name
