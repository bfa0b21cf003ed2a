"""Takes pictures of an interview from a real one: python docs/take_interview_pictures.py FOLDER [COLUMNS [THEME]].

Plays an interview in a home of its own, with a clock that is moved by hand, and saves what the screen shows as SVG.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.pilot import Pilot

from quizkit.memory.log import Moment

if TYPE_CHECKING:
    from quizkit.faces.tui.interview import InterviewApp

SEED = 5
ROWS = 24
BESIDE = 104
# columns at which the own answer has the model answer beside it
ANSWER = (
    "The chain rule, from the last layer to the first:\neach layer multiplies the upstream gradient by its own slope."
)
WRONG = """import numpy as np


def accuracy(a2, y):
    return float(np.mean((a2 >= 0.5) == y))
"""


@dataclass
class MovedClock:
    """A clock that stands still until it is moved."""

    seconds: int = 0

    def now(self) -> Moment:
        """Return the present instant."""
        return Moment(1_795_000_000_000 + 1000 * self.seconds, 0, 1000 * self.seconds)


async def _play(folder: Path, columns: int, theme: str) -> None:
    from quizkit.bank.filters import Filters
    from quizkit.faces.tui.interview import InterviewApp
    from quizkit.faces.tui.notes import Notes
    from quizkit.interviewer import Interviewer
    from quizkit.interviews import Room
    from quizkit.opening import opened
    from quizkit.planning import Wish, planned
    from quizkit.settings import Settings
    from quizkit.workshop import Workshop

    clock = MovedClock()
    os.environ["QUIZKIT_HOME"] = tempfile.mkdtemp()
    with opened(clock) as desk, Workshop(desk.home) as workshop:
        room = Room(desk.home, desk.bank, desk.store, desk.settings, clock, workshop)
        interviewer = Interviewer.begun(room, planned(room, Wish(Filters(("activations",)), 20, seed=SEED)))
        app = InterviewApp(interviewer, Settings(theme=theme))

        async with app.run_test(size=(columns, ROWS)) as pilot:

            async def wait(seconds: int) -> None:
                for _ in range(seconds // 10):
                    clock.seconds += 10
                    await app._second()

            async def picture(name: str) -> None:
                await pilot.pause(0.3)
                text = app.export_screenshot(title="quizkit").replace(str(desk.home), "~/.local/share/quizkit")
                (folder / f"{name}.svg").write_text(text, encoding="utf-8")

            app.query_one(Notes).insert(ANSWER)
            await wait(20)
            await picture("interview-question")
            await wait(60)
            await picture("interview-overtime")
            await _to_code(pilot, app, wait)
            Path(interviewer.path()).write_text(WRONG, "utf-8")
            await pilot.press("ctrl+t")
            await _until(pilot, lambda: bool(app.shown.coding and app.shown.coding.remark))
            await picture("interview-code")
            await wait(60)
            await pilot.press("ctrl+f")
            await pilot.resize_terminal(max(columns, BESIDE), ROWS)
            await pilot.pause(0.5)
            await picture("interview-debrief")
            await pilot.resize_terminal(columns, ROWS)
            while app.shown.debrief:
                debrief, number = app.shown.debrief, app.shown.number
                if app.shown.coding:
                    await _until(pilot, lambda: not (app.shown.debrief and app.shown.debrief.waits_for_judge))
                    await picture("interview-verdict")
                for line in debrief.points[: number % 3 + 1]:
                    await pilot.press(str(line.number))
                await pilot.press("enter")
                await pilot.pause(0.3)
            await picture("interview-scorecard")


async def _to_code(pilot: Pilot[int], app: InterviewApp, wait: Callable[[int], Awaitable[None]]) -> None:
    while not app.shown.coding:
        await pilot.press("ctrl+g")
        await pilot.pause(0.3)
        await wait(60)


async def _until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    while not holds():
        await pilot.pause(0.2)
    await pilot.pause(0.5)


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    columns, theme = int(sys.argv[2]) if sys.argv[2:] else 80, sys.argv[3] if sys.argv[3:] else "dark"
    asyncio.run(_play(folder, columns, theme))


if __name__ == "__main__":
    main()
