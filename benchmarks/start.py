"""Measure how long commands take to start, each beside the least that a program of its kind can take.

    python benchmarks/start.py [rounds]

Runs the `quizkit` of the environment whose Python runs this file, with the packaged bank and a home that has been used
once (index, log and the day's backup exist, one card was answered), so every figure is a second start. Whole processes:
the time begins before the process is made. A round runs both sides of every comparison, one after the other; a ratio is
the median of the rounds' ratios, so that a slow moment of the machine meets both sides. Needs a pseudo-terminal, so
not Windows.

The programs compared with:
- `python -c pass`, with the same interpreter, for the commands that show nothing;
- full screen: a Textual app that composes one Markdown widget with the question's text, in a pseudo-terminal of
  100 x 30; both are timed until the question's words have come out of the terminal, escape sequences left out;
- plain: a script that prints the same text as Markdown with Rich; both write to a pipe with standard input closed, and
  are timed until the question's words have come out of it (the limit is about that) and until they have ended.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

QUIZKIT = Path(sys.executable).with_name("quizkit")
PATIENCE_S = 60.0
_ESCAPES = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_].*?\x1b\\|\x1b[ -/]*[0-~]")
_TEXTUAL_PROGRAM = """
from textual.app import App
from textual.widgets import Markdown
class Minimal(App):
    def compose(self):
        yield Markdown({text!r})
Minimal().run()
"""
_RICH_PROGRAM = """
from rich.console import Console
from rich.markdown import Markdown
Console().print(Markdown({text!r}))
"""

Run = Callable[[], float]
"""Does something once and returns the seconds it took."""


@dataclass
class Comparison:
    """Two ways to do a thing, the ratio that is allowed between them, and what was measured."""

    name: str
    limit: float
    ours: Run
    theirs: Run
    our_seconds: list[float] = field(default_factory=list)
    their_seconds: list[float] = field(default_factory=list)

    def play(self) -> None:
        """Run both sides once."""
        self.our_seconds.append(self.ours())
        self.their_seconds.append(self.theirs())

    def line(self) -> str:
        """Return the medians, the ratio of a round and the limit."""
        pairs = zip(self.our_seconds, self.their_seconds, strict=True)
        return row(
            self.name, median(self.our_seconds), median(self.their_seconds), [a / b for a, b in pairs], self.limit
        )


def row(name: str, ours: float, theirs: float, ratios: Sequence[float], limit: float) -> str:
    """Return one line of a report: seconds of both, the median of `ratios`, and whether it keeps within `limit`."""
    ratio = median(ratios)
    verdict = "holds" if ratio <= limit else "MISSED"
    return f"{name:46} {ours * 1000:9.2f} ms {theirs * 1000:9.2f} ms {ratio:7.2f}   limit {limit:<5g} {verdict}"


def heading(ours: str, theirs: str) -> str:
    """Return the line above a report."""
    return f"{'':46} {ours:>12} {theirs:>12} {'ratio':>7}"


# -- processes --------------------------------------------------------------------------------------------------------


def whole(command: Sequence[str | Path], environ: Mapping[str, str]) -> float:
    """Run a command to its end, with nothing to read and nobody to read it, and return the seconds."""
    start = time.perf_counter()
    subprocess.run(command, env=environ, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def until_said(command: Sequence[str | Path], environ: Mapping[str, str], words: str) -> tuple[float, float]:
    """Run a command writing to a pipe; return the seconds until `words` came and until it ended."""
    start = time.perf_counter()
    with subprocess.Popen(command, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        said = _read_until(process.stdout.fileno(), words, start)
        process.stdout.read()
        process.wait()
        return said, time.perf_counter() - start


def until_painted(
    command: Sequence[str | Path],
    environ: Mapping[str, str],
    words: str,
    look: Callable[[int], None] = lambda _pid: None,
) -> float:
    """Run a command in a pseudo-terminal and return the seconds until `words` were painted; then it is killed.

    `look` may look at the process, by its id, before that.
    """
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environ, stdin=its, stdout=its, stderr=its, start_new_session=True)
    try:
        os.close(its)
        painted = _read_until(ours, words, start)
        look(process.pid)
        return painted
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _read_until(stream: int, words: str, start: float) -> float:
    seen = b""
    while time.perf_counter() - start < PATIENCE_S:
        part = os.read(stream, 65536)
        came = time.perf_counter()
        seen += part
        if words.encode() in _ESCAPES.sub(b"", seen):
            return came - start
        if not part:
            break
    raise SystemExit(f"{words!r} never came. What came: {seen[-2000:]!r}")


# -- the home ---------------------------------------------------------------------------------------------------------


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return an environment with nothing of the caller's that changes what quizkit, Rich or Textual do."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "SYSTEMROOT") if name in os.environ}
    terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    return {**kept, **terminal, "QUIZKIT_HOME": str(home), **more}


def first_question(environ: Mapping[str, str], *topics: str, answer: bool = False) -> str:
    """Return the text of the first question of a sitting; with `answer` it is graded easy, so another will be first."""
    actions = [{"do": "open_all"}, {"do": "grade", "grade": "easy"}] if answer else []
    lines = "".join(f"{json.dumps(action)}\n" for action in [*actions, {"do": "quit"}])
    command = [QUIZKIT, "study", *topics, "--jsonl"]
    done = subprocess.run(command, env=environ, check=True, input=lines, capture_output=True, text=True)
    return str(json.loads(done.stdout.splitlines()[0])["view"]["question"])


def first_words(question: str) -> str:
    """Return the words of a question by which it is known when it is shown; few enough to stay on one line."""
    return " ".join(question.split()[:4])


# -- the comparisons --------------------------------------------------------------------------------------------------


def comparisons(environ: Mapping[str, str], question: str, place: Path) -> list[Comparison]:
    """Return what is compared, in the order of the report."""
    python = Path(sys.executable)
    words = first_words(question)
    textual, rich = place / "minimal_textual.py", place / "minimal_rich.py"
    textual.write_text(_TEXTUAL_PROGRAM.format(text=question), "utf-8")
    rich.write_text(_RICH_PROGRAM.format(text=question), "utf-8")
    study = [QUIZKIT, "study", "activations"]

    def bare() -> float:
        return whole([python, "-c", "pass"], environ)

    def command(*arguments: str) -> Run:
        return lambda: whole([QUIZKIT, *arguments], environ)

    def said(*what: str | Path) -> Run:
        return lambda: until_said(what, environ, words)[0]

    def ended(*what: str | Path) -> Run:
        return lambda: until_said(what, environ, words)[1]

    return [
        Comparison("--version, beside a bare interpreter", 2.5, command("--version"), bare),
        Comparison("due, beside a bare interpreter", 2.5, command("due"), bare),
        Comparison("--help, beside a bare interpreter", 8, command("--help"), bare),
        Comparison(
            "first card full-screen, beside Textual",
            1.25,
            lambda: until_painted(study, environ, words),
            lambda: until_painted([python, textual], environ, words),
        ),
        Comparison("first card plain, beside Rich", 1.6, said(*study, "--plain"), said(python, rich)),
        Comparison("the same until the process has ended", 1.6, ended(*study, "--plain"), ended(python, rich)),
    ]


def main(rounds: int = 30) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        environ = environment(place / "home")
        first_question(environ, "activations", answer=True)
        question = first_question(environ, "activations")
        compared = comparisons(environ, question, place)
        for comparison in compared:
            comparison.ours(), comparison.theirs()  # what is compiled and cached once is no part of a start
        for _ in range(rounds):
            for comparison in compared:
                comparison.play()
        print(f"Medians of {rounds} rounds. The card: {question}")
        print(heading("quizkit", "beside"))
        for comparison in compared:
            print(comparison.line())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
