"""Judges whole folders of candidates and says where a verdict is not what the file's header says.

python -m quizkit.judge.bench [--verbose] [NAME...]
"""

from __future__ import annotations

import os
import re
import sys
import time
from functools import cache
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from quizkit.judge.engine import Settings, judge
from quizkit.judge.process import Keeper
from quizkit.judge.verdict import Verdict

FOLDER = Path(__file__).parents[2] / "tests" / "candidates"


def header(path: Path) -> str:
    """Return the property that the second line of a candidate's file names."""
    found = re.search(r"^# (?:breaks|remarks): (.+)$", path.read_text("utf-8", "replace"), re.MULTILINE)
    return found.group(1).strip() if found else ""


def complaint(path: Path, verdict: Verdict) -> str:
    """Return what is wrong with a verdict, "" when it is what the file's name and header say."""
    kind, named = path.name.split("_")[0], header(path)
    failed = [finding.name for finding in verdict.findings if finding.failed]
    if kind == "wrong":
        if verdict.accepted or str(verdict.outcome) == "unusable":
            return f"{verdict.outcome} {verdict.message}"
        if not verdict.faults and verdict.findings:
            return "rejected without a fault shown"
        return "" if named in failed else f"rejected for {failed}, not for {named!r}"
    if not verdict.accepted:
        return f"{verdict.outcome} {verdict.message} {[(f.name, f.message, f.counterexample) for f in verdict.faults]}"
    return "" if kind == "right" or named in failed else f"accepted, but remarked {failed}, not {named!r}"


def one(path: Path) -> tuple[Path, Verdict]:
    """Judge one file."""
    return path, judge(path.parent.name, path, Settings(cache=Path("/tmp/quizkit-draws")), keeper=_keeper())


@cache
def _keeper() -> Keeper:
    return Keeper.start()


def told(verdict: Verdict) -> str:
    """Return a verdict in lines, for reading."""
    lines = [f"   {verdict.outcome} {verdict.message} {verdict.seconds:.2f} s, {verdict.examples} cases"]
    for f in verdict.findings:
        if f.is_root:
            lines.append(f"   ✗ {f.tier} {f.name} [{f.status}] {f.message} | {f.warning} line {f.line}")
            lines += [f"       {name} = {value}" for name, value in (f.counterexample or {}).items()]
            lines += [f"       yours {f.got}", f"       expected {f.expected}", f"       hint: {f.hint}"]
        elif f.failed:
            lines.append(f"   · {f.name} because of {f.because_of}")
    return "\n".join(lines)


def main() -> int:
    """Judge the folders named, all without names; exit 1 when a verdict is not as it should be."""
    verbose = "--verbose" in sys.argv
    names = [name for name in sys.argv[1:] if name != "--verbose"]
    paths = sorted(path for name in names or sorted(os.listdir(FOLDER)) for path in (FOLDER / name).glob("*_*.py"))
    started, bad = time.monotonic(), 0
    with ProcessPoolExecutor(3) as pool:
        for path, verdict in pool.map(one, paths):
            said = complaint(path, verdict)
            bad += bool(said)
            if said or verbose:
                print(f"{'BAD' if said else 'ok '} {path.parent.name}/{path.name}: {said}\n{told(verdict)}")
    print(f"{len(paths)} files, {bad} not as they should be, {time.monotonic() - started:.1f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
