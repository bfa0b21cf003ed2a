"""Where cases come from: Hypothesis draws them from a seed, and what it drew can be kept.

What a strategy draws from a given seed does not depend on the candidate, so the cases of the default seed are drawn
once for each version of a challenge and of Hypothesis, kept in the cache folder, and read again.
"""

from __future__ import annotations

import gc
import hashlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from quizkit.challenges import vocabulary
from quizkit.challenges.vocabulary import Case, Challenge, Seed

DEFAULT_SEED = 0
_BATCH = 12
# cases in what Hypothesis calls one example: alone, each case takes three times as long
_BATCHES = 11
# the first two are the smallest case over and over, nine bring new ones; after them Hypothesis only varies what it has


def draw(challenge: Challenge, count: int, seed: int) -> list[Case]:
    """Return up to `count` different cases, the same for the same seed; fewer when the strategy has no more."""
    drawn: dict[str, Case] = {}
    run, before = 0, -1
    with _nothing_old_collected(), _blind_to_loaded_modules():
        while before < len(drawn) < count:
            before = len(drawn)
            drawn |= {repr(_plain(dict(case))): case for case in _run(challenge, f"{seed} {run}")}
            run += 1
    return list(drawn.values())[:count]


def _run(challenge: Challenge, seed: str) -> list[Case]:
    """Return what one short run of Hypothesis draws."""
    from hypothesis import HealthCheck, Phase, given, settings, strategies
    from hypothesis import seed as seeded

    cases: list[Case] = []

    @seeded(seed)
    @settings(
        max_examples=_BATCHES,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies.lists(challenge.draws(), min_size=_BATCH, max_size=_BATCH))
    def collect(batch: list[Case]) -> None:
        cases.extend(batch)

    collect()
    return cases


@contextmanager
def _nothing_old_collected() -> Iterator[None]:
    """Spare what was imported the collection of garbage that Hypothesis makes when it first draws."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def _blind_to_loaded_modules() -> Iterator[None]:
    """Keep Hypothesis from drawing constants of the user's own modules: which are loaded would decide what is drawn."""
    providers: Any = import_module("hypothesis.internal.conjecture.providers")
    if not hasattr(providers, "_get_local_constants"):
        # before 6.131 it did not look there
        yield
        return
    found, nothing = providers._get_local_constants, providers.Constants()
    providers._get_local_constants = lambda: nothing
    providers.CONSTANTS_CACHE.cache.clear()
    try:
        yield
    finally:
        providers._get_local_constants = found
        providers.CONSTANTS_CACHE.cache.clear()


def draw_kept(challenge: Challenge, count: int, folder: Path | None) -> list[Case]:
    """Return the cases of the default seed, from `folder` when they are there; keep them there otherwise."""
    if folder is None:
        return draw(challenge, count, DEFAULT_SEED)
    path = folder / f"{challenge.name}-{_fingerprint(challenge, count)}.json"
    try:
        return [_live(entry) for entry in json.loads(path.read_text("utf-8"))]
    except (OSError, ValueError, KeyError, TypeError):
        cases = draw(challenge, count, DEFAULT_SEED)
        _keep(path, cases)
        return cases


def _keep(path: Path, cases: list[Case]) -> None:
    """Write the cases beside what is there, whole or not at all; a cache that cannot be written is done without."""
    text = json.dumps([_plain(dict(case)) for case in cases])
    whole = path.with_suffix(f".{hashlib.sha256(text.encode()).hexdigest()[:8]}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for older in path.parent.glob(f"{path.name.split('-')[0]}-*.json"):
            older.unlink(missing_ok=True)
        whole.write_text(text, "utf-8")
        whole.replace(path)
    except OSError:
        with suppress(OSError):
            whole.unlink()


def _fingerprint(challenge: Challenge, count: int) -> str:
    """Return what changes whenever other cases would be drawn."""
    module = sys.modules[challenge.reference.__module__].__file__
    sources = [module, __file__, vocabulary.__file__, str(Path(vocabulary.__file__).with_name("strategies.py"))]
    parts = [Path(source).read_bytes() for source in sources if source]
    parts.append(f"{challenge.name} {count} {DEFAULT_SEED} {_installed('hypothesis')} {np.__version__}".encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _installed(package: str) -> str:
    """Return what is another text for another version of a package, which is not imported.

    `importlib.metadata` knows the version itself, and takes a tenth of a judgement to import.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return ""
    beside = Path(spec.origin).parents[1].glob(f"{package}-*.dist-info")
    return " ".join([f"{Path(spec.origin).stat().st_mtime_ns}", *sorted(path.name for path in beside)])


def _plain(value: Any) -> Any:
    """Return a value as JSON: floats keep every bit, arrays their type and shape."""
    if isinstance(value, np.ndarray):
        return {"array": [value.dtype.str, list(value.shape), value.ravel().tolist()]}
    if isinstance(value, np.generic):
        return {"array": [value.dtype.str, None, value.item()]}
    if isinstance(value, Seed):
        return {"seed": value.seed}
    if isinstance(value, tuple):
        return {"tuple": [_plain(entry) for entry in value]}
    if isinstance(value, dict):
        return {"dict": {name: _plain(entry) for name, entry in value.items()}}
    return value


def _live(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, content),) = value.items()
    if kind == "array":
        dtype, shape, numbers = content
        array = np.array(numbers, dtype=dtype)
        return array[()] if shape is None else array.reshape(shape)
    if kind == "seed":
        return Seed(content)
    if kind == "tuple":
        return tuple(_live(entry) for entry in content)
    return {name: _live(entry) for name, entry in content.items()}
