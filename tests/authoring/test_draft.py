"""Writing a question: what is typed is checked, corrected, and never lost."""

from pathlib import Path

import pytest
from editors import Editor, filled, replaced

from quizkit.authoring.draft import Draft, free_id, write
from quizkit.authoring.fields import FIELDS
from quizkit.authoring.template import SCHEMA_FILE, id_from, marked, template, unmarked, without_help
from quizkit.bank.check import check
from quizkit.bank.entry import RULES
from quizkit.bank.folders import Folder, packaged_folder
from quizkit.bank.problem import Problem
from quizkit.bank.reader import read
from quizkit.errors import UsageProblem


@pytest.fixture
def draft(home: Path) -> Draft:
    return Draft(str(home), "convolutions", template())


def problems_in(path: Path) -> list[Problem]:
    return check([path], [Folder(packaged_folder())])


def goes_on(path: Path, problems: object) -> bool:
    return True


def gives_up(path: Path, problems: object) -> bool:
    return False


def nothing_taken(name: str) -> bool:
    return False


def test_what_is_right_goes_into_the_bank_without_the_help(draft: Draft, home: Path) -> None:
    path = write(draft, Editor(filled()), problems_in, gives_up, nothing_taken)
    assert path == home / "questions" / "convolutions" / "stride.yaml"
    rows = path.read_text("utf-8").splitlines()
    assert rows == [
        f"# yaml-language-server: $schema=../{SCHEMA_FILE}",
        "questions:",
        "  - id: stride",
        "    question: What is a stride?",
        "    simple_answer: How far the window moves.",
    ]
    assert (home / "questions" / SCHEMA_FILE).exists()
    assert not draft.is_begun


def test_what_is_wrong_is_shown_beside_its_line_until_it_is_right(draft: Draft) -> None:
    wrong = replaced("    simple_answer:", "    anlogy: A ruler.\n    simple_answer:")
    editor = Editor(
        lambda text: wrong(filled()(text)), lambda text: text, replaced("    anlogy: A ruler", "    analogy: A ruler")
    )
    path = write(draft, editor, problems_in, goes_on, nothing_taken)
    assert path is not None
    for text, line in zip(editor.seen[1:], editor.lines[1:], strict=True):
        rows = text.splitlines()
        assert rows[line - 1] == "    anlogy: A ruler."
        assert rows[line] == "#!  ^ unknown key 'anlogy'. Did you mean analogy?"
    assert "#!" not in path.read_text("utf-8")


def test_the_editor_opens_at_the_first_of_several_problems(draft: Draft) -> None:
    twice = replaced("    simple_answer:", "    anlogy: x\n    minutse: 3\n    simple_answer:")
    editor = Editor(lambda text: twice(filled()(text)), filled())
    write(draft, editor, problems_in, lambda path, problems: len(editor.seen) < 2, nothing_taken)
    rows = editor.seen[1].splitlines()[editor.lines[1] - 1 :]
    assert rows[0] == "    anlogy: x"
    assert rows[1].startswith("#!  ^ unknown key 'anlogy'")
    assert rows[2] == "    minutse: 3"
    assert rows[3].startswith("#!  ^ unknown key 'minutse'")


def test_giving_up_keeps_the_draft_and_the_next_time_goes_on_with_it(draft: Draft) -> None:
    typed = replaced("    question:\n", "    question: 'What\n")
    assert write(draft, Editor(typed), problems_in, gives_up, nothing_taken) is None
    assert draft.is_begun
    editor = Editor(lambda text: filled()(text.replace("question: 'What", "question: What now?")))
    assert write(draft, editor, problems_in, gives_up, nothing_taken) is not None
    assert "question: 'What" in editor.seen[0]


def test_an_editor_that_fails_loses_nothing(draft: Draft) -> None:
    def breaks(file: str, line: int) -> None:
        Path(file).write_text(filled()(Path(file).read_text("utf-8")), "utf-8")
        raise UsageProblem("the editor ended with code 1")

    with pytest.raises(UsageProblem):
        write(draft, breaks, problems_in, goes_on, nothing_taken)
    assert "question: What is a stride?" in draft.path.read_text("utf-8")


def test_bytes_that_are_no_text_are_reported_and_kept(draft: Draft) -> None:
    def latin(file: str, line: int) -> None:
        text = filled(answer="na\xefve")(Path(file).read_text("utf-8"))
        Path(file).write_bytes(text.encode("latin-1"))

    assert write(draft, latin, problems_in, gives_up, nothing_taken) is None
    assert b"na\xefve" in draft.path.read_bytes()


def test_where_nothing_was_typed_nothing_is_left(draft: Draft, home: Path) -> None:
    assert write(draft, Editor(lambda text: text), problems_in, goes_on, nothing_taken) is None
    assert not draft.is_begun
    assert not (home / "questions").exists()


def test_a_second_question_of_one_name_gets_another_id_and_file(draft: Draft) -> None:
    first = write(draft, Editor(filled()), problems_in, gives_up, nothing_taken)
    second = write(draft, Editor(filled()), problems_in, gives_up, lambda name: name == "stride")
    assert first is not None and second is not None
    assert second.name == "stride-2.yaml"
    assert "id: stride-2" in second.read_text("utf-8")


def test_several_questions_in_one_draft_get_ids_of_their_own(draft: Draft) -> None:
    more = "\n  - id:\n    question: What is a stride?\n    simple_answer: The same again.\n"
    path = write(draft, Editor(lambda text: filled()(text) + more), problems_in, gives_up, nothing_taken)
    assert path is not None
    assert [question.id for question in read(path.read_bytes(), "", "").questions] == ["stride", "stride-2"]


def test_drafts_of_two_topics_never_share_a_file(home: Path) -> None:
    topics = ["cnn", "cnn.1", "cnn.2"]
    assert len({Draft(str(home), topic, template()).path for topic in topics}) == 3


def test_an_id_that_exists_is_a_problem_of_the_draft(draft: Draft) -> None:
    shown: list[Problem] = []

    def refuses(path: Path, problems: object) -> bool:
        shown.extend(problems)  # type: ignore[arg-type]
        return False

    (existing, *_) = read(next(Path(packaged_folder()).rglob("*.yaml")).read_bytes(), "", "").questions
    typed = Editor(lambda text: filled()(text).replace("- id:", f"- id: {existing.id}"))
    assert write(draft, typed, problems_in, refuses, nothing_taken) is None
    assert "the id is already used at" in shown[0].message


@pytest.mark.parametrize("topic", ["../elsewhere", "a/b", ".hidden", " ", "a\nb", "C:x"])
def test_a_topic_that_is_no_folder_name_is_refused(home: Path, topic: str) -> None:
    with pytest.raises(UsageProblem, match="cannot be a topic"):
        write(Draft(str(home), topic, template()), Editor(), problems_in, goes_on, nothing_taken)


# -- the form ---------------------------------------------------------------------------------------------------------


def test_the_form_explains_every_key_of_the_reader() -> None:
    assert sorted(field.key for field in FIELDS) == sorted(RULES)
    told = " ".join(row.strip(" #") for row in template().splitlines())
    for field in FIELDS:
        assert field.meaning in told


def test_the_form_fits_the_narrowest_usual_terminal() -> None:
    assert max(map(len, template().splitlines())) < 80


def test_the_page_on_the_format_says_the_same_of_every_key() -> None:
    page = (Path(packaged_folder()) / "README.md").read_text("utf-8")
    for field in FIELDS:
        assert f"| `{field.key}` | {field.meaning} |" in page


@pytest.mark.parametrize("key", [field.key for field in FIELDS if field.example])
def test_an_example_of_the_form_is_right_once_its_comment_sign_is_gone(key: str) -> None:
    rows = filled()(template()).replace("- id:", "- id: stride").splitlines()
    used = {"choices": {"choices", "answer"}, "answer": {"choices", "answer"}, "tolerance": {"tolerance"}}
    text = "\n".join(
        row if row not in _example_rows(used.get(key, {key})) else row.replace("# ", "", 1) for row in rows
    )
    if key == "tolerance":
        text += "\n    answer: 0.5"
    reading = read(text + "\n", "f.yaml", "t")
    assert reading.problems == ()
    assert getattr(reading.questions[0], "number" if key == "tolerance" else key)


def _example_rows(keys: set[str]) -> set[str]:
    rows, wanted = set(), False
    for row in template().splitlines():
        begun = row.removeprefix("    # ").split(":")[0]
        if begun in RULES and row.startswith("    # ") and ":" in row:
            wanted = begun in keys
        elif not row.startswith("    #  "):
            wanted = False
        if wanted:
            rows.add(row)
    return rows


def test_a_persons_own_comments_stay() -> None:
    text = template().replace("questions:", "# from the lecture of May\nquestions:")
    assert "# from the lecture of May" in without_help(text)


def test_marks_come_off_as_they_went_on() -> None:
    text = "questions:\n  - id: a\n"
    problems = [Problem("f", 2, 3, "", "wrong"), Problem("f", 2, 9, "", "and this"), Problem("f", 9, 1, "", "far off")]
    assert unmarked(marked(text, problems)) == text
    assert marked(text, problems).count("#! ") == 3


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the dying ReLU problem?", "dying-relu-problem"),
        ("Why?", "why"),
        ("Wie lautet die Kettenregel, und warum gilt sie hier?", "wie-lautet-die-kettenregel-und"),
        ("什么是梯度?", ""),
        (f"{'a' * 30} {'b' * 29} {'c' * 30}?", f"{'a' * 30}-{'b' * 29}"),
        ("", ""),
    ],
)
def test_an_id_is_made_of_the_words_that_say_something(question: str, expected: str) -> None:
    assert id_from(question) == expected


def test_a_free_id_is_the_first_that_no_question_has() -> None:
    assert free_id("relu", {"relu", "relu-2"}.__contains__) == "relu-3"
