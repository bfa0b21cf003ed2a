"""Read one bank file: bytes become questions, and everything that is wrong becomes a problem."""

from __future__ import annotations

import re

from quizkit.bank import values
from quizkit.bank.clashes import clashes
from quizkit.bank.decode import decode
from quizkit.bank.entry import read_entry
from quizkit.bank.mention import ID, LOST, WAS, Mention
from quizkit.bank.model import Question
from quizkit.bank.problem import Problem, Report
from quizkit.bank.record import Record, to_question
from quizkit.bank.values import Context
from quizkit.bank.yaml_tree import Mapping, Node, Scalar, Sequence, read_tree
from quizkit.challenges import NAMES
from quizkit.frozen import frozen
from quizkit.lab import NAMES as EXPERIMENTS

DEFAULT_CONTEXT = Context(NAMES, EXPERIMENTS)

_lost_id = re.compile(r"^[ \t]*(?:-[ \t]+)?id:[ \t]*['\"]?([a-z0-9][a-z0-9._-]*)", re.MULTILINE)
_example = "a bank file begins with `questions:` and a list of questions below it"


@frozen
class Reading:
    """What one file holds."""

    questions: tuple[Question, ...]
    # those that can be used, in the order of the file
    problems: tuple[Problem, ...]
    # in the order of the file


@frozen
class Compiled:
    """What one file gives to the index."""

    records: list[tuple[int, Record]]
    # line of the entry, and its fields
    mentions: list[Mention]
    problems: list[Problem]
    # those that can be seen in the file alone


def read(source: bytes | str, file: str, topic: str, context: Context = DEFAULT_CONTEXT) -> Reading:
    """Read the content of one file; ids that clash inside it are reported, links to other files are not looked at.

    Never raises, whatever the bytes are.
    """
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    compiled = compile_file(data, file, context)
    questions = tuple(to_question(record, topic, file, line) for line, record in compiled.records)
    return Reading(questions, tuple(sorted([*compiled.problems, *_inner_clashes(compiled.mentions)])))


def compile_file(data: bytes, file: str, context: Context = DEFAULT_CONTEXT) -> Compiled:
    """Read the bytes of one file as far as they make sense. Never raises."""
    report = Report(file)
    text = decode(data, report)
    if text is None:
        return Compiled([], _lost_ids(data.decode("utf-8", "replace"), file), report.problems)
    report.text = text
    tree = read_tree(text, report)
    entries = [read_entry(node, report, context) for node in _entries(tree.root, tree.whole, report)]
    mentions = [mention for entry in entries for mention in entry.mentions]
    problems = sorted(report.problems)
    if not tree.whole:
        links = [mention for mention in mentions if mention.role not in (ID, WAS)]
        return Compiled([], links + _lost_ids(text, file), problems)
    records = [(entry.line, entry.record) for entry in entries if entry.record is not None]
    return Compiled(records, mentions, problems)


def _entries(root: Node | None, whole: bool, report: Report) -> list[Node]:
    """Return the items of `questions`; a text that was cut off is not blamed for what it lacks."""
    if not isinstance(root, Mapping):
        if whole:
            _report_no_questions(root, report)
        return []
    fields, odd_keys = values.fields_of(root, ("questions",))
    for key in odd_keys:
        values.report_odd_key(key, fields, ("questions",), report)
    if "questions" in fields and whole:
        return values.items_of(fields["questions"][1], "questions", report)
    if "questions" in fields:
        return _items_so_far(fields["questions"][1])
    if whole:
        report.at(root.start_mark, f"has no questions: {_example}")
    return []


def _items_so_far(node: Node) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []


def _report_no_questions(root: Node | None, report: Report) -> None:
    if root is None or (isinstance(root, Scalar) and not root.value):
        report.at_line(1, 1, f"is empty: {_example}")
    elif isinstance(root, Sequence):
        report.at(root.start_mark, "is a list: write `questions:` above it")
    else:
        report.at(root.start_mark, f"is only a text: {_example}")


def _lost_ids(text: str, file: str) -> list[Mention]:
    """Return the ids in a file that cannot be read, so that links to them are not called dangling."""
    return [Mention(name, LOST, "", file, 0, 0) for name in dict.fromkeys(_lost_id.findall(text))]


def _inner_clashes(mentions: list[Mention]) -> list[Problem]:
    by_name: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.role in (ID, WAS):
            by_name.setdefault(mention.name, []).append(mention)
    return [problem for same in by_name.values() if len(same) > 1 for problem in clashes(same)]
