"""What is written is read again, and no bytes whatever bring the reader down."""

from collections.abc import Iterable
from dataclasses import replace

import yaml
from bank_cases import CASES
from bank_strategies import as_yaml, questions
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizkit.bank import yaml_tree
from quizkit.bank.model import Question
from quizkit.bank.problem import Problem
from quizkit.bank.reader import compile_file, read
from quizkit.bank.record import pack, to_question, unpack

banks = st.lists(questions(), min_size=1, max_size=3, unique_by=lambda question: question.id)


def looks_like_latex(problems: Iterable[Problem]) -> bool:
    """PyYAML writes some texts in double quotes, and a tab before "op" is the command `\\top` then."""
    return any("double quotes swallow" in problem.message for problem in problems)


@given(banks, st.sampled_from(["'", "|", None]))
@settings(max_examples=150)
def test_a_bank_that_is_written_is_read_again(bank: list[Question], style: str | None) -> None:
    source = as_yaml(bank, style)
    reading = read(source, "f.yaml", "topic")
    assume(not looks_like_latex(reading.problems))
    assert [problem for problem in reading.problems if "was:" not in problem.message] == []
    assert [replace(question, file="", line=0) for question in reading.questions] == bank
    lines = source.split("\n")
    assert all("id" in lines[question.line - 1] for question in reading.questions)


@given(banks)
def test_the_index_keeps_a_question_as_it_is(bank: list[Question]) -> None:
    compiled = compile_file(as_yaml(bank).encode(), "f.yaml")
    assume(not looks_like_latex(compiled.problems))
    for question, (line, record) in zip(bank, compiled.records, strict=True):
        packed, _ = pack(record)
        assert to_question(unpack(packed), "topic", "", line) == replace(question, line=line)


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_no_bytes_raise(data: bytes) -> None:
    read(data, "f.yaml", "topic")


fragments = [
    *(case.text for case in CASES),
    "&a ",
    "*a",
    "<<: ",
    "!t ",
    "? ",
    "|",
    ">",
    "- ",
    ": ",
    "'",
    '"',
    "{",
    "}",
    "[",
    "]",
    "\n",
    "\n  ",
    "\t",
    "#",
    "%",
    "---\n",
    "...\n",
    "\\",
    "\x85",
    "\u2028",
    "\U0001f600",
    "\x00",
]


@given(st.lists(st.sampled_from(fragments) | st.text(max_size=5), max_size=12).map("".join), st.booleans())
@settings(max_examples=300)
def test_no_yaml_raises(source: str, in_python: bool) -> None:
    """Fragments of YAML in any order: every problem lies inside the text, and all of it is printable."""
    loader = yaml_tree.Loader
    yaml_tree.Loader = yaml.BaseLoader if in_python else loader
    try:
        problems = read(source, "f.yaml", "topic").problems
    finally:
        yaml_tree.Loader = loader
    lines = max(source.count("\n"), len(source.splitlines())) + 1
    for problem in problems:
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert str(problem).isprintable()


@given(st.sampled_from(CASES), st.data())
@settings(max_examples=200)
def test_a_damaged_bank_does_not_raise(case: object, data: st.DataObject) -> None:
    """Cut, overwrite or repeat bytes anywhere in a bank."""
    source = bytearray(case.text.encode())  # type: ignore[attr-defined]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(source)))
        end = at + data.draw(st.integers(0, 8))
        source[at:end] = data.draw(st.binary(max_size=6))
    read(bytes(source), "f.yaml", "topic")
