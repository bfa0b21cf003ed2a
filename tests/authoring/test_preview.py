"""A card is drawn by the faces themselves, in the width that was asked for."""

import json

import pytest
from making import HandClock, choice_question, number_question, question
from rich.cells import cell_len

from quizkit.bank.folders import Folder, packaged_folder
from quizkit.bank.library import Bank
from quizkit.errors import QuizkitError
from quizkit.faces.preview import Shown, drawn, print_preview

DRAWING = (Shown.FULL, Shown.PLAIN)


@pytest.mark.parametrize("shown", DRAWING)
@pytest.mark.parametrize("width", [40, 60, 120])
def test_a_drawing_holds_question_and_answer_and_keeps_to_the_width(shown: Shown, width: int) -> None:
    text = drawn(question(diagram=""), shown, width, HandClock())
    assert text.index("What is relu?") < text.index("A one-way door.") < text.index("Because.")
    assert max(map(cell_len, text.splitlines())) <= max(width, 60)


@pytest.mark.parametrize("shown", DRAWING)
@pytest.mark.parametrize("card", [choice_question(), number_question()], ids=["choices", "number"])
def test_a_card_that_marks_itself_is_answered_rightly(shown: Shown, card: object) -> None:
    assert "✓ Right." in drawn(card, shown, 60, HandClock())  # type: ignore[arg-type]


@pytest.mark.parametrize("card", [question(), choice_question(), number_question()], ids=["said", "choices", "number"])
def test_json_lines_are_the_views_of_question_and_answer(card: object) -> None:
    first, second = (json.loads(row)["view"] for row in drawn(card, Shown.JSONL, 60, HandClock()).splitlines())  # type: ignore[arg-type]
    assert first["screen"] in ("question", "asked")
    assert second["screen"] in ("answer", "marked")


@pytest.mark.parametrize("shown", DRAWING)
def test_a_long_card_is_drawn_to_its_end(shown: Shown) -> None:
    with Bank.open([Folder(packaged_folder())], "") as bank:
        card = bank.question("relu")
    text = drawn(card, shown, 80, HandClock())
    assert card.references[-1].split(",")[0] in text


def test_all_faces_are_drawn_unless_one_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    print_preview("relu", 60, "")
    assert [row.split()[1] for row in capsys.readouterr().out.splitlines() if row.startswith("── ")] == list(Shown)
    print_preview("relu", 60, "plain")
    assert "── plain" not in capsys.readouterr().out


def test_an_unknown_face_or_card_is_refused_by_name() -> None:
    with pytest.raises(QuizkitError, match="Did you mean plain"):
        print_preview("relu", 60, "plan")
    with pytest.raises(QuizkitError, match="There is no question"):
        print_preview("no-such-card", 60, "")
