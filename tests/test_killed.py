"""Killed at any instant, no acknowledged answer is lost, and none is there by half."""

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from making import MODEL

from quizkit.home import LOG_FILE
from quizkit.memory.state import replay
from quizkit.store import Store

KILLS_PER_GROUP = 26
GROUPS = 8
LONGEST_START_S = 0.5
LONGEST_STEP_S = 0.02
CARDS = 4000


def _bank(folder: Path) -> None:
    rows = "".join(
        f"  - id: card-{number}\n    question: What is {number}?\n    simple_answer: It is {number}.\n"
        for number in range(CARDS)
    )
    (folder / "numbers").mkdir(parents=True)
    (folder / "numbers" / "numbers.yaml").write_text(f"questions:\n{rows}", encoding="utf-8")


def _play_until_killed(environment: dict[str, str], views: int, seconds: float) -> list[str]:
    """Answer as fast as quizkit takes it, and kill it `seconds` after it has shown so many views.

    Returns the cards whose answers were acknowledged.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "quizkit", "study", "numbers", "--new", str(CARDS), "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
        encoding="utf-8",
    )
    timer = threading.Timer(seconds, os.kill, (process.pid, signal.SIGKILL))
    if not views:
        timer.start()
    acknowledged = []
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        graded = ""
        for number, line in enumerate(process.stdout, 1):
            if number == views:
                timer.start()
            view = json.loads(line)["view"]
            if graded:
                acknowledged.append(graded)
            graded = view["card"] if view["screen"] == "answer" else ""
            action = {"do": "grade", "grade": "good"} if graded else {"do": "open"}
            process.stdin.write(json.dumps(action) + "\n")
            process.stdin.flush()
    except (BrokenPipeError, json.JSONDecodeError):
        pass  # killed in the middle of a line
    process.wait()
    timer.join()
    process.stdout.close()
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    return acknowledged


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("group", range(GROUPS))
def test_whatever_was_acknowledged_before_a_kill_is_there(
    group: int, home: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    _bank(tmp_path / "bank")
    there = {**environment, "QUIZKIT_BANKS": str(tmp_path / "bank")}
    subprocess.run([sys.executable, "-m", "quizkit", "due"], env=there, stdout=subprocess.DEVNULL, check=True)
    moments = random.Random(group)
    acknowledged: list[str] = []
    for number in range(KILLS_PER_GROUP):
        if number % 5 == 0:
            acknowledged += _play_until_killed(there, 0, moments.uniform(0.02, LONGEST_START_S))
        else:
            acknowledged += _play_until_killed(there, moments.randint(1, 20), moments.uniform(0, LONGEST_STEP_S))
        if (home / LOG_FILE).exists():
            _check(home, acknowledged)
    assert len(acknowledged) > KILLS_PER_GROUP  # the kills came in the middle of the work, not before it


def _check(home: Path, acknowledged: list[str]) -> None:
    connection = sqlite3.connect(home / LOG_FILE)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    connection.close()
    if not tables:
        return  # killed before the tables were made
    with Store.open(home) as store:
        events = list(store.events())
        states = store.states()
    assert set(acknowledged) <= {event.card for event in events}
    assert {event.card for event in events} == set(states)
    for event in events:
        assert event.grade is not None
        assert event.taken_ms is not None
        assert states[event.card] == replay(MODEL, event.card, [event])
