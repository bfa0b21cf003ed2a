"""`quizkit export` and `quizkit import`: decks that go to Anki, and decks that come from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from quizkit.decks.deck import Deck
    from quizkit.decks.intake import ReadMedia

export_app = typer.Typer(help="Give questions to other programs.", no_args_is_help=True, rich_markup_mode=None)
import_app = typer.Typer(help="Take questions from elsewhere.", no_args_is_help=True, rich_markup_mode=None)

File = Annotated[Path, typer.Argument(metavar="FILE")]
Topic = Annotated[str, typer.Option("--topic", help="The topic they go to, in your own bank.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@export_app.command("anki")
def export_anki(
    out: Annotated[Path, typer.Argument(metavar="OUT.apkg", help="The package to write.")],
    topics: Annotated[list[str] | None, typer.Argument(metavar="[TOPIC]...", help="Topics; none means all.")] = None,
) -> None:
    """Write an Anki package; a later one updates the notes in Anki. Example: quizkit export anki deck.apkg."""
    import time

    from quizkit.bank.filters import Filters
    from quizkit.decks.anki_export import export, next_stamp
    from quizkit.errors import UsageProblem
    from quizkit.home import home
    from quizkit.opening import open_bank

    with open_bank() as bank:
        questions = [bank.question(name) for name in bank.ids(Filters(tuple(topics or ())))]
    if not questions:
        raise UsageProblem("There are no questions to export. quizkit list shows all.")
    export(questions, out, next_stamp(Path(home()), int(time.time())))
    typer.echo(f"{len(questions)} notes: {out}. In Anki: File, Import.")


@import_app.command("anki")
def import_anki(
    file: Annotated[Path, typer.Argument(metavar="FILE.apkg", help="What Anki exported.")],
    topic: Topic,
    with_history: Annotated[bool, typer.Option("--with-history", help="Take the reviews along.")] = False,
    as_json: Json = False,
) -> None:
    """Take an Anki package in. Example: quizkit import anki deck.apkg --topic statistics --with-history."""
    import tempfile

    from quizkit.decks import anki_import, archive, collection

    with archive.opened(file) as package, tempfile.TemporaryDirectory(prefix="quizkit-") as folder:
        unpacked = Path(folder, "collection.db")
        package.unpack_collection(unpacked)
        deck = anki_import.deck_of(collection.read(unpacked, str(file)))
        _take_in(deck, file, topic, as_json, with_history, package.read_media)


@import_app.command("csv")
def import_csv(file: File, topic: Topic, as_json: Json = False) -> None:
    """Take a CSV file in: columns question, answer, tags. Example: quizkit import csv cards.csv --topic statistics."""
    from quizkit.decks.text_import import csv_deck, read_text

    _take_in(csv_deck(read_text(file), str(file)), file, topic, as_json)


@import_app.command("markdown")
def import_markdown(file: File, topic: Topic, as_json: Json = False) -> None:
    """Take Markdown in: `Q: …` asks, `A: …` answers. Example: quizkit import markdown notes.md --topic trees."""
    from quizkit.decks.text_import import markdown_deck, read_text

    _take_in(markdown_deck(read_text(file), str(file)), file, topic, as_json)


def _take_in(
    deck: Deck, file: Path, topic: str, as_json: bool, with_history: bool = False, media: ReadMedia | None = None
) -> None:
    from quizkit.decks.intake import take_in
    from quizkit.decks.report import told
    from quizkit.opening import opened

    with opened() as desk:
        outcome = take_in(deck, desk, file.name, topic, with_history, media)
    typer.echo(told(outcome, topic, as_json))
