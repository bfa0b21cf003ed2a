from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import choice_question, number_question, question

from quizkit.bank.folders import Folder, packaged_folder
from quizkit.bank.library import Bank, Filters
from quizkit.errors import UsageProblem
from quizkit.marking import Ask, mark, own_item, read_number, statements_item

SEEDS = st.text(max_size=10)


@given(SEEDS)
def test_exactly_the_right_choice_is_right(seed: str) -> None:
    item = own_item(choice_question(), seed)
    assert item is not None
    verdicts = {option.text: mark(item, str(number)).right for number, option in enumerate(item.options, 1)}
    assert verdicts == {"right": True, "wrong": False, "odd": False}


@given(SEEDS)
def test_statements_are_right_only_when_all_of_them_are(seed: str) -> None:
    item = statements_item(question(), seed)
    assert item is not None
    assert item.ask is Ask.SEVERAL
    assert len({option.text for option in item.options}) == 3
    true = {number for number, option in enumerate(item.options, 1) if option.right}
    for chosen in ({1}, {2}, {3}, {1, 2}, {1, 3}, {2, 3}, {1, 2, 3}, set()):
        answer = " ".join(map(str, chosen)) or "none"
        assert mark(item, answer).right == (chosen == true)


def test_key_points_are_true_and_claims_are_traps() -> None:
    card = question()
    seen = {}
    for seed in map(str, range(60)):
        item = statements_item(card, seed)
        assert item is not None
        seen |= {option.text: (option.right, option.correction) for option in item.options}
    assert seen == {
        **dict.fromkeys(card.key_points, (True, "")),
        **{mistake.claim: (False, mistake.correction) for mistake in card.mistakes},
    }


def test_a_card_without_mistakes_or_with_too_little_material_makes_no_statements() -> None:
    assert statements_item(question(mistakes=()), "x") is None
    assert statements_item(question(key_points=()), "x") is None


@pytest.mark.parametrize("topic", ["activations"])
def test_the_bank_calls_markable_exactly_what_can_be_marked(topic: str) -> None:
    """A quiz that asked anything else would show a flashcard."""
    with Bank.open([Folder(packaged_folder())], "") as bank:
        markable = set(bank.ids(Filters(topics=(topic,), markable=True)))
        questions = [bank.question(card) for card in bank.ids(Filters(topics=(topic,)))]
    asked = {card.id for card in questions if own_item(card, "x") or statements_item(card, "x")}
    assert markable == asked


def test_a_card_that_nothing_can_mark_is_not_called_markable(tmp_path: Path) -> None:
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a.yaml").write_text(
        "questions:\n"
        "  - {id: open, question: Why?, simple_answer: So.}\n"
        "  - {id: number, question: How many?, answer: 3, tolerance: 0}\n"
    )
    with Bank.open([Folder(str(tmp_path))], "") as bank:
        assert set(bank.ids(Filters(markable=True))) == {"number"}


def test_a_question_to_say_aloud_is_not_marked() -> None:
    assert own_item(question(), "x") is None


@pytest.mark.parametrize(
    ("text", "right"),
    [("0.119", True), ("0.12", True), ("0.118", True), ("0.1201", False), ("-0.119", False), ("119e-3", True)],
)
def test_a_number_is_right_within_its_tolerance(text: str, right: bool) -> None:
    item = own_item(number_question(), "x")
    assert item is not None
    assert mark(item, text).right is right


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (" 0.5 ", 0.5),
        ("1/2", 0.5),
        ("-1/4", -0.25),
        ("0,5", 0.5),
        ("1e-3", 0.001),
        ("−2", -2.0),
        ("+3", 3.0),
        (".5", 0.5),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "x", "1/0", "nan", "inf", "1e999999999", "1.2.3", "0x10", "9" * 400, "1/2/3", "1_000"]
)
def test_what_is_no_number_is_refused_and_not_marked_wrong(text: str) -> None:
    with pytest.raises(UsageProblem, match="not a number"):
        read_number(text)


@given(st.text(max_size=12))
def test_any_text_is_marked_or_refused(text: str) -> None:
    for item in (own_item(choice_question(), "s"), statements_item(question(), "s"), own_item(number_question(), "s")):
        assert item is not None
        try:
            assert mark(item, text).right in (True, False)
        except UsageProblem:
            pass


@pytest.mark.parametrize("answer", ["", "0", "4", "1 2", "-1", "one", "²"])
def test_a_choice_that_is_not_there_is_refused(answer: str) -> None:
    item = own_item(choice_question(), "x")
    assert item is not None
    with pytest.raises(UsageProblem, match="1 to 3"):
        mark(item, answer)


def test_letters_choose_too() -> None:
    item = own_item(choice_question(), "x")
    assert item is not None
    assert mark(item, "b").chosen == {1}
