"""`quizkit log` and `quizkit sync`: parse, exchange, say what came of it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from quizkit.store import Merged
    from quizkit.sync.exchange import Synced

log_app = typer.Typer(
    help="Take the review log elsewhere, as lines of JSON.", no_args_is_help=True, rich_markup_mode=None
)


@log_app.command("export")
def log_export(file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; - is standard output.")]) -> None:
    """Write the whole review log to a file. Example: quizkit log export log.jsonl."""
    from quizkit.opening import opened
    from quizkit.sync.exchange import export

    with opened() as desk:
        count = export(desk.store, file)
    print(f"{_entries(count)} written.", file=sys.stderr)  # noqa: T201


@log_app.command("import")
def log_import(file: Annotated[Path, typer.Argument(metavar="FILE", help="What `log export` wrote.")]) -> None:
    """Merge a log into this one; what is here already stays as it is, so doing it again is harmless."""
    from quizkit.opening import opened
    from quizkit.sync.exchange import bring_in

    with opened() as desk:
        merged = bring_in(desk.store, desk.settings.model(), file)
    typer.echo(_taken(merged))


def sync(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that a cloud drive, git or a stick carries.")],
    name: Annotated[str, typer.Option("--as", metavar="NAME", help="What this machine is called; is kept.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Keep several machines in step through a folder. Example: quizkit sync ~/Dropbox/quizkit --as laptop."""
    from quizkit.opening import opened
    from quizkit.sync import exchange

    with opened() as desk:
        machine = exchange.named(desk.store, name)
        synced = exchange.sync(desk.store, desk.settings.model(), folder.expanduser(), machine)
    typer.echo(json.dumps(asdict(synced), indent=2) if as_json else _told(synced, machine))
    for sentence in synced.waiting:
        print(f"quizkit: {sentence} Once whole it is read; delete it if it stays so.", file=sys.stderr)  # noqa: T201


def _told(synced: Synced, machine: str) -> str:
    others = [name for name in synced.machines if name != machine]
    return f"{_taken(synced.taken)} {_entries(synced.given)} given. Others: {', '.join(others) or 'none yet'}."


def _taken(merged: Merged) -> str:
    differ = "differs" if merged.contradicted == 1 else "differ"
    odd = f" {_entries(merged.contradicted)} {differ} from the one of the same id here, which stays."
    return f"{_entries(merged.new)} taken in." + (odd if merged.contradicted else "")


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"
