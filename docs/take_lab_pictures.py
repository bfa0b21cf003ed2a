"""Takes pictures of the lab from real runs: python docs/take_lab_pictures.py FOLDER [COLUMNS].

Plays each experiment to its end in a home of its own and saves what the screen shows as SVG.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from pathlib import Path

MINE = """import numpy as np


def leaky_relu(x, alpha=0.01):
    return np.where(x > 0, x, alpha * x)


def leaky_relu_grad(x, alpha=0.01):
    return np.where(x > 0, 1.0, 0.0)
"""
# its slope is wrong on the left


async def _picture(folder: Path, name: str, wanted: object, keys: tuple[str, ...], size: tuple[int, int]) -> None:
    from quizkit.faces.lab import opened_run, prediction
    from quizkit.faces.tui.lab import Lab
    from quizkit.opening import opened

    with opened_run(wanted) as run, opened() as desk:  # type: ignore[arg-type]
        asks = run.settings == run.experiment.defaults
        app = Lab(run, prediction(desk, run.experiment.name) if asks else None)
        async with app.run_test(size=size) as pilot:
            for key in (*keys, "f"):
                await pilot.press(key)
                await pilot.pause(0.3)
            drawn = app.export_screenshot(title=f"quizkit lab {run.experiment.name}")
    (folder / f"{name}.svg").write_text(drawn, encoding="utf-8")


def main() -> None:
    """Take them all."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["QUIZKIT_HOME"] = tempfile.mkdtemp()
    from quizkit.faces.lab import Wanted
    from quizkit.lab.experiment import Settings

    folder, columns = Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 100
    folder.mkdir(parents=True, exist_ok=True)
    mine = Path(tempfile.mkdtemp()) / "mine.py"
    mine.write_text(MINE, encoding="utf-8")
    some = Settings(bias=(-3.0,), activation=("relu", "leaky-0.2", "elu", "gelu"))
    for name, wanted, keys, rows in (
        ("lab-deck", Wanted("deck", Settings()), ("0", "enter"), 46),
        ("lab-bias", Wanted("bias", some), (), 48),
        ("lab-mine", Wanted("mine", Settings(), file=mine), ("2", "enter"), 48),
    ):
        asyncio.run(_picture(folder, name, wanted, keys, (columns, rows)))


if __name__ == "__main__":
    main()
