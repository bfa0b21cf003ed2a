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


SOFTMAX = """import numpy as np


def softmax(z, axis=-1):
    \"\"\"Probabilities from logits along an axis.\"\"\"
    e = np.exp({shifted})
    return e / e.sum(axis=axis, keepdims=True)
"""
LEAKY = """import numpy as np


def leaky_relu_grad(x, alpha=0.01):
    \"\"\"Slope of leaky ReLU at x.\"\"\"
    return np.where(x > 0, 1.0, {slope})
"""
BACKWARD = """import numpy as np


def backward(params, cache, a2, y, alpha=0.0):
    \"\"\"Gradients of the mean binary cross-entropy.\"\"\"
    d2 = (a2 - {targets}) / len(a2)
    d1 = d2 @ params["W2"].T * np.where(cache["z1"] > 0, 1.0, alpha)
    return {{"W1": cache["X"].T @ d1, "b1": d1.sum(0), "W2": cache["a1"].T @ d2, "b2": d2.sum(0)}}
"""
CHALLENGES = {
    # picture: (challenge, the file, what the file becomes after a hint, rows)
    "softmax": (
        "softmax",
        SOFTMAX.format(shifted="z"),
        SOFTMAX.format(shifted="z - z.max(axis=axis, keepdims=True)"),
        42,
    ),
    "leaky_relu_grad": ("leaky_relu_grad", LEAKY.format(slope="alpha * x"), LEAKY.format(slope="alpha"), 42),
    "backward": ("backward", BACKWARD.format(targets="y"), BACKWARD.format(targets="y.reshape(-1, 1)"), 40),
}


async def _challenge(folder: Path, name: str, size: tuple[int, int]) -> None:
    """Judge a wrong file, take a hint, mend the file, judge again: a picture after the hint and one at the end."""
    from quizkit.bank.filters import EVERYTHING
    from quizkit.faces.tui.app import Sitting
    from quizkit.memory.log import Mode
    from quizkit.opening import opened
    from quizkit.player import Player, Request
    from quizkit.settings import Settings
    from quizkit.workshop import Workshop

    challenge, wrong, right, _ = CHALLENGES[name]
    os.environ["QUIZKIT_HOME"] = home = tempfile.mkdtemp()
    os.chdir(home)
    file = Path("mine.py")
    file.write_text(wrong)
    with Workshop(Path(home)) as workshop, opened() as desk:
        request = Request(Mode.CHALLENGE, EVERYTHING, challenge=challenge, path=str(file))
        player = Player(desk.bank, desk.store, desk.settings, request, desk.clock, workshop)
        app = Sitting(player, Settings(theme=os.environ.get("THEME", "dark")))
        async with app.run_test(size=size) as pilot:
            for picture, key in (("wrong", "h"), ("accepted", "")):
                await pilot.press("enter")
                await pilot.pause(3)
                if key:
                    await pilot.press(key)
                    await pilot.pause(0.5)
                (folder / f"{name}_{picture}.svg").write_text(app.export_screenshot(title="quizkit"), encoding="utf-8")
                file.write_text(right)


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
    folder, columns = Path(sys.argv[1]).absolute(), int(sys.argv[2]) if sys.argv[2:] else 80
    folder.mkdir(parents=True, exist_ok=True)
    for name, (search, keys, rows) in STEPS.items():
        asyncio.run(_picture(folder, name, search, keys, (columns, rows), quiz=False))
    for name, (keys, rows) in QUIZ.items():
        asyncio.run(_picture(folder, name, "dying relu causes", keys, (columns, rows), quiz=True))
    for name, (_, _, _, rows) in CHALLENGES.items():
        asyncio.run(_challenge(folder, name, (columns, rows)))


if __name__ == "__main__":
    main()
