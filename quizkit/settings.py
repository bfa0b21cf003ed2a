"""The settings a user can change, what each means, and what it accepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field

from quizkit.errors import UsageProblem, nearest
from quizkit.frozen import frozen, replace
from quizkit.memory.fsrs6 import Fsrs6

_UNITS = {"m": 1, "h": 60, "d": 24 * 60}
_STEP = re.compile(r"(\d+)([mhd])")
LONGEST_STEP = 24 * 60
BUILT_IN = "built-in"


@frozen
class Settings:
    """All settings, typed."""

    retention: float = 0.9
    # desired probability of recall when a card comes due
    new_per_day: int = 20
    learning_steps: tuple[int, ...] = (10,)
    # minutes
    relearning_steps: tuple[int, ...] = (10,)
    # minutes
    longest_interval: int = 3650
    # days
    leech_lapses: int = 8
    diagrams: str = "drawn"
    theme: str = "dark"
    parameters: tuple[float, ...] = ()
    # of the memory model; (): the default ones

    def model(self) -> Fsrs6:
        """Return the memory model that these settings describe."""
        steps = self.learning_steps, self.relearning_steps
        return Fsrs6(self.retention, *steps, self.longest_interval, self.parameters)


def _number(low: float, high: float) -> Callable[[str], float]:
    def parse(text: str) -> float:
        try:
            value = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise UsageProblem(f"expected a number from {low} to {high}, as in 0.9 or 90%, not {text!r}")
        return value

    return parse


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not low <= int(text[:9]) <= high:
            raise UsageProblem(f"expected a whole number from {low} to {high}, not {text!r}")
        return int(text)

    return parse


def _one_of(*words: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in words:
            raise UsageProblem(f"expected {' or '.join(words)}, not {text!r}")
        return text

    return parse


def parse_steps(text: str) -> tuple[int, ...]:
    """Read "1m 10m" or "none" as minutes; a step is at most a day, because longer ones are the schedule's work."""
    if text.strip() in ("none", ""):
        return ()
    steps = []
    for word in text.replace(",", " ").split():
        match = _STEP.fullmatch(word)
        minutes = int(match[1][:6]) * _UNITS[match[2]] if match else 0
        if not 0 < minutes <= LONGEST_STEP:
            raise UsageProblem(f"expected steps of at most a day, as in '1m 10m' or '2h', or 'none', not {word!r}")
        steps.append(minutes)
    return tuple(steps)


def parse_parameters(text: str) -> tuple[float, ...]:
    """Read "built-in", or the 21 parameters of FSRS-6 with spaces between them."""
    if text == BUILT_IN:
        return ()
    from fsrs import Scheduler  # 17 ms that only fitted parameters cost

    try:
        parameters = tuple(float(word) for word in text.split())
        Scheduler(parameters)
    except ValueError as problem:
        raise UsageProblem(f"expected {BUILT_IN!r} or FSRS-6's parameters w0 to w20: {problem}") from None
    return parameters


def show_parameters(parameters: tuple[float, ...]) -> str:
    """Return parameters as `parse_parameters` reads them."""
    return " ".join(map(str, parameters)) or BUILT_IN


def _show_steps(steps: tuple[int, ...]) -> str:
    return " ".join(f"{step}m" for step in steps) or "none"


@frozen
class Setting:
    """One row of `quizkit config`."""

    name: str
    meaning: str
    parse: Callable[[str], object]
    show: Callable[[object], str] = field(default=str)


SETTINGS = (
    Setting("retention", "how likely a card is recalled when it comes due: higher asks more often", _number(0.7, 0.99)),
    Setting("new_per_day", "new cards a day", _whole(0, 9999)),
    Setting("learning_steps", "waits before a new card's first long interval", parse_steps, _show_steps),  # type: ignore[arg-type]
    Setting("relearning_steps", "waits after a lapse", parse_steps, _show_steps),  # type: ignore[arg-type]
    Setting("longest_interval", "the longest interval, in days", _whole(1, 36500)),
    Setting("leech_lapses", "lapses after which a card is marked as a leech; 0: never", _whole(0, 999)),
    Setting(
        "theme", "the full screen's colours: dark, light, or the terminal's own", _one_of("dark", "light", "terminal")
    ),
    Setting("parameters", "the memory model's, fitted by quizkit optimize", parse_parameters, show_parameters),  # type: ignore[arg-type]
    Setting("diagrams", "flowcharts: drawn, or in words (for a screen reader)", _one_of("drawn", "words")),
)


def find(name: str) -> Setting:
    """Return the setting called `name`; dashes count as underscores.

    Raises:
        UsageProblem: no such setting; the message names the nearest.
    """
    wanted = name.replace("-", "_")
    for setting in SETTINGS:
        if setting.name == wanted:
            return setting
    names = [setting.name for setting in SETTINGS]
    raise UsageProblem(f"no setting is called {name!r}.{nearest(wanted, names)} See: quizkit config")


def parse(name: str, text: str) -> object:
    """Read `text` as a value of the setting `name`.

    Raises:
        UsageProblem: no such setting, or a value it does not accept.
    """
    setting = find(name)
    try:
        return setting.parse(text.strip())
    except UsageProblem as problem:
        raise UsageProblem(f"{setting.name}: {problem.message}") from None


def from_stored(stored: Mapping[str, str]) -> Settings:
    """Return the settings from what the store holds; names of other versions are left alone."""
    known = {setting.name for setting in SETTINGS}
    changes = {name: parse(name, text) for name, text in stored.items() if name in known}
    return replace(Settings(), **changes)  # type: ignore[arg-type]


def shown(settings: Settings, setting: Setting) -> str:
    """Return the value of one setting as `quizkit config NAME VALUE` would take it."""
    return setting.show(getattr(settings, setting.name))
