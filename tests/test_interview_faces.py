"""An interview through its faces, as processes of their own: full screen, plain lines, JSON lines, and the commands."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import quizkit

from quizkit.challenges.library import find
from quizkit.faces.interview_report import _prose
from quizkit.interview.record import Stage, replay
from quizkit.memory.log import Kind
from quizkit.starter import solution
from quizkit.store import Store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
if os.name != "nt":
    from terminal import Terminal

BANK = """
questions:
  - id: kink
    question: What is a kink?
    difficulty: easy
    minutes: 0.5
    companies: [Testers]
    simple_answer: A corner.
    technical_answer: "Where $f'(z)$ jumps, as at $z = 0$."
    mistakes:
      - {claim: A kink is a jump., correction: The value does not jump.}
    key_points: [A kink is a corner of the graph., The slope jumps at a kink.]
  - id: plateau
    question: What is a plateau?
    difficulty: medium
    minutes: 4
    companies: [Testers]
    simple_answer: <b>Flat</b> ![x](https://example.org/x.png)
    key_points: [The slope is zero everywhere on a plateau.]
    follow_ups:
      - {question: Is it a minimum?, answer: Not always.}
"""
PLAN = ("interview", "--company", "Testers", "--minutes", "10", "--seed", "4", "--coding", "1")
FAST = (str(Path(__file__).with_name("fast_quizkit.py")),)


@pytest.fixture
def bank(home: Path) -> Path:
    folder = home / "questions" / "shapes"
    folder.mkdir(parents=True)
    (folder / "shapes.yaml").write_text(BANK, encoding="utf-8")
    return folder


def fast(environment: dict[str, str], factor: int = 5) -> dict[str, str]:
    return {**environment, "CLOCK_FACTOR": str(factor), "CLOCK_START": str(time.time())}


def written(home: Path) -> Path:
    return next(path for path in home.glob("interviews/*/*.py") if "-as-left" not in path.name)


@pytest.mark.usefixtures("bank")
def test_a_whole_interview_on_a_terminal_is_killed_resumed_and_ends_in_a_report(
    environment: dict[str, str], home: Path, tmp_path: Path
) -> None:
    report, there = tmp_path / "out.html", fast(environment)
    with Terminal(there, *PLAN, program=FAST) as terminal:
        terminal.wait_for("What is a kink?")
        terminal.press("a corner of the graph")
        terminal.wait_for("overtime")
        os.killpg(terminal.process.pid, signal.SIGKILL)
    with Terminal(there, "interview", "--resume", "--report", str(report), program=FAST) as terminal:
        terminal.wait_for("Resumed.")
        screen = terminal.wait_for("a corner of the graph")
        assert "overtime" in screen
        terminal.press("\x07")
        terminal.wait_for("Write it in")
        path = written(home)
        path.write_text(solution(find(path.stem)), "utf-8")
        terminal.press("\x14")
        terminal.wait_for("It runs.")
        terminal.press("\x07")
        terminal.wait_for("What is a plateau?")
        terminal.press("flat\x0e")
        terminal.wait_for("Is it a minimum?")
        terminal.press("\x0e")
        terminal.wait_for("debrief 1 of 3")
        terminal.wait_for("1 ☐?")
        terminal.press("s2\r")
        terminal.wait_for("accepted")
        terminal.press("\r")
        terminal.wait_for("debrief 3 of 3")
        terminal.press("1\r")
        terminal.wait_for("yes · ")
        terminal.press("\r")
        assert terminal.ended() == 0
    with Store.open(home) as store:
        record = replay(store.interview_events())
        reviews = [event for event in store.events() if event.kind is Kind.REVIEW]
    assert record.stage is Stage.FINISHED
    assert record.interruptions == 1
    assert record.answers[0].text() == "a corner of the graph"
    assert record.answers[0].used_ms > 30_000
    assert len(reviews) == 3
    html = report.read_text("utf-8")
    assert "a corner of the graph" in html
    assert "&lt;b&gt;Flat&lt;/b&gt;" in html
    assert not re.search(r"<(img|script|link|iframe)|url\(|https?://(?!example)", html)


@pytest.mark.usefixtures("bank")
def test_another_program_drives_an_interview_by_json_lines(environment: dict[str, str]) -> None:
    actions = [
        {"do": "say", "text": "The slope jumps"},
        {"do": "nonsense"},
        {"do": "look"},
        {"do": "move_on"},
        {"do": "finish"},
        {"do": "suggested"},
        {"do": "grade", "grade": "hard"},
        {"do": "next"},
        {"do": "tick", "number": 1},
        {"do": "next"},
    ]
    typed = "".join(json.dumps(action) + "\n" for action in actions)
    run_ = quizkit(environment, *PLAN[:-1], "0", "--jsonl", typed=typed)
    said = [json.loads(line) for line in run_.stdout.splitlines()]
    assert run_.returncode == 0
    assert "nonsense" in said[2]["error"]
    card = said[-1]["view"]["scorecard"]
    assert [row["slot"]["card"] for row in card["rows"]] == ["kink", "plateau"]
    assert [row["result"]["grade"] for row in card["rows"]] == ["hard", "easy"]


@pytest.mark.usefixtures("bank")
def test_plain_lines_play_an_interview_and_the_end_of_the_input_loses_nothing(
    environment: dict[str, str], tmp_path: Path
) -> None:
    cut = quizkit(environment, *PLAN[:-1], "0", "--plain", typed="The slope jumps.\n/nex\n")
    assert cut.returncode == 0
    assert "Did you mean next" in cut.stdout
    assert "--resume` goes on" in cut.stdout
    report = tmp_path / "out.md"
    resumed = quizkit(
        environment, "interview", "--resume", "--plain", "--report", str(report), typed="/next\n/finish\n1 2\n\n\n"
    )
    assert "You typed\n  │ The slope jumps." in resumed.stdout
    assert "100 % · counts as easy" in resumed.stdout
    assert "> The slope jumps." in report.read_text("utf-8")
    history = quizkit(environment, "interview", "--history", "--json")
    assert [each["stage"] for each in json.loads(history.stdout)] == ["finished"]
    again = quizkit(environment, "interview", "--scorecard", "last")
    assert again.stdout.strip() in resumed.stdout


@pytest.mark.usefixtures("bank")
def test_a_second_interview_waits_for_the_first_to_be_resumed_or_closed(environment: dict[str, str]) -> None:
    quizkit(environment, *PLAN, "--plain", typed="")
    refused = quizkit(environment, *PLAN, "--plain")
    assert refused.returncode == 2
    assert "quizkit interview --resume" in refused.stderr
    assert "closed as abandoned" in quizkit(environment, "interview", "--abandon").stdout
    assert "abandoned" in quizkit(environment, "interview", "--history").stdout
    assert quizkit(environment, *PLAN, "--plain").returncode == 0


@pytest.mark.usefixtures("bank")
def test_an_editor_that_fails_is_said_and_the_interview_goes_on(environment: dict[str, str]) -> None:
    typed = "/next\n/edit\n/run\n/quit\n"
    there = {**environment, "EDITOR": "false"}
    played = quizkit(there, *PLAN, "--plain", typed=typed)
    assert "The editor 'false' ended with code 1" in played.stdout
    assert "Nothing is written yet." in played.stdout


@pytest.mark.usefixtures("bank")
def test_an_editor_takes_the_screen_and_gives_it_back(environment: dict[str, str], home: Path) -> None:
    script = "import sys; open(sys.argv[-1], 'w').write('# mine'); print('EDITING', flush=True); input()"
    there = {**environment, "EDITOR": f'{sys.executable} -c "{script}"'}
    with Terminal(there, *PLAN) as terminal:
        terminal.wait_for("What is a kink?")
        terminal.press("\x07")
        terminal.wait_for("Write it in")
        terminal.press("\x05")
        terminal.wait_for("EDITING")
        terminal.press("\r")
        terminal.wait_until_gone("EDITING")
        terminal.press("\x07")
        terminal.wait_for("What is a plateau?")
        terminal.press("\x11")
        assert terminal.ended() == 0
    assert written(home).read_text("utf-8") == "# mine"


@pytest.mark.usefixtures("bank")
def test_an_editor_that_does_not_start_gives_the_screen_back(environment: dict[str, str]) -> None:
    quizkit(environment, *PLAN, "--plain", typed="/next\n")
    with Terminal({**environment, "EDITOR": "no-such-editor"}, "interview", "--resume") as terminal:
        terminal.wait_for("Write it in")
        terminal.press("\x05")
        terminal.wait_for("did not start")
        terminal.press("\x07")
        terminal.wait_for("What is a plateau?")


@pytest.mark.usefixtures("bank")
def test_the_debrief_of_code_shows_the_own_code_and_a_solution(environment: dict[str, str], home: Path) -> None:
    quizkit(environment, *PLAN, "--plain", typed="/next\n")
    written(home).write_text("def f(): ...  # my own", "utf-8")
    shown = quizkit(environment, "interview", "--resume", "--plain", typed="/finish\n\n").stdout
    assert "You wrote\n\ndef f(): ...  # my own" in shown
    assert "A solution" in shown.partition("# my own")[2]


@pytest.mark.usefixtures("bank")
def test_a_refused_line_in_the_debrief_does_not_show_all_of_it_again(environment: dict[str, str]) -> None:
    shown = quizkit(environment, *PLAN[:-1], "0", "--plain", typed="/finish\n99\nnonsense\n1 99\n").stdout
    assert shown.count("Did you say") == 2
    assert shown.count("1 ☑") == 1


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--report", "out.pdf"), "--report writes .md or .html"),
        (("--report", "nowhere/out.md"), "does not exist"),
        (("--company", "Nobody"), "There is no company"),
        (("shapes", "--minutes", "1", "--difficulty", "hard"), "Nothing that passes these filters"),
        (("--resume",), "There is no interview to resume"),
        (("--abandon",), "There is no unfinished interview"),
        (("--again", "abc"), "There is no such interview"),
        (("--resume", "--history"), "exclude each other"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(
    environment: dict[str, str], arguments: tuple[str, ...], complaint: str
) -> None:
    ended = quizkit(environment, "interview", *arguments)
    assert ended.returncode == 2
    assert complaint in ended.stderr


@pytest.mark.usefixtures("bank")
def test_a_plan_is_shown_before_anything_begins(environment: dict[str, str]) -> None:
    shown = quizkit(environment, *PLAN, "--show-plan", "--json")
    plan = json.loads(shown.stdout)
    assert [slot["card"] for slot in plan["slots"] if not slot["is_code"]] == ["kink", "plateau"]
    assert quizkit(environment, "interview", "--history", "--json").stdout.strip() == "[]"


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize(("columns", "rows"), [(60, 18), (80, 24), (120, 40)])
def test_every_screen_fits(environment: dict[str, str], columns: int, rows: int) -> None:
    with Terminal(environment, *PLAN, columns=columns, rows=rows) as terminal:
        terminal.wait_for("What is a kink?")
        terminal.wait_for("left")
        terminal.wait_for("quit")
        terminal.press("\x10")
        terminal.wait_for("Paused.")
        terminal.press("\x10")
        terminal.wait_for("What is a kink?")
        terminal.press("\x06")
        terminal.wait_for("debrief 1 of 3")
        terminal.wait_for("enter next")
        terminal.press("\r")
        terminal.wait_for("scorecard")
        terminal.press("\r")
        assert terminal.ended() == 0


SAME = [
    {"do": "say", "text": "a corner"},
    {"do": "move_on"},
    {"do": "say", "text": "flat"},
    {"do": "done"},
    {"do": "done"},
    {"do": "tick", "number": 2},
    {"do": "grade", "grade": "again"},
    {"do": "next"},
    {"do": "tick", "number": 1},
    {"do": "next"},
]
SAME_PLAIN = "a corner\n/next\nflat\n\n\n2\nagain\n\n1\n\n"
SAME_KEYS = [
    ("a corner\x07", "plateau"),
    ("flat\x0e", "Is it a minimum?"),
    ("\x0e", "debrief 1"),
    ("2", "☑"),
    ("a", "again"),
    ("\r", "debrief 2"),
    ("1", "☑"),
    ("\r", "scorecard"),
]


@pytest.mark.usefixtures("bank")
def test_the_same_actions_give_the_same_log_through_every_face(
    environment: dict[str, str], home: Path, tmp_path: Path
) -> None:
    logs, plan = {}, (*PLAN[:-1], "0")
    for face in ("jsonl", "plain", "full"):
        there = {**environment, "QUIZKIT_HOME": str(tmp_path / face)}
        (tmp_path / face).mkdir()
        (tmp_path / face / "questions").symlink_to(home / "questions")
        if face == "full":
            with Terminal(there, *plan) as terminal:
                terminal.wait_for("What is a kink?")
                for keys, shown in SAME_KEYS:
                    terminal.press(keys)
                    terminal.wait_for(shown)
        else:
            typed = "".join(json.dumps(action) + "\n" for action in SAME) if face == "jsonl" else SAME_PLAIN
            quizkit(there, *plan, f"--{face}", typed=typed)
        with Store.open(tmp_path / face) as store:
            logs[face] = [(e.kind, e.grade, _said(e.detail)) for e in store.interview_events()]
    assert logs["jsonl"] == logs["plain"] == logs["full"]
    assert logs["full"][-1][0] is Kind.CLOSED


def _said(detail: str) -> tuple[object, ...]:
    told = json.loads(detail or "{}")
    return tuple(
        told.get(name) if isinstance(told, dict) else None for name in ("text", "slot", "part", "ticks", "how")
    )


def test_the_html_report_takes_no_markup_from_a_bank_and_draws_formulas_and_tables() -> None:
    drawn = _prose(
        "<script>x</script> ![p](https://example.org/p.png) and $a^2$\n\n$$\\frac{1}{2}$$\n\n| a | b |\n|-|-|"
    )
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "a²" in drawn
    assert "<pre class=formula>" in drawn
    assert "<table>" in drawn
    assert "<a" not in _prose("[x](javascript:alert(1))")


@pytest.mark.usefixtures("bank")
def test_the_clock_is_told_while_nobody_types_until_a_strict_question_ends(environment: dict[str, str]) -> None:
    command = [sys.executable, *FAST, *PLAN[:-1], "0", "--strict", "--jsonl"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=fast(environment), text=True, encoding="utf-8"
    ) as playing:
        assert playing.stdin is not None
        assert playing.stdout is not None
        said = [json.loads(playing.stdout.readline())]
        while "view" not in said[-1] or said[-1]["view"]["number"] == 1:
            said.append(json.loads(playing.stdout.readline()))
        playing.stdin.close()
    left = [told["clock"]["left_s"] for told in said if "clock" in told]
    assert left == sorted(left, reverse=True)
    assert len(left) > 2
    assert "Time was over for question 1" in said[-1]["view"]["notice"]
