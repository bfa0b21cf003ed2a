"""Measure the compiled index: python benchmarks/indexing.py [files] [questions per file]."""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.generate import generate_bank, question_id
from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank, Filters


def main(files: int = 2000, per_file: int = 50) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "bank"
        generate_bank(folder, files, per_file)
        size = sum(path.stat().st_size for path in folder.glob("*/*.yaml"))
        print(f"{files * per_file:,} questions in {files:,} files, {size / files / per_file:.0f} bytes each")
        index = Path(place) / "index.db"
        compare_first_indexing(folder, index)
        compare_opening(folder, index)
        time_queries(folder, index)
        print(f"index file {index.stat().st_size / size:.2f} times the YAML")


def compare_first_indexing(folder: Path, index: Path) -> None:
    first, peak = first_indexing(folder, index)
    texts = [path.read_bytes() for path in sorted(folder.glob("*/*.yaml"))]
    with_gc = seconds(lambda: load_all(texts))
    gc.disable()
    without_gc = seconds(lambda: load_all(texts))
    gc.enable()
    print(f"YAML loader alone        {with_gc:7.2f} s   gc on")
    print(f"YAML loader alone        {without_gc:7.2f} s   gc off")
    print(f"first indexing           {first:7.2f} s   {first / with_gc:.2f} and {first / without_gc:.2f} times those")
    print(f"peak memory              {peak:7.0f} MB")


def load_all(texts: list[bytes]) -> None:
    for text in texts:
        yaml.load(text, Loader=yaml.CSafeLoader)


_first_indexing = """
import resource, sys, time
from quizkit.bank import builder
from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank
start = time.perf_counter()
Bank.open([Folder(sys.argv[1])], sys.argv[2]).close()
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def first_indexing(folder: Path, index: Path) -> tuple[float, float]:
    """Return seconds and peak megabytes of a first indexing in a process of its own.

    To be called while this process is small: Linux counts a parent's memory as its child's until the child has started.
    """
    command = [sys.executable, "-c", _first_indexing, str(folder), str(index)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    took, peak = output.split()
    return float(took), float(peak)


def compare_opening(folder: Path, index: Path) -> None:
    def opened() -> None:
        Bank.open([Folder(str(folder))], str(index)).close()

    opened()
    time.sleep(2.1)
    opened()
    unchanged = best(opened)
    edited_path = folder / "topic-000" / "questions-07.yaml"
    original = edited_path.read_text("utf-8")
    edits = []
    for number in range(5):
        edited_path.write_text(f"{original}    references: [edit {number}]\n", "utf-8")
        edits.append(seconds(opened))
    print(f"open unchanged           {unchanged * 1000:7.1f} ms")
    print(f"open after one edit      {min(edits) * 1000:7.1f} ms  {(min(edits) - unchanged) * 1000:+.1f} ms")


def time_queries(folder: Path, index: Path) -> None:
    with Bank.open([Folder(str(folder))], str(index)) as bank:
        ids = bank.ids()
        half = ids[::2]
        wanted = question_id(0, 7)
        calls: dict[str, Callable[[], object]] = {
            "get one question": lambda: bank.question(wanted),
            "all ids": bank.ids,
            "first id, lazily": lambda: next(bank.iter_ids()),
            "all ids, lazily": lambda: list(bank.iter_ids()),
            f"select among {len(half):,} ids": lambda: bank.select(half),
            "select with a tag": lambda: bank.select(half, Filters(tags=("relu",))),
            "ids with a tag": lambda: bank.ids(Filters(tags=("relu",))),
            "ids of one topic": lambda: bank.ids(Filters(topics=("topic-000",))),
            "search of two words": lambda: bank.ids(Filters(search="softmax entropy")),
            "topics": bank.topics,
            "problems": lambda: bank.problems,
            "aliases": bank.aliases,
        }
        for name, call in calls.items():
            print(f"{name:24} {best(call) * 1000:7.2f} ms")


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def best(call: Callable[[], object], times: int = 5) -> float:
    return min(seconds(call) for _ in range(times))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
