"""A workshop in another process does what one here does, says what went wrong there, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from judge_cases import descendants, needs_linux, orphans_stay_ours, wait_until
from terminal import Terminal

from quizkit import ahead
from quizkit.errors import MachineProblem, UsageProblem
from quizkit.judge.process import Keeper, Loaded
from quizkit.judge.settings import Settings
from quizkit.judge.verdict import Outcome
from quizkit.remote import Process, RemoteWorkshop
from quizkit.workshop import Workshop

pytestmark = needs_linux

FEW = Settings(examples=5)
RELU = "import numpy as np\ndef relu(x):\n    return np.maximum(x, 0)\n"
NAIVE = "import numpy as np\ndef softmax(z, axis=-1):\n    e = np.exp(z)\n    return e / e.sum(axis, keepdims=True)\n"
HANGS = "def relu(x):\n    while True:\n        pass\n"


@pytest.fixture
def there(tmp_path: Path) -> Iterator[RemoteWorkshop]:
    with RemoteWorkshop(Process(ahead.fork(["relu"])), tmp_path, FEW) as workshop:
        yield workshop


def written(folder: Path, text: str, name: str = "mine.py") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(("name", "text"), [("relu", RELU), ("softmax", NAIVE), ("relu", "def relu(:\n")])
def test_it_judges_as_one_here(there: RemoteWorkshop, tmp_path: Path, name: str, text: str) -> None:
    path = str(written(tmp_path, text))
    with Workshop(tmp_path, FEW) as here:
        theirs, ours = there.judge(name, path), here.judge(name, path)
        assert there.task(name) == here.task(name)
    assert replace(theirs.verdict, seconds=0.0) == replace(ours.verdict, seconds=0.0)
    assert (theirs.path, theirs.digest, theirs.partial) == (ours.path, ours.digest, ours.partial)


def test_it_tells_which_functions_a_file_has(there: RemoteWorkshop, tmp_path: Path) -> None:
    loaded = there.functions_in(written(tmp_path, RELU))
    assert isinstance(loaded, Loaded)
    assert set(loaded.functions) == {"relu"}


def test_what_was_begun_is_done_once_and_given_to_who_asks(there: RemoteWorkshop, tmp_path: Path) -> None:
    path = written(tmp_path, RELU)
    there.judge_ahead("relu", path)
    assert there.task("relu").name == "relu"
    there._process._answers.peek()
    # until the file was read at least
    path.write_text(NAIVE, encoding="utf-8")
    assert there.judge("relu", str(path)).verdict.outcome is Outcome.ACCEPTED
    assert there.judge("relu", str(path)).verdict.outcome is Outcome.UNUSABLE


def test_whoever_said_once_asks_nothing_more(there: RemoteWorkshop, tmp_path: Path) -> None:
    path = written(tmp_path, RELU)
    there.judge_ahead("relu", path, once=True)
    assert there.judge("relu", str(path)).verdict.outcome is Outcome.ACCEPTED
    with pytest.raises(MachineProblem):
        there.functions_in(path)


def test_progress_is_told(there: RemoteWorkshop, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    there.judge("relu", str(written(tmp_path, RELU)), lambda *done: told.append(done))
    assert told == [(5, 5)]


def test_problems_are_the_same_and_the_next_question_is_answered(there: RemoteWorkshop, tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="no such file"):
        there.judge("relu", str(tmp_path / "nothing.py"))
    with pytest.raises(UsageProblem, match=r"There is no challenge 'rlu'\. Did you mean relu"):
        there.task("rlu")
    assert there.judge("relu", str(written(tmp_path, RELU))).verdict.outcome is Outcome.ACCEPTED


def test_what_was_begun_in_vain_is_passed_over_also_when_it_failed(there: RemoteWorkshop, tmp_path: Path) -> None:
    there.judge_ahead("rlu", tmp_path / "nothing.py")
    there.get_ready()
    assert there.judge("relu", str(written(tmp_path, RELU))).verdict.outcome is Outcome.ACCEPTED


def test_a_fault_of_its_own_comes_with_the_place_where_it_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise KeyError("no such thing")

    monkeypatch.setattr(Workshop, "functions_in", faulty)
    with (
        RemoteWorkshop(Process(ahead.fork([])), tmp_path) as workshop,
        pytest.raises(RuntimeError, match=r"KeyError.*no such thing") as raised,
    ):
        workshop.functions_in(tmp_path)
    assert "in faulty" in raised.value.__notes__[0]


def test_closing_breaks_off_a_judgement_and_leaves_no_process(tmp_path: Path) -> None:
    before = descendants()
    path = written(tmp_path, HANGS)
    with orphans_stay_ours():
        with RemoteWorkshop(Process(ahead.fork([])), tmp_path, replace(FEW, timeout_s=600.0)) as workshop:
            workshop.judge_ahead("relu", path)
            workshop.task("relu")
            # itself, the one that forks, and at least one for the candidate
            wait_until(lambda: len(descendants() - before) >= 3, "the candidate's process")
        assert descendants() == before


def test_the_process_for_candidates_has_nothing_open_of_the_persons_shell() -> None:
    ours, theirs = os.pipe()
    os.set_inheritable(ours, True)
    with Keeper.start() as keeper:
        assert keeper.tier
        assert keeper._root is not None
        opened = {entry.readlink() for entry in Path(f"/proc/{keeper._root.id}/fd").iterdir()}
        assert Path(f"/proc/self/fd/{ours}").readlink() not in opened
    os.close(ours)
    os.close(theirs)


def test_an_unused_one_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    before = descendants()
    with orphans_stay_ours():
        ahead.begin(["challenge", "relu"])
        assert descendants() > before
        ahead.end_unused()
        wait_until(lambda: descendants() == before, "no process left")


def test_one_that_was_killed_is_told(there: RemoteWorkshop, tmp_path: Path) -> None:
    os.kill(there._process._id, signal.SIGKILL)
    with pytest.raises(MachineProblem, match="judge's process has ended"):
        there.judge("relu", str(written(tmp_path, RELU)))


PARENT = """
import sys
from pathlib import Path
from quizkit import ahead
from quizkit.judge.settings import Settings
from quizkit.remote import Process, RemoteWorkshop
workshop = RemoteWorkshop(Process(ahead.fork([])), Path("."), Settings(timeout_s=600.0))
workshop.judge_ahead("relu", Path("mine.py"))
workshop.task("relu")
print("started", flush=True)
workshop.judge("relu", "mine.py")
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_outlives_a_parent_that_is_killed(
    number: signal.Signals, environment: dict[str, str], tmp_path: Path
) -> None:
    written(tmp_path, HANGS)
    before = descendants()
    with orphans_stay_ours():
        parent = subprocess.Popen(
            [sys.executable, "-c", PARENT],
            env=environment,
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"started\n"
        wait_until(lambda: len(descendants() - before) >= 4, "the candidate's process")
        parent.send_signal(number)
        parent.communicate()
        wait_until(lambda: not descendants() - before, "no process left")


def is_at_work(process: int) -> bool:
    """Whether a process has computed for half a second, as only a candidate that never ends does here."""
    try:
        ticks = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[11]
    except OSError:
        return False
    return int(ticks) > os.sysconf("SC_CLK_TCK") / 2


@pytest.mark.parametrize(("face", "key"), [("--plain", "\x03"), ("", "q"), ("", "\x03")])
def test_whoever_leaves_in_the_middle_of_a_judgement_waits_for_nothing(
    environment: dict[str, str], tmp_path: Path, face: str, key: str
) -> None:
    path = written(tmp_path, HANGS)
    arguments = [word for word in ("challenge", "relu", "--file", str(path), "--timeout", "600", face) if word]
    before = descendants()
    with orphans_stay_ours(), Terminal(environment, *arguments) as terminal:
        wait_until(lambda: any(map(is_at_work, descendants() - before)), "a candidate at work")
        if not face:
            terminal.wait_for("judging")
        terminal.press(key)
        code = terminal.ended()
        assert code == (130 if key == "\x03" else 0), terminal.text()
        wait_until(lambda: not descendants() - before, "no process left")


@pytest.mark.parametrize("after_s", [0.02, 0.04, 0.06, 0.08, 0.1, 0.15])
def test_ctrl_c_is_answered_with_a_sentence_however_early(
    environment: dict[str, str], tmp_path: Path, after_s: float
) -> None:
    path = written(tmp_path, HANGS)
    before = descendants()
    arguments = ["challenge", "relu", "--file", str(path), "--plain"]
    with orphans_stay_ours(), Terminal(environment, "-c", EARLY, *arguments, program=()) as terminal:
        terminal.wait_for("begun")
        time.sleep(after_s)
        terminal.press("\x03")
        assert terminal.ended() == 130, terminal.text()
        assert "stopped; every answer given is kept." in terminal.text()
        assert "Traceback" not in terminal.text()
        wait_until(lambda: not descendants() - before, "no process left")


EARLY = """
import sys
from quizkit.__main__ import main
print("begun", flush=True)
sys.exit(main())
"""
