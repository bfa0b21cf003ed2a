"""`quizkit stats` and `quizkit optimize`: parse, work out, show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizkit.errors import No, UsageProblem


def stats(
    topics: Annotated[list[str] | None, typer.Argument(metavar="[TOPIC]...", help="Topics; none means all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Draw an SVG picture.")] = None,
    png: Annotated[Path | None, typer.Option("--png", metavar="FILE", help="Draw a PNG picture.")] = None,
) -> None:
    """Show your progress: the year, what comes due, recall, readiness. Example: quizkit stats activations."""
    from quizkit.opening import opened
    from quizkit.overview import overview

    for path, ending in ((svg, ".svg"), (png, ".png")):
        if path is not None and path.suffix != ending:
            raise UsageProblem(f"--{ending[1:]} takes a file that ends in {ending}, not {path}.")
    with opened() as desk:
        figures = overview(desk.bank, desk.store, desk.settings, desk.clock.now(), tuple(topics or ()))
    pictures = [path for path in (svg, png) if path is not None]
    for path in pictures:
        from quizkit.faces.progress_picture import draw

        draw(figures, path)
    if as_json or not pictures:
        from quizkit.faces.progress import show

        show(figures, as_json)


def optimize() -> None:
    """Say why the memory model keeps its default parameters."""
    from quizkit.home import home
    from quizkit.memory.optimise import refusal
    from quizkit.store import Store

    with Store.open(Path(home())) as store:
        reviews = sum(1 for _ in store.answers())
    raise No(refusal(reviews))
