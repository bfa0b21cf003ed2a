from hypothesis import given
from hypothesis import strategies as st

from quizkit.memory.queue import order_due, pick_new, shuffled

ROWS = st.lists(
    st.one_of(
        st.tuples(st.text(max_size=4), st.integers(0, 50), st.none()),
        st.tuples(st.text(max_size=4), st.none(), st.integers(0, 50)),
    ),
    unique_by=lambda row: row[0],
)


@given(ROWS, st.integers(0, 9))
def test_running_steps_come_first_then_the_longest_overdue(
    rows: list[tuple[str, int | None, int | None]], day: int
) -> None:
    ranks = {card: (0, due_ms) if due_ms is not None else (1, due_day) for card, due_day, due_ms in rows}
    order = order_due(rows, day)
    assert sorted(order) == sorted(ranks)
    assert [ranks[card] for card in order] == sorted(ranks.values())


def test_cards_due_on_the_same_day_come_in_another_order_on_another_day() -> None:
    rows = [(f"card-{number}", 5, None) for number in range(20)]
    assert order_due(rows, 7) == order_due(rows[::-1], 7) != order_due(rows, 8)


@given(st.lists(st.integers(0, 60).map(str), unique=True), st.sets(st.integers(0, 60).map(str)), st.integers(0, 20))
def test_new_cards_are_the_first_of_the_banks_order_that_are_new(bank: list[str], seen: set[str], most: int) -> None:
    picked = pick_new(bank, lambda some: seen.intersection(some), most)
    assert picked == [card for card in bank if card not in seen][:most]


def test_new_cards_are_found_behind_any_number_of_known_ones() -> None:
    bank = [str(number) for number in range(1000)]
    assert pick_new(bank, lambda some: {card for card in some if int(card) < 990}, 2) == ["990", "991"]


@given(st.lists(st.text(max_size=3), unique=True), st.text(max_size=5))
def test_a_seed_alone_decides_a_shuffle(cards: list[str], seed: str) -> None:
    assert sorted(shuffled(cards, seed)) == sorted(cards)
    assert shuffled(cards, seed) == shuffled(cards, seed)
