"""Opens the banks, the review log and the settings together, as every command that studies needs them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizkit import backup
from quizkit.bank.folders import bank_folders
from quizkit.bank.library import Bank
from quizkit.clock import Clock, SystemClock
from quizkit.frozen import frozen
from quizkit.home import INDEX_FILE, home
from quizkit.settings import Settings, from_stored
from quizkit.store import Store


@frozen
class Desk:
    """All that a sitting needs."""

    home: Path
    bank: Bank
    store: Store
    settings: Settings
    clock: Clock


def say(message: str) -> None:
    """Tell the person something that is not the command's answer."""
    print(f"quizkit: {message}", file=sys.stderr)  # noqa: T201


def open_bank() -> Bank:
    """Open the banks; say once on stderr what is wrong with them."""
    folder = home()
    bank = Bank.open(bank_folders(folder, os.environ), str(Path(folder) / INDEX_FILE))
    if bank.problems:
        others = f" (and {len(bank.problems) - 1} more: quizkit bank check)" if bank.problems[1:] else ""
        say(f"{bank.problems[0]}{others}. The other questions can be studied.")
    return bank


@contextmanager
def opened(clock: Clock | None = None) -> Iterator[Desk]:
    """Open everything, bring the memory states up to date, and make the day's backup."""
    clock = clock or SystemClock()
    folder = Path(home())
    with Store.open(folder) as store, open_bank() as bank:
        settings = from_stored(store.settings())
        store.derive_all(settings.model(), bank.aliases(), _replaying)
        backup.daily(folder, store, clock.now())
        yield Desk(folder, bank, store, settings, clock)


def _replaying(done: int, total: int) -> None:
    if sys.stderr.isatty() and (done == total or done % 1000 < 2):
        end = "\n" if done == total else ""
        print(f"\rreplaying the review log: {done} of {total}", end=end, file=sys.stderr, flush=True)  # noqa: T201
