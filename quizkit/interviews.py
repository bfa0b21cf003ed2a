"""The interviews that the log tells of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from quizkit.errors import UsageProblem
from quizkit.frozen import frozen
from quizkit.interview import engine
from quizkit.interview.engine import Interview
from quizkit.interview.record import Record, Stage, replay
from quizkit.interview.scorecard import Earlier, earlier
from quizkit.memory.log import Event

if TYPE_CHECKING:
    from quizkit.bank.library import Bank
    from quizkit.clock import Clock
    from quizkit.settings import Settings
    from quizkit.store import Store
    from quizkit.workshop import Workshop

ALIVE_MS = 3000
# after so long without a beat nobody plays an interview any more


@frozen
class Room:
    """What an interview takes place in."""

    home: Path
    bank: Bank
    store: Store
    settings: Settings
    clock: Clock
    workshop: Workshop


def records(store: Store) -> Iterator[Record]:
    """Yield every interview, oldest first."""
    sittings: dict[str, list[Event]] = {}
    for event in store.interview_events():
        sittings.setdefault(event.sitting, []).append(event)
    for events in sittings.values():
        yield replay(events)


def history(store: Store) -> list[Earlier]:
    """Return every interview, newest first."""
    return [earlier(record) for record in records(store)][::-1]


def unfinished(store: Store) -> Record | None:
    """Return the interview that is under way or was interrupted, if there is one."""
    open_ones = [record for record in records(store) if record.stage not in (Stage.FINISHED, Stage.ABANDONED)]
    return open_ones[-1] if open_ones else None


def is_played(room: Room, sitting: str, wait: Callable[[float], None]) -> bool:
    """Whether another process plays an interview: its clock beats. Where that is not plain, `wait` is given seconds."""
    beat = room.store.pulse(sitting)
    if beat is None or not 0 <= room.clock.now().at_ms - beat[0] < ALIVE_MS:
        return False
    wait(ALIVE_MS / 1000)
    return room.store.pulse(sitting) != beat


def found(store: Store, name: str) -> Record:
    """Return the interview whose id begins with `name`; "last" is the newest.

    Raises:
        UsageProblem: there is none, or there are several.
    """
    recorded = list(records(store))
    matching = recorded[-1:] if name == "last" else [r for r in recorded if r.plan.sitting.startswith(name)]
    if len(matching) != 1:
        reason = "Several interviews have ids that begin so" if matching else "There is no such interview"
        raise UsageProblem(f"{reason}: {name!r}. `quizkit interview --history` lists them.")
    return matching[0]


def abandon(room: Room, record: Record) -> None:
    """Close an interview that nobody goes on with."""
    events = tuple(room.store.interview_events(record.plan.sitting))
    interview = Interview(replay(events), {}, log=events)
    room.store.append_once(engine.abandoned(interview, room.clock.now()).log[len(events) :], room.settings.model())
    room.store.end_pulse(record.plan.sitting)
