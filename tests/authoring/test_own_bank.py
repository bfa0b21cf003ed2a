"""Files come into one's own bank and questions go out of it; nothing is overwritten and nothing lost."""

import os
from pathlib import Path

import pytest
from bank_strategies import as_yaml, questions
from hypothesis import assume, given
from hypothesis import strategies as st

from quizkit.authoring import own
from quizkit.authoring.files import write_new, write_text
from quizkit.authoring.schema import schema_text
from quizkit.authoring.source import cut, without
from quizkit.authoring.template import SCHEMA_FILE
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


@pytest.mark.parametrize(
    "former", ["was: [b]", "was:\n      - b\n      - c", "was:\n    - b", "was: [b,\n          c]  # of old"]
)
def test_a_key_is_taken_out_however_it_is_written(former: str) -> None:
    entry = "  - id: a\n{}    question: |\n      was: it so?\n    simple_answer: So.\n"
    assert without(entry.format(f"    {former}\n"), "was") == entry.format("")
    last = "  - id: a\n    question: What?\n"
    assert without(f"{last}    {former}\n", "was") == last


@pytest.mark.parametrize("entry", ["  - {id: a, was: [b]}\n", "  - was: [b]\n    id: a\n", "  - id: a\n"])
def test_a_key_that_is_not_on_lines_of_its_own_stays(entry: str) -> None:
    assert without(entry, "was") == entry


def test_an_entry_ends_with_its_line_also_where_the_file_does_not() -> None:
    assert cut(TWO.rstrip("\n"), "second", "f.yaml").entry == cut(TWO, "second", "f.yaml").entry


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


def test_two_files_for_one_place_are_refused(tmp_path: Path) -> None:
    bank_file(tmp_path / "cnn" / "one.yaml")
    bank_file(tmp_path / "cnn" / "one.yml", "b")
    with pytest.raises(UsageProblem, match="Give the file another name"):
        own.add(tmp_path / "bank", own.copies(tmp_path / "cnn", ""))
    assert not (tmp_path / "bank").exists()


def test_where_one_file_cannot_be_copied_none_is(tmp_path: Path) -> None:
    bank_file(tmp_path / "deck" / "cnn" / "one.yaml")
    bank_file(tmp_path / "deck" / "rnn" / "two.yaml", "b")
    (tmp_path / "bank").mkdir()
    (tmp_path / "bank" / "rnn").write_text("in the way", "utf-8")
    with pytest.raises(MachineProblem):
        own.add(tmp_path / "bank", own.copies(tmp_path / "deck", ""))
    assert not list((tmp_path / "bank").rglob("*.yaml"))


def test_a_topic_that_is_given_holds_for_a_file_and_for_one_folder_only(tmp_path: Path) -> None:
    file = bank_file(tmp_path / "deck" / "cnn" / "one.yaml")
    bank_file(tmp_path / "deck" / "cnn" / ".one.yaml.swp.yaml", "half")
    assert [copy.topic for copy in own.copies(file, "vision")] == ["vision"]
    assert [copy.source for copy in own.copies(file.parent, "vision")] == [file]
    with pytest.raises(UsageProblem, match="holds no YAML files"):
        own.copies(tmp_path / "deck", "vision")


def test_the_schema_of_an_older_quizkit_is_replaced(tmp_path: Path) -> None:
    (tmp_path / SCHEMA_FILE).write_text("{}", "utf-8")
    own.write_schema(tmp_path)
    assert (tmp_path / SCHEMA_FILE).read_text("utf-8") == schema_text()


def test_what_is_in_the_bank_is_not_added_to_it(tmp_path: Path) -> None:
    inside = bank_file(tmp_path / "bank" / "cnn" / "one.yaml")
    with pytest.raises(UsageProblem, match="in your bank already"):
        own.add(tmp_path / "bank", own.copies(inside, "other"))


def test_an_empty_or_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="holds no YAML files"):
        own.copies(tmp_path, "")
    with pytest.raises(UsageProblem, match="There is no file or folder"):
        own.copies(tmp_path / "nowhere", "")


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    paths = [write_new(tmp_path, "stride", text) for text in ("one", "two", "three")]
    assert [path.name for path in paths] == ["stride.yaml", "stride-2.yaml", "stride-3.yaml"]
    assert [path.read_text("utf-8") for path in paths] == ["one", "two", "three"]


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
