"""`quizkit bank` and `quizkit edit`: write questions, check them, take files in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quizkit.errors import No, UsageProblem

bank_app = typer.Typer(help="Write questions of your own, check banks.", no_args_is_help=True, rich_markup_mode=None)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@bank_app.command("new")
def new(
    topic: Annotated[str, typer.Argument(metavar="[TOPIC]", help="The topic it belongs to.")] = "mine",
    copy_of: Annotated[str, typer.Option("--from", metavar="ID", help="Start from a copy of this card.")] = "",
) -> None:
    """Write a question in your editor; it is checked until it is right. Example: quizkit bank new convolutions."""
    from quizkit.faces import authoring

    authoring.new(topic, copy_of)


@bank_app.command("add")
def add(
    path: Annotated[Path, typer.Argument(metavar="FILE|DIR", help="A file, a topic folder, or a folder of topics.")],
    topic: Annotated[str, typer.Option("--topic", help="The topic; else the file's or the folder's name.")] = "",
) -> None:
    """Check files and copy them into your own bank."""
    from quizkit.faces import authoring

    authoring.add(path, topic)


@bank_app.command("remove")
def remove(cards: Annotated[list[str], typer.Argument(metavar="ID...")]) -> None:
    """Take cards out of your own bank; their text and their history are kept."""
    from quizkit.faces import authoring

    authoring.remove(cards)


@bank_app.command("path")
def path() -> None:
    """Print the folder of your own bank."""
    from quizkit.faces import authoring

    authoring.print_path()


@bank_app.command("schema")
def schema() -> None:
    """Print the JSON Schema of a bank file, with which editors complete and underline."""
    from quizkit.faces import authoring

    authoring.print_schema()


@bank_app.command("check")
def check(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Banks, topics or files.")] = None,
    figures: Annotated[bool, typer.Option("--figures", help="Run the cards' code and figures, too.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Check again at every change.")] = False,
    form: Annotated[str, typer.Option("--format", help="text, json, github or sarif.")] = "",
    as_json: Json = False,
) -> None:
    """Say everything that is wrong with the banks, each with file, line and column; exit 1 when anything is."""
    from quizkit.faces import checking

    chosen = checking.format_named(form, as_json)
    if watch and figures:
        raise UsageProblem("--watch and --figures exclude each other: figures take seconds to run.")
    if watch:
        checking.watch_check(paths or [], chosen)
    elif not checking.print_check(paths or [], chosen, figures=figures):
        raise typer.Exit(No.exit_code)


@bank_app.command("preview")
def preview(
    card: Annotated[str, typer.Argument(metavar="ID", help="A card's id, as `quizkit list` prints it.")],
    width: Annotated[int | None, typer.Option("--width", min=20, max=400, help="Columns; else the terminal's.")] = None,
    face: Annotated[str, typer.Option("--face", help="Only full, plain or jsonl.")] = "",
) -> None:
    """Draw a card as each face would."""
    from shutil import get_terminal_size

    from quizkit.faces.preview import print_preview

    print_preview(card, width or get_terminal_size((80, 24)).columns, face)


def edit(card: Annotated[str, typer.Argument(metavar="ID", help="A card's id, as `quizkit list` prints it.")]) -> None:
    """Open a card's file in your editor, at its line; then it is checked."""
    from quizkit.faces import authoring

    authoring.edit(card)
