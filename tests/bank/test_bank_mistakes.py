"""Every kind of mistake is reported where it is, in words that say what to do."""

import time
from pathlib import Path

import pytest
import yaml
from bank_cases import CASES, Case

from quizkit.bank import yaml_tree
from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank, check
from quizkit.bank.model import Number
from quizkit.bank.problem import MOST_PROBLEMS
from quizkit.bank.reader import read

HEALTHY = "questions:\n  - id: {id}\n    question: What?\n    simple_answer: So.\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_reported_at_its_place(case: Case) -> None:
    problems = read(case.text, "f.yaml", "topic").problems
    assert [(p.line, p.column) for p in problems] == case.places
    for problem, phrase in zip(problems, case.phrases, strict=True):
        assert phrase in problem.message
        assert problem.question_id == case.who or "unknown key" in phrase


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_without_libyaml_the_same_lines_are_reported(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "Loader", yaml.BaseLoader)
    problems = read(case.text, "f.yaml", "topic").problems
    assert [p.line for p in problems] == [line for line, _ in case.places]
    for problem, phrase in zip(problems, case.phrases, strict=True):
        assert phrase in problem.message


def test_there_are_more_than_thirty_five_kinds() -> None:
    assert len({case.name for case in CASES}) >= 60


def written(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def test_one_run_reports_every_planted_mistake(tmp_path: Path) -> None:
    """All cases in one bank, each with ids of its own, beside healthy files."""
    files: dict[str, str | bytes] = {"healthy/one.yaml": HEALTHY.format(id="healthy")}
    expected = []
    for number, case in enumerate(CASES):
        name = f"topic-{number % 7}/case-{number:02}.yaml"
        own = f"a{number}"
        files[name] = case.text.replace("id: a\n", f"id: {own}\n").replace("[a]", f"[{own}]")
        expected += [(str(tmp_path / name), *place) for place in case.places]
    problems = check([written(tmp_path, files)])
    assert [(p.file, p.line, p.column) for p in problems] == sorted(expected)
    with Bank.open([Folder(str(tmp_path))], "") as bank:
        assert list(bank.problems) == problems
        assert "healthy" in bank.ids()


def test_a_problem_is_one_line_with_file_line_column_and_question() -> None:
    (problem,) = read(
        "questions:\n  - id: a\n    question: W\n    simple_answer: x\n    tag: [x]\n", "b.yaml", "t"
    ).problems
    assert str(problem) == "b.yaml:5:5: question a: unknown key 'tag'. Did you mean tags?"


def test_a_problem_cannot_command_the_terminal() -> None:
    (problem,) = read(
        'questions:\n  - id: a\n    question: W\n    simple_answer: x\n    "\\e[2J\\n": x\n', "b\n.yaml", "t"
    ).problems
    assert "\x1b" not in str(problem)
    assert "\n" not in str(problem)


# -- files that are no text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line", "column", "phrase"),
    [
        (b"questions:\n  - id: caf\xe9\n", 2, 12, "byte 0xE9 is not UTF-8"),
        ("é\nxéx".encode() + b"\xff", 2, 4, "byte 0xFF is not UTF-8"),
        ("questions: []".encode("utf-16"), 1, 1, "UTF-16"),
        ("questions: []".encode("utf-16-le"), 1, 1, "UTF-16"),
        ("questions: []".encode("utf-32"), 1, 1, "UTF-16 or UTF-32"),
        (b"#" * 5_000_001, 1, 1, "larger than 5 MB"),
        (b"", 1, 1, "is empty"),
        (b"\xef\xbb\xbf", 1, 1, "is empty"),
    ],
)
def test_bytes_that_are_no_bank_are_refused_with_a_sentence(data: bytes, line: int, column: int, phrase: str) -> None:
    (problem,) = read(data, "f.yaml", "t").problems
    assert (problem.line, problem.column) == (line, column)
    assert phrase in problem.message


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    text = "\ufeff" + HEALTHY.format(id="a").replace("\n", "\r\n") + "    tagz: [x]\r\n"
    reading = read(text.encode(), "f.yaml", "t")
    assert [q.id for q in reading.questions] == ["a"]
    assert [(p.line, p.column) for p in reading.problems] == [(5, 5)]


def test_a_byte_order_mark_moves_no_column() -> None:
    source = '\ufeffquestions: [{id: a, question: W, simple_answer: "\\theta"}]'
    assert [(p.line, p.column) for p in read(source.encode(), "f.yaml", "t").problems] == [(1, 50)]


# -- files that would take the process down ---------------------------------------------------------------------------

LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        (LAUGHS, "aliases blow the file up"),
        ("a: &a\n  b: *a\n", "stands inside its own anchor"),
        ("a: &a 'x" + "y" * 50_000 + "'\nb: [" + "*a, " * 100 + "]", "aliases blow the file up"),
        ("questions: " + "[" * 100_000, "nested deeper"),
        ("questions: " + "{a: " * 100_000, "nested deeper"),
        ("- " * 500_000, "nested deeper"),
        ("".join(" " * n + "a:\n" for n in range(1000)), "nested deeper"),
        ("".join(f"%TAG !a{n}! x\n" for n in range(100_000)) + "---\n", "YAML directives"),
        ("questions:\n" + "- \n" * 1_000_000, "more than 300,000 values"),
        ("a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 20_000)), "aliases blow the file up"),
    ],
    ids=lambda text: text[:20],
)
def test_a_hostile_file_is_refused_soon(source: str, phrase: str) -> None:
    began = time.process_time()
    problems = read(source, "f.yaml", "t").problems
    assert any(phrase in p.message for p in problems)
    assert time.process_time() - began < 10


def test_an_alias_that_is_small_is_followed() -> None:
    source = (
        "questions:\n"
        + "  - {id: a, question: &q What?, simple_answer: So.}\n  - {id: b, question: *q, simple_answer: So.}\n"
    )
    reading = read(source, "f.yaml", "t")
    assert [q.question for q in reading.questions] == ["What?", "What?"]


def test_a_file_full_of_mistakes_is_not_listed_without_end() -> None:
    problems = read("questions: [" + "x, " * 5000 + "]", "f.yaml", "t").problems
    assert len(problems) == MOST_PROBLEMS + 1
    assert "not listed" in max(problems, key=lambda p: p.message.startswith("more than")).message


def test_huge_python_does_not_take_the_parser_down() -> None:
    for figures in (
        "(" * 9000,
        "-" * 15_000 + "1",
        "x" + ".x" * 9000,
        "[" * 500 + "]" * 500,
        "f(" * 300 + ")" * 300,
        "a" * 30_000,
    ):
        read(f"questions:\n  - {{id: a, question: W, simple_answer: x, figures: '{figures}'}}\n", "f.yaml", "t")


# -- what stays usable ------------------------------------------------------------------------------------------------


def test_a_faulty_field_counts_as_not_given() -> None:
    source = "questions:\n  - {id: a, question: What?, simple_answer: So., difficulty: no, tags: relu, minutes: 0}\n"
    (question,) = read(source, "f.yaml", "t").questions
    assert (question.difficulty, question.tags, question.minutes) == ("", (), None)


@pytest.mark.parametrize(
    "missing",
    [
        "id: b, question: W",
        "id: b, simple_answer: x",
        "question: W, simple_answer: x",
        "id: B, question: W, simple_answer: x",
    ],
)
def test_a_question_without_id_question_or_answer_is_left_out_and_the_others_stay(missing: str) -> None:
    entries = ("id: a, question: W, simple_answer: x", missing, "id: c, question: W, simple_answer: x")
    source = "questions:\n" + "".join(f"  - {{{fields}}}\n" for fields in entries)
    assert [q.id for q in read(source, "f.yaml", "t").questions] == ["a", "c"]


def test_choices_and_numbers_that_do_not_fit_their_answer_are_left_out() -> None:
    fields = ("choices: [x, y], answer: z", "answer: many, tolerance: 1", "answer: 1", "tolerance: 1")
    entries = "".join(f"  - {{id: q{n}, question: W, simple_answer: s, {field}}}\n" for n, field in enumerate(fields))
    questions = read("questions:\n" + entries, "f.yaml", "t").questions
    assert [(q.choices, q.answer, q.number) for q in questions] == [((), "", None)] * 4


def test_a_tolerance_of_nothing_asks_for_the_exact_number() -> None:
    reading = read("questions:\n  - {id: a, question: W, answer: 3, tolerance: 0}\n", "f.yaml", "t")
    assert reading.problems == ()
    assert reading.questions[0].number == Number(3.0, 0.0)


def test_a_syntax_error_loses_the_file_but_not_the_problems_above_it() -> None:
    source = "questions:\n  - {id: a, question: W, simple_answer: x, minuts: 3}\n  - id: b\n    question: 'open\n"
    reading = read(source, "f.yaml", "t")
    assert reading.questions == ()
    assert [p.line for p in reading.problems] == [2, 4]


def test_plain_words_stay_text() -> None:
    fields = "id: yes, question: 2024-01-02, simple_answer: 1.0e-3, tags: [no, 0x1F, 'null', on], was: [1_000]"
    source = f"questions:\n  - {{{fields}}}\n"
    (question,) = read(source, "f.yaml", "t").questions
    assert (question.id, question.question, question.simple_answer) == ("yes", "2024-01-02", "1.0e-3")
    assert question.tags == ("no", "0x1F", "null", "on")
    assert question.was == ("1_000",)


@pytest.mark.parametrize(
    "text", ["one\\ntwo", "one\\tnext", 'say \\"no\\"', "\\\\alpha", "x\\ne.g. this", "caf\\u00e9"]
)
def test_double_quotes_without_latex_are_fine(text: str) -> None:
    reading = read(f'questions:\n  - id: a\n    question: "{text}"\n    simple_answer: x\n', "f.yaml", "t")
    assert reading.problems == ()
