"""What a person sees while writing questions: the editor, what is wrong, what became of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from quizkit.authoring import draft as drafts
from quizkit.authoring import own
from quizkit.authoring.draft import Draft, free_id
from quizkit.authoring.files import read_text
from quizkit.authoring.source import cut, without
from quizkit.authoring.template import copied, template
from quizkit.bank.problem import Problem
from quizkit.editor import open_editor
from quizkit.errors import No, UsageProblem
from quizkit.faces.checking import checked, ending, excerpt, own_folders
from quizkit.faces.tables import write
from quizkit.faces.words import command, count
from quizkit.home import home
from quizkit.opening import open_bank, say


def new(topic: str, copy_of: str) -> None:
    """Have a question written in the editor and print the file that holds it.

    Raises:
        UnknownQuestion: there is nothing to copy under this id.
        UsageProblem: the editor failed; what was typed is kept.
        No: the person gave up; what was typed is kept, or there was nothing.
    """
    with open_bank() as bank:

        def taken(name: str) -> bool:
            return bank.get(name) is not None

        form = template()
        if copy_of:
            question = bank.question(copy_of)
            entry = cut(read_text(Path(question.file)), question.id, question.file).entry
            form = copied(_renamed(entry, question.id, free_id(f"{question.id}-2", taken)))
        draft = Draft(home(), topic, form)
        if draft.is_begun:
            say(f"going on with {draft.path}{f', not from {copy_of}' if copy_of else ''}.")
        try:
            path = drafts.write(draft, open_editor, _problems, _again, taken)
        except UsageProblem as problem:
            typed = f" What was typed is in {draft.path}." if draft.is_begun else ""
            raise UsageProblem(f"{problem.message}{typed}") from None
    if path is not None:
        write(str(path))
        say(f"{', '.join(own.ids_in(path))}: added. Next: quizkit study {topic}")
    elif draft.is_begun:
        raise No(f"not added. What was typed is in {draft.path}: quizkit bank new {topic} goes on with it.")
    else:
        raise No("nothing was typed, so nothing was added.")


def _renamed(entry: str, old: str, fresh: str) -> str:
    """Return an entry under a fresh id, without the former ids that stay with the original."""
    rows = without(entry, "was").splitlines(keepends=True)
    named = (row.replace(old, fresh, 1) if row.lstrip(" -").startswith("id:") else row for row in rows)
    return "".join(named)


def edit(question_id: str) -> None:
    """Open the editor at a card's line, again until its file is right or the person gives up.

    Raises:
        UnknownQuestion: there is no such card.
        No: the file is left with something wrong in it.
    """
    with open_bank() as bank:
        question = bank.question(question_id)
    file, line = Path(question.file), question.line
    while True:
        open_editor(str(file), line)
        problems = _problems(file)
        if not problems:
            say(f"{file} is in order.")
            return
        if not _again(file, problems):
            raise No(f"{file} is as you left it: {ending(problems)}.")
        line = problems[0].line


def _problems(file: Path) -> list[Problem]:
    with checked([file], own_folders()) as check:
        return check.problems()


def _again(file: Path, problems: Sequence[Problem]) -> bool:
    """Show what is wrong beside its lines and ask whether to go on; the end of the input is a no."""
    rows = read_text(file).splitlines()
    print(f"\n{file}: {count(len(problems), 'problem')}", file=sys.stderr)  # noqa: T201
    for problem in problems:
        print("\n".join(excerpt(problem, rows)), file=sys.stderr)  # noqa: T201
    print("Enter opens the editor again, g gives up: ", end="", file=sys.stderr, flush=True)  # noqa: T201
    answer = sys.stdin.readline()
    return bool(answer) and answer.strip().lower() not in ("g", "give up", "q", "n", "no")


def add(path: Path, topic: str) -> None:
    """Check files, copy them into the user's own bank and print where they are.

    Raises:
        No: something is wrong in them; nothing was copied.
    """
    bank = own.own_bank(home())
    wanted = own.copies(path, topic)
    with checked([path], own_folders()) as check:
        problems = check.problems()
    if problems:
        for problem in problems:
            write(str(problem))
        raise No(f"nothing was added: {ending(problems)}.")
    done = own.add(bank, wanted)
    own.write_schema(bank)
    for target in done:
        write(str(target))
    say(f"{count(sum(len(own.ids_in(target)) for target in done), 'question')} added.")


def remove(question_ids: Sequence[str]) -> None:
    """Take questions out of the user's own bank and print the files that keep their texts."""
    with open_bank() as bank:
        for question_id in question_ids:
            bank.refresh()
            kept = own.remove(home(), bank.question(question_id))
            write(str(kept))
            back = command("quizkit", "bank", "add", str(kept), "--topic", kept.parent.name)
            say(f"{question_id} is out of your bank; its history is kept, and this brings it back: {back}")


def print_path() -> None:
    """Print the folder of the user's own bank, made where it was missing, with the schema in it."""
    bank = own.own_bank(home())
    own.write_schema(bank)
    write(str(bank))


def print_schema() -> None:
    """Print the JSON Schema of a bank file."""
    from quizkit.authoring.schema import schema_text

    write(schema_text().rstrip("\n"))
