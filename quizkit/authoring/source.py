"""Single entries in the text of a bank file: cut out and taken out, with their comments."""

from __future__ import annotations

from quizkit.bank import values
from quizkit.bank.model import Question
from quizkit.bank.problem import Report
from quizkit.bank.reader import read
from quizkit.bank.yaml_tree import Mapping, Node, Scalar, Sequence, read_tree
from quizkit.errors import UsageProblem
from quizkit.frozen import frozen, replace


@frozen
class Cut:
    """A file's text in two: one entry, and the rest."""

    entry: str
    rest: str
    # "" when no other entry is left


def cut(text: str, question_id: str, file: str) -> Cut:
    """Cut an entry out of the text of a bank file; comments between entries go with the one below them.

    Raises:
        UsageProblem: the file is written in a way (flow style, aliases) in which its lines do not belong to one entry.
    """
    rows = text.splitlines(keepends=True)
    starts = _starts(text)
    names = [name for name, _ in starts]
    if question_id not in names:
        raise _entangled(question_id, file)
    number = names.index(question_id)
    first = starts[number][1]
    begin = _end_of(rows, starts, number - 1) if number else first
    end = _end_of(rows, starts, number)
    entry = "".join(rows[first:end])
    rest = "".join(rows[:begin] + rows[end:]) if len(starts) > 1 else ""
    found = Cut(entry if entry.endswith("\n") else entry + "\n", rest)
    if not _sound(text, found, question_id):
        raise _entangled(question_id, file)
    return found


def without(entry: str, key: str) -> str:
    """Return an entry, as it was cut out, without one of its keys; a key beside its dash, or beside another, stays."""
    rows = f"questions:\n{entry}".splitlines(keepends=True)
    item = _items("".join(rows))[0]
    pairs = item.pairs() if isinstance(item, Mapping) else ()
    lines = [(name.value, name.start_mark.line) for name, _ in pairs if isinstance(name, Scalar)]
    found = next((line for name, line in lines if name == key), 0)
    if not rows[found].lstrip().startswith(f"{key}:"):
        return entry
    end = min((line for _, line in lines if line > found), default=len(rows))
    return "".join(rows[1:found] + rows[end:])


def _starts(text: str) -> list[tuple[str, int]]:
    """Return the id of each entry with the index of its first line."""
    return [(_id(item), item.start_mark.line) for item in _items(text)]


def _items(text: str) -> list[Node]:
    tree = read_tree(text, Report(""))
    fields = values.fields_of(tree.root, ("questions",))[0] if isinstance(tree.root, Mapping) else {}
    listed = fields["questions"][1] if "questions" in fields else None
    return listed.items if isinstance(listed, Sequence) else []


def _id(item: Node) -> str:
    fields = values.fields_of(item, ("id",))[0] if isinstance(item, Mapping) else {}
    node = fields["id"][1] if "id" in fields else None
    return node.value.rstrip() if isinstance(node, Scalar) else ""


def _end_of(rows: list[str], starts: list[tuple[str, int]], number: int) -> int:
    """Return the index behind the last line of an entry; what stands above the next one's dash belongs to that."""
    if number + 1 == len(starts):
        return len(rows)
    end = starts[number + 1][1]
    column = _indentation(rows[end])
    while _is_between(rows[end - 1], column):
        end -= 1
    return end


def _is_between(row: str, column: int) -> bool:
    return not row.strip() or (row.lstrip().startswith("#") and _indentation(row) <= column)


def _indentation(row: str) -> int:
    return len(row) - len(row.lstrip())


def _sound(text: str, found: Cut, question_id: str) -> bool:
    """Whether entry and rest, each read alone, say what the whole file said."""
    whole = {question.id: question for question in _read(text)}
    own = whole.pop(question_id, None)
    others = _read(found.rest) if found.rest else []
    return _read(f"questions:\n{found.entry}") == [own] and others == list(whole.values())


def _read(text: str) -> list[Question]:
    return [replace(question, line=0) for question in read(text, "", "").questions]


def _entangled(question_id: str, file: str) -> UsageProblem:
    return UsageProblem(
        f"The lines of {question_id} in {file} cannot be told from those of its neighbours: edit the file by hand."
    )
