"""Challenges that come due in a sitting, through every face, and what else looks at the log that they share."""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import quizkit
from making import HandClock, moment

from quizkit import backup
from quizkit.bank.library import Filters
from quizkit.errors import UsageProblem
from quizkit.memory.log import Event, Grade, Kind, Mode, Moment
from quizkit.opening import Desk, opened
from quizkit.player import Player, Request, waiting
from quizkit.session import Action, Do, Screen
from quizkit.settings import Settings
from quizkit.store import Store
from quizkit.workshop import Workshop, starter_text, write_starter

if os.name != "nt":
    from terminal import Terminal

RIGHT = "import numpy as np\n\n\ndef relu(x):\n    return np.maximum(x, 0)\n"
WRONG = "import numpy as np\n\n\ndef relu(x):\n    return np.abs(x)\n"
DAY_MS = 86_400_000


def make_due(home: Path, *names: str, now: Moment | None = None) -> None:
    """Have challenges accepted long enough ago that they are due."""
    at_ms = (now.at_ms if now else int(time.time() * 1000)) - 30 * DAY_MS
    detail = json.dumps({"verdict": "accepted", "file": "long ago"})
    with Store.open(home) as store:
        for name in names:
            card, mode = f"challenge:{name}", Mode.STUDY
            review = Event(f"old-{name}", Kind.REVIEW, card, at_ms, 0, "old", mode, Grade.GOOD, detail=detail)
            store.append([review], Settings().model())


def told(home: Path) -> list[tuple[str, str, Grade | None]]:
    with Store.open(home) as store:
        return [(str(e.kind), e.card, e.grade) for e in store.challenge_events() if e.sitting != "old"]


def writing_editor(tmp_path: Path, *texts: str) -> str:
    """Return an editor that writes the next of some texts each time it is opened."""
    program, counter = tmp_path / "editor.py", tmp_path / "opened"
    program.write_text(
        "import pathlib, sys\n"
        f"counter, texts = pathlib.Path({str(counter)!r}), {texts!r}\n"
        "number = int(counter.read_text()) if counter.exists() else 0\n"
        "counter.write_text(str(number + 1))\n"
        "pathlib.Path(sys.argv[2]).write_text(texts[min(number, len(texts) - 1)])\n"
    )
    return f"{sys.executable} {program}"


# -- through every face -----------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_a_due_challenge_is_written_judged_and_graded_alike_by_every_face(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    logs = {}
    for face in ("jsonl", "plain", "full"):
        home = tmp_path / face
        make_due(home, "relu")
        there = {
            **environment,
            "QUIZKIT_HOME": str(home),
            "EDITOR": writing_editor(tmp_path, WRONG, RIGHT, WRONG, RIGHT),
        }
        (tmp_path / "opened").unlink(missing_ok=True)
        study = ("study", "--new", "0")
        if face == "jsonl":
            actions = ["edit", "hint", "edit", "undo", "give_up", "next"]
            quizkit(there, *study, "--jsonl", typed="".join(json.dumps({"do": do}) + "\n" for do in actions))
        elif face == "plain":
            quizkit(there, *study, "--plain", typed="e\nh\ne\nu\ng\n\n\n")
        else:
            with Terminal(there, *study, rows=60) as terminal:
                terminal.wait_for("Write it in")
                for key, shows in (
                    ("e", "relu.py: rejected"), ("h", "Hints"), ("e", "Counts as hard"), ("u", "Undone"),
                    ("g", "A solution"), ("\r", "1 card answered"),
                ):  # fmt: skip
                    terminal.press(key)
                    terminal.wait_for(shows)
                terminal.press("q")
                assert terminal.ended() == 0
        logs[face] = told(home)
    assert logs["jsonl"] == logs["plain"] == logs["full"]
    card = "challenge:relu"
    assert logs["plain"] == [
        ("opened", card, None),
        ("attempt", card, None),
        ("hinted", card, None),
        ("review", card, Grade.HARD),
        ("undo", card, None),
        ("review", card, Grade.AGAIN),
    ]


def test_without_an_editor_the_file_and_the_way_on_are_named(environment: dict[str, str], home: Path) -> None:
    make_due(home, "relu")
    there = {**environment, "EDITOR": "no-such-editor"}
    shown = quizkit(there, "study", "--new", "0", "--plain", typed="e\nq\n\n").stdout
    assert "did not start" in shown
    assert f"quizkit challenge relu --file {home / 'code' / 'relu.py'}" in shown
    assert told(home) == [("opened", "challenge:relu", None)]


def test_an_older_attempt_is_kept_beside_the_fresh_starter(environment: dict[str, str], home: Path) -> None:
    make_due(home, "relu")
    code = home / "code"
    for attempt in ("first", "second"):
        shown = quizkit(environment, "study", "--new", "0", "--plain", typed="q\n\n").stdout
        assert (code / "relu.py").read_text() == starter_text("relu")
        (code / "relu.py").write_text(attempt)
    assert "is kept as" in shown
    quizkit(environment, "study", "--new", "0", "--plain", typed="q\n\n")
    assert sorted(path.read_text() for path in code.glob("relu-*.py")) == ["first", "second"]


def test_a_starter_that_nobody_touched_is_not_kept(environment: dict[str, str], home: Path) -> None:
    make_due(home, "relu")
    for _ in range(2):
        quizkit(environment, "study", "--new", "0", "--plain", typed="s\n\n")
        quizkit(environment, "study", "--new", "0", "--plain", typed="u\nq\n\n")
    assert [path.name for path in (home / "code").iterdir()] == ["relu.py"]


# -- which challenges a sitting offers --------------------------------------------------------------------------------


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    make_due(home, "relu", "softmax", now=moment())
    with opened(HandClock()) as open_desk:
        yield open_desk


def sit(desk: Desk, filters: Filters | None = None, mode: Mode = Mode.STUDY, **request: int) -> Player:
    wanted = Request(mode, filters or Filters(), **{"new": 0, **request})  # type: ignore[arg-type]
    return Player(desk.bank, desk.store, desk.settings, wanted, desk.clock, Workshop(desk.home))


@pytest.mark.parametrize(
    ("filters", "offered"),
    [
        (Filters(), {"relu", "softmax"}),
        (Filters(topics=("activations",)), {"relu", "softmax"}),
        (Filters(difficulty="easy"), {"relu"}),
        (Filters(search="LOGITS probabilities"), {"softmax"}),
        (Filters(tags=("relu",)), set()),
        (Filters(company="Google"), set()),
    ],
)
def test_filters_hold_for_challenges_too(desk: Desk, filters: Filters, offered: set[str]) -> None:
    order = sit(desk, filters).session.order
    assert {card.removeprefix("challenge:") for card in order} == offered


@pytest.mark.parametrize("mode", [Mode.QUIZ, Mode.CRAM])
def test_a_quiz_and_a_cram_ask_questions_alone(desk: Desk, mode: Mode) -> None:
    filters = Filters(markable=True) if mode is Mode.QUIZ else Filters()
    assert not any(card.startswith("challenge:") for card in sit(desk, filters, mode, limit=5).session.order)


def test_a_skipped_or_suspended_challenge_is_not_offered_again_today(desk: Desk) -> None:
    player = sit(desk)
    player.act(Action(Do.SKIP))
    player.act(Action(Do.SUSPEND))
    assert sit(desk).session.screen is Screen.DONE
    assert player.view().summary.due_tomorrow == 1  # type: ignore[union-attr]


def test_a_challenge_whose_pack_is_gone_waits(desk: Desk) -> None:
    make_due(desk.home, "of_a_pack", now=moment())
    assert len(sit(desk).session.order) == 2
    assert waiting(desk.bank, desk.store, desk.settings, Filters(), moment(), Workshop(desk.home))[0] == 2


def test_challenges_take_no_new_card_of_the_day(desk: Desk) -> None:
    player = Player(
        desk.bank,
        desk.store,
        desk.settings,
        Request(Mode.CHALLENGE, Filters(), challenge="gelu"),
        desk.clock,
        Workshop(desk.home),
    )
    player.act(Action(Do.GIVE_UP))
    assert desk.store.introduced(moment().day) == 0
    assert desk.store.state("challenge:gelu").first_day == moment().day


# -- the shared log ---------------------------------------------------------------------------------------------------


def test_an_undo_of_the_last_sitting_passes_notes_over(desk: Desk) -> None:
    first = sit(desk)
    first.act(Action(Do.SKIP))
    second = sit(desk)
    second.act(Action(Do.HINT))
    third = sit(desk)
    third.act(Action(Do.UNDO))
    undone = [event for event in desk.store.events() if event.kind is Kind.UNDO]
    assert [event.undoes for event in undone] == [first.session.log[1].uid]


def test_states_with_challenges_are_the_replay_of_the_log(desk: Desk) -> None:
    player = sit(desk)
    player.act(Action(Do.HINT))
    player.act(Action(Do.GIVE_UP))
    before = desk.store.states()
    other = Settings(learning_steps=(1, 10))
    assert desk.store.derive_all(other.model(), {})
    assert desk.store.derive_all(Settings().model(), {})
    assert desk.store.states() == before


def test_a_backup_keeps_attempts_and_hints(desk: Desk) -> None:
    player = sit(desk)
    player.act(Action(Do.HINT))
    logged = list(desk.store.events())
    name = backup.now(desk.home, desk.store, moment()).name
    desk.store.close()
    backup.restore(desk.home, name, moment(1))
    with Store.open(desk.home) as restored:
        assert list(restored.events()) == logged


def test_due_and_topics_count_due_challenges(environment: dict[str, str], home: Path) -> None:
    make_due(home, "relu", "softmax")
    careful = json.loads(quizkit(environment, "due", "activations", "--json").stdout)
    quick = json.loads(quizkit(environment, "due", "--json").stdout)
    assert careful["due"] == quick["due"] == 2
    assert {row["topic"]: row["due"] for row in json.loads(quizkit(environment, "topics", "--json").stdout)} == {
        "activations": 2
    }
    make_due(home, "of_a_pack")
    assert json.loads(quizkit(environment, "due", "--json").stdout)["due"] == 2
    quizkit(environment, "suspend", "challenge:relu")
    assert json.loads(quizkit(environment, "due", "--json").stdout)["due"] == 1


# -- files ------------------------------------------------------------------------------------------------------------


def test_a_starter_is_written_once(tmp_path: Path) -> None:
    file = tmp_path / "relu.py"
    write_starter("relu", file)
    with pytest.raises(UsageProblem, match="left as it is"):
        write_starter("relu", file)
    assert file.read_text("utf-8") == starter_text("relu")
