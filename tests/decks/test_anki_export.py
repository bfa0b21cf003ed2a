import os
from dataclasses import replace
from pathlib import Path

import pytest
from anki_beside import Anki, needs_anki
from hypothesis import given, settings
from hypothesis import strategies as st
from making import choice_question, number_question, question

from quizkit.bank.folders import bank_folders
from quizkit.bank.library import Bank
from quizkit.bank.model import Question
from quizkit.decks.anki_export import FIELDS, digest, export, fields_of, next_stamp
from quizkit.errors import UsageProblem

NOW = 1_760_000_000
CHART = "flowchart TD\n  A[cause] --> B[effect < 1]"


@pytest.fixture
def anki(tmp_path: Path) -> Anki:
    return Anki(tmp_path / "anki")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return tmp_path / "deck.apkg"


def exported(questions: list[Question], package: Path, home: Path) -> Path:
    """Export as the command does, all in one second."""
    export(questions, package, next_stamp(home, NOW))
    return package


@needs_anki
def test_anki_takes_every_question_of_the_packaged_bank(anki: Anki, package: Path, home: Path) -> None:
    with Bank.open(bank_folders(str(home), os.environ), str(package.with_suffix(".db"))) as bank:
        questions = [bank.question(name) for name in bank.ids()]
    done, dump = anki.do(("take", exported(questions, package, home)), ("dump",))
    assert done["new"] == len(questions) == len(dump["notes"]) == len(dump["cards"])
    for note, asked in zip(dump["notes"], questions, strict=True):
        assert note["fields"] == fields_of(asked)
    assert {f"quizkit::{asked.topic}" for asked in questions} <= set(dump["decks"].values())


@needs_anki
def test_a_later_export_in_the_same_second_changes_the_notes_and_keeps_their_schedule(
    anki: Anki, package: Path, home: Path
) -> None:
    old = [question("relu", diagram=CHART), choice_question(), number_question()]
    new = [replace(old[0], question="What is ReLU, in one line?"), *old[1:], question("gelu")]
    anki.do(("take", exported(old, package, home)), ("answer", 3), ("answer", 4))
    before = anki.dump()
    done, after = anki.do(("take", exported(new, package, home)), ("dump",))
    assert (done["new"], done["updated"]) == (1, 3)
    assert [note["id"] for note in after["notes"][:3]] == [note["id"] for note in before["notes"]]
    assert len(after["notes"]) == 4
    assert after["notes"][0]["fields"]["Question"] == "<p>What is ReLU, in one line?</p>"
    assert after["cards"][:3] == before["cards"]
    assert after["log"] == before["log"]
    assert len(after["log"]) == 2


@needs_anki
def test_importing_the_same_package_twice_adds_nothing(anki: Anki, package: Path, home: Path) -> None:
    exported([question("relu"), question("gelu")], package, home)
    anki.do(("take", package), ("take", package))
    assert len(anki.dump()["notes"]) == 2


@needs_anki
def test_a_renamed_question_stays_the_same_note(anki: Anki, package: Path, home: Path) -> None:
    anki.do(("take", exported([question("relu")], package, home)), ("answer", 3))
    renamed = question("rectifier", was=("relu",))
    again = replace(renamed, id="rectified", was=("relu", "rectifier"))
    anki.do(("take", exported([renamed], package, home)), ("take", exported([again], package, home)))
    dump = anki.dump()
    assert [note["fields"]["Id"] for note in dump["notes"]] == ["rectified"]
    assert len(dump["log"]) == 1


@needs_anki
def test_each_topic_is_a_deck_of_its_own(anki: Anki, package: Path, home: Path) -> None:
    asked = [question("relu", topic="activations"), question("stride", topic="convolutions")]
    anki.do(("take", exported(asked, package, home)))
    dump = anki.dump()
    decks = [dump["decks"][str(deck)] for _, _, _, deck, *_ in dump["cards"]]
    assert decks == ["quizkit::activations", "quizkit::convolutions"]


def test_a_number_is_answered_with_its_tolerance() -> None:
    assert fields_of(number_question())["Answer"] == "0.119 ± 0.001"


def test_a_formula_in_a_table_stays_in_its_row() -> None:
    table = "| unit | slope |\n| --- | --- |\n| ReLU | $$z > 0$$ |"
    assert "<td>\\(z &gt; 0\\)</td>" in fields_of(question(technical_answer=table))["As you would say it"]


def test_a_letter_and_its_accent_apart_are_no_edit() -> None:
    assert digest("cafe\u0301") == digest("caf\u00e9")  # Anki puts them together


def test_the_layers_stand_in_fields_of_their_own() -> None:
    asked = question(technical_answer="Where $z < 0$:\n\n$$\\max(0, z)$$\n\n`a<b`", diagram=CHART, tags=("relu",))
    fields = fields_of(asked)
    assert tuple(fields) == FIELDS
    assert fields["As you would say it"] == (
        "<p>Where \\(z &lt; 0\\):</p>\n<p>\\[\\max(0, z)\\]</p>\n<p><code>a&lt;b</code></p>"
    )
    assert fields["Diagram"].startswith("<svg ")
    assert "effect &lt; 1" in fields["Diagram"]
    assert fields["Traps"].startswith("<dl><dt>relu is linear.</dt><dd><p>It has a kink.</p></dd>")


@needs_anki
def test_pictures_go_along(anki: Anki, package: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a cat.png").write_text("a picture")
    asked = question(question="![it](<media/a cat.png>) ![gone](media/gone.png)", file=str(tmp_path / "pets.yaml"))
    anki.do(("take", exported([asked], package, home)))
    assert (anki.path.parent / "collection.media" / "a cat.png").read_text() == "a picture"
    assert '<img src="a cat.png" alt="it"' in anki.dump()["notes"][0]["fields"]["Question"]


def test_html_in_a_card_shows_as_text() -> None:
    assert "<script" not in fields_of(question(question="<script>alert(1)</script>", analogy="<img src=x>"))["Question"]


@settings(max_examples=30)
@given(times=st.lists(st.integers(0, 3), min_size=2, max_size=8))
def test_every_export_is_later_than_the_one_before(times: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    stamps = [next_stamp(home, NOW + time) for time in times]
    assert stamps == sorted(set(stamps))
    assert all(stamp >= NOW + time for stamp, time in zip(stamps, times, strict=True))


def test_a_target_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "missing" / "deck.apkg"):
        with pytest.raises(UsageProblem, match="name a file in a folder that exists"):
            export([question()], target, NOW)
    assert not list(tmp_path.iterdir())
