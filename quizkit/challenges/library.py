"""Finds challenges by name: quizkit's own, those in the folders of `QUIZKIT_CHALLENGES`, and installed packs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from quizkit.challenges import MODULES, NAMES
from quizkit.errors import UsageProblem, nearest

if TYPE_CHECKING:
    from quizkit.challenges.vocabulary import Challenge

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

FOLDERS = "QUIZKIT_CHALLENGES"
GROUP = "quizkit.challenges"


def find(name: str) -> Challenge:
    """Return the challenge called `name`.

    Raises:
        UsageProblem: there is none, or the pack that should have it cannot be loaded.
    """
    for module, names in MODULES.items():
        if name in names.split():
            return _among(import_module(f"quizkit.challenges.{module}"))[name]
    found = _packs()
    if name not in found:
        known = [*NAMES, *found]
        raise UsageProblem(f"There is no challenge {name!r}.{nearest(name, known)} `quizkit challenge` lists them all.")
    return found[name]


def everything() -> list[Challenge]:
    """Return all challenges: quizkit's own in their order, then those of packs."""
    own = [_among(import_module(f"quizkit.challenges.{module}")) for module in MODULES]
    return [*(challenge for some in own for challenge in some.values()), *_packs().values()]


def names() -> tuple[str, ...]:
    """Return the names of all challenges; imports NumPy only where there are packs."""
    return (*NAMES, *_packs()) if _has_packs() else NAMES


def _among(module: ModuleType) -> dict[str, Challenge]:
    return {challenge.name: challenge for challenge in module.CHALLENGES}


def _has_packs() -> bool:
    return bool(os.environ.get(FOLDERS) or _installed())


@cache
def _packs() -> dict[str, Challenge]:
    from quizkit.challenges.vocabulary import Challenge

    found: dict[str, Challenge] = {}
    for where, module in _pack_modules():
        challenges = getattr(module, "CHALLENGES", None)
        if not isinstance(challenges, tuple | list) or not all(isinstance(c, Challenge) for c in challenges):
            raise UsageProblem(f"{where}: no CHALLENGES there. Put `CHALLENGES = (YOUR_CHALLENGE,)` at its end.")
        for challenge in challenges:
            if challenge.name in NAMES or challenge.name in found:
                raise UsageProblem(f"{where}: a challenge {challenge.name!r} exists already. Give it another name.")
            found[challenge.name] = challenge
    return found


def _pack_modules() -> Iterator[tuple[str, ModuleType]]:
    for folder in filter(None, os.environ.get(FOLDERS, "").split(os.pathsep)):
        if not Path(folder).is_dir():
            raise UsageProblem(f"{folder}: no such folder. {FOLDERS} is a list of folders with challenge modules.")
        for path in sorted(Path(folder).glob("*.py")):
            yield str(path), _module_at(path)
    for entry in _installed():
        try:
            yield entry.name, entry.load()
        except Exception as error:  # whatever the pack's own code raises
            raise UsageProblem(f"The challenge pack {entry.name!r} cannot be loaded: {error!r}") from error


@cache
def _installed() -> EntryPoints:
    """Return the entry points of installed packs."""
    from importlib.metadata import entry_points

    # imports the mail package: 12 ms that only a name unknown to quizkit has to pay
    return entry_points(group=GROUP)


def _module_at(path: Path) -> ModuleType:
    name = f"quizkit_pack_{path.stem}"
    spec = spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    # where `inspect` looks for the source of the solution
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # whatever the pack's own code raises
        line = _line_in(path, error)
        raise UsageProblem(f"{path}:{line}: {type(error).__name__}: {error}") from error
    return module


def _line_in(path: Path, error: BaseException) -> int:
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 1
    line, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
