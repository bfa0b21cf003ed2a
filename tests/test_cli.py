"""The commands, as a person types them: output, exit codes, and what is said when something is wrong."""

import json
import os
import sqlite3
from pathlib import Path

import pytest
from commands import quizkit

from quizkit.home import INDEX_FILE, LOG_FILE

OWN = "questions:\n  - id: {id}\n    question: What is {id}?\n    simple_answer: This.\n"


def add(home: Path, text: str, topic: str = "own", name: str = "mine.yaml") -> Path:
    file = home / "questions" / topic / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def answer_one(environment: dict[str, str], *arguments: str) -> None:
    quizkit(environment, "study", *arguments, "--plain", "--limit", "1", typed="a\n3\n\n")


# -- what can be looked at --------------------------------------------------------------------------------------------


def test_topics_say_how_far_one_is(environment: dict[str, str], home: Path) -> None:
    add(home, OWN.format(id="mine"))
    answer_one(environment, "own")
    rows = json.loads(quizkit(environment, "topics", "--json").stdout)
    assert {"topic": "own", "cards": 1, "seen": 1, "due": 0} in rows
    assert "own" in quizkit(environment, "topics").stdout


def test_a_list_can_be_filtered_by_everything_at_once(environment: dict[str, str], home: Path) -> None:
    add(
        home,
        OWN.format(id="plain")
        + OWN.format(id="rich")[11:]
        + "    tags: [x]\n    companies: [Acme]\n    difficulty: hard\n",
    )
    found = quizkit(
        environment, "list", "own", "--search", "WHAT rich", "--tag", "X", "--company", "acme", "--difficulty", "hard"
    )
    assert found.stdout.split()[0] == "rich"
    assert found.stderr == "1 card\n"


def test_a_list_says_how_each_card_stands(environment: dict[str, str], home: Path) -> None:
    add(home, "".join(OWN.format(id=name)[11 * (name != "a") :] for name in ("a", "b", "c")))
    answer_one(environment, "own")
    quizkit(environment, "suspend", "b")
    entries = json.loads(quizkit(environment, "list", "own", "--json").stdout)
    assert {entry["id"]: entry["standing"] for entry in entries} == {"a": [], "b": ["new", "suspended"], "c": ["new"]}
    assert quizkit(environment, "list", "own", "--only", "suspended").stdout.split()[0] == "b"
    quizkit(environment, "unsuspend", "b")
    assert quizkit(environment, "list", "own", "--only", "suspended").stdout == ""


def test_a_whole_card_is_shown_with_everything_it_holds(environment: dict[str, str]) -> None:
    shown = quizkit(environment, "show", "dying-relu").stdout
    record = json.loads(quizkit(environment, "show", "dying-relu", "--json").stdout)
    for heading in ("In short", "As you would say it", "Traps", "Did you say", "Then they ask", "See also"):
        assert heading in shown
    assert len(record["mistakes"]) == shown.count("✗")
    assert len(record["key_points"]) == shown.count("☐")


def test_due_counts_what_a_sitting_would_ask(environment: dict[str, str], home: Path) -> None:
    quizkit(environment, "config", "new_per_day", "3")
    assert quizkit(environment, "due").stdout == "0 due · 3 new\n"
    assert json.loads(quizkit(environment, "due", "--json").stdout) == {"due": 0, "new": 3}
    answer_one(environment, "activations")
    assert quizkit(environment, "due", "activations").stdout == "0 due · 2 new\n"
    quizkit(environment, "study", "--plain", "--limit", "1", typed="a\n1\nq\n\n")
    assert quizkit(environment, "due").stdout == "1 due · 1 new\n"


def test_the_quick_and_the_careful_count_agree_after_an_edit_of_the_bank(
    environment: dict[str, str], home: Path
) -> None:
    quizkit(environment, "config", "new_per_day", "999")
    before = json.loads(quizkit(environment, "due", "--json").stdout)
    file = add(home, OWN.format(id="mine"))
    assert json.loads(quizkit(environment, "due", "--json").stdout)["new"] == before["new"] + 1
    assert json.loads(quizkit(environment, "due", "own", "--json").stdout)["new"] == 1
    answer_one(environment, "own")
    file.write_text(OWN.format(id="renamed") + "    was: [mine]\n", encoding="utf-8")
    assert json.loads(quizkit(environment, "due", "--json").stdout) == before
    file.unlink()
    assert json.loads(quizkit(environment, "due", "--json").stdout) == before


# -- what is wrong is said, with the right exit code ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("study", "activatons"), "Did you mean activations?"),
        (("study", "--tag", "rleu"), "Did you mean relu"),
        (("study", "--company", "Gogle"), "Did you mean Google?"),
        (("study", "--difficulty", "hrad"), "Did you mean hard?"),
        (("study", "--search", "no card holds this"), "No card passes all these filters"),
        (("study", "--plain", "--jsonl"), "exclude each other"),
        (("study", "--limit", "0"), "--limit"),
        (("study", "--minutes", "soon"), "--minutes"),
        (("show", "dying-rely"), "Did you mean dying-relu"),
        (("suspend", "no-such-card"), "There is no question"),
        (("list", "--only", "leeches"), "Did you mean leech?"),
        (("config", "retentoin", "0.9"), "Did you mean retention?"),
        (("config", "retention", "2"), "from 0.7 to 0.99"),
        (("config", "learning_steps", "1w"), "steps of at most a day"),
        (("config", "theme", "pink"), "dark or light or terminal"),
        (("config", "new_per_day", "-1"), "-1"),
        (("bank", "check", "no/such/file.yaml"), "no file or folder"),
        (("backup", "restore", "yesterday"), "There is no backup"),
        (("no-such-command",), "No such command"),
        (("due", "--jsn"), "--jsn"),
    ],
)
def test_bad_input_is_said_with_what_to_do_and_exit_code_2(
    environment: dict[str, str], arguments: tuple[str, ...], said: str
) -> None:
    result = quizkit(environment, *arguments)
    assert result.returncode == 2
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_an_empty_topic_is_said(environment: dict[str, str], home: Path) -> None:
    (home / "questions" / "soon").mkdir(parents=True)
    result = quizkit(environment, "study", "soon")
    assert result.returncode == 2
    assert "no cards here yet" in result.stderr


def test_when_nothing_is_due_that_is_said_and_is_no_failure(environment: dict[str, str]) -> None:
    result = quizkit(environment, "study", "--new", "0")
    assert "Nothing is due here now" in result.stdout
    assert result.returncode == 0


def test_a_broken_file_is_said_once_on_stderr_and_the_healthy_ones_are_studied(
    environment: dict[str, str], home: Path
) -> None:
    add(home, OWN.format(id="healthy"))
    add(home, "questions: [\n", name="broken.yaml")
    result = quizkit(environment, "study", "own", typed="q\n\n")
    assert "What is healthy?" in result.stdout
    assert result.stderr.count("broken.yaml") == 1
    assert "broken.yaml" not in result.stdout


def test_a_check_of_the_banks_is_a_yes_or_a_no(environment: dict[str, str], home: Path) -> None:
    assert quizkit(environment, "bank", "check").returncode == 0
    file = add(home, OWN.format(id="mine").replace("simple_answer", "simpel_answer"))
    result = quizkit(environment, "bank", "check")
    assert result.returncode == 1
    assert f"{file}:4:5: question mine: unknown key 'simpel_answer'" in result.stdout
    found = json.loads(quizkit(environment, "bank", "check", str(file), "--json").stdout)
    assert (found[0]["line"], found[0]["question_id"]) == (2, "mine")


@pytest.mark.parametrize(
    ("content", "said"), [(b"no database" * 500, "quizkit backup restore"), (b"", ""), (None, "newer quizkit")]
)
def test_a_log_that_cannot_be_used_is_named_with_the_way_out(
    environment: dict[str, str], home: Path, content: bytes | None, said: str
) -> None:
    answer_one(environment, "activations")
    quizkit(environment, "backup", "now")
    if content is None:
        connection = sqlite3.connect(home / LOG_FILE)
        connection.execute("PRAGMA user_version = 77")
        connection.close()
    else:
        (home / LOG_FILE).write_bytes(content)
        for ending in ("-wal", "-shm"):
            (home / f"{LOG_FILE}{ending}").unlink(missing_ok=True)
    result = quizkit(environment, "study", typed="q\n\n")
    assert result.returncode == (3 if said else 0)
    assert said in result.stderr
    assert quizkit(environment, "backup", "restore").returncode == 0
    assert "1 seen" in quizkit(environment, "topics").stdout


def test_the_index_can_be_deleted_or_damaged_at_any_time(environment: dict[str, str], home: Path) -> None:
    first = quizkit(environment, "list").stdout
    for content in (None, b"garbage" * 999, b""):
        (home / INDEX_FILE).unlink() if content is None else (home / INDEX_FILE).write_bytes(content)
        assert quizkit(environment, "due").stdout == "0 due · 20 new\n"
        assert quizkit(environment, "list").stdout == first


@pytest.mark.skipif(os.name == "nt", reason="Windows has other device names")
def test_a_home_that_cannot_be_made_is_said(environment: dict[str, str]) -> None:
    result = quizkit({**environment, "QUIZKIT_HOME": "/dev/null/quizkit"}, "study")
    assert result.returncode == 3
    assert "QUIZKIT_HOME" in result.stderr


# -- settings and backups ---------------------------------------------------------------------------------------------


def test_a_setting_is_kept_shown_and_taken_back(environment: dict[str, str]) -> None:
    assert quizkit(environment, "config", "learning-steps", "1m 10m").stdout == "learning_steps = 1m 10m\n"
    assert quizkit(environment, "config", "learning_steps").stdout == "1m 10m\n"
    assert json.loads(quizkit(environment, "config", "--json").stdout)["learning_steps"] == "1m 10m"
    quizkit(environment, "config", "learning_steps", "--reset")
    assert quizkit(environment, "config", "learning_steps").stdout == "10m\n"
    assert quizkit(environment, "config", "retention", "85%").stdout == "retention = 0.85\n"


def test_a_higher_desired_retention_moves_due_dates_at_once(environment: dict[str, str], home: Path) -> None:
    add(home, OWN.format(id="mine"))
    quizkit(environment, "study", "own", "--plain", typed="a\n4\n\n")
    days = []
    for retention in ("0.9", "0.97"):
        quizkit(environment, "config", "retention", retention)
        days.append(json.loads(quizkit(environment, "list", "own", "--json").stdout)[0]["due_in_days"])
    assert days[1] < days[0]


def test_backups_are_listed_made_and_brought_back(environment: dict[str, str], home: Path) -> None:
    answer_one(environment, "activations")
    made = Path(quizkit(environment, "backup", "now").stdout.strip())
    assert made.exists()
    answer_one(environment, "activations")
    assert "2 seen" in quizkit(environment, "topics").stdout
    names = [entry["name"] for entry in json.loads(quizkit(environment, "backup", "--json").stdout)]
    assert made.stem in names
    assert "Restored" in quizkit(environment, "backup", "restore", made.stem).stdout
    assert "1 seen" in quizkit(environment, "topics").stdout
