"""The page that explains the format: its example passes every check, and it knows all keys."""

import re
from pathlib import Path

import pytest

from quizkit.bank.check import check
from quizkit.bank.entry import RULES
from quizkit.bank.folders import Folder, packaged_folder
from quizkit.bank.library import Bank
from quizkit.faces.drawing.flowchart import flowchart_problem
from quizkit.recompute import recompute

PAGE = (Path(packaged_folder()) / "README.md").read_text("utf-8")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A bank that holds nothing but the page's example."""
    (text,) = re.findall(r"^````yaml\n(.*?)^````$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "precision.yaml").write_text(text, "utf-8")
    return tmp_path


def test_the_example_passes_every_check_of_a_bank(example: Path) -> None:
    assert check([], [Folder(str(example))], flowchart_problem) == []


def test_the_figures_of_the_example_hold(example: Path) -> None:
    found = recompute([], [Folder(str(example))])
    assert (found.problems, found.cards, found.assertions) == ([], 2, 3)


def test_the_example_shows_each_kind_of_question(example: Path) -> None:
    with Bank.open([Folder(str(example))], "") as bank:
        precision, number, choice = (bank.question(name) for name in bank.ids())
    assert precision.after == ("hit",)
    assert number.number
    assert choice.choices


def test_the_page_lists_the_keys_in_the_order_of_the_rules() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(listed) == sorted(RULES)
    used = re.findall(r"^ +(?:- |# )?(\w+):", PAGE, re.MULTILINE)
    assert sorted(set(RULES) - set(used)) == ["was"]


def test_the_page_keeps_its_lines_short() -> None:
    assert [line for line in PAGE.splitlines() if len(line) > 120] == []
