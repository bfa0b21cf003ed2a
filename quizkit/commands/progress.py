"""`quizkit stats` and `quizkit optimize`: parse, work out, show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizkit.errors import No, UsageProblem

if TYPE_CHECKING:
    from quizkit.memory.optimise import Review


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


def optimize(
    forget: Annotated[bool, typer.Option("--forget", help="Go back to the default parameters.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Fit the memory model to your own reviews, and adopt what predicts them best."""
    from quizkit import tuning
    from quizkit.memory.optimise import Declined
    from quizkit.opening import opened, say

    with opened() as desk:
        if forget:
            tuning.forget(desk)
            say("the memory model has its default parameters, and all due dates follow.")
            return
        outcome = tuning.tune(desk, _fit)
    if isinstance(outcome, Declined):
        raise No(f"{outcome.reason}, so the parameters stay as they are.")
    from quizkit.faces.progress_trial import show

    show(outcome, as_json)
    if not outcome.helps:
        raise No("What was fitted does not predict best, so the parameters stay as they are.")


def _fit(reviews: Sequence[Review]) -> tuple[float, ...]:
    from quizkit.memory.fit import fit
    from quizkit.opening import say

    return fit(reviews, lambda count: say(f"fitting to {count} reviews: this may take minutes."))
