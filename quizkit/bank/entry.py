"""The rules for one entry of a bank: which keys there are, and how they go together.

A field that breaks its rule counts as not given; a question that still has an id, a question and an answer can be used.
"""

from __future__ import annotations

from quizkit.bank import values
from quizkit.bank.mention import AFTER, ID, SEE_ALSO, WAS, Mention
from quizkit.bank.problem import Report, shown
from quizkit.bank.record import Record
from quizkit.bank.values import Context, Fields, Rule
from quizkit.bank.yaml_tree import Mapping, Node, Scalar, Sequence
from quizkit.errors import nearest
from quizkit.frozen import frozen

RULES: dict[str, Rule] = {
    "id": values.identifier,
    "question": values.text,
    "difficulty": values.difficulty,
    "minutes": values.minutes,
    "companies": values.distinct_texts,
    "tags": values.distinct_texts,
    "simple_answer": values.text,
    "technical_answer": values.text,
    "diagram": values.diagram,
    "analogy": values.text,
    "mistakes": values.mistakes,
    "key_points": values.texts,
    "follow_ups": values.follow_ups,
    "see_also": values.distinct_texts,
    "after": values.distinct_texts,
    "references": values.texts,
    "challenge": values.challenge,
    "lab": values.experiments,
    "figures": values.figures,
    "was": values.distinct_texts,
    "choices": values.choices,
    "answer": values.text,
    "tolerance": values.tolerance,
}

ANSWERS = ("simple_answer", "technical_answer", "answer", "choices")


@frozen
class Entry:
    """What one entry gave."""

    record: Record | None
    # None when the question cannot be used
    line: int
    mentions: list[Mention]


def read_entry(node: Node, report: Report, context: Context) -> Entry:
    """Read one item of `questions`, whatever it is."""
    line = node.start_mark.line + 1
    if not isinstance(node, Mapping):
        report.at(node.start_mark, f"a question must have keys, `- id: …` and so on; this is {values.kind(node)}")
        return Entry(None, line, [])
    fields, odd_keys = values.fields_of(node, RULES)
    report.question_id = _written_id(fields)
    for key in odd_keys:
        values.report_odd_key(key, fields, RULES, report)
    record = _obey_rules(fields, report, context)
    _report_missing(node, fields, report)
    _settle_answer(fields, record, report)
    mentions = _mentions(fields, record, report)
    report.question_id = ""
    return Entry(record if _usable(record) else None, line, mentions)


def _written_id(fields: Fields) -> str:
    """Return the id as it is written, right or wrong, so that every problem of the entry can name it."""
    node = fields["id"][1] if "id" in fields else None
    return node.value.strip()[: values.LONGEST_ID] if isinstance(node, Scalar) else ""


def _obey_rules(fields: Fields, report: Report, context: Context) -> Record:
    record: Record = {}
    for key, (_, node) in fields.items():
        value = RULES[key](node, key, report, context)
        if value is not None:
            record[key] = value
    return record


def _report_missing(node: Mapping, fields: Fields, report: Report) -> None:
    for key in ("id", "question"):
        if key not in fields:
            report.at(node.start_mark, f"has no {key}: add `{key}: …`")
    if not any(key in fields for key in ANSWERS):
        message = "has no answer: add simple_answer, technical_answer, or an answer that the program can mark"
        report.at(node.start_mark, message)


def _usable(record: Record) -> bool:
    return "id" in record and "question" in record and any(key in record for key in ANSWERS)


def _settle_answer(fields: Fields, record: Record, report: Report) -> None:
    """Keep choices, answer and tolerance only when they go together; a number's tolerance moves into `number`."""
    tolerance = record.pop("tolerance", None)
    if "choices" in fields:
        sound = _choices_go_with_answer(fields, record, report)
    else:
        sound = _answer_is_number(fields, record, tolerance, report)
    if "tolerance" in fields and ("choices" in fields or "answer" not in fields):
        report.at(fields["tolerance"][0].start_mark, "tolerance goes with a numeric answer only: remove it")
    if not sound:
        record.pop("choices", None)
        record.pop("answer", None)


def _choices_go_with_answer(fields: Fields, record: Record, report: Report) -> bool:
    if "answer" not in fields:
        report.at(fields["choices"][0].start_mark, "choices without an answer: add `answer:` with the right one's text")
    if "answer" not in record or "choices" not in record:
        return False
    texts = [choice[0] for choice in record["choices"]]
    if record["answer"] in texts:
        return True
    near = nearest(record["answer"], texts, 1)
    report.at(fields["answer"][1].start_mark, f"answer {shown(record['answer'])} is none of the choices.{near}")
    return False


def _answer_is_number(fields: Fields, record: Record, tolerance: float | None, report: Report) -> bool:
    if "answer" not in record:
        return False
    mark = fields["answer"][1].start_mark
    number = values.number_in(record["answer"])
    if isinstance(number, str):
        report.at(mark, f"answer without choices must be a number: {number}, or add choices")
    elif "tolerance" not in fields:
        report.at(mark, "a numeric answer needs `tolerance:`, how far off is still right (0: not at all)")
    elif tolerance is not None:
        record["number"] = [number, tolerance]
        return True
    return False


def _mentions(fields: Fields, record: Record, report: Report) -> list[Mention]:
    found = []
    for role in (ID, WAS, SEE_ALSO, AFTER):
        if role in record:
            found += _mentions_in(fields[role][1], role, record, report)
    return found


def _mentions_in(node: Node, role: str, record: Record, report: Report) -> list[Mention]:
    found = []
    own_id = record.get("id")
    for item in node.items if isinstance(node, Sequence) else (node,):
        name = item.value.rstrip() if isinstance(item, Scalar) else ""
        mark = item.start_mark
        if role in (SEE_ALSO, AFTER) and name == own_id:
            report.at(mark, f"{role} names the question itself: remove it")
        elif name and (role == ID or name in record[role]):
            found.append(Mention(name, role, report.question_id, report.file, mark.line + 1, mark.column + 1))
    return found
