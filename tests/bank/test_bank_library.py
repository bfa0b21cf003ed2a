"""Topics, filters, questions and links as the rest of quizkit asks for them."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizkit.bank.clashes import clashes
from quizkit.bank.folders import Folder, bank_folders, packaged_folder
from quizkit.bank.library import Bank, Filters, Topic, UnknownQuestion, check
from quizkit.bank.mention import LOST, SEE_ALSO, WAS, Mention
from quizkit.errors import UsageProblem

ACTIVATIONS = """\
questions:
  - id: dying-relu
    question: |
      What is the *dying ReLU* problem?
      Say when it happens.
    difficulty: medium
    minutes: 5
    companies: [Google]
    tags: [ReLU, gradients]
    simple_answer: Units that never fire.
    key_points: [Zero gradient]
    was: [dead-relu]
  - id: gelu
    question: What is GELU?
    difficulty: easy
    companies: [OpenAI]
    tags: [gelu]
    technical_answer: |
      $x \\Phi(x)$, a smooth ReLU; naïve, Straße.
    see_also: [dying-relu]
"""
METRICS = """\
questions:
  - id: recall
    question: Which share do you find?
    choices: [precision, {text: recall, correction: Yes.}]
    answer: recall
    tags: [metrics]
  - id: f1
    question: F1 of precision 0.5 and recall 1?
    answer: "0.667"
    tolerance: 0.001
    difficulty: hard
  - id: trap
    question: Is accuracy enough?
    simple_answer: No.
    mistakes: [{claim: Yes., correction: Not when classes are rare.}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(tmp_path / "bank", {"activations/a.yaml": ACTIVATIONS, "metrics/m.yml": METRICS, "empty/notes.txt": "x"})


def put(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture
def bank(folder: Path) -> Iterator[Bank]:
    with Bank.open([Folder(str(folder))], "") as bank:
        yield bank


def one(name: str, **fields: str) -> str:
    more = "".join(f", {key}: {value}" for key, value in fields.items())
    return f"questions:\n  - {{id: {name}, question: W, simple_answer: S{more}}}\n"


def messages(*folders: Path) -> list[str]:
    with Bank.open([Folder(str(folder)) for folder in folders], "") as bank:
        return [
            str(problem).replace(str(folders[0].parent) + os.sep, "").replace(os.sep, "/") for problem in bank.problems
        ]


# -- questions --------------------------------------------------------------------------------------------------------


def test_a_folder_is_a_topic_even_without_questions(bank: Bank) -> None:
    assert bank.topics() == (Topic("activations", 2), Topic("empty", 0), Topic("metrics", 3))


def test_a_question_comes_with_its_place(bank: Bank, folder: Path) -> None:
    question = bank.question("gelu")
    assert (question.topic, question.file, question.line) == ("activations", str(folder / "activations" / "a.yaml"), 13)
    assert question.technical_answer == "$x \\Phi(x)$, a smooth ReLU; naïve, Straße."
    assert bank.get("f1").number.tolerance == 0.001  # type: ignore[union-attr]


def test_an_unknown_question_brings_the_nearest_ids(bank: Bank) -> None:
    assert bank.get("dyingrelu") is None
    with pytest.raises(UnknownQuestion, match=r"There is no question 'dyingrelu'\. Did you mean dying-relu or gelu\?"):
        bank.question("dyingrelu")
    with pytest.raises(UnknownQuestion, match=r"'dead-relu'\. It is called dying-relu now\."):
        bank.question("dead-relu")


def test_an_id_that_is_no_text_is_unknown(bank: Bank) -> None:
    assert bank.get("\udcff") is None
    with pytest.raises(UnknownQuestion):
        bank.question("\udcff")


FILTERS = [
    (Filters(), ["dying-relu", "gelu", "recall", "f1", "trap"]),
    (Filters(topics=("metrics", "activations")), ["dying-relu", "gelu", "recall", "f1", "trap"]),
    (Filters(topics=("metrics",)), ["recall", "f1", "trap"]),
    (Filters(topics=("empty",)), []),
    (Filters(tags=("relu",)), ["dying-relu"]),
    (Filters(tags=("relu", "Gradients")), ["dying-relu"]),
    (Filters(tags=("relu", "gelu")), []),
    (Filters(difficulty="hard"), ["f1"]),
    (Filters(company="google"), ["dying-relu"]),
    (Filters(markable=True), ["recall", "f1"]),
    (Filters(markable=False), ["dying-relu", "gelu", "trap"]),
    (Filters(search="RELU"), ["dying-relu", "gelu"]),
    (Filters(search="relu smooth"), ["gelu"]),
    (Filters(search="NAÏVE"), ["gelu"]),
    (Filters(search="nai\u0308ve"), ["gelu"]),
    (Filters(search="STRASSE"), ["gelu"]),
    (Filters(search="zero"), ["dying-relu"]),
    (Filters(search="rare"), ["trap"]),
    (Filters(search="precision"), ["recall", "f1"]),
    (Filters(search="\\Phi"), ["gelu"]),
    (Filters(search="100%_"), []),
    (Filters(search="  "), ["dying-relu", "gelu", "recall", "f1", "trap"]),
    (Filters(search="relu", difficulty="easy", company="openai"), ["gelu"]),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERS, ids=str)
def test_filters_let_the_right_questions_pass_in_the_order_of_the_bank(
    filters: Filters, expected: list[str], bank: Bank
) -> None:
    assert bank.ids(filters) == expected
    assert list(bank.iter_ids(filters)) == expected
    assert bank.select(["nothing", "f1", "gelu", "dying-relu", "recall", "trap"], filters) == set(expected)


@pytest.mark.parametrize(
    ("filters", "phrase"),
    [
        (Filters(topics=("activation",)), "There is no topic 'activation'. Did you mean activations?"),
        (Filters(tags=("gradient",)), "There is no tag 'gradient'. Did you mean gradients?.*There are: .*metrics"),
        (Filters(difficulty="Hard"), "There is no difficulty 'Hard'. Did you mean hard?"),
        (Filters(company="goggle"), "There is no company 'goggle'. Did you mean Google?.*There are: Google, OpenAI"),
    ],
)
def test_what_no_question_has_is_refused_with_what_there_is(filters: Filters, phrase: str, bank: Bank) -> None:
    for ask in (bank.ids, bank.iter_ids, lambda filters: bank.select([], filters)):
        with pytest.raises(UsageProblem, match=phrase.replace("?", "[?]")):
            ask(filters)


def test_many_ids_are_selected_at_once(bank: Bank) -> None:
    assert bank.select([f"q{n}" for n in range(3000)] + ["gelu"]) == {"gelu"}


def test_ids_are_read_lazily(bank: Bank) -> None:
    assert next(bank.iter_ids()) == "dying-relu"


# -- names across files -----------------------------------------------------------------------------------------------


def test_an_id_that_is_used_twice_names_both_places_and_the_first_wins(tmp_path: Path) -> None:
    first = put(tmp_path / "p", {"t/a.yaml": one("x", analogy="first")})
    second = put(tmp_path / "q", {"t/b.yaml": one("x", analogy="second") + one("x").split("\n", 1)[1]})
    assert messages(first, second) == [
        "q/t/b.yaml:2:10: question x: the id is already used at p/t/a.yaml:2:10: give one of the two another id",
        "q/t/b.yaml:3:10: question x: the id is already used at p/t/a.yaml:2:10: give one of the two another id",
    ]
    with Bank.open([Folder(str(first)), Folder(str(second))], "") as bank:
        assert bank.ids() == ["x"]
        assert bank.question("x").analogy == "first"
        assert bank.topics() == (Topic("t", 1),)


def test_a_link_that_leads_nowhere_brings_the_nearest_ids(tmp_path: Path) -> None:
    folder = put(tmp_path / "p", {"t/a.yaml": one("softmax", see_also="[sofmax, softmaxx]")})
    assert messages(folder) == [
        f"p/t/a.yaml:2:{column}: question softmax: see_also: '{link}': no question of the banks that were read has this"
        " id. Did you mean softmax?"
        for column, link in ((61, "sofmax"), (69, "softmaxx"))
    ]


def test_a_link_may_lead_to_another_bank_and_to_a_faulty_or_unreadable_question(tmp_path: Path) -> None:
    first = put(tmp_path / "p", {"t/a.yaml": one("a", see_also="[b, c, d]")})
    second = put(
        tmp_path / "q",
        {
            "t/b.yaml": one("b"),
            "t/c.yaml": "questions:\n  - {id: c, question: W}\n",
            "t/d.yaml": "questions:\n  - id: d\n    question: 'open\n",
        },
    )
    assert [message.split(":")[0] for message in messages(first, second)] == ["q/t/c.yaml", "q/t/d.yaml"]


def test_a_question_in_an_unreadable_file_takes_no_id_away(tmp_path: Path) -> None:
    cut_off = "questions:\n  - {id: b, question: W, simple_answer: S, was: [c]}\n  - id: 'open\n"
    folder = put(tmp_path / "p", {"t/a.yaml": cut_off, "t/b.yaml": one("b"), "t/c.yaml": one("c")})
    assert [message.split(":")[0] for message in messages(folder)] == ["p/t/a.yaml"]
    with Bank.open([Folder(str(folder))], "") as bank:
        assert bank.ids() == ["b", "c"]
        assert bank.aliases() == {}


def test_a_link_to_a_lost_question_that_another_one_claims_does_not_dangle() -> None:
    mentions = [
        Mention("x", LOST, "", "a", 0, 0),
        Mention("x", WAS, "b", "b", 1, 1),
        Mention("x", SEE_ALSO, "c", "c", 1, 1),
    ]
    assert clashes(mentions) == []


def test_a_link_to_a_former_id_is_told_the_new_one(tmp_path: Path) -> None:
    folder = put(tmp_path / "p", {"t/a.yaml": one("a", see_also="[old]"), "t/b.yaml": one("b", was="[old]")})
    assert messages(folder) == ["p/t/a.yaml:2:55: question a: see_also: 'old': is called 'b' now: write that"]


def test_a_former_id_that_is_an_id_or_claimed_twice_is_refused(tmp_path: Path) -> None:
    files = {
        "t/a.yaml": one("a", was="[b, old, a]"),
        "t/b.yaml": one("b", was="[old]"),
    }
    folder = put(tmp_path / "p", files)
    assert messages(folder) == [
        "p/t/a.yaml:2:50: question a: was: 'b' is the id of a question at p/t/b.yaml:2:10: remove it",
        "p/t/a.yaml:2:58: question a: was: 'a' is the id of a question at p/t/a.yaml:2:10: remove it",
        "p/t/b.yaml:2:50: question b: was: 'old' is already claimed at p/t/a.yaml:2:53: keep one of the two",
    ]
    with Bank.open([Folder(str(folder))], "") as bank:
        assert bank.aliases() == {"old": "a"}


def test_a_bank_full_of_broken_links_is_listed_soon(tmp_path: Path) -> None:
    links = ", ".join(f"question-{n}x" for n in range(900))
    entries = "".join(one(f"question-{n}").split("\n", 1)[1] for n in range(3000))
    folder = put(tmp_path / "p", {"t/a.yaml": one("a", see_also=f"[{links}]") + entries})
    found = messages(folder)
    assert len(found) == 900
    assert sum("Did you mean" in message for message in found) == 20


# -- places -----------------------------------------------------------------------------------------------------------


def test_files_in_odd_places_are_reported(tmp_path: Path) -> None:
    folder = put(
        tmp_path / "p", {"loose.yaml": one("a"), "t/deep/x.yaml": one("b"), "t/.hidden.yaml": "x", ".git/c.yaml": "x"}
    )
    (folder / "t" / "folder.yaml").mkdir()
    with Bank.open([Folder(str(folder)), Folder(str(tmp_path / "missing"))], "") as bank:
        found = {Path(p.file).name: p.message for p in bank.problems}
        assert bank.ids() == []
    assert found == {
        "loose.yaml": "lies directly in the bank folder: move it into a folder named after its topic",
        "x.yaml": "lies too deep: a bank folder holds topic folders, and those hold the files",
        "folder.yaml": "is not a file",
        "missing": "there is no such folder: create it, or change QUIZKIT_BANKS",
    }


@pytest.mark.skipif(os.name == "nt", reason="links need rights there, and names are text")
def test_links_are_followed_and_broken_ones_reported(tmp_path: Path) -> None:
    real = put(tmp_path / "real", {"a.yaml": one("a")})
    folder = put(tmp_path / "p", {"t/b.yaml": one("b")})
    (folder / "linked").symlink_to(real)
    (folder / "t" / "c.yaml").symlink_to(tmp_path / "nowhere")
    (folder / "t" / "self.yaml").symlink_to(folder / "t" / "self.yaml")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "t" / "pipe.yaml")
    (Path(os.fsdecode(os.fsencode(folder) + b"/t/\xff.yaml"))).write_text(one("d"))
    with Bank.open([Folder(str(folder))], "") as bank:
        found = {Path(p.file).name: p.message.split(":")[0] for p in bank.problems if "/loop/" not in p.file}
        assert bank.ids() == ["a", "b"]
    assert found == {
        "c.yaml": "cannot be read",
        "self.yaml": "cannot be read",
        "pipe.yaml": "is not a file",
        "\\udcff.yaml": "has a name that is not text",
    }


def test_banks_come_from_the_package_the_home_and_the_variable(tmp_path: Path) -> None:
    home = put(tmp_path / "home", {"questions/t/a.yaml": one("a")})
    more = put(tmp_path / "more", {"t/b.yaml": one("b")})
    variable = os.pathsep.join([str(more), "", packaged_folder(), str(tmp_path / "missing"), str(more)])
    assert bank_folders(str(home), {"QUIZKIT_BANKS": variable}) == [
        Folder(packaged_folder(), "packaged"),
        Folder(str(home / "questions"), "home"),
        Folder(str(more), "QUIZKIT_BANKS"),
        Folder(str(tmp_path / "missing"), "QUIZKIT_BANKS"),
    ]
    assert bank_folders(str(tmp_path / "none"), {}) == [Folder(packaged_folder(), "packaged")]
    assert Path(packaged_folder()).is_dir()


# -- check ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A bank whose ids are not those of the packaged one."""
    return put(tmp_path / "small", {"metrics/m.yaml": one("test-m"), "activations/a.yaml": one("test-a")})


def test_a_bank_a_topic_and_a_single_file_can_be_checked(small: Path) -> None:
    put(small, {"metrics/z.yaml": one("z", tagz="[x]"), "activations/y.yaml": one("y", tagz="[x]")})
    bank = [("activations/y.yaml", 2), ("metrics/z.yaml", 2)]
    assert found(check([small]), small) == bank
    assert found(check([str(small)]), small) == bank
    assert found(check([small / "metrics"]), small) == bank[1:]
    assert found(check([small / "activations" / "y.yaml"]), small) == bank[:1]
    assert found(check([small / "metrics" / "z.yaml", small / "activations"]), small) == bank
    assert found(check([small / "metrics"], [Folder(str(small))]), small) == bank[1:]
    assert found(check([], [Folder(str(small))]), small) == bank


def found(problems: list, folder: Path) -> list[tuple[str, int]]:  # type: ignore[type-arg]
    return [(Path(p.file).relative_to(folder).as_posix(), p.line) for p in problems]


def test_a_file_that_is_checked_alone_may_link_into_the_banks_that_are_read_anyway(
    tmp_path: Path, folder: Path
) -> None:
    mine = put(tmp_path / "mine", {"t/a.yaml": one("a", see_also="[gelu]"), "t/b.yaml": one("f1")})
    problems = check([mine / "t" / "a.yaml"], [Folder(str(folder))])
    assert problems == []
    (clash,) = check([mine], [Folder(str(folder))])
    assert "the id is already used at " + str(folder) in clash.message


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem, match="There is no file or folder"):
        check([tmp_path / "nothing"])


def test_a_relative_path_is_shown_as_it_was_given(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(small, {"metrics/z.yaml": one("z", tagz="[x]")})
    monkeypatch.chdir(small)
    (problem,) = check(["metrics"])
    assert problem.file == str(Path("metrics") / "z.yaml")


def test_the_caller_may_bring_a_stricter_look_at_flowcharts(tmp_path: Path) -> None:
    source = one("a", diagram='"flowchart TD\\n  A -->"')
    file = put(tmp_path / "p", {"t/a.yaml": source}) / "t" / "a.yaml"
    assert check([file]) == []
    (problem,) = check([file], diagram_problem=lambda text: "an arrow leads nowhere" if text.endswith("-->") else "")
    assert (problem.line, problem.column, problem.message) == (2, 53, "diagram: an arrow leads nowhere")


def test_checking_leaves_no_file_behind(folder: Path, home: Path) -> None:
    check([folder])
    assert not home.exists()
    assert not list(folder.glob("**/*.db"))


def test_the_tables_that_the_shell_prompt_reads_are_there(folder: Path, tmp_path: Path) -> None:
    """Other modules read these columns without this package's help."""
    Bank.open([Folder(str(folder))], str(tmp_path / "i.db")).close()
    connection = sqlite3.connect(tmp_path / "i.db")
    assert connection.execute("SELECT id FROM questions WHERE NOT hidden").fetchall()
    assert connection.execute("SELECT name, question_id FROM mentions WHERE role = 'was'").fetchall() == [
        ("dead-relu", "dying-relu")
    ]
    connection.close()
