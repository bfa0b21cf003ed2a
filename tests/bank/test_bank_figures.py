"""The Python of cards runs in the jail, and what fails is named with its line in the YAML file."""

import ast
import json
import re
from dataclasses import replace
from pathlib import Path
from textwrap import dedent, indent

import pytest

from quizkit import cli
from quizkit.bank.idle import idle_assertions, unreached
from quizkit.bank.snippets import cards_in, fenced
from quizkit.errors import UsageProblem
from quizkit.recompute import Recomputed, recompute

CARD = """\
questions:
  - id: {name}
    question: What?
    technical_answer: |
      So.

{text}
    figures: |
{figures}
"""


def card(figures: str, text: str = "", name: str = "relu") -> str:
    return CARD.format(
        name=name, text=indent(dedent(text).strip(), " " * 6), figures=indent(dedent(figures).strip(), " " * 6)
    )


def run(tmp_path: Path, *cards: str, seconds: float = 10) -> Recomputed:
    for number, text in enumerate(cards):
        (tmp_path / f"{number}.yaml").write_text(text, "utf-8")
    return recompute([tmp_path], seconds=seconds)


def said(recomputed: Recomputed) -> list[str]:
    return [str(replace(problem, file=Path(problem.file).name)) for problem in recomputed.problems]


def problems(tmp_path: Path, *cards: str, seconds: float = 10) -> list[str]:
    return said(run(tmp_path, *cards, seconds=seconds))


# -- what holds -------------------------------------------------------------------------------------------------------


def test_figures_that_hold_are_counted(tmp_path: Path) -> None:
    found = run(
        tmp_path,
        card("z = np.array([-1.0, 2.0])\nassert (z > 0).sum() == 1\nassert math.sqrt(z[1] * 2) == 2"),
        card("def check(z):\n    assert abs(z) > 1\ncheck(-2)", name="gelu"),
        "questions: [{id: plain, question: W, simple_answer: S}]",
    )
    assert (said(found), found.cards, found.assertions) == ([], 2, 3)


def test_code_on_a_card_runs_in_order_in_the_namespace_of_its_figures(tmp_path: Path) -> None:
    text = """
    ```python
    import numpy as np
    def relu(z):
        return np.maximum(0, z)
    ```

    - in a list:

      ```python
      double = lambda z: 2 * relu(z)
      ```

    ```
    this is no Python
    ```
    """
    assert problems(tmp_path, card("assert double(3.0) == 6 and double(-1) == 0", text)) == []


def test_wrong_code_has_a_namespace_of_its_own_that_figures_reach(tmp_path: Path) -> None:
    text = """
    ```python
    def grad(a):
        return a * (1 - a)
    ```

    ```python wrong
    def grad(z):
        return z * (1 - z)
    ```

    ~~~python wrong
    slope = 1
    ~~~
    """
    figures = "assert wrong[0].grad(3.0) == -6 and wrong[1].slope / 4 == grad(0.5)\nassert wrong[0].grad is not grad"
    assert problems(tmp_path, card(figures, text)) == []


# -- what fails -------------------------------------------------------------------------------------------------------


def test_an_assertion_that_fails_is_named_with_its_line_and_what_it_compared(tmp_path: Path) -> None:
    assert problems(tmp_path, card("x = 0.25\n\nassert round(x**2, 3) == 0.062\nassert round(x**2, 3) == 0.063")) == [
        "0.yaml:12:7: question relu: figures: 'assert round(x**2, 3) == 0.063' does not hold: (0.062, 0.063)"
    ]


def test_of_several_conditions_the_one_that_fails_is_named(tmp_path: Path) -> None:
    figures = "x = 0.5\nassert (\n    x + 1 == 1.5 and\n    (x * 2 == 1 and x * 3 == 2)\n)"
    assert problems(tmp_path, card(figures)) == [
        "0.yaml:12:11: question relu: figures: '(x * 2 == 1 and x * 3 == 2)' does not hold: (1.5, 2)"
    ]


def test_an_assertion_in_a_loop_or_with_a_message_is_named_too(tmp_path: Path) -> None:
    figures = "for z in (1, 2):\n    ok = z * z == z\n    assert ok, f'{z} squared'"
    assert problems(tmp_path, card(figures)) == [
        "0.yaml:11:11: question relu: figures: 'assert ok, f'{z} squared'' does not hold: 2 squared"
    ]


def test_an_error_is_named_with_the_line_that_raises_it(tmp_path: Path) -> None:
    text = "```python\ndef mean(z):\n    return sum(z) / len(z)\n```"
    assert problems(tmp_path, card("assert mean([1]) == 1 and mean([]) == 0", text)) == [
        "0.yaml:9:11: question relu: code: 'return sum(z) / len(z)' raises ZeroDivisionError: division by zero"
    ]


def test_wrong_code_that_does_not_run_is_a_failure(tmp_path: Path) -> None:
    text = "```python wrong\nrelu = np.maximun\n```"
    (found,) = problems(tmp_path, card("assert wrong[0].relu(0, 1) == 1", text))
    assert found.startswith("0.yaml:8:7: question relu: wrong code: 'relu = np.maximun' raises AttributeError: ")


def test_code_without_figures_is_run(tmp_path: Path) -> None:
    entry = {
        "": "questions:\n  - id: a\n    question: W\n    follow_ups:\n      - question: How?\n        answer: |\n",
        "code": "          ```python\n          x = undefined\n          ```\n",
    }
    assert problems(tmp_path, "".join(entry.values())) == [
        "0.yaml:8:11: question a: code: 'x = undefined' raises NameError: name 'undefined' is not defined"
    ]


@pytest.mark.parametrize(
    ("code", "phrase"),
    [
        ("x = = 1", "invalid syntax"),
        ("return 1", "'return' outside function"),
        ("x = '\\0" + "'" * 2, "unterminated string literal"),
    ],
)
def test_code_that_is_no_python_is_named(tmp_path: Path, code: str, phrase: str) -> None:
    (found,) = problems(tmp_path, card("assert 1 + x == 2", f"```python\n# first\n{code}\n```"))
    assert found.startswith(f"0.yaml:9:7: question relu: lines of code are not valid Python: {phrase}")


def test_figures_cannot_reach_the_machine(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (found,) = problems(tmp_path, card(f"assert open({str(tmp_path / 'secret.txt')!r}).read() != 'secret'"))
    assert "raises PermissionError" in found or "raises FileNotFoundError" in found


def test_figures_that_never_end_or_end_too_much_are_failures_of_their_card_alone(tmp_path: Path) -> None:
    endless = card("while True:\n    pass\nassert endless", name="endless")
    gone = card("import os\nos._exit(0)\nassert gone", name="gone")
    left = card("raise SystemExit\nassert left", name="left")
    assert problems(tmp_path, endless, gone, left, card("assert 1 + 1 == 2"), seconds=2) == [
        "0.yaml:9:7: question endless: figures: its process gave no answer within 2 s",
        "1.yaml:9:7: question gone: figures: its process exited with code 0",
        "2.yaml:9:7: question left: figures: 'raise SystemExit' raises SystemExit",
    ]


def test_what_cannot_be_read_is_left_to_the_other_checks(tmp_path: Path) -> None:
    found = run(
        tmp_path, "questions: 'open", "- x", "questions:\n  - {id: a, figures: [x], mistakes: [y]}\n  - z\n", ""
    )
    assert (found.problems, found.cards) == ([], 0)
    with pytest.raises(UsageProblem, match="There is no file or folder"):
        recompute([tmp_path / "nothing"])


def test_progress_is_told_card_by_card(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(card("assert 1 + 1 == 2"), "utf-8")
    (tmp_path / "b.yaml").write_text(card("assert 1 + 2 == 3", name="b"), "utf-8")
    told: list[tuple[int, int]] = []
    recompute([tmp_path], progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


# -- what proves nothing ----------------------------------------------------------------------------------------------

IDLE = [
    "assert True",
    "assert 'text'",
    "assert 1 < 2",
    "x = 0.5\nassert x == 0.5",
    "x, y = 0.5, -2\nassert y == -2 and x < 1",
    "z = np.array([1.0, 2.0])\nassert np.allclose(z, [1, 2])",
    "z = np.array([1.0, 2.0])\nassert (z == [1, 2]).all()",
    "z = [1, 2]\nassert z[0] == 1",
    "def check():\n    x = 3\n    assert x == 3",
]
PROVING = [
    "assert 0.5 - 0.5 * 10 == -4.5",
    "assert 2**10 == 1024",
    "x = 0.5\nassert x * 2 == 1",
    "x = 0.5\nassert round(x) == 0",
    "x = 0.5\nx -= 1\nassert x == -0.5",
    "x = 0\nfor x in (1, 2): pass\nassert x == 2",
    "z = np.array([1.0, 2.0])\nz[0] = 3\nassert np.allclose(z, [3, 2])",
    "z = [2, 1]\nz.sort()\nassert z == [1, 2]",
    "x = abs(-1)\nassert x == 1",
    "f = lambda x: x\nassert f(1) == 1",
    "x = 1\ndef f(x): assert x == 2\nf(2)",
    "x, y = divmod(7, 2)\nassert x == 3 and y == 1",
    "assert hidden == 20",
]


@pytest.mark.parametrize("figures", IDLE)
def test_an_assertion_that_only_repeats_what_was_written_down_is_idle(figures: str) -> None:
    (found,) = idle_assertions(ast.parse(figures))
    assert isinstance(found, ast.Assert)


@pytest.mark.parametrize("figures", PROVING)
def test_an_assertion_that_calculates_is_not_idle(figures: str) -> None:
    assert idle_assertions(ast.parse(figures)) == []


def test_a_constant_of_the_code_shown_proves_nothing_either(tmp_path: Path) -> None:
    assert problems(
        tmp_path, card("assert alpha == 0.01\nassert 2 * alpha > alpha", "```python\nalpha = 0.01\n```")
    ) == ["0.yaml:11:7: question relu: figures: 'assert alpha == 0.01' cannot fail: compare with what is computed"]


def test_figures_without_an_assertion_are_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, card("x = 1")) == ["0.yaml:9:7: question relu: figures assert nothing"]


def test_wrong_code_that_no_figures_look_at_is_a_problem(tmp_path: Path) -> None:
    text = "```python wrong\nx = 1\n```\n\n```python wrong\ny = 2\n```"
    assert problems(tmp_path, card("assert wrong[0].x + 1 == 2", text)) == [
        "0.yaml:12:7: question relu: wrong code, but no figures look at wrong[1]: assert that it fails as the card says"
    ]


@pytest.mark.parametrize(
    ("figures", "numbers"),
    [
        ("assert wrong[0].x != wrong[1].x", []),
        ("assert wrong[1].x > 2", [0]),
        ("assert all(one.x > 2 for one in wrong)", []),
        ("first, second = wrong\nassert first.x != second.x", []),
        ("assert x > 2", [0, 1]),
    ],
)
def test_wrong_code_is_looked_at_one_by_one_or_all_at_once(figures: str, numbers: list[int]) -> None:
    assert unreached(ast.parse(figures), 2) == numbers


# -- where it stands --------------------------------------------------------------------------------------------------


def test_figures_on_one_line_have_that_line() -> None:
    (found,) = cards_in(b"questions:\n  - id: a\n    figures: assert 1 + 1 == 2\n")
    assert [(snippet.kind, snippet.line, snippet.source) for snippet in found.snippets] == [
        ("figures", 3, "assert 1 + 1 == 2")
    ]


def test_a_fence_ends_at_its_own_kind_and_keeps_its_lines() -> None:
    text = "Text\n~~~python\n```\n'''\n~~~~\n  ````python\n  a\n  ```\n   b\n"
    assert [(snippet.kind, snippet.line, snippet.source) for snippet in fenced(text, 10)] == [
        ("shown", 12, "```\n'''"),
        ("shown", 16, "a\n```\n b\n"),
    ]


# -- the command ------------------------------------------------------------------------------------------------------


def test_the_command_tells_failures_with_their_count_and_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(card("assert 0.5 * 3 == 1", name="mine"), "utf-8")
    assert cli.run(["bank", "check", "--figures", str(path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == f"{path}:9:7: question mine: figures: 'assert 0.5 * 3 == 1' does not hold: (1.5, 1)\n"
    assert re.fullmatch(r"1 assertion on 1 card, \d+\.\d s\.( The jail .*)?\n1 problem in 1 file\n", printed.err)


def test_the_command_tells_failures_to_programs_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(card("assert 0.5 * 3 == 1\nx = = 1", name="mine"), "utf-8")
    assert cli.run(["bank", "check", "--figures", "--json", str(path)]) == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert (problem["line"], problem["message"]) == (10, "figures are not valid Python: invalid syntax")


def test_without_the_option_no_figures_are_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(card("assert 0.5 * 3 == 1", name="mine"), "utf-8")
    assert cli.run(["bank", "check", str(path)]) == 0
    assert "The banks are in order." in capsys.readouterr().err
