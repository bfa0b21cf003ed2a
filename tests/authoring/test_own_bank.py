"""Files come into one's own bank and questions go out of it; nothing is overwritten and nothing lost."""

import os
from pathlib import Path

import pytest
from bank_strategies import as_yaml, questions
from hypothesis import assume, given
from hypothesis import strategies as st

from quizkit.authoring import own
from quizkit.authoring.files import write_new, write_text
from quizkit.authoring.source import cut
from quizkit.bank.model import Question
from quizkit.bank.reader import read
from quizkit.errors import MachineProblem, UsageProblem

TWO = """\
# notes of May
questions:
  - id: first
    question: What?
    simple_answer: So.
    # its own comment

  # about the second
  - id: second
    question: |
      Why?
    simple_answer: Because.  # for now
"""


def bank_file(path: Path, name: str = "a") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"questions:\n  - id: {name}\n    question: What?\n    simple_answer: So.\n", "utf-8")
    return path


# -- single entries ---------------------------------------------------------------------------------------------------


def test_a_comment_goes_with_the_entry_below_it() -> None:
    assert cut(TWO, "second", "f.yaml").rest == TWO.partition("\n  # about")[0]
    assert cut(TWO, "first", "f.yaml").rest.startswith(
        "# notes of May\nquestions:\n\n  # about the second\n  - id: second"
    )


def test_the_last_entry_that_goes_leaves_no_file() -> None:
    assert cut(TWO.partition("\n  # about")[0], "first", "f.yaml").rest == ""


@pytest.mark.parametrize(
    "text",
    [
        "questions: [{id: a, question: W, simple_answer: x}, {id: b, question: W, simple_answer: x}]\n",
        "questions:\n  - id: a\n    question: &q What?\n    simple_answer: x\n"
        "  - id: b\n    question: *q\n    simple_answer: x\n",
    ],
    ids=["flow style", "alias"],
)
def test_entries_that_are_entangled_are_left_alone(text: str) -> None:
    with pytest.raises(UsageProblem, match="edit the file by hand"):
        cut(text, "a", "f.yaml")


@given(st.lists(questions(), min_size=1, max_size=4, unique_by=lambda question: question.id), st.data())
def test_cutting_takes_one_question_and_keeps_the_others(bank: list[Question], data: st.DataObject) -> None:
    text = as_yaml(bank)
    assume(not read(text, "", "").problems)
    name = data.draw(st.sampled_from([question.id for question in bank]))
    found = cut(text, name, "f.yaml")
    left = [question.id for question in read(found.rest, "", "").questions] if found.rest else []
    assert left == [question.id for question in bank if question.id != name]
    assert [question.id for question in read(f"questions:\n{found.entry}", "", "").questions] == [name]


# -- adding -----------------------------------------------------------------------------------------------------------


def test_a_file_is_a_topic_of_its_own_name(tmp_path: Path) -> None:
    copies = own.copies(bank_file(tmp_path / "cnn.yaml"), "")
    assert own.add(tmp_path / "bank", copies) == [tmp_path / "bank" / "cnn" / "cnn.yaml"]


def test_a_folder_is_a_topic_or_a_bank_of_topics(tmp_path: Path) -> None:
    bank_file(tmp_path / "deck" / "cnn" / "one.yml")
    bank_file(tmp_path / "deck" / "rnn" / "two.yaml", "b")
    (tmp_path / "deck" / ".git").mkdir()
    assert [copy.topic for copy in own.copies(tmp_path / "deck", "")] == ["cnn", "rnn"]
    assert [copy.topic for copy in own.copies(tmp_path / "deck" / "cnn", "")] == ["cnn"]
    assert [copy.topic for copy in own.copies(tmp_path / "deck" / "cnn", "vision")] == ["vision"]
    added = own.add(tmp_path / "bank", own.copies(tmp_path / "deck", ""))
    assert [path.relative_to(tmp_path / "bank").as_posix() for path in added] == ["cnn/one.yaml", "rnn/two.yaml"]


def test_no_file_is_overwritten_and_then_none_is_copied(tmp_path: Path) -> None:
    bank_file(tmp_path / "bank" / "cnn" / "two.yaml", "mine")
    bank_file(tmp_path / "cnn" / "one.yaml")
    bank_file(tmp_path / "cnn" / "two.yaml", "b")
    with pytest.raises(UsageProblem, match="Give the file another name"):
        own.add(tmp_path / "bank", own.copies(tmp_path / "cnn", ""))
    assert own.ids_in(tmp_path / "bank" / "cnn" / "two.yaml") == ["mine"]
    assert not (tmp_path / "bank" / "cnn" / "one.yaml").exists()


def test_what_is_in_the_bank_is_not_added_to_it(tmp_path: Path) -> None:
    inside = bank_file(tmp_path / "bank" / "cnn" / "one.yaml")
    with pytest.raises(UsageProblem, match="in your bank already"):
        own.add(tmp_path / "bank", own.copies(inside, "other"))


def test_an_empty_or_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="holds no YAML files"):
        own.copies(tmp_path, "")
    with pytest.raises(UsageProblem, match="There is no file or folder"):
        own.copies(tmp_path / "nowhere", "")


def test_a_file_in_the_place_of_a_topic_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "cnn").write_text("not a folder", "utf-8")
    with pytest.raises(MachineProblem, match="could not be read or written"):
        write_new(tmp_path / "cnn", "one", "questions: []")
    with pytest.raises(MachineProblem, match="could not be read or written"):
        write_text(tmp_path / "cnn" / "one.yaml", "questions: []")


def test_a_file_that_is_written_again_keeps_its_permissions(tmp_path: Path) -> None:
    file = bank_file(tmp_path / "one.yaml")
    file.chmod(0o640)
    write_text(file, "questions: []\n")
    assert file.stat().st_mode & 0o777 == (0o640 if os.name != "nt" else 0o666)
    assert [path.name for path in tmp_path.iterdir()] == ["one.yaml"]


# -- removing ---------------------------------------------------------------------------------------------------------


def test_a_removed_question_is_kept_as_a_file_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "questions" / "cnn" / "notes.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(TWO, "utf-8")
    second = read(TWO, str(file), "cnn").questions[1]
    kept = own.remove(str(tmp_path), second)
    assert kept == tmp_path / "removed" / "cnn" / "second.yaml"
    assert own.ids_in(kept) == ["second"]
    assert own.ids_in(file) == ["first"]


def test_only_ones_own_questions_are_removed(tmp_path: Path) -> None:
    elsewhere = bank_file(tmp_path / "team" / "cnn" / "one.yaml")
    (question,) = read(elsewhere.read_bytes(), str(elsewhere), "cnn").questions
    with pytest.raises(UsageProblem, match="not in your own bank"):
        own.remove(str(tmp_path / "home"), question)
    assert elsewhere.exists()
