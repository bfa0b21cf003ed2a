"""The files in tests/candidates: what each says of itself, and whether its verdict says the same.

    python tests/judge/corpus.py [--verbose] [NAME...]

judges the folders named, all of them without names; exit 1 when a verdict is not as it should be.
"""

import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from time import monotonic

from quizkit.challenges import NAMES
from quizkit.judge.engine import judge
from quizkit.judge.process import Keeper
from quizkit.judge.settings import Settings
from quizkit.judge.verdict import Outcome, Verdict

FOLDER = Path(__file__).parents[1] / "candidates"
KINDS = {"wrong": "wrong rejected", "right": "right accepted", "remark": "remarks made"}
# a file's name begins with what it is


def files(name: str) -> list[Path]:
    """Return the candidates for one challenge."""
    return sorted((FOLDER / name).glob("*_*.py"))


def kind(path: Path) -> str:
    """Return "wrong", "right" or "remark"."""
    return path.name.partition("_")[0]


def header(path: Path) -> str:
    """Return the property that a candidate's second line names, "" for a right one."""
    found = re.search(r"^# (?:breaks|remarks): (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return found[1].strip() if found else ""


def complaint(path: Path, verdict: Verdict) -> str:
    """Return what is wrong with a verdict, "" when it is what the file says of itself."""
    named = header(path)
    failed = [finding.name for finding in verdict.findings if finding.failed]
    if kind(path) == "wrong":
        if verdict.outcome in (Outcome.ACCEPTED, Outcome.UNUSABLE):
            return f"{verdict.outcome} {verdict.message}".strip()
        return "" if named in failed else f"rejected for {failed}, not for {named!r}"
    if not verdict.accepted:
        return f"{verdict.outcome} {verdict.message}".strip()
    return "" if kind(path) == "right" or named in failed else f"remarked {failed}, not {named!r}"


def told(verdict: Verdict) -> str:
    """Return a verdict in lines, for reading."""
    lines = [f"   {verdict.outcome} {verdict.message} {verdict.seconds:.2f} s, {verdict.examples} cases"]
    for found in verdict.findings:
        if found.is_root:
            lines.append(f"   ✗ {found.tier} {found.name} [{found.status}] {found.message}")
            lines += [f"       {name} = {value}" for name, value in (found.counterexample or {}).items()]
            lines += [f"       yours {found.got}", f"       expected {found.expected}"]
            lines += [f"       {found.warning}, line {found.line}", f"       hint: {found.hint}"]
        elif found.failed:
            lines.append(f"   · {found.name} because of {found.because_of}")
    return "\n".join(lines)


def table(judged: Iterable[tuple[Path, str]]) -> list[str]:
    """Return one line a challenge and one for all: of each kind how many files have the verdict they should have."""
    counts: dict[str, dict[str, list[bool]]] = defaultdict(lambda: {kind: [] for kind in KINDS})
    for path, said in judged:
        counts[path.parent.name][kind(path)].append(not said)
        counts["in all"][kind(path)].append(not said)
    total = counts.pop("in all", {kind: [] for kind in KINDS})
    rows = {"": list(KINDS.values())}
    rows |= {
        name: [f"{sum(found)} of {len(found)}" for found in row.values()]
        for name, row in [*counts.items(), ("in all", total)]
    }
    return [f"{name:28}" + "".join(f"{cell:>16}" for cell in cells) for name, cells in rows.items()]


def _judged(path: Path, cache_folder: Path) -> tuple[Path, Verdict]:
    return path, judge(path.parent.name, path, Settings(cache=cache_folder), keeper=_keeper())


@cache
def _keeper() -> Keeper:
    return Keeper.start()


def main(arguments: list[str]) -> int:
    """Judge in parallel, show what is not as it should be, then the table."""
    verbose = "--verbose" in arguments
    names = [argument for argument in arguments if argument != "--verbose"] or NAMES
    paths = [path for name in names for path in files(name)]
    started, judged = monotonic(), []
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor() as pool:
        for path, verdict in pool.map(_judged, paths, [Path(folder)] * len(paths)):
            said = complaint(path, verdict)
            judged.append((path, said))
            if said or verbose:
                print(f"{'BAD' if said else 'ok '} {path.parent.name}/{path.name}: {said}\n{told(verdict)}")
    bad = sum(bool(said) for _, said in judged)
    print(*table(judged), sep="\n")
    print(f"{len(judged)} files, {bad} not as they should be, {monotonic() - started:.1f} s")
    return 1 if bad or not judged else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
