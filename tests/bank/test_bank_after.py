"""`after` names what is to be learned first: names that lead nowhere, circles, and what a question stands on."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.bank.circles import MOST_CIRCLES, circles
from quizkit.bank.folders import Folder
from quizkit.bank.library import Bank

Graph = dict[str, list[str]]


def put(folder: Path, files: dict[str, Graph]) -> list[Folder]:
    """Write files of questions, each with the ids that it comes after."""
    for name, questions in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("questions:\n" + "".join(_entry(*item) for item in questions.items()), "utf-8")
    return [Folder(str(folder))]


def _entry(own: str, after: list[str]) -> str:
    more = f", after: [{', '.join(after)}]" if after else ""
    return f"  - {{id: {own}, question: W, simple_answer: S{more}}}\n"


def messages(bank: Bank) -> list[str]:
    return [f"{Path(p.file).name}:{p.line}:{p.column}: {p.question_id}: {p.message}" for p in bank.problems]


def test_a_bank_says_what_questions_stand_on_in_the_order_written(tmp_path: Path) -> None:
    folders = put(tmp_path, {"t/1.yaml": {"a": ["c", "b"], "b": []}, "u/1.yaml": {"c": ["b"]}})
    with Bank.open(folders, "") as bank:
        assert bank.problems == ()
        assert bank.question("a").after == ("c", "b")
        assert bank.stands_on(["a", "b", "c", "nothing"]) == {"a": ["c", "b"], "c": ["b"]}
        assert bank.stands_on([f"q{n}" for n in range(2000)] + ["c"]) == {"c": ["b"]}


def test_a_prerequisite_that_leads_nowhere_brings_the_nearest_ids(tmp_path: Path) -> None:
    with Bank.open(put(tmp_path, {"t/1.yaml": {"relu": [], "gelu": ["rel"]}}), "") as bank:
        assert messages(bank) == [
            "1.yaml:3:55: gelu: after: 'rel': no question of the banks that were read has this id. Did you mean relu?"
        ]


def test_a_circle_across_files_is_named_in_full_and_mended_by_an_edit(tmp_path: Path) -> None:
    files: dict[str, Graph] = {"t/1.yaml": {"a": ["b"]}, "t/2.yaml": {"b": ["c"]}, "u/1.yaml": {"c": []}}
    with Bank.open(put(tmp_path, files), str(tmp_path / "index.db")) as bank:
        assert bank.problems == ()
        put(tmp_path, {"u/1.yaml": {"c": ["a"]}})
        bank.refresh()
        assert messages(bank) == [
            "1.yaml:2:52: a: after goes round in a circle, a -> b -> c -> a: none of them can be learned first;"
            " take one step out"
        ]
        put(tmp_path, {"t/2.yaml": {"b": []}})
        bank.refresh()
        assert bank.problems == ()


def test_an_edit_elsewhere_leaves_a_circle_reported(tmp_path: Path) -> None:
    files: dict[str, Graph] = {"t/1.yaml": {"a": ["b"], "b": ["a"]}, "t/2.yaml": {"c": []}}
    with Bank.open(put(tmp_path, files), str(tmp_path / "index.db")) as bank:
        before = messages(bank)
        put(tmp_path, {"t/2.yaml": {"c": [], "d": []}})
        bank.refresh()
        assert messages(bank) == before != []


graphs = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3), max_size=6)


@given(graphs)
def test_circles_are_circles_and_without_their_last_steps_there_is_none(graph: Graph) -> None:
    left = {question: list(dict.fromkeys(names)) for question, names in graph.items()}
    for circle in circles(graph):
        assert circle[0] == min(circle)
        for step, name in zip(circle, [*circle[1:], circle[0]], strict=True):
            assert name in graph[step]
        left[circle[-1]].remove(circle[0])
    while free := [question for question, names in left.items() if not any(name in left for name in names)]:
        for question in free:
            del left[question]
    assert not left


def test_of_very_many_circles_the_first_are_named() -> None:
    everything = [str(number) for number in range(50)]
    assert len(list(circles(dict.fromkeys(everything, everything)))) == MOST_CIRCLES


@pytest.mark.parametrize("length", [2, 5000])
def test_a_circle_may_be_of_any_length(length: int) -> None:
    (circle,) = circles({str(number): [str((number + 1) % length)] for number in range(length)})
    assert circle == [str(number) for number in range(length)]
