"""The command `quizkit lab`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer


def lab(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="An experiment; none lists them all.")] = "",
    activation: Annotated[
        list[str] | None, typer.Option("--activation", help="Such as relu, leaky-0.2 or elu; may be repeated.")
    ] = None,
    seeds: Annotated[int | None, typer.Option("--seeds", help="So many seeds, trained as one batch.")] = None,
    epochs: Annotated[int | None, typer.Option("--epochs", help="So many full-batch steps.")] = None,
    rate: Annotated[list[float] | None, typer.Option("--rate", help="Learning rate; may be repeated.")] = None,
    bias: Annotated[list[float] | None, typer.Option("--bias", help="Hidden biases at first; repeatable.")] = None,
    width: Annotated[list[int] | None, typer.Option("--width", help="Units of a hidden layer; repeatable.")] = None,
    layers: Annotated[list[int] | None, typer.Option("--layers", help="Hidden layers; may be repeated.")] = None,
    samples: Annotated[int | None, typer.Option("--samples", help="So many training samples.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="With mine: your Python file.")] = None,
    function: Annotated[
        str, typer.Option("--function", help="With mine: the function in it, beside its _grad.")
    ] = "leaky_relu",
    plot: Annotated[Path | None, typer.Option("--plot", help="Also draw the curves: FILE.svg or FILE.png.")] = None,
    no_predict: Annotated[bool, typer.Option("--no-predict", help="Do not ask for a prediction first.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON: one object an epoch, then a summary.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines instead of the full screen.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="As --json, and the prediction is asked, too.")] = False,
) -> None:
    """Train small networks and watch their units die: predict, see, and learn why. Example: quizkit lab deck."""
    # products this small lose more to threads than they gain; it counts only before NumPy is imported
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ.setdefault(variable, "1")
    from quizkit.faces.lab import Wanted, run
    from quizkit.lab.experiment import Settings

    def many(values: list[float] | None) -> tuple[float, ...]:
        return tuple(values or ())

    def whole(values: list[int] | None) -> tuple[int, ...]:
        return tuple(values or ())

    settings = Settings(
        tuple(activation or ()), seeds, epochs, many(rate), many(bias), whole(width), whole(layers), samples
    )
    raise typer.Exit(run(Wanted(name, settings, file, function, plot, no_predict, as_json, plain, jsonl)))
