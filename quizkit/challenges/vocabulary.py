"""The words in which a coding challenge is declared: case, property, claim, tolerance, challenge.

A challenge is read from top to bottom: the reference, whose docstring is the prompt; how cases are drawn; the hard
cases that are known; the properties with the hint a learner sees. Shape, agreement, stability, arguments, integers,
manners and errors are judged for every challenge without being declared.

Nothing here imports Hypothesis: strategies are built inside `draws`, which is called only when something must be drawn.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from quizkit.frozen import frozen

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Array = NDArray[Any]
Floats = NDArray[np.float64]
Case = Mapping[str, Any]
# one situation to judge in: arguments of the reference by name, and whatever else properties need


class Tier(StrEnum):
    """What a property decides."""

    REQUIRED = "required"
    POLISH = "polish"
    # an interviewer would ask about it; never rejects


@frozen
class Seed:
    """Stands in a case for a `numpy.random.Generator`: whoever is called gets a new one with this seed."""

    seed: int


@frozen
class Tolerance:
    """How far a value may be from the expected one: absolute + relative * |expected|."""

    absolute: float = 1e-12
    relative: float = 1e-9


BASE = Tolerance()
LARGE = Tolerance(1e-9, 1e-7)
# where an argument is beyond 30 in size
SINGLE = Tolerance(1e-6, 1e-5)
HALF = Tolerance(1e-3, 1e-2)
DIFFERENCES = Tolerance(1e-8, 1e-6)
# against central differences with h = 1e-6


class Broken(Exception):
    """A property does not hold: what came back, what was expected, and in words why that is wrong."""

    def __init__(self, message: str, got: object = None, expected: object = None) -> None:
        super().__init__(message)
        self.message, self.got, self.expected = message, got, expected


@frozen
class Range:
    """What was expected where more than one value is right."""

    low: Any
    high: Any


class Candidate(Protocol):
    """The candidate's function as a property sees it.

    Calling it returns what the candidate returned. What the candidate raises ends the property as crashed, so that a
    property never sees it. `many` makes several calls at once, which is faster: each is a tuple of arguments.
    """

    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...  # noqa: D102

    def many(self, calls: Sequence[tuple[Any, ...]], **kwargs: Any) -> list[Any]: ...  # noqa: D102


@frozen
class Property:
    """One thing that is true of every right answer."""

    name: str
    hint: str
    # leads on without giving the answer away
    check: Callable[..., None]
    # takes the candidate, then fields of the case by name (those with a default may be missing); raises Broken
    tier: Tier = Tier.REQUIRED

    @property
    def statement(self) -> str:
        """What is true, in a sentence: the docstring of the check."""
        return inspect.cleandoc(self.check.__doc__ or self.name)

    def arguments(self, case: Case) -> dict[str, Any] | None:
        """Return what `check` takes from `case`, or None when the case lacks something."""
        wanted = _fields(self.check)
        if any(name not in case for name, needed in wanted.items() if needed):
            return None
        return {name: case[name] for name in wanted if name in case}

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of a case that `check` looks at."""
        return tuple(_fields(self.check))


@cache
def _fields(check: Callable[..., None]) -> Mapping[str, bool]:
    """Return the fields that a check takes after the candidate, and whether it needs each."""
    parameters = list(inspect.signature(check).parameters.values())[1:]
    return {parameter.name: parameter.default is parameter.empty for parameter in parameters}


def prop(name: str, hint: str, tier: Tier = Tier.REQUIRED) -> Callable[[Callable[..., None]], Property]:
    """Declare the function below as a property called `name`."""
    return lambda check: Property(name, hint, check, tier)


@frozen
class Refusal:
    """An input for which the prompt asks for an error."""

    case: Case
    raises: type[Exception]
    # this class or one below it
    because: str
    # "T must be positive"


@frozen
class Special:
    """A value that the polish tier asks about."""

    case: Case
    expected: Any
    tolerance: Tolerance = Tolerance(0.0, 1e-9)


@frozen
class FollowUp:
    """What an interviewer asks once the code is right."""

    question: str
    answer: str


@dataclass(frozen=True)
class Challenge:
    """A function to write, and everything that is needed to judge it."""

    reference: Callable[..., Any]
    # its docstring is the prompt
    title: str
    difficulty: str
    # easy | medium | hard
    minutes: int
    draws: Callable[[], SearchStrategy[Case]]
    hard: Sequence[Case]
    # small before large, so that the first one to fail is already easy to read
    properties: Sequence[Property]
    hints: Sequence[str]
    # general ones, each saying a little more
    follow_ups: Sequence[FollowUp]
    refusals: Sequence[Refusal] = ()
    specials: Sequence[Special] = ()
    # infinities and NaN
    tails: Sequence[Special] = ()
    # points where a careless formula loses all its digits
    between: Callable[..., tuple[Array, Array]] | None = None
    # at kinks: the lowest and the highest right value, for the arguments of the reference
    tolerance: Tolerance = BASE
    large: Tolerance = LARGE
    agrees: bool = True
    # False: the reference is one right answer of many (random numbers), so values are left to the properties
    derivative: bool = False
    # a result for integers must be floating, too
    keeps_arguments: bool = False
    # the result may hold the arguments themselves, as a cache for the backward pass does
    more_keys: bool = False
    # a dict in the result may have keys beyond the reference's
    mend: Callable[[dict[str, Any]], dict[str, Any] | None] = lambda case: case
    # brings a case that was made smaller back into the domain; None: cannot be
    integers: Callable[[Case], Case | None] | None = None
    # the case with integers for floats; None: by rounding every float array. Return None where that makes no sense
    keywords: Sequence[str] = ()
    # parameters without a default that must also work by keyword
    hints_for: Mapping[str, str] = field(default_factory=dict)
    # hints for what is judged in every challenge, by its name: "agrees with the reference", "arguments", ...
    names_for: Mapping[str, str] = field(default_factory=dict)
    # other names for the same: {"stable for large input": "stable for large logits"}
    allowed: Sequence[str] = ()
    # packages that a candidate may import besides NumPy and the standard library
    topic: str = "activations"

    @cached_property
    def name(self) -> str:
        """The function's name, which is the challenge's."""
        return self.reference.__name__

    @cached_property
    def prompt(self) -> str:
        """What the candidate is asked: the reference's docstring."""
        return inspect.cleandoc(self.reference.__doc__ or "")

    @cached_property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """The parameters of the reference, in order."""
        return inspect.signature(self.reference).parameters

    @cached_property
    def _required(self) -> tuple[str, ...]:
        return tuple(name for name, p in self.parameters.items() if p.default is p.empty)

    def positional(self, case: Case) -> tuple[Any, ...]:
        """Return the arguments of `case` that the reference takes without a default, in order."""
        return tuple([case[name] for name in self._required])

    def optional(self, case: Case) -> dict[str, Any]:
        """Return the arguments of `case` for which the reference has a default."""
        return {name: case[name] for name in self.parameters if name in case and name not in self._required}

    def expected(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the reference gives, with a new generator for each `Seed`."""
        return self.reference(
            *(alive(value) for value in args), **{name: alive(value) for name, value in kwargs.items()}
        )


def alive(value: Any) -> Any:
    """Return the generator for a `Seed`, anything else as it is."""
    return np.random.default_rng(value.seed) if isinstance(value, Seed) else value


# -- what a property says ---------------------------------------------------------------------------------------------


def close(got: Any, expected: Any, message: str = "", tolerance: Tolerance = BASE) -> None:
    """Break the property unless `got` is as near to `expected` as `tolerance` allows, with the same shape."""
    if isinstance(expected, dict):
        return _same_entries(got, expected, message, tolerance)
    if isinstance(expected, tuple):
        return _same_members(got, expected, message, tolerance)
    return between(got, expected, expected, message, tolerance)


def between(got: Any, low: Any, high: Any, message: str = "", tolerance: Tolerance = BASE) -> None:
    """Break the property unless `low` <= `got` <= `high`, each give or take `tolerance`, with the same shape.

    Infinities meet here: whoever runs properties keeps NumPy from warning of them.
    """
    values, lowest, highest = numbers(got), np.asarray(low), np.asarray(high)
    if values.shape != lowest.shape:
        raise Broken(message or f"shape {values.shape} where {lowest.shape} was expected", got, _shown(low, high))
    below = _slack(lowest, tolerance)
    above = below if high is low else _slack(highest, tolerance)
    fits = (values >= lowest - below) & (values <= highest + above)
    if fits.all():
        return
    fits |= (values == lowest) | (np.isnan(values) & np.isnan(lowest))
    if not fits.all():
        raise Broken(message, got, _shown(low, high))


def holds(condition: Any, message: str, got: object = None, expected: object = None) -> None:
    """Break the property unless every entry of `condition` is true."""
    if not np.all(condition):
        raise Broken(message, got, expected)


_NUMERIC = (np.ndarray, np.generic, int, float)


def numbers(got: Any) -> Array:
    """Return a candidate's result as an array of numbers, or break the property when it is none."""
    if isinstance(got, _NUMERIC):
        return np.asarray(got)
    raise Broken(f"returned {describe(got)}, not numbers", got)


def describe(value: Any) -> str:
    """Return "a list", "an array of shape (2, 3)": what a value is, in words."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    kind = getattr(value, "kind", None) or type(value).__name__
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def central_difference(f: Candidate, x: Array, *args: Any, step: float = 1e-6, **kwargs: Any) -> Array:
    """Return (f(x + step) - f(x - step)) / (2 step), entry by entry, for a function that works entry by entry."""
    above, below = f.many([(x + step, *args), (x - step, *args)], **kwargs)
    return (numbers(above) - numbers(below)) / ((x + step) - (x - step))


def _same_entries(got: Any, expected: Mapping[str, Any], message: str, tolerance: Tolerance) -> None:
    if not isinstance(got, dict):
        raise Broken(f"returned {describe(got)} where a dict was expected", got)
    for key, value in expected.items():
        if key not in got:
            raise Broken(f"has no entry {key!r}", sorted(map(str, got)), sorted(expected))
        try:
            close(got[key], value, message, tolerance)
        except Broken as broken:
            raise Broken(f"{key}: {broken.message}" if broken.message else key, broken.got, broken.expected) from None


def _same_members(got: Any, expected: tuple[Any, ...], message: str, tolerance: Tolerance) -> None:
    if not isinstance(got, tuple) or len(got) != len(expected):
        raise Broken(f"returned {describe(got)} where {len(expected)} results were expected", got)
    for member, value in zip(got, expected, strict=True):
        close(member, value, message, tolerance)


def _slack(value: Array, tolerance: Tolerance) -> Array:
    # inf for infinite bounds: bound and slack then cancel to nan, nothing fits, and only equality is left
    slack: Array = tolerance.absolute + tolerance.relative * np.abs(value)
    return slack


def _shown(low: Any, high: Any) -> object:
    return low if low is high or np.array_equal(low, high) else Range(low, high)
