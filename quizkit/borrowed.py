"""A person's own functions as an activation of the lab: they are called in the judge's jail, twice for each layer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from quizkit.errors import MachineProblem, No, UsageProblem
from quizkit.judge.engine import read_source
from quizkit.judge.process import Ended, Keeper, Loaded, NotStartedError, Unusable, Worker
from quizkit.judge.wire import Call, Raised
from quizkit.lab.activations import Activation, Array

TIMEOUT_S = 10.0
# for loading the file, and for one call on all samples


@contextmanager
def borrowed(path: Path, name: str) -> Iterator[Activation]:
    """Give the activation that the functions `name` and `name`_grad of a file are; the jail ends with the context.

    Raises:
        UsageProblem: the file cannot be read or loaded, or one of the functions is not in it.
        MachineProblem: the jail does not start.
    """
    source = read_source(path)
    try:
        with Keeper.start() as keeper:
            worker = keeper.worker()
            _check(worker.load(source, path.name, TIMEOUT_S), path, name)
            yield Activation("mine", "yours", _caller(worker, name))
    except NotStartedError as error:
        raise MachineProblem(str(error)) from error


def _check(loaded: Loaded | Unusable | Ended, path: Path, name: str) -> None:
    if isinstance(loaded, Unusable):
        line = f":{loaded.line}" if loaded.line else ""
        raise UsageProblem(f"{path}{line}: {loaded.text}")
    if isinstance(loaded, Ended):
        raise UsageProblem(f"{path}: while it was loaded, its process {loaded.text}.")
    missing = [wanted for wanted in (name, f"{name}_grad") if wanted not in loaded.functions]
    if missing:
        raise UsageProblem(f"{path} has no function {missing[0]}. The lab needs {name} and {name}_grad in one file.")


def _caller(worker: Worker, name: str) -> Callable[[Array, Array | float], tuple[Array, Array]]:
    def both(z: Array, _alpha: Array | float) -> tuple[Array, Array]:
        """Ask for value and slope of one network's layer, (units, samples), in one frame."""
        calls = [Call(name, (z[0],)), Call(f"{name}_grad", (z[0],))]
        value, slope = (_checked(call.function, z[0], reply) for call, reply in _replies(worker, calls))
        return value[None], slope[None]

    return both


def _replies(worker: Worker, calls: list[Call]) -> Iterator[tuple[Call, Any]]:
    return zip(calls, worker.calls(calls, TIMEOUT_S), strict=False)


def _checked(name: str, z: Array, reply: Any) -> Array:
    """Return what came back as floats of the shape of `z`.

    Raises:
        No: it raised, ended, or gave something else.
    """
    if isinstance(reply, Ended):
        raise No(f"{name}: its process {reply.text}.")
    if isinstance(reply, Raised):
        line = f" in line {reply.line}" if reply.line else ""
        raise No(f"{name} raised {reply.kind}{line}: {reply.text}")
    value = reply.value
    if not isinstance(value, np.ndarray) or value.shape != z.shape or value.dtype.kind not in "fiub":
        got = f"an array of shape {value.shape} and type {value.dtype}" if isinstance(value, np.ndarray) else "no array"
        raise No(f"{name} was given floats of shape {z.shape} and returned {got}.")
    return value.astype(np.float64)
