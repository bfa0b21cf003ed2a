"""Takes the README's pictures from a real sitting: python docs/take_pictures.py FOLDER [COLUMNS [THEME]].

Plays a sitting in a home of its own and saves what the screen shows as SVG at each step.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

STEPS = {
    # picture: (arguments of the sitting, keys pressed one after another, the rows of the screen)
    "question": ("dying relu causes", (), 18),
    "answer": ("dying relu causes", ("a",), 74),
    "layers": ("softmax jacobian", ("space", "space"), 40),
    "table": ("vanishing sigmoid tanh hidden layers preferred", ("a",), 60),
    "summary": ("leaky", ("a", "3", "a", "1", "q"), 14),
    "help": ("leaky", ("question_mark",), 24),
}
QUIZ = {"quiz": ((), 22), "marked": (("1", "enter"), 26), "ticked": (("1",), 22)}


async def _picture(
    folder: Path, name: str, search: str, keys: tuple[str, ...], size: tuple[int, int], quiz: bool
) -> None:
    from quizkit.bank.library import Filters
    from quizkit.faces.tui.app import Sitting
    from quizkit.memory.log import Mode
    from quizkit.opening import opened
    from quizkit.player import Player, Request
    from quizkit.settings import Settings

    os.environ["QUIZKIT_HOME"] = tempfile.mkdtemp()
    with opened() as desk:
        filters = Filters(search=search, markable=True if quiz else None)
        request = Request(Mode.QUIZ if quiz else Mode.STUDY, filters)
        player = Player(desk.bank, desk.store, desk.settings, request, desk.clock)
        app = Sitting(player, Settings(theme=os.environ.get("THEME", "dark")))
        async with app.run_test(size=size) as pilot:
            for key in keys:
                await pilot.press(key)
                await pilot.pause(0.2)
            (folder / f"{name}.svg").write_text(app.export_screenshot(title="quizkit"), encoding="utf-8")


def main() -> None:
    """Take them all."""
    folder, columns = Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 80
    folder.mkdir(parents=True, exist_ok=True)
    for name, (search, keys, rows) in STEPS.items():
        asyncio.run(_picture(folder, name, search, keys, (columns, rows), quiz=False))
    for name, (keys, rows) in QUIZ.items():
        asyncio.run(_picture(folder, name, "dying relu causes", keys, (columns, rows), quiz=True))


if __name__ == "__main__":
    main()
