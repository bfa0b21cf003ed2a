"""Measure how long it takes to judge a file, beside pytest with the same properties.

    python benchmarks/judging.py [rounds]

Beside quizkit stands softmax_by_pytest.py: eight properties of softmax with 100 examples each, as one would write them
with pytest and Hypothesis. A round runs every command once, one after the other; a ratio is the median of the rounds'
ratios, so that a slow moment of the machine meets both sides. Both run in the environment whose Python runs this file,
in processes of their own, with warm file caches; pytest gets no plugins but Hypothesis's, and no examples of an earlier
run. Both judge the same two files: a correct softmax, and the one that overflows because nothing is subtracted.

Quizkit has a home that was used before, so that its own draws are kept; `--seed` draws anew. What is timed:
- a correct file: the whole command beside the whole of pytest, with fresh draws and with kept ones;
- the overflowing file: until the first counterexample has come out of the command's pipe, beside the same of pytest,
  which tells at its end (and for information beside `pytest -x`, which stops at the first property that fails);
- `--watch`: from the moment a file is saved until its verdict has come, beside the whole of pytest.

Then, alone: how many files a second four processes judge, over all of tests/candidates; and the whole command for the
reference of every challenge, once with nothing kept and once again, of which the slowest counts. Not for Windows.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.mutants import solution
from benchmarks.start import QUIZKIT, Comparison, environment, heading
from quizkit.challenges import NAMES
from quizkit.judge.engine import judge
from quizkit.judge.process import Keeper
from quizkit.judge.settings import Settings

HERE = Path(__file__).parent
CANDIDATES = HERE.parent / "tests" / "candidates"
PROCESSES = 4
LEAST_FILES_A_SECOND = 12
MOST_SECONDS = 3.0
CORRECT = '''"""Softmax of logits."""
import numpy as np


def softmax(z, axis=-1):
    """Return exp(z) divided by its sum along an axis."""
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
'''
NAIVE = CORRECT.replace("z - z.max(axis=axis, keepdims=True)", "z")
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:asyncio", "-p", "no:cacheprovider"]


def seconds(command: Sequence[str], environ: Mapping[str, str], words: str = "") -> float:
    """Run a command and return the seconds until a line with `words` has come out of its pipe, without words its end.

    Raises:
        SystemExit: the words never came, or the command failed at the end.
    """
    said = None
    start = time.perf_counter()
    with subprocess.Popen(
        command, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if said is None and words and words.encode() in line:
                said = time.perf_counter()
    ended = time.perf_counter()
    if said is None and (words or process.returncode):
        raise SystemExit(f"{' '.join(command)}: code {process.returncode}, {words!r} never came")
    return (said or ended) - start


def judging(name: str, file: Path, *options: str) -> list[str]:
    """Return quizkit's command for a file."""
    return [str(QUIZKIT), "challenge", name, "--file", str(file), "--plain", *options]


@dataclass(frozen=True)
class Side:
    """A file to be judged, mine.py, and the tests beside it that pytest runs."""

    folder: Path
    environ: Mapping[str, str]

    @classmethod
    def made(cls, folder: Path, source: str, environ: Mapping[str, str]) -> Side:
        folder.mkdir()
        (folder / "mine.py").write_text(source, "utf-8")
        shutil.copy(HERE / "softmax_by_pytest.py", folder / "test_softmax.py")
        return cls(folder, {**environ, "HYPOTHESIS_STORAGE_DIRECTORY": str(folder / "examples")})

    @property
    def file(self) -> Path:
        return self.folder / "mine.py"

    def judged(self, *options: str) -> list[str]:
        """Return quizkit's command."""
        return judging("softmax", self.file, *options)

    def tested(self, *options: str) -> list[str]:
        """Return pytest's command, after taking away the examples that an earlier run has left."""
        shutil.rmtree(self.folder / "examples", ignore_errors=True)
        return [*PYTEST, *options, "--rootdir", str(self.folder), str(self.folder / "test_softmax.py")]

    def whole_pytest(self) -> float:
        return seconds(self.tested(), self.environ)

    def counterexample_of_pytest(self, *options: str) -> float:
        return seconds(self.tested(*options), self.environ, "z=array(")

    def counterexample_of_ours(self) -> float:
        return seconds(self.judged(), self.environ, "yours")


@contextmanager
def watching(side: Side) -> Iterator[Callable[[], float]]:
    """Give what saves the file once more and returns the seconds until the verdict on it has come."""
    saves = count()
    command = side.judged("--watch")
    with subprocess.Popen(command, env=side.environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        verdicts = (line for line in process.stdout if b" required " in line)
        next(verdicts)

        def save() -> float:
            saved = side.file.with_suffix(".new")
            saved.write_text(f"{CORRECT}# saved {next(saves)}\n", "utf-8")
            time.sleep(0.3)
            # whoever watches is at rest again
            start = time.perf_counter()
            saved.replace(side.file)
            next(verdicts)
            return time.perf_counter() - start

        try:
            yield save
        finally:
            process.terminate()


def comparisons(correct: Side, naive: Side, save: Callable[[], float]) -> list[Comparison]:
    """Return what is compared, in the order of the report."""

    def ours(*options: str) -> float:
        return seconds(correct.judged(*options), correct.environ)

    return [
        Comparison("a correct file, fresh draws", 0.25, lambda: ours("--seed", "1"), correct.whole_pytest),
        Comparison("a correct file, kept draws", 0.15, ours, correct.whole_pytest),
        Comparison("first counterexample", 0.15, naive.counterexample_of_ours, naive.counterexample_of_pytest),
        Comparison(
            "  beside pytest -x (no limit)",
            float("inf"),
            naive.counterexample_of_ours,
            lambda: naive.counterexample_of_pytest("-x"),
        ),
        Comparison("--watch, from save to verdict", 0.05, save, correct.whole_pytest),
    ]


# -- alone ------------------------------------------------------------------------------------------------------------


def files_a_second(home: Path) -> tuple[int, float]:
    """Judge all of tests/candidates and return how many files there are, and how many a second were judged."""
    paths = sorted(CANDIDATES.glob("*/*.py"))
    settings = Settings(cache=home / "draws")
    with ProcessPoolExecutor(PROCESSES) as pool:
        # what each challenge draws is kept from here on
        list(pool.map(_judged, [next(folder.glob("right_*.py")) for folder in CANDIDATES.iterdir()], [settings] * 100))
        start = time.perf_counter()
        list(pool.map(_judged, paths, [settings] * len(paths), chunksize=4))
        return len(paths), len(paths) / (time.perf_counter() - start)


def _judged(path: Path, settings: Settings) -> float:
    return judge(path.parent.name, path, settings, keeper=_keeper()).seconds


@cache
def _keeper() -> Keeper:
    return Keeper.start()


def default_runs(place: Path, environ: Mapping[str, str]) -> list[tuple[float, str]]:
    """Return the seconds of the first command and of the second for every challenge's reference, the slowest first."""
    runs = []
    for name in NAMES:
        file = place / f"{name}.py"
        file.write_text(solution(name), "utf-8")
        command = judging(name, file)
        runs += [(seconds(command, environ), f"{name}, {which}") for which in ("nothing kept", "draws kept")]
    return sorted(runs, reverse=True)


def limit_line(name: str, value: float, unit: str, limit: float, *, least: bool = False) -> str:
    """Return one line about a figure that stands alone."""
    holds = value >= limit if least else value <= limit
    return f"{name:46} {value:9.2f} {unit}   limit {limit:g} {'holds' if holds else 'MISSED'}"


def main(rounds: int = 9) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        environ = environment(place / "home")
        correct = Side.made(place / "correct", CORRECT, environ)
        naive = Side.made(place / "naive", NAIVE, environ)
        watched = Side.made(place / "watched", CORRECT, environ)
        with watching(watched) as save:
            compared = comparisons(correct, naive, save)
            for comparison in compared:
                comparison.ours(), comparison.theirs()  # what is compiled and kept once is no part of a judgement
            for _ in range(rounds):
                for comparison in compared:
                    comparison.play()
        print(f"Medians of {rounds} rounds.")
        print(heading("quizkit", "pytest"))
        for comparison in compared:
            print(comparison.line())
        files, rate = files_a_second(place / "home")
        title = f"{files} files, {PROCESSES} processes"
        print(limit_line(title, rate, "files a second", LEAST_FILES_A_SECOND, least=True))
        for took, name in default_runs(place, environment(place / "fresh home"))[:3]:
            print(limit_line(f"default run of {name}", took, "s", MOST_SECONDS))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
