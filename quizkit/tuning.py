"""Adopts parameters of the memory model that were fitted to one's own log, where they predict it best."""

from __future__ import annotations

from quizkit.memory.optimise import Declined, Fit, Trial, numbered, trial
from quizkit.opening import Desk
from quizkit.settings import from_stored, show_parameters


def tune(desk: Desk, fit: Fit) -> Trial | Declined:
    """Try parameters that `fit` finds, and where they help, adopt them: all states are replayed with them."""
    outcome = trial(numbered(desk.store.answers()), fit, desk.settings.model())
    if isinstance(outcome, Trial) and outcome.helps:
        _adopt(desk, show_parameters(outcome.parameters))
    return outcome


def forget(desk: Desk) -> None:
    """Go back to the default parameters, in all states, too."""
    _adopt(desk, None)


def _adopt(desk: Desk, parameters: str | None) -> None:
    desk.store.set("parameters", parameters)
    desk.store.derive_all(from_stored(desk.store.settings()).model(), desk.bank.aliases())
