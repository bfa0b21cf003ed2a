"""Starters and solutions, as they are derived from the challenges."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizkit.challenges import NAMES
from quizkit.challenges.library import find
from quizkit.judge.engine import judge
from quizkit.judge.process import Keeper
from quizkit.starter import placeholder_line, solution, starter


@pytest.fixture(scope="module")
def keeper() -> Iterator[Keeper]:
    with Keeper.start() as started:
        yield started


@pytest.mark.parametrize("name", NAMES)
def test_a_starter_has_the_signature_the_prompt_and_nothing_to_run(name: str) -> None:
    challenge = find(name)
    text = starter(challenge)
    function = ast.parse(text).body[-1]
    assert isinstance(function, ast.FunctionDef)
    assert ast.get_docstring(function) == challenge.prompt
    assert [argument.arg for argument in function.args.args] == list(challenge.parameters)
    assert not any(argument.annotation for argument in function.args.args)
    assert text.splitlines()[placeholder_line(text) - 1].strip() == "raise NotImplementedError"


@pytest.mark.parametrize("name", NAMES)
def test_a_solution_is_the_reference_with_its_comments_and_is_accepted(
    name: str, keeper: Keeper, tmp_path: Path
) -> None:
    challenge = find(name)
    text = solution(challenge)
    comments = [line.strip() for line in inspect.getsource(challenge.reference).splitlines() if "# " in line]
    assert all(comment in text for comment in comments)
    assert "->" not in text.replace('"', "").split("def ", 1)[1].split(":\n", 1)[0]
    file = tmp_path / "solution.py"
    file.write_text(text, "utf-8")
    verdict = judge(name, file, keeper=keeper)
    assert verdict.accepted, verdict.as_json()
    assert verdict.remarks == ()


def test_a_prompt_with_quotes_and_backslashes_stays_what_it_is() -> None:
    from dataclasses import replace

    def odd(x, *, a=1):  # type: ignore[no-untyped-def]
        r'''Say \alpha and """quotes""", at the end "too".'''

    challenge = replace(find("relu"), reference=odd)
    function = ast.parse(starter(challenge)).body[-1]
    assert isinstance(function, ast.FunctionDef)
    assert ast.get_docstring(function) == challenge.prompt
