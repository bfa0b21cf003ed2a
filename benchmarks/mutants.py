"""Measure how many machine-made mutants of right answers the judge of coding challenges rejects.

    python benchmarks/mutants.py [--all | --cap 150] [--seed 0] [--processes 3] [CHALLENGE...]

Mutants are made of each challenge's reference and of every right file in tests/candidates (mutation.py); a seeded
shuffle picks as many as `--cap` says, `--all` takes them all. An oracle that knows nothing of the judge's checks looks
for an input on which a mutant differs from the reference (oracle.py); where it finds none, the mutant counts as
equivalent. Then the judge sees every one of them, with the draws that are kept, as `quizkit challenge` does.

A line a challenge: mutants tried, equivalent ones, those that cannot run (a name is gone: any test would see it), how
many are rejected, and the share of all that differ. Below stand the survivors, each as a diff with the difference that
the oracle found, and what was refused although the oracle found nothing: a fault that only a law shows, or a right
answer refused. Not for Windows.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import inspect
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.mutation import mutants
from benchmarks.oracle import difference
from quizkit.challenges import NAMES
from quizkit.challenges.library import find
from quizkit.judge.engine import judge
from quizkit.judge.process import Keeper
from quizkit.judge.settings import Settings
from quizkit.judge.verdict import Outcome

CANDIDATES = Path(__file__).parent.parent / "tests" / "candidates"
WANTED = 0.99
HOPELESS = ("raised NameError", "raised AttributeError", "raised UnboundLocalError", "does not load")
TITLES = ("mutants", "equivalent", "cannot run", "rejected", "share")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed right answer."""

    challenge: str
    origin: str
    # "reference", or the name of a file
    original: str
    text: str

    @property
    def diff(self) -> str:
        lines = difflib.unified_diff(self.original.splitlines(), self.text.splitlines(), lineterm="", n=0)
        return "\n".join(f"      {line}" for line in lines if line[:3] not in ("---", "+++") and line[:2] != "@@")


@dataclass(frozen=True, slots=True)
class Tried:
    """What the oracle and the judge say of a mutant."""

    mutant: Mutant
    difference: str
    # "": equivalent, as far as the oracle sees
    outcome: str
    broken: tuple[str, ...]
    # the properties by which it is rejected

    @property
    def rejected(self) -> bool:
        return self.outcome != Outcome.ACCEPTED

    @property
    def hopeless(self) -> bool:
        return self.difference.startswith(HOPELESS)


@dataclass(frozen=True, slots=True)
class Tally:
    """The mutants of one challenge, or of all."""

    name: str
    tried: Sequence[Tried]

    @property
    def different(self) -> list[Tried]:
        return [one for one in self.tried if one.difference]

    @property
    def survivors(self) -> list[Tried]:
        return [one for one in self.different if not one.rejected]

    @property
    def refused(self) -> list[Tried]:
        return [one for one in self.tried if one.rejected and not one.difference]

    def line(self) -> str:
        different, rejected = len(self.different), len(self.different) - len(self.survivors)
        counts = [len(self.tried), len(self.tried) - different, sum(one.hopeless for one in self.different), rejected]
        share = rejected / max(different, 1)
        return f"{self.name:28}" + "".join(f"{count:12,}" for count in counts) + f"{100 * share:11.2f} %"


# -- sources ----------------------------------------------------------------------------------------------------------


def sources(name: str) -> dict[str, str]:
    """Return the right answers to a challenge, as text without comments."""
    files = {path.name: path.read_text("utf-8") for path in sorted((CANDIDATES / name).glob("right_*.py"))}
    return {origin: ast.unparse(ast.parse(text)) for origin, text in {"reference": solution(name), **files}.items()}


def solution(name: str) -> str:
    """Return the reference as a file of its own: with the imports and helpers that it needs, without annotations."""
    reference = find(name).reference
    tree = ast.parse(inspect.getsource(import_module(reference.__module__)))
    defined = {bound: statement for statement in tree.body for bound in _bound(statement)}
    wanted, needed = [reference.__name__], dict[str, ast.stmt]()
    while wanted:
        bound = wanted.pop()
        if bound in defined and bound not in needed:
            needed[bound] = _without_annotations(defined[bound])
            wanted += [node.id for node in ast.walk(needed[bound]) if isinstance(node, ast.Name)]
    kept = {id(defined[bound]): statement for bound, statement in needed.items()}
    return ast.unparse(ast.Module([kept[id(old)] for old in tree.body if id(old) in kept], []))


def _bound(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.FunctionDef(name=name):
            return [name]
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return [alias.asname or alias.name for alias in names]
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _without_annotations(statement: ast.stmt) -> ast.stmt:
    class Stripped(ast.NodeTransformer):
        def visit_arg(self, node: ast.arg) -> ast.arg:
            return ast.arg(node.arg)

        def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
            node.returns = None
            return self.generic_visit(node)

        def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
            return ast.Assign([node.target], node.value, lineno=0) if node.value is not None else ast.Pass()

    changed = Stripped().visit(ast.parse(ast.unparse(statement)).body[0])
    assert isinstance(changed, ast.stmt)
    return changed


def chosen(name: str, cap: int | None, seed: int) -> list[Mutant]:
    """Return the mutants of all right answers to a challenge, at most `cap` of them."""
    texts: dict[str, Mutant] = {}
    for origin, original in sources(name).items():
        for text in mutants(original):
            texts.setdefault(text, Mutant(name, origin, original, text))
    found = list(texts.values())
    if cap is not None:
        random.Random(seed).shuffle(found)
    return found[:cap]


# -- trying -----------------------------------------------------------------------------------------------------------


def tried(mutant: Mutant) -> Tried:
    """Ask the oracle and the judge about one mutant."""
    found = difference(mutant.challenge, mutant.text)
    path = _folder() / f"{mutant.challenge}.py"
    path.write_text(mutant.text, "utf-8")
    verdict = judge(mutant.challenge, path, Settings(cache=_draws()), keeper=_keeper())
    broken = tuple(finding.name for finding in verdict.faults)
    return Tried(mutant, found, str(verdict.outcome), broken)


@cache
def _keeper() -> Keeper:
    return Keeper.start()


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def _folder() -> Path:
    return Path(_place().name)


def _draws() -> Path:
    return _folder() / "draws"


def check_originals(name: str) -> list[str]:
    """Return what is wrong with the right answers themselves: the oracle and the judge must pass all of them."""
    said = []
    for origin, text in sources(name).items():
        one = tried(Mutant(name, origin, text, text))
        if one.difference or one.rejected:
            said.append(f"{name}, {origin}: {one.difference or 'no difference found'}; {one.outcome} {one.broken}")
    return said


def tallies(names: Sequence[str], cap: int | None, seed: int, processes: int) -> Iterator[Tally]:
    """Yield what became of the mutants of each challenge."""
    with ProcessPoolExecutor(processes) as pool:
        for said in pool.map(check_originals, names):
            print(*said, sep="\n", end="\n" * bool(said), flush=True)
        for name in names:
            yield Tally(name, list(pool.map(tried, chosen(name, cap, seed), chunksize=4)))


def told(one: Tried) -> str:
    """Return a survivor, or what was refused for no known reason, in lines."""
    why = f"differs: {one.difference}" if one.difference else f"{one.outcome} for {', '.join(one.broken)}"
    return f"   {one.mutant.challenge}, {one.mutant.origin}\n{one.mutant.diff}\n      {why}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=list(NAMES))
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--cap", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=3)
    args = parser.parse_args()
    started = time.monotonic()
    every: list[Tried] = []
    print(f"{'':28}" + "".join(f"{title:>12}" for title in TITLES))
    for tally in tallies(args.names, None if args.all else args.cap, args.seed, args.processes):
        print(tally.line(), flush=True)
        every += tally.tried
    total = Tally("all", every)
    rejected = 1 - len(total.survivors) / max(len(total.different), 1)
    print(total.line(), f"  wanted {WANTED:.0%}  {'holds' if rejected >= WANTED else 'MISSED'}")
    print(f"\n{len(total.survivors)} survivors", *map(told, total.survivors), sep="\n")
    print(f"\n{len(total.refused)} refused though no difference was found", *map(told, total.refused), sep="\n")
    print(f"\n{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
