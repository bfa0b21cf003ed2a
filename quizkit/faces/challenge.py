"""What `quizkit challenge` prints: the list, a prompt, hints, verdicts. Each step is one of a sitting with one card."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizkit import ahead, attempts
from quizkit.bank.filters import EVERYTHING
from quizkit.errors import No, UsageProblem, nearest
from quizkit.faces.choose import Face, choose, play
from quizkit.faces.code import follow_ups_text, hint_text, prompt_text, verdict_text
from quizkit.faces.output import can_unicode, look
from quizkit.faces.tables import print_json, print_rows, write
from quizkit.faces.words import command, count
from quizkit.frozen import frozen, replace
from quizkit.home import home
from quizkit.memory.code import card_of
from quizkit.memory.log import Event, Mode, Moment, standing
from quizkit.memory.state import NEW, CardState
from quizkit.opening import Desk, opened
from quizkit.player import Player, Request
from quizkit.saves import Watch
from quizkit.session import Action, Do
from quizkit.workshop import Progress, Workshop, write_starter

if TYPE_CHECKING:
    from quizkit.challenges.vocabulary import Challenge
    from quizkit.coding import Task
    from quizkit.faces.page import Look
    from quizkit.judge.settings import Settings
    from quizkit.view import CodeView

THOROUGH = 10
# times the usual number of cases
THOROUGH_SECONDS = 60.0
_SEEDS = 1_000_000


@frozen
class Wanted:
    """What was asked for on the command line."""

    name: str = ""
    start: bool = False
    target: Path | None = None
    # where to write the starter
    file: Path | None = None
    watch: bool = False
    hint: bool = False
    solution: bool = False
    give_up: bool = False
    only: tuple[str, ...] = ()
    seed: int | None = None
    thorough: bool = False
    timeout_s: float | None = None
    as_json: bool = False
    plain: bool = False
    jsonl: bool = False


@frozen
class Bench:
    """What is at hand for challenges."""

    desk: Desk
    workshop: Workshop

    def player(self, name: str, path: str = "") -> Player:
        """Begin a sitting with one challenge."""
        request = Request(Mode.CHALLENGE, EVERYTHING, challenge=name, path=path)
        return Player(self.desk.bank, self.desk.store, self.desk.settings, request, self.desk.clock, self.workshop)

    @property
    def look(self) -> Look:
        """How text may be drawn on standard output."""
        return look(self.desk.settings)


@contextmanager
def _bench(wanted: Wanted) -> Iterator[Bench]:
    """Open everything; the file is judged meanwhile."""
    with ahead.workshop(Path(home()), _judging(wanted) if wanted.file else None) as workshop:
        if wanted.file is not None:
            once = bool(wanted.name) and not (wanted.watch or wanted.jsonl or _full_screen(wanted))
            workshop.judge_ahead(wanted.name, wanted.file, once=once)
        with opened() as desk:
            yield Bench(desk, workshop)


def _judging(wanted: Wanted) -> Settings:
    """Return how to judge; a thorough search draws anew, and its seed is told so that it can be repeated."""
    from quizkit.judge.settings import EXAMPLES, Settings

    usual = Settings(wanted.seed, EXAMPLES, wanted.only)
    if wanted.thorough:
        seed = int.from_bytes(os.urandom(8)) % _SEEDS if wanted.seed is None else wanted.seed
        usual = replace(usual, seed=seed, examples=THOROUGH * EXAMPLES, timeout_s=THOROUGH_SECONDS)
    return usual if wanted.timeout_s is None else replace(usual, timeout_s=wanted.timeout_s)


def run(wanted: Wanted) -> int:
    """Do what was asked for and return the exit code.

    Raises:
        UsageProblem: options that exclude each other, no such challenge, no such file.
    """
    _must_fit(wanted)
    with _bench(wanted) as bench:
        if wanted.file is not None:
            return _file(bench, wanted, wanted.file)
        if not wanted.name:
            _list(bench, wanted.as_json)
        elif wanted.start:
            _start(bench, wanted)
        elif wanted.hint:
            _hint(bench, wanted)
        elif wanted.solution or wanted.give_up:
            _solution(bench, wanted)
        else:
            _prompt(bench, wanted)
    return 0


def _must_fit(wanted: Wanted) -> None:
    steps = {
        "--start": wanted.start,
        "--file": wanted.file is not None,
        "--hint": wanted.hint,
        "--solution or --give-up": wanted.solution or wanted.give_up,
    }
    chosen = [name for name, given in steps.items() if given]
    if chosen[1:]:
        raise UsageProblem(f"{' and '.join(chosen)} are different steps: take one at a time.")
    if sum((wanted.as_json, wanted.plain, wanted.jsonl)) > 1:
        raise UsageProblem("--json, --plain and --jsonl exclude each other.")
    if chosen and not wanted.name and wanted.file is None:
        raise UsageProblem(f"{chosen[0]} needs the name of a challenge. `quizkit challenge` lists them.")
    if wanted.target is not None and not wanted.start:
        raise UsageProblem(f"To judge {wanted.target}: quizkit challenge {wanted.name} --file {wanted.target}")
    if (wanted.watch or wanted.jsonl) and wanted.file is None:
        raise UsageProblem(f"{'--watch' if wanted.watch else '--jsonl'} needs --file FILE.")


# -- what there is to do ----------------------------------------------------------------------------------------------


def _list(bench: Bench, as_json: bool) -> None:
    from quizkit.challenges.library import everything

    logged = _by_card(bench.desk.store.challenge_events())
    states = bench.desk.store.states(logged)
    now = bench.desk.clock.now()
    entries = []
    for challenge in everything():
        card = card_of(challenge.name)
        known = _standing(logged.get(card, ()), states.get(card, NEW), now)
        entries.append({"challenge": challenge.name, "title": challenge.title, **_facts(challenge), **known})
    if as_json:
        print_json(entries)
        return
    print_rows([_row(entry) for entry in entries], 1)
    accepted = sum(entry["accepted"] is not None for entry in entries)
    _narrate(f"{accepted} of {count(len(entries), 'challenge')} accepted. One of them: quizkit challenge NAME")


def _facts(challenge: Challenge | Task) -> dict[str, Any]:
    return {"topic": challenge.topic, "difficulty": challenge.difficulty, "minutes": challenge.minutes}


def _by_card(events: Sequence[Event]) -> dict[str, list[Event]]:
    logged: dict[str, list[Event]] = {}
    for event in events:
        logged.setdefault(event.card, []).append(event)
    return logged


def _standing(history: Sequence[Event], state: CardState, now: Moment) -> dict[str, Any]:
    accepted = [event for event in standing(history) if attempts.is_accepted(event)]
    return {
        "attempts": attempts.attempts(history),
        "accepted": _date(accepted[-1]) if accepted else None,
        "due_in_days": None if state.due_day is None else max(0, state.due_day - now.day),
        "suspended": state.suspended,
    }


def _date(event: Event) -> str:
    """Return the local day of an event."""
    return str((datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=event.day)).date())


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    minutes = f"{entry['minutes']:g} min"
    return entry["challenge"], entry["title"], entry["difficulty"], minutes, _standing_text(entry)


def _standing_text(entry: dict[str, Any]) -> str:
    """Return how far one is with a challenge, as in "accepted 2026-03-01, due in 3 d"."""
    days, tried = entry["due_in_days"], entry["attempts"]
    parts = []
    if entry["accepted"]:
        parts.append(f"accepted {entry['accepted']}")
    elif tried:
        parts.append(f"tried {'once' if tried == 1 else f'{tried} times'}")
    if entry["suspended"]:
        parts.append("suspended")
    elif days is not None:
        parts.append(f"due in {days} d" if days else "due")
    return ", ".join(parts) or "never tried"


def _prompt(bench: Bench, wanted: Wanted) -> None:
    view = bench.player(wanted.name).open_prompt()
    code = view.coding
    assert code is not None
    if wanted.as_json:
        task = bench.workshop.task(wanted.name)
        told = {"challenge": task.name, "title": task.title, **_facts(task), "prompt": task.prompt}
        print_json({**told, "hints": list(code.hints), "hints_left": code.hints_left})
        return
    _say(prompt_text(view, bench.look))
    for line in _ways_on(wanted.name):
        _narrate(line)


def _ways_on(name: str) -> tuple[str, ...]:
    return (
        f"begin:  quizkit challenge {name} --start",
        f"judge:  quizkit challenge {name} --file {name}.py",
        f"hint:   quizkit challenge {name} --hint",
    )


def _start(bench: Bench, wanted: Wanted) -> None:
    player = bench.player(wanted.name)
    path = wanted.target or Path(f"{wanted.name}.py")
    write_starter(wanted.name, path)
    player.open_prompt()
    write(str(path))
    _narrate(f"Write your code there, then: {command('quizkit', 'challenge', wanted.name, '--file', str(path))}")


def _hint(bench: Bench, wanted: Wanted) -> None:
    view = bench.player(wanted.name).act(Action(Do.HINT))
    code = view.coding
    assert code is not None
    if wanted.as_json:
        print_json({"challenge": wanted.name, "hint": code.hints[-1], "hints_left": code.hints_left})
        return
    _say(hint_text(code, bench.look))
    _narrate(f"{count(code.hints_left, 'hint')} left.")


def _solution(bench: Bench, wanted: Wanted) -> None:
    player = bench.player(wanted.name)
    giving_up = wanted.give_up and Do.GIVE_UP in player.view().actions
    view = player.act(Action(Do.GIVE_UP if giving_up else Do.SOLUTION))
    code = view.coding
    assert code is not None
    if wanted.as_json:
        print_json({"challenge": wanted.name, "solution": code.solution})
        return
    write(code.solution.rstrip("\n"))
    _narrate(f"\n{follow_ups_text(view, bench.look)}".rstrip())
    _narrate(code.remark)


# -- judging ----------------------------------------------------------------------------------------------------------


def _file(bench: Bench, wanted: Wanted, file: Path) -> int:
    names = [wanted.name] if wanted.name else _challenges_in(bench.workshop, file)
    if wanted.jsonl or (len(names) == 1 and _full_screen(wanted)):
        return _play(bench, wanted, names, file)
    if wanted.watch:
        return _watch(bench, wanted, names, file)
    return _judge(bench, wanted, names, file)


def _full_screen(wanted: Wanted) -> bool:
    return not (wanted.as_json or wanted.plain) and choose() is Face.FULL


def _play(bench: Bench, wanted: Wanted, names: Sequence[str], file: Path) -> int:
    if names[1:]:
        example = f"quizkit challenge {names[0]} --file {file} --jsonl"
        raise UsageProblem(f"{file} holds {', '.join(names)}: name one of them, as in {example}")
    face = Face.JSONL if wanted.jsonl else Face.FULL
    return play(face, bench.player(names[0], str(file)), bench.desk.settings, watch=wanted.watch)


def _judge(bench: Bench, wanted: Wanted, names: Sequence[str], file: Path) -> int:
    """Print the verdict on each of some functions of a file and return the exit code of the worst."""
    codes = []
    for number, name in enumerate(names):
        with _searching() as progress:
            view = bench.player(name, str(file)).judge(progress=progress)
        code = view.coding
        assert code is not None and code.verdict is not None
        _show(code, wanted, bench.look, first=number == 0, several=len(names) > 1)
        codes.append(code.verdict.exit_code)
    return max(codes)


def _show(code: CodeView, wanted: Wanted, look: Look, *, first: bool, several: bool) -> None:
    assert code.verdict is not None
    if wanted.as_json:
        one_line = several or wanted.watch
        write(json.dumps(code.verdict.as_json(), ensure_ascii=False, indent=None if one_line else 2))
    else:
        _say(("" if first else "\n") + verdict_text(code, look))
    _narrate(code.remark)


def _watch(bench: Bench, wanted: Wanted, names: Sequence[str], file: Path) -> int:
    """Judge at every save, until the person has seen enough and interrupts."""
    saves = Watch(file)
    saves.saved()
    _judge(bench, wanted, names, file)
    _narrate(f"Watching {file}: every save is judged. Ctrl-C ends.")
    while True:
        bench.workshop.get_ready()
        saves.wait()
        if not names[1:]:
            bench.workshop.judge_ahead(names[0], file)
        _judge(bench, wanted, names, file)


def _challenges_in(workshop: Workshop, file: Path) -> list[str]:
    """Return the functions of a file that bear the name of a challenge.

    Raises:
        UsageProblem: the file cannot be loaded, or it has no such function.
        No: its process ended while it was loading.
    """
    from quizkit.challenges.library import names
    from quizkit.judge.process import Ended, How
    from quizkit.judge.wire import Unusable

    loaded = workshop.functions_in(file)
    if isinstance(loaded, Unusable):
        where = ":".join(str(part) for part in (file, loaded.line, loaded.column) if part is not None)
        raise UsageProblem(f"{where}: {loaded.text}")
    if isinstance(loaded, Ended):
        problem = UsageProblem if loaded.how is How.EXITED else No
        raise problem(f"{file}, while it was loading: {loaded.text}")
    found = [name for name in names() if name in loaded.functions]
    if not found:
        hint = nearest(next(iter(loaded.functions), ""), names())
        raise UsageProblem(f"No function of {file} has the name of a challenge.{hint} `quizkit challenge` lists them.")
    return found


@contextmanager
def _searching() -> Iterator[Progress | None]:
    """Give a progress line on standard error, where that is a terminal, and wipe it in the end."""
    if not sys.stderr.isatty():
        yield None
        return
    try:
        yield _progress_line
    finally:
        sys.stderr.write("\r\x1b[K" if os.environ.get("TERM") not in ("dumb", None) else "\n")


def _progress_line(done: int, total: int) -> None:
    sys.stderr.write(f"\rlooked at {done} of {total} cases")
    sys.stderr.flush()


# -- saying it --------------------------------------------------------------------------------------------------------


def _say(text: str) -> None:
    write(text.rstrip("\n"))


def _narrate(text: str) -> None:
    if text:
        sys.stdout.flush()
        print(text if can_unicode() else _ascii(text), file=sys.stderr, flush=True)  # noqa: T201


def _ascii(text: str) -> str:
    from quizkit.faces.drawing.transliterate import to_ascii

    return to_ascii(text)
