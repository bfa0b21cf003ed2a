"""The three faces, as processes of their own: the same actions give the same log, whatever happens to the terminal."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commands import quizkit

from quizkit.memory.log import Event
from quizkit.store import Store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
if os.name != "nt":
    from terminal import Terminal

WORDS = ["neuron", "activation", "forward-pass", "loss", "gradient", "backward-pass", "epoch"]
STUDY = ("study", "activations", "--new", "6")


def log(home: Path) -> list[Event]:
    with Store.open(home) as store:
        return list(store.events())


def told(events: list[Event]) -> list[tuple[object, ...]]:
    """What an event says, without when it happened and the random name of its sitting."""
    place = {event.uid: number for number, event in enumerate(events)}
    return [(e.kind, e.card, e.grade, e.mode, place.get(e.undoes or ""), e.detail) for e in events]


# open all, good | open, open, again | undo | hard | later | put away | the forgotten one is gone with the undo | quit
ACTIONS = [
    {"do": "open_all"},
    {"do": "grade", "grade": "good"},
    {"do": "open"},
    {"do": "open"},
    {"do": "grade", "grade": "again"},
    {"do": "undo"},
    {"do": "grade", "grade": "hard"},
    {"do": "skip"},
    {"do": "suspend"},
    {"do": "open"},
    {"do": "grade", "grade": "easy"},
    {"do": "quit"},
]
PLAIN = "all\n3\n\nopen\nagain\nu\n2\nlater\nx\n\neasy\nq\n\n"
KEYS = ["a", "3", " ", "\r", "1", "u", "2", "s", "x", " ", "4", "q"]


def test_the_same_actions_give_the_same_log_through_every_face(tmp_path: Path, environment: dict[str, str]) -> None:
    logs = {}
    for face in ("jsonl", "plain", "full"):
        folder = tmp_path / face
        there = {**environment, "QUIZKIT_HOME": str(folder)}
        if face == "jsonl":
            quizkit(there, *STUDY, "--jsonl", typed="".join(json.dumps(action) + "\n" for action in ACTIONS))
        elif face == "plain":
            quizkit(there, *STUDY, "--plain", typed=PLAIN)
        else:
            _press_all(there)
        logs[face] = told(log(folder))
    assert logs["jsonl"] == logs["plain"] == logs["full"]
    assert [row[0] for row in logs["jsonl"]] == ["review", "review", "undo", "review", "skip", "suspend", "review"]


def _press_all(environment: dict[str, str]) -> None:
    shows = [
        "again 10 min", "activation of a unit", "again 10 min", "As you would say it", "forward pass", "Undone",
        "forward pass",
        "not again before tomorrow", "is suspended", "again 10 min", "backward pass", "answered",
    ]  # fmt: skip
    with Terminal(environment, *STUDY, rows=50) as terminal:
        terminal.wait_for("What is a neuron")
        for key, expected in zip(KEYS, shows, strict=True):
            terminal.press(key)
            terminal.wait_for(expected)
        terminal.press("q")
        assert terminal.ended() == 0


def test_a_quiz_is_marked_alike_by_every_face(tmp_path: Path, environment: dict[str, str]) -> None:
    """One numeric question, asked by itself: the search finds no other."""
    quiz = ("quiz", "--search", "output for the input (2, -1)", "--limit", "1")
    logs = []
    for face in ("jsonl", "plain", "full"):
        there = {**environment, "QUIZKIT_HOME": str(tmp_path / face)}
        if face == "jsonl":
            quizkit(there, *quiz, "--jsonl", typed='{"do": "mark", "answer": "7"}\n{"do": "quit"}\n')
        elif face == "plain":
            quizkit(there, *quiz, "--plain", typed="7\nq\n\n")
        else:
            with Terminal(there, *quiz) as terminal:
                terminal.wait_for("What does it output")
                terminal.press("7\r")
                terminal.wait_for("Not right")
                terminal.press("q")
                terminal.wait_for("answered")
                terminal.press("q")
                assert terminal.ended() == 0
        logs.append(told(log(tmp_path / face)))
    assert logs[0] == logs[1] == logs[2]
    assert [(row[1], json.loads(str(row[5]))["right"]) for row in logs[0]] == [("relu-by-hand", False)]


# -- which face -------------------------------------------------------------------------------------------------------


def test_without_a_terminal_the_plain_face_is_chosen(environment: dict[str, str]) -> None:
    result = quizkit(environment, *STUDY, typed="q\n\n")
    assert "What is a neuron in a neural network?" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.returncode == 0


@pytest.mark.parametrize(
    "changes", [{"TERM": "dumb"}, {"TERM": ""}, {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}]
)
def test_a_terminal_that_cannot_show_it_gets_plain_lines(environment: dict[str, str], changes: dict[str, str]) -> None:
    with Terminal({**environment, **changes}, *STUDY) as terminal:
        terminal.wait_for("Enter opens the answer")
        terminal.press("q\n\n")
        assert terminal.ended() == 0


def test_an_ascii_locale_gets_ascii_only(environment: dict[str, str]) -> None:
    there = {**environment, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    result = quizkit(there, "study", "--search", "every sample incoming weights", "--plain", typed="a\nq\n\n")
    assert result.returncode == 0
    assert result.stdout.isascii()
    assert "<=" in result.stdout
    assert "+--" in quizkit(there, "show", "dying-relu").stdout


def test_flowcharts_can_be_had_in_words(environment: dict[str, str]) -> None:
    assert "┌" in quizkit(environment, "show", "dying-relu").stdout
    quizkit(environment, "config", "diagrams", "words")
    words = quizkit(environment, "show", "dying-relu").stdout
    assert "┌" not in words
    assert "→" in words


# -- when things go wrong ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("face", ["--plain", "--jsonl"])
def test_the_end_of_the_input_ends_the_sitting_with_its_summary(environment: dict[str, str], face: str) -> None:
    result = quizkit(environment, *STUDY, face, typed="")
    assert result.returncode == 0
    assert "Nothing was answered" in result.stdout or '"summary"' in result.stdout


@pytest.mark.parametrize("face", ["--plain", ""])
def test_ctrl_c_ends_with_130_and_keeps_every_answer(environment: dict[str, str], home: Path, face: str) -> None:
    with Terminal(environment, *STUDY, *filter(None, [face])) as terminal:
        terminal.wait_for("What is a neuron")
        terminal.press("a\n" if face else "a")
        terminal.wait_for("again 10 min")
        terminal.press("3\n" if face else "3")
        terminal.wait_for("What is the activation")
        terminal.press("\x03")
        assert terminal.ended() == 130
        assert "Traceback" not in terminal.text()
    assert [event.card for event in log(home)] == ["neuron"]


@pytest.mark.parametrize("face", ["--plain", ""])
def test_closing_the_terminal_ends_quizkit_and_keeps_every_answer(
    environment: dict[str, str], home: Path, face: str
) -> None:
    with Terminal(environment, *STUDY, *filter(None, [face])) as terminal:
        terminal.wait_for("What is a neuron")
        terminal.press("a\n" if face else "a")
        terminal.wait_for("again 10 min")
        terminal.press("3\n" if face else "3")
        terminal.wait_for("What is the activation")
        terminal.hang_up()
        assert terminal.process.wait(timeout=20) in (0, 1, 3, 129, 130, -signal.SIGHUP)
    assert [event.card for event in log(home)] == ["neuron"]


def test_a_reader_that_goes_away_is_no_error(environment: dict[str, str]) -> None:
    command = f"{sys.executable} -m quizkit list | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)
    assert "neuron" in result.stdout
    assert "Traceback" not in result.stderr
    assert "BrokenPipe" not in result.stderr


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("not json", "Not a JSON object"),
        ("[]", "Send an object"),
        ('{"do": 1}', "Send an object"),
        ('{"do": "opne"}', "Did you mean open"),
        ('{"do": "grade", "grade": "great"}', "Unknown grade"),
        ('{"do": "grade"}', "Open the answer before grading"),
        ('{"do": "open", "x": 1}', "Unknown key 'x'"),
        ('{"do": "mark", "answer": []}', '"answer" is a text'),
        ('{"do": "undo"}', "nothing to undo"),
        ("[" * 100_000, "Not a JSON object"),
    ],
)
def test_a_program_that_sends_nonsense_is_told_and_the_sitting_goes_on(
    environment: dict[str, str], line: str, complaint: str
) -> None:
    result = quizkit(environment, *STUDY, "--jsonl", typed=f'{line}\n{{"do": "open"}}\n')
    messages = [json.loads(row) for row in result.stdout.splitlines()]
    assert complaint in messages[1]["error"]
    assert messages[2]["view"]["screen"] == "answer"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3\n", "'3' is not possible now"),
        ("opne\n", "Did you mean open"),
        ("?\n", "open the whole answer"),
        ("a\n\n", "Grade it"),
        ("u\n", "'u' is not possible now"),
    ],
)
def test_a_line_that_is_no_command_is_explained(environment: dict[str, str], typed: str, said: str) -> None:
    result = quizkit(environment, *STUDY, "--plain", typed=f"{typed}q\n\n")
    assert said in result.stdout
    assert result.returncode == 0


def test_bytes_that_are_no_text_are_no_crash(environment: dict[str, str]) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "quizkit", *STUDY, "--plain"],
        input=b"\xff\xfe\x00\n\n",
        capture_output=True,
        env=environment,
    )
    assert result.returncode == 0
    assert b"is not a command" in result.stdout


# -- the editor -------------------------------------------------------------------------------------------------------

BANK = "questions:\n  - id: mine\n    question: What is mine?\n    simple_answer: This.\n"


@pytest.fixture
def own_bank(home: Path) -> Path:
    file = home / "questions" / "own" / "mine.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(BANK, encoding="utf-8")
    return file


def editor(tmp_path: Path, script: str) -> str:
    program = tmp_path / "editor.py"
    program.write_text(f"import sys, pathlib\nline, file = sys.argv[1], pathlib.Path(sys.argv[2])\n{script}\n")
    return f"{sys.executable} {program}"


@pytest.mark.parametrize("face", ["plain", "jsonl", "full"])
def test_editing_a_card_goes_on_with_the_edited_card(
    environment: dict[str, str], tmp_path: Path, own_bank: Path, face: str
) -> None:
    script = "assert line == '+2'; file.write_text(file.read_text().replace('What is mine', 'Whose is it'))"
    there = {**environment, "EDITOR": editor(tmp_path, script)}
    if face == "plain":
        shown = quizkit(there, "study", "own", "--plain", typed="e\nq\n\n").stdout
    elif face == "jsonl":
        shown = quizkit(there, "study", "own", "--jsonl", typed='{"do": "edit"}\n').stdout
    else:
        with Terminal(there, "study", "own") as terminal:
            terminal.wait_for("What is mine?")
            terminal.press("e")
            shown = terminal.wait_for("Whose is it?")
    assert "Whose is it?" in shown


@pytest.mark.parametrize(
    ("command", "said"),
    [("no-such-editor", "did not start"), ("false", "ended with code 1"), ("'unclosed", "not a command")],
)
def test_an_editor_that_fails_is_said_and_the_sitting_goes_on(
    environment: dict[str, str], own_bank: Path, command: str, said: str
) -> None:
    result = quizkit({**environment, "EDITOR": command}, "study", "own", "--plain", typed="e\n\n3\n\n")
    assert said in result.stdout
    assert "1 of 1 recalled" in result.stdout


def test_an_editor_that_fails_gives_the_screen_back(environment: dict[str, str], own_bank: Path) -> None:
    with Terminal({**environment, "EDITOR": "no-such-editor"}, "study", "own") as terminal:
        terminal.wait_for("What is mine?")
        terminal.press("e")
        terminal.wait_for("did not start")
        terminal.press(" ")
        terminal.wait_for("This.")


# -- the screen -------------------------------------------------------------------------------------------------------


def test_the_screen_follows_the_size_of_the_terminal(environment: dict[str, str]) -> None:
    with Terminal(environment, "study", "--search", "dying what causes", columns=120, rows=60) as terminal:
        terminal.wait_for("What is the dying ReLU problem")
        terminal.press("a")
        terminal.wait_for("again 10 min")
        terminal.resize(60, 40)
        terminal.wait_until_gone("─" * 61)
        shown = terminal.wait_for("again 10 min")
        assert max(len(line) for line in shown.splitlines()) <= 60


def test_help_shows_what_can_be_done_and_any_key_closes_it(environment: dict[str, str]) -> None:
    with Terminal(environment, *STUDY) as terminal:
        terminal.wait_for("What is a neuron")
        terminal.press("?")
        terminal.wait_for("open the whole answer")
        terminal.press("z")
        terminal.wait_until_gone("open the whole answer")


def is_grey(colour: str) -> bool:
    return colour == "default" or len({colour[0:2], colour[2:4], colour[4:6]}) == 1


@pytest.mark.parametrize("switched_off", [False, True])
def test_colours_can_be_switched_off(environment: dict[str, str], switched_off: bool) -> None:
    there = {**environment, "COLORTERM": "truecolor", **({"NO_COLOR": "1"} if switched_off else {})}
    with Terminal(there, *STUDY) as terminal:
        terminal.wait_for("What is a neuron")
        terminal.press("a")
        terminal.wait_for("again 10 min")
        assert all(map(is_grey, terminal.colours())) is switched_off


def test_a_disk_that_takes_no_more_is_said_and_nothing_is_half_there(environment: dict[str, str], home: Path) -> None:
    """A limit on the size of files is as close to a full disk as a test comes without being root."""
    sitting = (
        "sys.argv = ['quizkit', 'study', '--new', '20', '--plain']; from quizkit.__main__ import main; sys.exit(main())"
    )
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000));"
    quizkit(environment, "topics")
    result = subprocess.run(
        [sys.executable, "-c", limit + sitting],
        input="a\n3\n" * 20 + "q\n\n",
        capture_output=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    assert "was not kept" in result.stdout
    assert "Traceback" not in result.stderr
    kept = [event.card for event in log(home)]
    assert kept
    assert kept == [card for card in WORDS if card in kept]
    assert f"{len(kept)} cards answered" in result.stdout
