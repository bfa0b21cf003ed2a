"""The commands: parse, call one function, choose a face, exit."""

from __future__ import annotations

import sys
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from quizkit.commands.bank import bank_app, edit
from quizkit.commands.decks import export_app, import_app
from quizkit.commands.interview import interview
from quizkit.commands.lab import lab
from quizkit.commands.machines import log_app, sync
from quizkit.commands.progress import optimize, stats
from quizkit.errors import INTERRUPTED, STOPPED, QuizkitError, UsageProblem

if TYPE_CHECKING:
    from typer.models import CommandInfo

    from quizkit.memory.log import Mode

app = typer.Typer(
    name="quizkit",
    help="Prepare for machine-learning interviews: flashcards by spaced repetition, in your terminal.",
    epilog="Start with: quizkit study activations",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
backup_app = typer.Typer(help="List the backups of the review log, make one, bring one back.", rich_markup_mode=None)
app.add_typer(bank_app, name="bank")
app.add_typer(backup_app, name="backup")
app.add_typer(log_app, name="log")
app.add_typer(export_app, name="export")
app.add_typer(import_app, name="import")


Topics = Annotated[list[str] | None, typer.Argument(metavar="[TOPIC]...", help="Topics; none means all.")]
Search = Annotated[str, typer.Option("--search", help="Only cards that hold all these words.")]
Tag = Annotated[list[str] | None, typer.Option("--tag", help="Only cards with this tag; may be repeated.")]
Difficulty = Annotated[str, typer.Option("--difficulty", help="Only easy, medium or hard cards.")]
Company = Annotated[str, typer.Option("--company", help="Only cards that this company is known to ask.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
PlainFace = Annotated[bool, typer.Option("--plain", help="Plain lines instead of the full screen.")]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="JSON lines: a view out, an action in.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="At most so many cards.")]
Minutes = Annotated[float | None, typer.Option("--minutes", min=0.1, help="No new question after so many minutes.")]


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code; every failure becomes one message on stderr."""
    try:
        _only(*arguments[:1])(arguments)
    except SystemExit as ending:
        return _code(ending)
    except QuizkitError as problem:
        _complain(problem.message)
        return problem.exit_code
    except BrokenPipeError:
        return _give_up_stdout()
    except Exception as error:
        return _unexpected(error)
    return 0


def _only(name: str = "") -> typer.Typer:
    """Return the application with no other command than the one called `name`: making all parameters takes 15 ms."""
    chosen = copy(app)
    chosen.registered_commands = [c for c in app.registered_commands if (c.name or _called(c)) == name]
    chosen.registered_groups = [group for group in app.registered_groups if group.name == name]
    return chosen if chosen.registered_commands or chosen.registered_groups else app


def _called(command: CommandInfo) -> str:
    return command.callback.__name__ if command.callback else ""


def _code(ending: SystemExit) -> int:
    code = ending.code if isinstance(ending.code, int) else 0
    if code == INTERRUPTED:
        _complain(STOPPED)
    return code


def _complain(message: str) -> None:
    print(f"quizkit: {message}", file=sys.stderr)  # noqa: T201


def _give_up_stdout() -> int:
    """Whoever read our output has gone: keep the interpreter from writing the rest and complaining."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _unexpected(error: Exception) -> int:
    """Keep the traceback in a file and tell the person in one sentence."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="quizkit-", suffix=".txt", delete=False, encoding="utf-8") as file:
        traceback.print_exception(error, file=file)
    _complain(
        f"this should not have happened ({type(error).__name__}: {error}). Every answer given is kept."
        f" Please report it with the file {file.name}."
    )
    return 3


@app.callback(invoke_without_command=True)
def top(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Prepare for machine-learning interviews: flashcards by spaced repetition, in your terminal."""
    if version:
        from quizkit import __version__

        typer.echo(f"quizkit {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(2)


# -- sittings ---------------------------------------------------------------------------------------------------------


@app.command()
def study(
    topics: Topics = None,
    new: Annotated[int | None, typer.Option("--new", min=0, help="So many new cards in this sitting.")] = None,
    limit: Limit = None,
    minutes: Minutes = None,
    search: Search = "",
    tag: Tag = None,
    difficulty: Difficulty = "",
    company: Company = "",
    lab: Annotated[str, typer.Option("--lab", help="Only cards that this experiment of the lab explains.")] = "",
    cram: Annotated[bool, typer.Option("--cram", help="Go through all of it; no due date moves.")] = False,
    plain: PlainFace = False,
    jsonl: JsonLines = False,
) -> None:
    """Study: what is due first, then new cards. Example: quizkit study activations --minutes 10."""
    from quizkit.memory.log import Mode

    mode = Mode.CRAM if cram else Mode.STUDY
    filters = _filters(topics, search, tag, difficulty, company, lab=lab)
    _sit(mode, filters, (new, limit, minutes), plain, jsonl)


@app.command()
def quiz(
    topics: Topics = None,
    limit: Limit = None,
    minutes: Minutes = None,
    search: Search = "",
    tag: Tag = None,
    difficulty: Difficulty = "",
    company: Company = "",
    plain: PlainFace = False,
    jsonl: JsonLines = False,
) -> None:
    """Questions that mark themselves: choices, numbers, true or trap. Ten unless --limit says otherwise."""
    from quizkit.memory.log import Mode

    filters = _filters(topics, search, tag, difficulty, company, markable=True)
    _sit(Mode.QUIZ, filters, (None, limit, minutes), plain, jsonl)


def _filters(
    topics: list[str] | None,
    search: str,
    tags: list[str] | None,
    difficulty: str,
    company: str,
    markable: bool | None = None,
    lab: str = "",
) -> Any:
    from quizkit.bank.library import Filters

    return Filters(tuple(topics or ()), search, tuple(tags or ()), difficulty, company, markable, lab)


def _sit(
    mode: Mode, filters: Any, amounts: tuple[int | None, int | None, float | None], plain: bool, jsonl: bool
) -> None:
    from quizkit.faces.choose import Face, choose, play
    from quizkit.opening import opened
    from quizkit.player import Player, Request
    from quizkit.workshop import Workshop

    if plain and jsonl:
        raise UsageProblem("--plain and --jsonl exclude each other.")
    face = Face.JSONL if jsonl else Face.PLAIN if plain else choose()
    with opened() as desk:
        if next(desk.bank.iter_ids(filters), None) is None:
            raise UsageProblem(_nothing(filters, desk.home))
        request = Request(mode, filters, *amounts)
        with Workshop(desk.home) as workshop:
            player = Player(desk.bank, desk.store, desk.settings, request, desk.clock, workshop)
            code = play(face, player, desk.settings)
    raise typer.Exit(code)


def _nothing(filters: Any, folder: Path) -> str:
    if filters.markable:
        return "No question here can be marked by itself. Try: quizkit study"
    if filters.search or filters.tags or filters.difficulty or filters.company or filters.lab:
        return "No card passes all these filters. Try: quizkit list"
    return f"There are no cards here yet. Add YAML files in a folder of {folder / 'questions'}."


@app.command()
def challenge(
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="A challenge; none lists them all.")] = "",
    target: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="With --start: where to write.")] = None,
    start: Annotated[bool, typer.Option("--start", help="Write the starter to FILE, or to NAME.py.")] = False,
    file: Annotated[Path | None, typer.Option("--file", help="Judge this file; without NAME all in it.")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Judge again at every save.")] = False,
    hint: Annotated[bool, typer.Option("--hint", help="Give the next hint.")] = False,
    solution: Annotated[bool, typer.Option("--solution", help="Show the solution, once accepted.")] = False,
    give_up: Annotated[bool, typer.Option("--give-up", help="Show it now; counts as again.")] = False,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only this property; may be repeated.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="Draw other cases, the same for a seed.")] = None,
    thorough: Annotated[bool, typer.Option("--thorough", help="Ten times the cases, drawn anew.")] = False,
    timeout: Annotated[float | None, typer.Option("--timeout", min=0.1, help="Seconds for all of your code.")] = None,
    as_json: Json = False,
    plain: PlainFace = False,
    jsonl: JsonLines = False,
) -> None:
    """Coding challenges: write a function, have it judged. Example: quizkit challenge softmax --start."""
    from quizkit.faces.challenge import Wanted, run

    steps = (start, target, file, watch, hint, solution, give_up)
    search = (tuple(only or ()), seed, thorough, timeout)
    raise typer.Exit(run(Wanted(name, *steps, *search, as_json, plain, jsonl)))


app.command()(interview)
app.command()(sync)
app.command()(stats)
app.command()(optimize)
app.command()(lab)


@app.command()
def doctor(as_json: Json = False) -> None:
    """Say which jail this machine gives to the code that is judged, and why."""
    from quizkit.doctor import examined, told

    found = examined()
    typer.echo(told(found, as_json))


@app.command()
def due(topics: Topics = None, as_json: Json = False) -> None:
    """Say in one line how much is waiting: for a shell prompt."""
    from quizkit.due import careful

    typer.echo(careful(tuple(topics or ()), as_json))


# -- the bank ---------------------------------------------------------------------------------------------------------


@app.command()
def topics(as_json: Json = False) -> None:
    """List the topics and how far you are with each."""
    from quizkit.faces import tables

    tables.print_topics(as_json)


@app.command("list")
def list_(
    topics: Topics = None,
    search: Search = "",
    tag: Tag = None,
    difficulty: Difficulty = "",
    company: Company = "",
    only: Annotated[str, typer.Option("--only", help="Only cards that are new, due, leech or suspended.")] = "",
    as_json: Json = False,
) -> None:
    """List cards with their standing. Example: quizkit list --search gradient --difficulty hard."""
    from quizkit.faces import tables

    tables.print_list(_filters(topics, search, tag, difficulty, company), only, as_json)


@app.command()
def show(
    card: Annotated[str, typer.Argument(metavar="ID", help="A card's id, as `quizkit list` prints it.")],
    as_json: Json = False,
) -> None:
    """Show a whole card."""
    from quizkit.faces import tables

    tables.print_card(card, as_json)


@app.command()
def suspend(cards: Annotated[list[str], typer.Argument(metavar="ID...")]) -> None:
    """Put cards away; their history is kept."""
    _put_away(cards, away=True)


@app.command()
def unsuspend(cards: Annotated[list[str], typer.Argument(metavar="ID...")]) -> None:
    """Bring suspended cards back."""
    _put_away(cards, away=False)


def _put_away(cards: list[str], *, away: bool) -> None:
    from quizkit import shelf, standing
    from quizkit.memory.code import challenge_of

    challenges = [card for card in cards if challenge_of(card)]
    questions = [card for card in cards if card not in challenges]
    if questions:
        typer.echo(standing.put_away(questions, away=away))
    if challenges:
        typer.echo(shelf.put_away(challenges, away=away))


app.command()(edit)


# -- settings and backups ---------------------------------------------------------------------------------------------


@app.command()
def config(
    name: Annotated[str, typer.Argument(help="A setting; without one all are listed.")] = "",
    value: Annotated[str, typer.Argument(help="Its new value; without one it is printed.")] = "",
    reset: Annotated[bool, typer.Option("--reset", help="Go back to the default.")] = False,
    as_json: Json = False,
) -> None:
    """Show or change settings. Example: quizkit config new_per_day 10."""
    from quizkit.faces import tables

    if reset or value:
        _change(name, None if reset else value)
        return
    tables.print_settings(name, as_json)


def _change(name: str, value: str | None) -> None:
    from quizkit.opening import opened
    from quizkit.settings import find, from_stored, parse, shown

    setting = find(name)
    if value is not None:
        parse(name, value)
    with opened() as desk:
        desk.store.set(setting.name, value)
        settings = from_stored(desk.store.settings())
        desk.store.derive_all(settings.model(), desk.bank.aliases())
    typer.echo(f"{setting.name} = {shown(settings, setting)}")


@backup_app.callback(invoke_without_command=True)
def backup(context: typer.Context, as_json: Json = False) -> None:
    """List the backups of the review log, newest first. One is made on every day of study; seven are kept."""
    from quizkit.faces import tables

    if context.invoked_subcommand is None:
        tables.print_backups(as_json)


@backup_app.command("now")
def backup_now() -> None:
    """Make a backup now; it is kept until you delete it."""
    from quizkit import backup as backups
    from quizkit.clock import SystemClock
    from quizkit.home import home
    from quizkit.store import Store

    folder = Path(home())
    with Store.open(folder) as store:
        typer.echo(backups.now(folder, store, SystemClock().now()).path)


@backup_app.command("restore")
def backup_restore(
    name: Annotated[str, typer.Argument(help="A backup's name; without one the newest.")] = "",
) -> None:
    """Bring a backup back; the log that it replaces is put aside, never deleted."""
    from quizkit import backup as backups
    from quizkit.clock import SystemClock
    from quizkit.home import home

    restored, aside = backups.restore(Path(home()), name, SystemClock().now())
    typer.echo(f"Restored {restored.name}." + (f" The log it replaced is {aside}." if aside else ""))


def commands() -> dict[str, Callable[..., Any]]:
    """Return the commands by name, for the documentation's test."""
    return dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
