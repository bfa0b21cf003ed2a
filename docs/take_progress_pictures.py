"""Takes pictures of a year's progress: python docs/take_progress_pictures.py FOLDER [COLUMNS [THEME]].

Somebody studies the packaged bank on most of 290 days, in a home of its own, with a clock that is moved by hand and a
memory that is drawn by chance; then what the full screen shows is saved as SVG, and what `quizkit stats` draws as both.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from quizkit.memory.log import Grade, Moment
from quizkit.opening import Desk

DAYS = 290
BREAK = range(150, 171)
MOST_A_DAY = 60
NOON_MS = 1_795_000_000_000 - 1_795_000_000_000 % 86_400_000 + 12 * 3_600_000


@dataclass
class MovedClock:
    """A clock that stands still until it is moved."""

    seconds: int = -DAYS * 86_400

    def now(self) -> Moment:
        """Return the present instant."""
        return Moment(NOON_MS + 1000 * self.seconds, 0, 1000 * self.seconds)


def study_for_a_year(desk: Desk, clock: MovedClock) -> None:
    """Study on most days, in sittings through the package's own player."""
    chance = random.Random(3)  # noqa: S311 - the same year every time
    for day in range(DAYS):
        clock.seconds = (day - DAYS) * 86_400 + chance.randrange(-3 * 3600, 8 * 3600)
        if day not in BREAK and (chance.random() < (0.9 if (day // 40) % 2 else 0.6) or day > DAYS - 12):
            _sitting(desk, clock, chance)
    clock.seconds = 0


def _sitting(desk: Desk, clock: MovedClock, chance: random.Random) -> None:
    from quizkit.bank.filters import Filters
    from quizkit.memory.log import Mode
    from quizkit.player import Player, Request
    from quizkit.session import Action, Do, Screen

    request = Request(Mode.STUDY, Filters(), new=chance.choice((0, 0, 1, 1, 2)), limit=MOST_A_DAY)
    player = Player(desk.bank, desk.store, desk.settings, request, clock)
    while (seen := player.view()).screen is not Screen.DONE:
        grade = _grade(desk, seen.card, clock.now().day, chance)
        clock.seconds += chance.randrange(6, 50)
        if seen.asked is not None:
            options = [option.text for option in seen.asked.options]
            answer = desk.bank.question(seen.card).answer
            right = str(options.index(answer) + 1) if options else answer
            wrong = str(len(options) - int(right) or 1) if options else "-1e9"
            player.act(Action(Do.MARK, answer=wrong if grade is Grade.AGAIN else right))
            player.act(Action(Do.NEXT))
        else:
            player.act(Action(Do.OPEN_ALL))
            player.act(Action(Do.GRADE, grade=grade))


def _grade(desk: Desk, card: str, day: int, chance: random.Random) -> Grade:
    """Return a grade: some cards are harder for this person than the schedule thinks."""
    state = desk.store.state(card)
    likely = desk.settings.model().retrievability(state, day) if state.reviews else 0.6
    if chance.random() > likely ** (2.2 if hash_of(card) % 12 == 0 else 0.8):
        return Grade.AGAIN
    return chance.choices((Grade.HARD, Grade.GOOD, Grade.EASY), (2, 7, 1))[0]


def hash_of(card: str) -> int:
    """Return a number for a card, the same in every process."""
    return sum(map(ord, card))


async def _full_screen(desk: Desk, clock: MovedClock, size: tuple[int, int], theme: str, path: Path) -> None:
    from quizkit.bank.filters import Filters
    from quizkit.faces.tui.app import Sitting
    from quizkit.memory.log import Mode
    from quizkit.player import Player, Request
    from quizkit.settings import Settings

    request = Request(Mode.STUDY, Filters(search="no such words at all"))
    app = Sitting(Player(desk.bank, desk.store, desk.settings, request, clock), Settings(theme=theme))
    async with app.run_test(size=size) as pilot:
        await pilot.press("p")
        await pilot.pause(0.3)
        path.write_text(app.export_screenshot(title="quizkit"), encoding="utf-8")


def main() -> None:
    """Study a year, then take them all."""
    from quizkit.faces.progress_picture import draw
    from quizkit.opening import opened
    from quizkit.overview import overview

    folder, columns = Path(sys.argv[1]).absolute(), int(sys.argv[2]) if sys.argv[2:] else 80
    theme = sys.argv[3] if sys.argv[3:] else "dark"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QUIZKIT_HOME", tempfile.mkdtemp())
    clock = MovedClock()
    with opened(clock) as desk:
        if desk.store.is_empty():
            study_for_a_year(desk, clock)
        clock.seconds = 0
        asyncio.run(_full_screen(desk, clock, (columns, 34), theme, folder / f"progress-{columns}-{theme}.svg"))
        figures = overview(desk.bank, desk.store, desk.settings, clock.now())
        for ending in ("svg", "png"):
            draw(figures, folder / f"stats.{ending}")


if __name__ == "__main__":
    main()
