"""Prints what a fit of the memory model's parameters came to."""

from __future__ import annotations

from dataclasses import asdict

from quizkit.faces.tables import print_json, print_rows, write
from quizkit.memory.optimise import Trial


def show(trial: Trial, as_json: bool) -> None:
    """Print the log losses for a person, or all of the trial as JSON."""
    if as_json:
        print_json({**asdict(trial), "adopted": trial.helps})
        return
    write(f"Log loss on {trial.scored} of the newest reviews of {trial.reviews}; the lowest predicts best:")
    losses = {"moving average": trial.moving_average, "default parameters": trial.defaults, "fitted": trial.fitted}
    print_rows([(name, f"{loss:.4f}") for name, loss in losses.items()], 2)
    if trial.helps:
        write("The fitted parameters are adopted, and all due dates follow. Back: quizkit optimize --forget")
