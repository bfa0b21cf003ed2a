"""Tell a mutant from the reference, whatever the judge thinks of it: by a thousand inputs and a comparison of its own.

The inputs lie in the domain of the contract: a challenge's hard cases, fresh Hypothesis draws with other seeds than the
judge's, and for functions that work entry by entry dense grids with kinks, tiny numbers and both ends. Every input is
passed in every way that a contract allows: with and without optional arguments, by position and by keyword, as int64
and int32, strided, reversed, read-only. Values are compared within the tolerances of the contract; arguments must stay
as they are, and a result may share memory neither with them nor with the result before. For random initialisers the
distribution is measured instead.

Mutants run in a process of their own with limited processor time and memory. Nothing here uses the judge's checks. Not
for Windows.
"""

from __future__ import annotations

import itertools
import math
import os
import resource
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from quizkit.challenges.library import find
from quizkit.challenges.vocabulary import Array, Case, Challenge, Tolerance, alive
from quizkit.judge.draws import draw

SEEDS = (101, 102, 103)
DRAWS = 250
# for each seed
PROCESSOR_S = 10
MEMORY_BYTES = 2 << 30
MODERATE = 30.0
# entries beyond this size have the tolerance for large input

Function = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A call, and what is right for it."""

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    low: Any
    high: Any
    # any value between the two is right; the same but at kinks
    tolerance: Tolerance
    floating: bool
    # whether the result must be


def difference(name: str, source: str) -> str:
    """Say where a file's function `name` differs from the reference of that challenge, "" where no difference is found.

    The file's code runs in a child process.
    """
    search = _search(name)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _search_and_exit(search, name, source, reading, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    status = os.waitpid(child, 0)[1]
    return said if status == 0 else f"the process ended with status {status}"


def _search_and_exit(search: Callable[[Function], str], name: str, source: str, reading: int, writing: int) -> None:
    code = 1
    try:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        with np.errstate(all="ignore"):
            found = _difference_or_error(search, name, source)
        os.write(writing, found.encode("utf-8", "replace")[:2000])
        code = 0
    finally:
        os._exit(code)


def _difference_or_error(search: Callable[[Function], str], name: str, source: str) -> str:
    module = ModuleType("candidate")
    sys.modules["candidate"] = module
    try:
        exec(compile(source, "candidate.py", "exec"), module.__dict__)
        return search(getattr(module, name))
    except BaseException as error:  # whatever a mutant raises while it loads
        return f"does not load: {error!r}"


@cache
def _search(name: str) -> Callable[[Function], str]:
    challenge = find(name)
    if not challenge.agrees:
        return Distribution(name).difference
    return Values(challenge).difference


# -- values -----------------------------------------------------------------------------------------------------------


class Values:
    """What is right for one challenge, worked out once for all its mutants."""

    def __init__(self, challenge: Challenge) -> None:
        self._challenge = challenge
        cases = [*challenge.hard, *(case for seed in SEEDS for case in draw(challenge, DRAWS, seed))]
        cases += [*_grid_cases(challenge, cases), *MORE_CASES.get(challenge.name, _none)(cases)]
        with np.errstate(all="ignore"):
            self._questions = [question for case in cases for question in self._asked(case)]

    def difference(self, function: Function) -> str:
        """Say where `function` is wrong, "" where nothing is found."""
        before: Any = None
        for question in (*self._questions, *self._questions[:60]):
            got, said = _answer(function, question, self._challenge.keeps_arguments, before)
            said = said or self._compare(got, question)
            if said:
                return f"{said} for {_shown(question)}"
            before = got
        return next(filter(None, (self._not_refused(function, case) for case in self._challenge.refusals)), "")

    def _not_refused(self, function: Function, refusal: Any) -> str:
        challenge = self._challenge
        try:
            function(*challenge.positional(refusal.case), **challenge.optional(refusal.case))
        except refusal.raises:
            return ""
        except Exception as error:  # whatever a mutant raises
            return f"raised {error!r}, not {refusal.raises.__name__}, for {refusal.case}"
        return f"{refusal.case} is not refused"

    # -- what is asked -------------------------------------------------------------------------------------------------

    def _asked(self, case: Case) -> Iterator[Question]:
        challenge = self._challenge
        args, named = challenge.positional(case), challenge.optional(case)
        # the cache of a forward pass with another alpha says nothing about a backward pass without
        plain = None if named and challenge.name == "backward" else self._question(args, {})
        if plain is not None:
            yield plain
            yield from self._by_keyword(plain)
        asked = self._question(args, named) if named else None
        if asked is not None:
            yield asked
            yield replace(asked, args=(*args, *self._in_order(named)), kwargs={})
        simplest = plain or asked
        if simplest is not None:
            yield from _laid_out_otherwise(simplest)
            yield from self._as_integers(case, simplest.kwargs)
        if challenge.name == "sgd_step":
            yield from self._with_integer_parameters(case)

    def _question(self, args: tuple[Any, ...], named: Mapping[str, Any]) -> Question | None:
        """Return the call with what is right for it, None where the reference does not take these arguments."""
        challenge = self._challenge
        try:
            low, high = self._right(*args, **named)
        except (ValueError, IndexError, TypeError):
            return None
        tolerance = challenge.tolerance if max(map(_reach, args)) <= MODERATE else challenge.large
        return Question(args, named, low, high, tolerance, floating=True)

    def _right(self, *args: Any, **named: Any) -> tuple[Any, Any]:
        challenge = self._challenge
        if challenge.between is not None:
            return challenge.between(*args, **named)
        if challenge.name == "backward" and len(args[2]) == 1:
            return _gradients_at_kinks(*args, **named)
        expected = challenge.expected(*args, **named)
        return expected, expected

    def _by_keyword(self, plain: Question) -> Iterator[Question]:
        names = [name for name, p in self._challenge.parameters.items() if p.default is p.empty]
        named = {name: arg for name, arg in zip(names, plain.args, strict=True) if name in self._challenge.keywords}
        if named:
            yield replace(plain, args=plain.args[: len(plain.args) - len(named)], kwargs=named)

    def _in_order(self, named: Mapping[str, Any]) -> list[Any]:
        optional = [p for p in self._challenge.parameters.values() if p.default is not p.empty]
        last = max(index for index, parameter in enumerate(optional) if parameter.name in named)
        return [named.get(parameter.name, parameter.default) for parameter in optional[: last + 1]]

    def _as_integers(self, case: Case, named: Mapping[str, Any]) -> Iterator[Question]:
        challenge = self._challenge
        whole: Case | None = {name: _rounded(value) for name, value in case.items()}
        if challenge.integers is not None:
            whole = challenge.integers(case)
        asked = self._question(challenge.positional(whole), named) if whole is not None else None
        if asked is None:
            return
        for dtype in (np.int64, np.int32):
            args = tuple(_as_type(value, dtype) for value in asked.args)
            yield replace(asked, args=args, floating=challenge.derivative)

    def _with_integer_parameters(self, case: Case) -> Iterator[Question]:
        """Yield a step of gradient descent from parameters in integer arrays, which only that prompt allows."""
        floats = {name: np.round(array) for name, array in case["params"].items()}
        asked = self._question((floats, case["grads"], case["lr"]), {})
        assert asked is not None
        whole = {name: array.astype(np.int64) for name, array in floats.items()}
        yield replace(asked, args=(whole, *asked.args[1:]))

    # -- comparing -----------------------------------------------------------------------------------------------------

    def _compare(self, got: Any, question: Question) -> str:
        return self._parts(got, question.low, question.high, question)

    def _parts(self, got: Any, low: Any, high: Any, question: Question) -> str:
        if isinstance(low, tuple):
            if not isinstance(got, tuple) or len(got) != len(low):
                return f"{type(got).__name__} instead of a tuple of {len(low)}"
            return next(filter(None, (self._parts(*part, question) for part in zip(got, low, high, strict=True))), "")
        if isinstance(low, dict):
            if not isinstance(got, dict) or low.keys() - got.keys():
                return "a result without the entries asked for"
            if got.keys() - low.keys() and not self._challenge.more_keys:
                return "more entries than asked for"
            return next(filter(None, (self._parts(got[key], low[key], high[key], question) for key in low)), "")
        return _misfit(got, low, high, question)


def _misfit(got: Any, low: Any, high: Any, question: Question) -> str:
    """Say how an array or a number misses what was asked for."""
    lowest, highest = np.asarray(low), np.asarray(high)
    if not isinstance(got, np.ndarray if lowest.ndim else np.ndarray | np.generic | int | float):
        return f"{type(got).__name__} instead of numbers"
    values = np.asarray(got)
    if values.shape != lowest.shape:
        return f"shape {values.shape} instead of {lowest.shape}"
    if values.dtype.kind not in ("f" if question.floating and lowest.dtype.kind == "f" else "fiu"):
        return f"type {values.dtype}"
    if isinstance(low, int) and values.dtype.kind not in "iu":
        return f"type {values.dtype} instead of a whole number"
    slack = [question.tolerance.absolute + question.tolerance.relative * np.abs(end) for end in (lowest, highest)]
    fits = (values >= lowest - slack[0]) & (values <= highest + slack[1])
    fits |= (values == lowest) | (np.isnan(values) & np.isnan(lowest))
    return "" if fits.all() else f"{values[~fits].ravel()[:3]} instead of {highest[~fits].ravel()[:3]}"


def _answer(function: Function, question: Question, keeps_arguments: bool, before: Any) -> tuple[Any, str]:
    """Return what the function gives, and what is wrong with its manners."""
    args, named = _fresh(question.args), _fresh(dict(question.kwargs))
    try:
        got = function(*map(alive, args), **{name: alive(value) for name, value in named.items()})
    except Exception as error:  # whatever a mutant raises
        return None, f"raised {error!r}"
    if not _identical((args, named), (question.args, dict(question.kwargs))):
        return got, "an argument was changed"
    others = [*_arrays(before), *([] if keeps_arguments else _arrays((args, named)))]
    if any(np.may_share_memory(result, other) for result in _arrays(got) for other in others):
        return got, "the result shares its memory"
    return got, ""


# -- inputs -----------------------------------------------------------------------------------------------------------


def _grid_cases(challenge: Challenge, cases: Sequence[Case]) -> list[Case]:
    """Return dense grids for a function of one array entry by entry, with every optional value that was drawn."""
    required = [name for name, p in challenge.parameters.items() if p.default is p.empty]
    if required not in (["x"], ["y"]):
        return []
    seen = {tuple(sorted(challenge.optional(case).items())) for case in cases}
    options = [dict(option) for option in sorted(seen, key=repr)][:60]
    return [{required[0]: grid, **option} for option in options for grid in _grids(required[0])]


def _grids(argument: str) -> list[Array]:
    if argument == "y":
        # outputs of sigmoid or tanh; only tanh's may be negative, and its derivative is even
        ends = 10.0 ** -np.arange(1.0, 17.0)
        return [np.linspace(0, 1, 1001), ends, 1 - ends]
    tiny = 10.0 ** -np.arange(1.0, 300.0, 7.0)
    moderate = np.concatenate([np.linspace(-30, 30, 1201), np.linspace(-2, 2, 401), tiny, -tiny, [0.0]])
    large = 10.0 ** np.linspace(np.log10(MODERATE), 4, 200)
    steps = np.arange(-1e4, 1e4 + 1, 125.0)
    return [moderate, np.concatenate([large, -large, steps])]


def _passes(cases: Sequence[Case]) -> Iterator[Case]:
    """Yield forward passes with a leaky ReLU, and such of one sample with a unit at exactly 0."""
    forward = find("forward").reference
    for case in cases[::3]:
        params, X = case["params"], case["cache"]["X"]  # noqa: N806
        for alpha in (0.01, 0.25, 1.0):
            a2, cache = forward(params, X, alpha)
            yield {**case, "cache": cache, "a2": a2, "alpha": alpha}
        at_zero = {**params, "W1": params["W1"] * (np.arange(len(params["b1"])) > 0), "b1": params["b1"].copy()}
        at_zero["b1"][0] = 0.0
        a2, cache = forward(at_zero, X[:1])
        yield {"params": at_zero, "cache": cache, "a2": a2, "y": case["y"][:1]}


def _gradients_at_kinks(params: Any, cache: Any, a2: Array, y: Array, alpha: float = 0.0) -> tuple[Any, Any]:
    """Return the ends of what is right for one sample: where z1 is 0, the slope of either side is."""
    backward = find("backward").reference
    left = backward(params, cache, a2, y, alpha)
    right = backward(params, {**cache, "z1": np.where(cache["z1"] == 0, 1.0, cache["z1"])}, a2, y, alpha)
    ends = [{key: end(left[key], right[key]) for key in left} for end in (np.minimum, np.maximum)]
    return ends[0], ends[1]


def _none(_: Sequence[Case]) -> Iterable[Case]:
    return ()


MORE_CASES: Mapping[str, Callable[[Sequence[Case]], Iterable[Case]]] = {"backward": _passes}


def _laid_out_otherwise(question: Question) -> Iterator[Question]:
    """Yield the same call with arrays that are strided, reversed in memory, in Fortran's order, and read-only."""
    for layout in (_strided, _reversed, np.asfortranarray, _read_only):
        yield replace(question, args=tuple(layout(a) if isinstance(a, np.ndarray) else a for a in question.args))


def _strided(array: Array) -> Array:
    return np.repeat(array, 2, axis=-1)[..., ::2] if array.ndim else array


def _reversed(array: Array) -> Array:
    return array[::-1].copy()[::-1] if array.ndim else array


def _read_only(array: Array) -> Array:
    fixed = array.copy()
    fixed.flags.writeable = False
    return fixed


def _fresh(value: Any) -> Any:
    """Return a copy with arrays that lie in memory as they did."""
    if isinstance(value, np.ndarray):
        if value.flags.c_contiguous and value.flags.writeable:
            return value.copy()
        if not value.flags.writeable:
            return _read_only(value)
        if value.ndim and value.strides[0] < 0:
            return _reversed(value)
        return _strided(value) if not value.flags.f_contiguous else value.copy(order="F")
    if isinstance(value, dict):
        return {name: _fresh(entry) for name, entry in value.items()}
    return tuple(map(_fresh, value)) if isinstance(value, tuple) else value


def _rounded(value: Any) -> Any:
    return np.round(value) if _is_float(value) else value


def _as_type(value: Any, dtype: type) -> Any:
    return value.astype(dtype) if _is_float(value) and np.all(value == np.round(value)) else value


def _is_float(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def _reach(value: Any) -> float:
    return max((float(np.max(np.abs(a), initial=0.0)) for a in _arrays(value) if a.dtype.kind == "f"), default=0.0)


def _arrays(value: Any) -> Iterator[Array]:
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict | tuple):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _arrays(entry)


def _identical(one: Any, other: Any) -> bool:
    if isinstance(other, np.ndarray):
        return bool(one.dtype == other.dtype and one.shape == other.shape and np.array_equal(one, other))
    if isinstance(other, dict):
        return one.keys() == other.keys() and all(_identical(one[name], other[name]) for name in other)
    if isinstance(other, tuple):
        return all(itertools.starmap(_identical, zip(one, other, strict=True)))
    return True


def _shown(question: Question) -> str:
    shown = [*map(_short, question.args), *(f"{name}={_short(value)}" for name, value in question.kwargs.items())]
    return ", ".join(shown)


def _short(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= 200 else f"{text[:200]} ..."


# -- distributions ----------------------------------------------------------------------------------------------------

WEIGHTS = 80_000
# pooled over seeds until there are so many; five standard errors of their spread are 1.3 %
FEWER_WEIGHTS = 10_000
# of small layers, which need more calls
SHAPES = ((200, 400), (400, 200), (40, 2000), (2000, 40), (3, 3, 16, 64), (5, 1, 30, 8), (1, 1, 10, 100), (2, 3, 8, 25))
SMALL = ((1, 1), (2, 3), (30, 40), (1, 50), (50, 1))
SLOPES = (0.0, 0.2, 0.5, 1.0, 2.0, 3.0)
FARTHEST = 2.9
# Kolmogorov's statistic of a right answer is larger with probability 1e-7

SPREADS: Mapping[str, Callable[[int, int, float], float]] = {
    "he_init": lambda inputs, _, a: math.sqrt(2 / ((1 + a * a) * inputs)),
    "xavier_init": lambda inputs, outputs, _: math.sqrt(2 / (inputs + outputs)),
    "xavier_uniform": lambda inputs, outputs, _: math.sqrt(2 / (inputs + outputs)),
    "lecun_init": lambda inputs, *_: math.sqrt(1 / inputs),
}


@cache
def _normal_table() -> tuple[Array, Array]:
    points = np.linspace(-8, 8, 16_001)
    return points, np.array([0.5 * math.erfc(-point / math.sqrt(2)) for point in points.tolist()])


@dataclass(frozen=True)
class Distribution:
    """The law that the weights of a random initialiser follow."""

    name: str

    def difference(self, function: Function) -> str:
        """Say what is wrong with the weights, "" where nothing is found."""
        try:
            return next(filter(None, self._faults(function)), "")
        except Exception as error:  # whatever a mutant raises, or what its result does to arithmetic
            return f"raised {error!r}"

    def _faults(self, function: Function) -> Iterator[str]:
        for shape in (*SMALL, *SHAPES):
            yield self._fault(function, shape, ())
        if self.name == "he_init":
            yield from (self._fault(function, (64, 128), (a,)) for a in SLOPES)
            yield self._manners(function, (30, 40), a=2.0)
        yield from (self._manners(function, shape) for shape in (*SMALL, *SHAPES))

    def _fault(self, function: Function, shape: tuple[int, ...], slope: tuple[float, ...]) -> str:
        seeds = range(-(-(FEWER_WEIGHTS if shape in SMALL else WEIGHTS) // math.prod(shape)))
        drawn = [function(shape, np.random.default_rng(seed), *slope) for seed in seeds]
        if any(not isinstance(w, np.ndarray) or w.shape != shape or w.dtype.kind != "f" for w in drawn):
            return f"no float array of shape {shape}"
        inputs, outputs = math.prod(shape[:-1]), math.prod(shape[:-2]) * shape[-1]
        scaled = np.stack(drawn).astype(float) / SPREADS[self.name](inputs, outputs, *(slope or (0.0,)))
        return next((f"{said} for {shape} {slope}" for said in self._of_unit_variance(scaled)), "")

    def _of_unit_variance(self, weights: Array) -> Iterator[str]:
        """Say how numbers that should have mean 0 and variance 1 do not follow the law."""
        n = weights.size
        if abs(weights.mean()) > 5 / math.sqrt(n):
            yield f"mean {weights.mean():.3g}"
        if abs(weights.std() - 1) > 5 / math.sqrt(2 * n):
            yield f"{weights.std():.4f} of the standard deviation"
        share = (np.arange(n) + 0.5) / n
        if np.max(np.abs(self._cumulative(np.sort(weights, axis=None)) - share)) * math.sqrt(n) > FARTHEST:
            yield "another distribution"
        for axis in range(weights.ndim):
            if weights.shape[axis] > 1:
                pairs = weights * np.roll(weights, 1, axis)
                if abs(pairs.mean()) > 5 / math.sqrt(n):
                    yield "neighbours that depend on each other"

    def _cumulative(self, values: Array) -> Array:
        if self.name == "xavier_uniform":
            return np.clip(0.5 + values / math.sqrt(12), 0, 1)
        return np.interp(values, *_normal_table())

    def _manners(self, function: Function, shape: tuple[int, ...], **slope: float) -> str:
        before = repr(np.random.get_state())
        first, again = (function(shape, rng=np.random.default_rng(7), **slope) for _ in range(2))
        other = function(shape, np.random.default_rng(8), **slope)
        if not np.array_equal(first, again) or np.may_share_memory(first, again):
            return f"not the same weights for the same seed, {shape}"
        if math.prod(shape) > 5 and np.any(first == other) and len(np.unique(first == other)) == 1:
            return f"the same weights for another seed, {shape}"
        return "" if repr(np.random.get_state()) == before else "the global generator was used"
