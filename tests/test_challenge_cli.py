"""`quizkit challenge` and `quizkit doctor` as a person types them: output, exit codes, and what the log keeps."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import quizkit

from quizkit.memory.log import Kind
from quizkit.store import Store

Run = Callable[..., subprocess.CompletedProcess[str]]

NAIVE = """import numpy as np


def softmax(z, axis=-1):
    e = np.exp(z)
    return e / e.sum(axis=axis, keepdims=True)
"""
STABLE = NAIVE.replace("np.exp(z)", "np.exp(z - np.max(z, axis=axis, keepdims=True))")
HANGS = "def softmax(z, axis=-1):\n    while True:\n        pass\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    return folder


@pytest.fixture
def challenge(environment: dict[str, str], here: Path) -> Run:
    def run(*arguments: str, command: str = "challenge") -> subprocess.CompletedProcess[str]:
        return quizkit(environment, command, *arguments, cwd=here)

    return run


def write(here: Path, text: str, name: str = "mine.py") -> str:
    (here / name).write_text(text, encoding="utf-8")
    return name


def told(home: Path) -> list[tuple[str, str | None]]:
    with Store.open(home) as store:
        return [(str(event.kind), event.grade.name if event.grade else None) for event in store.challenge_events()]


# -- from the prompt to the solution ----------------------------------------------------------------------------------


def test_the_whole_way_from_a_wrong_file_to_the_solution(challenge: Run, here: Path, home: Path) -> None:
    prompt = challenge("softmax").stdout
    assert "Turn logits into probabilities" in prompt
    assert "z is an array of logits" in prompt
    assert challenge("softmax", "--start").stdout == "softmax.py\n"
    write(here, NAIVE, "softmax.py")
    wrong = challenge("softmax", "--file", "softmax.py")
    assert wrong.returncode == 1
    assert "✗ stable for large logits" in wrong.stdout
    assert "softmax.py:5" in wrong.stdout
    assert challenge("softmax", "--solution").returncode == 2
    assert challenge("softmax", "--hint").stdout.startswith("1. ")
    assert challenge("softmax", "--hint").stdout.startswith("2. ")
    write(here, STABLE, "softmax.py")
    right = challenge("softmax", "--file", "softmax.py")
    assert right.returncode == 0
    assert right.stdout.startswith("softmax · softmax.py: accepted")
    assert "Counts as hard" in right.stderr
    solution = challenge("softmax", "--solution")
    compile(solution.stdout, "solution", "exec")
    assert "Then they ask" in solution.stderr
    kinds = [("opened", None), ("attempt", None), ("hinted", None), ("hinted", None), ("review", "HARD")]
    assert told(home) == kinds


def test_a_file_that_was_accepted_before_counts_once(challenge: Run, here: Path, home: Path) -> None:
    file = write(here, STABLE)
    assert "Counts as good" in challenge("softmax", "--file", file).stderr
    assert "This very file" in challenge("softmax", "--file", file).stderr
    write(here, STABLE + "# another\n")
    assert "today already" in challenge("softmax", "--file", file).stderr
    assert told(home) == [("review", "GOOD"), ("attempt", None), ("attempt", None)]


def test_giving_up_shows_the_solution_and_counts_as_again(challenge: Run, home: Path) -> None:
    given_up = challenge("relu", "--give-up")
    assert given_up.returncode == 0
    assert "def relu(x):" in given_up.stdout
    assert "Counts as again" in given_up.stderr
    assert challenge("relu", "--give-up").stdout == challenge("relu", "--solution").stdout
    assert told(home) == [("review", "AGAIN")]


def test_a_solution_is_a_file_that_can_be_judged(challenge: Run, here: Path) -> None:
    file = write(here, challenge("gelu", "--give-up").stdout)
    assert challenge("gelu", "--file", file).returncode == 0


def test_the_starter_as_it_stands_is_told_kindly_and_not_logged(challenge: Run, home: Path) -> None:
    challenge("relu", "--start", "mine.py")
    judged = challenge("relu", "--file", "mine.py")
    assert judged.returncode == 1
    assert "Nothing is written yet" in judged.stderr
    assert "✗" not in judged.stdout
    assert told(home) == [("opened", None)]


def test_a_starter_never_takes_the_place_of_a_file(challenge: Run, here: Path) -> None:
    write(here, "precious", "relu.py")
    refused = challenge("relu", "--start")
    assert refused.returncode == 2
    assert "left as it is" in refused.stderr
    assert (here / "relu.py").read_text() == "precious"


# -- lists and standings ----------------------------------------------------------------------------------------------


def test_the_list_says_how_one_stands_with_each_challenge(challenge: Run, here: Path) -> None:
    challenge("softmax", "--file", write(here, NAIVE))
    challenge("softmax", "--file", write(here, NAIVE + "# again\n"))
    challenge("relu", "--give-up")
    challenge("relu", "--file", write(here, "import numpy as np\ndef relu(x):\n    return np.maximum(x, 0)\n", "r.py"))
    lines = {line.split()[0]: line for line in challenge().stdout.splitlines()}
    assert lines["softmax"].endswith("tried 2 times")
    assert "accepted 20" in lines["relu"] and lines["relu"].endswith(" d")
    assert lines["gelu"].endswith("never tried")
    entries = {entry["challenge"]: entry for entry in json.loads(challenge("--json").stdout)}
    assert entries["softmax"]["attempts"] == 2
    assert entries["softmax"]["accepted"] is None
    assert entries["relu"]["due_in_days"] >= 1


def test_a_suspended_challenge_can_be_brought_back(challenge: Run) -> None:
    challenge("relu", "--give-up")
    assert "suspended" in challenge("challenge:relu", command="suspend").stdout
    assert "suspended" in challenge().stdout
    assert "Nothing to do" in challenge("challenge:relu", command="suspend").stdout
    assert "back in the schedule" in challenge("challenge:relu", command="unsuspend").stdout
    assert "Did you mean challenge:relu" in challenge("challenge:rleu", command="suspend").stderr


# -- JSON -------------------------------------------------------------------------------------------------------------


def test_a_verdict_in_json_has_the_promised_fields(challenge: Run, here: Path) -> None:
    result = challenge("softmax", "--file", write(here, NAIVE), "--json")
    verdict = json.loads(result.stdout)
    promised = {
        "challenge", "verdict", "score", "required", "polish", "findings", "seed", "examples", "seconds", "jail",
    }  # fmt: skip
    assert promised <= set(verdict)
    assert verdict["verdict"] == "rejected"
    assert verdict["required"]["held"] < verdict["required"]["total"]
    assert result.returncode == 1


def test_every_function_with_a_challenges_name_is_judged(challenge: Run, here: Path) -> None:
    relu = "\n\ndef relu(x):\n    return np.maximum(x, 0)\n\n\ndef helper():\n    pass\n"
    result = challenge("--file", write(here, NAIVE + relu), "--json")
    verdicts = [json.loads(line) for line in result.stdout.splitlines()]
    assert {verdict["challenge"]: verdict["verdict"] for verdict in verdicts} == {
        "relu": "accepted",
        "softmax": "rejected",
    }
    assert result.returncode == 1
    plain = challenge("--file", "mine.py").stdout
    assert "relu · mine.py: accepted" in plain
    assert "softmax · mine.py: rejected" in plain


def test_prompt_hint_and_solution_come_as_json_too(challenge: Run) -> None:
    prompt = json.loads(challenge("relu", "--json").stdout)
    assert prompt["hints"] == []
    hint = json.loads(challenge("relu", "--hint", "--json").stdout)
    assert hint["hints_left"] == prompt["hints_left"] - 1
    assert "def relu" in json.loads(challenge("relu", "--give-up", "--json").stdout)["solution"]


# -- how it is judged -------------------------------------------------------------------------------------------------


def test_a_thorough_search_draws_anew_and_tells_its_seed(challenge: Run, here: Path) -> None:
    file = write(here, STABLE)
    usual = json.loads(challenge("softmax", "--file", file, "--json").stdout)
    thorough = json.loads(challenge("softmax", "--file", file, "--thorough", "--json").stdout)
    assert usual["seed"] is None
    assert thorough["seed"] is not None
    assert thorough["examples"] > 5 * usual["examples"]
    seeded = json.loads(challenge("softmax", "--file", file, "--seed", "7", "--json").stdout)
    assert seeded["seed"] == 7


def test_single_properties_can_be_looked_at_and_that_is_no_attempt(challenge: Run, here: Path, home: Path) -> None:
    file = write(here, NAIVE)
    result = challenge("softmax", "--file", file, "--only", "shape", "--only", "stable for large logits", "--json")
    verdict = json.loads(result.stdout)
    assert [finding["property"] for finding in verdict["findings"]] == ["shape", "stable for large logits"]
    assert told(home) == []


def test_a_file_that_never_ends_is_stopped(challenge: Run, here: Path) -> None:
    result = challenge("softmax", "--file", write(here, HANGS), "--timeout", "1")
    assert result.returncode == 1
    assert "out of time" in result.stdout
    assert "when it was asked this" in result.stdout


# -- what cannot be done ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def softmax(z)\n    return z\n", "mine.py:1:"),
        ("def sotfmax(z):\n    return z\n", "no function softmax"),
        ("import torch\n\ndef softmax(z):\n    return z\n", "mine.py:1"),
        ("x = 1 / 0\n", "ZeroDivisionError"),
        ("", "no function softmax"),
    ],
)
def test_a_file_that_cannot_be_judged_says_why(challenge: Run, here: Path, home: Path, text: str, said: str) -> None:
    result = challenge("softmax", "--file", write(here, text))
    assert result.returncode == 2
    assert said in result.stdout
    assert told(home) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("softmx",), "Did you mean softmax"),
        (("softmax", "--file", "nowhere.py"), "no such file"),
        (("softmax", "--file", "."), "is a folder"),
        (("--file", "nowhere.py"), "no such file"),
        (("--file", "empty.py"), "has the name of a challenge"),
        (("--file", "broken.py"), "broken.py:1:"),
        (("--hint",), "needs the name of a challenge"),
        (("softmax", "--start", "--hint"), "different steps"),
        (("softmax", "--start", "--file", "empty.py"), "different steps"),
        (("softmax", "--start", "no/such/folder.py"), "Make the folder first"),
        (("softmax", "empty.py"), "quizkit challenge softmax --file empty.py"),
        (("softmax", "--file", "empty.py", "--only", "shap"), "no function softmax"),
        (("softmax", "--file", "naive.py", "--only", "shap"), "Did you mean shape"),
        (("softmax", "--watch"), "--watch needs --file"),
        (("softmax", "--jsonl"), "--jsonl needs --file"),
        (("softmax", "--file", "naive.py", "--json", "--plain"), "exclude each other"),
        (("--file", "two.py", "--jsonl"), "name one of them"),
    ],
)
def test_what_cannot_be_done_is_explained(challenge: Run, here: Path, arguments: tuple[str, ...], said: str) -> None:
    write(here, "", "empty.py")
    write(here, "def softmax(z\n", "broken.py")
    write(here, NAIVE, "naive.py")
    write(here, NAIVE + "\n\ndef relu(x):\n    return x\n", "two.py")
    result = challenge(*arguments)
    assert result.returncode == 2
    assert said in result.stdout + result.stderr


def test_a_file_that_ends_its_process_while_loading_is_told_so(challenge: Run, here: Path) -> None:
    result = challenge("--file", write(here, "while True:\n    pass\n"), "--timeout", "1")
    assert result.returncode == 1
    assert "while it was loading: gave no answer within 1 s" in result.stderr


# -- the doctor -------------------------------------------------------------------------------------------------------


def test_the_doctor_names_the_jail_and_what_is_missing(challenge: Run) -> None:
    found = json.loads(challenge("--json", command="doctor").stdout)
    shown = challenge(command="doctor").stdout
    assert shown.startswith(f"jail: {found['tier']} ")
    assert all(reason in shown for reason in found["missing"])
    if sys.platform != "linux":
        assert found["missing"]


# -- faces ------------------------------------------------------------------------------------------------------------


def test_another_program_can_drive_it(environment: dict[str, str], here: Path) -> None:
    write(here, NAIVE)
    write(here, STABLE, "better.py")
    actions = [
        {"do": "judge"},
        {"do": "hint"},
        {"do": "judge", "file": "better.py"},
        {"do": "solution"},
        {"do": "judge", "file": 3},
        {"do": "quit"},
    ]
    result = subprocess.run(
        [sys.executable, "-m", "quizkit", "challenge", "softmax", "--file", "mine.py", "--jsonl"],
        cwd=here,
        env=environment,
        input="".join(json.dumps(action) + "\n" for action in actions),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    first, wrong, hinted, right, solved, refused, last = map(json.loads, result.stdout.splitlines())
    assert first["view"]["coding"]["path"] == "mine.py"
    assert wrong["view"]["coding"]["verdict"]["verdict"] == "rejected"
    assert len(hinted["view"]["coding"]["hints"]) == 1
    assert right["view"]["coding"]["verdict"]["verdict"] == "accepted"
    assert right["view"]["coding"]["remark"].startswith("Counts as hard")
    assert "def softmax" in solved["view"]["coding"]["solution"]
    assert '"file" is a path' in refused["error"]
    assert last["view"]["screen"] == "done"


def test_an_ascii_locale_gets_ascii_only(environment: dict[str, str], here: Path) -> None:
    there = {**environment, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    for arguments in (("softmax", "--file", write(here, NAIVE)), ("gelu", "--give-up"), ("gelu",), ()):
        result = subprocess.run(
            [sys.executable, "-m", "quizkit", "challenge", *arguments], cwd=here, env=there, capture_output=True
        )
        assert (result.stdout + result.stderr).isascii()
        assert b"Traceback" not in result.stderr


if os.name != "nt":
    from terminal import Terminal

    def test_a_watched_file_is_judged_at_every_save_until_ctrl_c(environment: dict[str, str], here: Path) -> None:
        file = here / write(here, NAIVE)
        arguments = ("challenge", "softmax", "--file", str(file), "--watch", "--plain")
        with Terminal(environment, *arguments, rows=60) as terminal:
            terminal.wait_for("every save is judged")
            beside = file.with_suffix(".tmp")
            beside.write_text(STABLE)
            beside.replace(file)
            terminal.wait_for("mine.py: accepted")
            file.write_text(STABLE + "# once more\n")
            terminal.wait_for("today already")
            terminal.press("\x03")
            assert terminal.ended() == 130
        with Store.open(Path(environment["QUIZKIT_HOME"])) as store:
            assert [event.kind for event in store.challenge_events()] == [Kind.ATTEMPT, Kind.REVIEW, Kind.ATTEMPT]
