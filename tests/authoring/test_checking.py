"""`quizkit bank check` for people, programs and build servers, and the other commands on banks."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
import yaml
from commands import quizkit
from terminal import Terminal

from quizkit.bank.problem import Problem
from quizkit.faces.checking import excerpt, github, sarif

ROOT = Path(__file__).parent.parent.parent
HEALTHY = "questions:\n  - id: a\n    question: What?\n    simple_answer: So.\n"
WRONG = HEALTHY + "    anlogy: x\n"
PROBLEM = Problem("deck/cnn, 2/a:b.yaml", 5, 3, "a", "100 % wrong,\nsee: above")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    folder = tmp_path / "work" / "deck" / "cnn"
    folder.mkdir(parents=True)
    (folder / "one.yaml").write_text(WRONG, "utf-8")
    return tmp_path / "work"


def test_a_pull_request_is_marked_at_the_line(environment: dict[str, str], deck: Path) -> None:
    result = quizkit(environment, "bank", "check", "deck", "--format", "github", cwd=deck)
    assert result.returncode == 1
    assert result.stdout.startswith(
        "::error file=deck/cnn/one.yaml,line=5,col=5,title=quizkit::question a: unknown key"
    )


def test_what_would_end_a_workflow_command_is_escaped(tmp_path: Path) -> None:
    command = github(PROBLEM, tmp_path)
    assert "\n" not in command
    assert "file=deck/cnn%2C 2/a%3Ab.yaml,line=5,col=3" in command
    assert command.endswith("::question a: 100 %25 wrong,%0Asee: above")


def test_a_sarif_log_names_file_line_and_column(environment: dict[str, str], deck: Path) -> None:
    result = quizkit(environment, "bank", "check", "deck", "--format", "sarif", cwd=deck)
    log = json.loads(result.stdout)
    (run,) = log["runs"]
    (found,) = run["results"]
    assert log["version"] == "2.1.0"
    assert found["ruleId"] == run["tool"]["driver"]["rules"][0]["id"]
    place = found["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "deck/cnn/one.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 5, "startColumn": 5}


def test_a_sarif_path_is_a_uri(tmp_path: Path) -> None:
    (run,) = sarif([PROBLEM], tmp_path)["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "deck/cnn%2C%202/a%3Ab.yaml"


def test_a_sarif_path_elsewhere_is_a_whole_uri(tmp_path: Path) -> None:
    (run,) = sarif([Problem(str(tmp_path / "one.yaml"), 1, 1, "", "wrong")], tmp_path / "elsewhere")["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": (tmp_path / "one.yaml").as_uri()}


def test_an_unknown_format_names_the_nearest(environment: dict[str, str], deck: Path) -> None:
    result = quizkit(environment, "bank", "check", "--format", "sarfi", cwd=deck)
    assert result.returncode == 2
    assert "Did you mean sarif?" in result.stderr


def test_an_excerpt_points_at_the_place() -> None:
    problem = Problem("f", 2, 5, "", "wrong")
    assert excerpt(problem, ["questions:", "  - \x1bid: a"]) == [
        "2:5: wrong",
        "    2 |   - \\x1bid: a",
        "      |     ^",
    ]
    assert excerpt(problem, []) == ["2:5: wrong"]


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_watching_checks_again_at_every_change(environment: dict[str, str], deck: Path) -> None:
    with Terminal(environment, "bank", "check", str(deck / "deck"), "--watch", columns=150) as terminal:
        terminal.wait_for("unknown key 'anlogy'")
        (deck / "deck" / "cnn" / "one.yaml").write_text(HEALTHY, "utf-8")
        terminal.wait_for("The banks are in order.")
        (deck / "deck" / "cnn" / "two.yaml").write_text(HEALTHY, "utf-8")
        terminal.wait_for("the id is already used")
        terminal.press("\x03")
        assert terminal.ended() == 130


def test_the_hook_for_pre_commit_checks_a_repository_of_questions(environment: dict[str, str], deck: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (deck / "deck").rename(deck / "questions")
    program, *arguments = hook["entry"].split()
    assert program == "quizkit"
    failed = quizkit(environment, *arguments, *hook["args"], cwd=deck)
    assert failed.returncode == 1
    (deck / "questions" / "cnn" / "one.yaml").write_text(HEALTHY, "utf-8")
    assert quizkit(environment, *arguments, *hook["args"], cwd=deck).returncode == 0
    assert hook["pass_filenames"] is False


# -- writing, adding, removing ----------------------------------------------------------------------------------------


def editor(tmp_path: Path, *changes: str) -> str:
    """An $EDITOR that does one change after the other: Python that has the file's text as `t`."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        f"changes = {changes!r}\n"
        "turn = pathlib.Path(sys.argv[0]).with_name('turn')\n"
        "number = len(turn.read_text()) if turn.exists() else 0\n"
        "turn.write_text('x' * (number + 1))\n"
        "turn.with_name(f'line-{number}').write_text(sys.argv[-2])\n"
        "file = pathlib.Path(sys.argv[-1])\n"
        "t = file.read_text('utf-8')\n"
        "file.write_text(eval(changes[number]), 'utf-8')\n",
        "utf-8",
    )
    return f"{sys.executable} {script}"


FILL = (
    "t.replace('    question:\\n', '    question: What is a stride?\\n    anlogy: A step.\\n')"
    ".replace('    simple_answer:\\n', '    simple_answer: How far the window moves.\\n')"
)


def test_a_question_goes_from_the_editor_into_the_bank(environment: dict[str, str], tmp_path: Path, home: Path) -> None:
    environment["EDITOR"] = editor(tmp_path, FILL, "t.replace('anlogy', 'analogy')")
    result = quizkit(environment, "bank", "new", "convolutions", typed="\n", cwd=tmp_path)
    path = home / "questions" / "convolutions" / "stride.yaml"
    assert result.stdout == f"{path}\n"
    assert " |     anlogy: A step." in result.stderr
    assert "stride: added" in result.stderr
    listed = quizkit(environment, "list", "convolutions", "--json", cwd=tmp_path)
    assert [card["id"] for card in json.loads(listed.stdout)] == ["stride"]


def test_who_gives_up_is_told_where_the_draft_is(environment: dict[str, str], tmp_path: Path, home: Path) -> None:
    environment["EDITOR"] = editor(tmp_path, FILL)
    result = quizkit(environment, "bank", "new", "convolutions", typed="G\n", cwd=tmp_path)
    assert result.returncode == 1
    draft = home / "drafts" / "convolutions.yaml"
    assert str(draft) in result.stderr
    assert "What is a stride?" in draft.read_text("utf-8")


def test_an_editor_that_fails_is_said_with_the_draft_only_where_there_is_one(
    environment: dict[str, str], tmp_path: Path, home: Path
) -> None:
    environment["EDITOR"] = "false" if os.name != "nt" else f"{sys.executable} -c exit(1)"
    untouched = quizkit(environment, "bank", "new", "cnn", cwd=tmp_path)
    assert (untouched.returncode, "ended with code 1" in untouched.stderr) == (2, True)
    assert "drafts" not in untouched.stderr
    assert list((home / "drafts").iterdir()) == []
    environment["EDITOR"] = editor(tmp_path, FILL, "exit(1)")
    failed = quizkit(environment, "bank", "new", "cnn", typed="\n", cwd=tmp_path)
    assert f"What was typed is in {home / 'drafts' / 'cnn.yaml'}." in failed.stderr


def test_a_draft_that_waits_comes_before_a_copy_and_that_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    environment["EDITOR"] = editor(tmp_path, FILL, "t.replace('anlogy', 'analogy')")
    quizkit(environment, "bank", "new", "cnn", typed="g\n", cwd=tmp_path)
    result = quizkit(environment, "bank", "new", "cnn", "--from", "relu", cwd=tmp_path)
    assert "cnn.yaml, not from relu." in result.stderr
    assert "stride: added" in result.stderr


def test_a_copy_starts_from_a_card_under_a_free_id(environment: dict[str, str], tmp_path: Path, home: Path) -> None:
    environment["EDITOR"] = editor(tmp_path, "t.replace('What?', 'What now?')")
    (home / "questions" / "cnn").mkdir(parents=True)
    (home / "questions" / "cnn" / "one.yaml").write_text(HEALTHY + "    was: [b]\n", "utf-8")
    result = quizkit(environment, "bank", "new", "cnn", "--from", "a", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    text = (home / "questions" / "cnn" / "a-2.yaml").read_text("utf-8")
    assert "- id: a-2\n    question: What now?\n" in text
    assert "was" not in text


def test_edit_opens_a_card_at_its_line_and_checks(environment: dict[str, str], tmp_path: Path, home: Path) -> None:
    environment["EDITOR"] = editor(tmp_path, "t.replace('simple_answer', 'answr')", "t")
    file = home / "questions" / "cnn" / "one.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("# notes\n" + HEALTHY, "utf-8")
    result = quizkit(environment, "edit", "a", typed="\ng\n", cwd=tmp_path)
    assert result.returncode == 1
    assert result.stderr.count("unknown key 'answr'") == 2


def test_edit_opens_again_at_what_is_wrong_until_the_input_ends(
    environment: dict[str, str], tmp_path: Path, home: Path
) -> None:
    environment["EDITOR"] = editor(tmp_path, "t + '    anlogy: x\\n'", "t")
    file = home / "questions" / "cnn" / "one.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("# notes\n" + HEALTHY, "utf-8")
    result = quizkit(environment, "edit", "a", typed="\n", cwd=tmp_path)
    assert result.returncode == 1
    assert [(tmp_path / f"line-{turn}").read_text() for turn in range(2)] == ["+3", "+6"]


def test_adding_refuses_what_is_wrong_and_ids_that_exist(environment: dict[str, str], deck: Path, home: Path) -> None:
    file = deck / "deck" / "cnn" / "one.yaml"
    refused = quizkit(environment, "bank", "add", str(file), cwd=deck)
    assert refused.returncode == 1
    assert "unknown key 'anlogy'" in refused.stdout
    file.write_text(HEALTHY, "utf-8")
    assert quizkit(environment, "bank", "add", str(file), "--topic", "cnn", cwd=deck).returncode == 0
    other = shutil.copy(file, deck / "again.yaml")
    again = quizkit(environment, "bank", "add", str(other), cwd=deck)
    assert again.returncode == 1
    assert "the id is already used at" in again.stdout
    assert not (home / "questions" / "again").exists()


def test_a_removed_question_can_be_brought_back_by_the_command_that_is_named(
    environment: dict[str, str], tmp_path: Path, home: Path
) -> None:
    file = home / "questions" / "cnn" / "one.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(HEALTHY, "utf-8")
    removed = quizkit(environment, "bank", "remove", "a", cwd=tmp_path)
    assert removed.returncode == 0
    assert not file.exists()
    words = removed.stderr.partition("brings it back: quizkit ")[2].split()
    assert quizkit(environment, *words, cwd=tmp_path).returncode == 0
    assert (home / "questions" / "cnn" / "a.yaml").exists()


def test_path_and_schema_are_printed(environment: dict[str, str], tmp_path: Path, home: Path) -> None:
    assert quizkit(environment, "bank", "path", cwd=tmp_path).stdout == f"{home / 'questions'}\n"
    printed = quizkit(environment, "bank", "schema", cwd=tmp_path).stdout
    assert printed == (home / "questions" / "quizkit.schema.json").read_text("utf-8")
