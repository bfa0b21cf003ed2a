"""`quizkit lab` as it is typed: the list, plain lines, JSON, predictions that are reviews, the user's own file."""

import json
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from commands import quizkit

from quizkit.bank.folders import Folder, packaged_folder
from quizkit.bank.library import Bank, Filters
from quizkit.home import LOG_FILE
from quizkit.judge.jail import Tier
from quizkit.judge.process import Keeper
from quizkit.lab import NAMES
from quizkit.lab.experiments.library import EXPERIMENTS

RIGHT = """
import numpy as np


def leaky_relu(x, alpha=0.01):
    return np.where(x > 0, x, alpha * x)


def leaky_relu_grad(x, alpha=0.01):
    return np.where(x > 0, 1.0, alpha)
"""
WRONG_SLOPE = RIGHT.replace("1.0, alpha)", "1.0, 0.0)")


def lab(environment: dict[str, str], *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return quizkit(environment, "lab", *arguments, typed=typed)


def records(result: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def reviews(home: Path) -> list[tuple[str, str]]:
    if not (home / LOG_FILE).exists():
        return []
    with closing(sqlite3.connect(home / LOG_FILE)) as log:
        return log.execute("SELECT card, kind FROM event WHERE kind = 'review'").fetchall()


def test_the_lab_lists_its_experiments_with_the_question_each_answers(environment: dict[str, str]) -> None:
    listed = lab(environment)
    assert listed.returncode == 0
    names = "deck fair converge detector bias rate depth born revive race batch scale mine".split()
    assert [line.split()[0] for line in listed.stdout.splitlines()] == names
    assert all(line.endswith("?") for line in listed.stdout.splitlines())
    assert [row["name"] for row in json.loads(lab(environment, "--json").stdout)] == names


def test_the_deck_as_json_is_one_object_an_epoch_and_then_the_printed_table(environment: dict[str, str]) -> None:
    *epochs, summary = records(lab(environment, "deck", "--json"))
    assert len(epochs) == 400
    final = {epoch["series"]: epoch for epoch in epochs if epoch["epoch"] == 200}
    assert [round(final[name]["loss"], 4) for name in ("ReLU", "Leaky 0.01")] == [0.5149, 0.5416]
    assert [final[name]["accuracy"] for name in ("ReLU", "Leaky 0.01")] == [0.731, 0.727]
    assert [final[name]["silent"] for name in ("ReLU", "Leaky 0.01")] == [0, 0]
    table = summary["summary"]["table"]
    assert [row["silent of 20"] for row in table] == [0, 0]
    assert summary["summary"]["again"] == "quizkit lab deck"


def test_json_holds_no_number_that_is_not_one(environment: dict[str, str]) -> None:
    assert "Infinity" not in lab(environment, "race", "--json").stdout


def test_plain_lines_show_the_same_numbers_and_how_to_repeat_them(environment: dict[str, str]) -> None:
    shown = lab(environment, "deck", "--plain", "--no-predict")
    assert shown.returncode == 0
    for words in ("0.5149", "0.5416", "73.10%", "72.70%", "o ReLU   x Leaky 0.01", "Again: quizkit lab deck"):
        assert words in shown.stdout


def test_what_is_printed_as_again_gives_the_same_again(environment: dict[str, str]) -> None:
    arguments = ("bias", "--activation", "relu", "--bias", "-5", "--epochs", "20", "--json")
    first = lab(environment, *arguments)
    again = records(first)[-1]["summary"]["again"].split()[2:]
    assert lab(environment, *again, "--json").stdout == first.stdout


def test_a_prediction_is_asked_first_marked_afterwards_and_kept_as_a_review(
    environment: dict[str, str], home: Path
) -> None:
    shown = lab(environment, "deck", "--plain", typed="none\n0\n").stdout
    assert "'none' is not a number" in shown
    assert shown.index("Prediction:") < shown.index("training loss") < shown.index("✓ Right.")
    assert reviews(home) == [("predict-deck", "review")]


def test_a_prediction_answered_today_is_not_asked_again(environment: dict[str, str], home: Path) -> None:
    lab(environment, "deck", "--plain", typed="0\n")
    assert "Prediction:" not in lab(environment, "deck", "--plain", typed="0\n").stdout
    assert len(reviews(home)) == 1


@pytest.mark.parametrize("arguments", [("--no-predict",), ("--epochs", "30")])
def test_none_is_asked_where_it_is_not_wanted_or_the_run_is_another(
    arguments: tuple[str, ...], environment: dict[str, str], home: Path
) -> None:
    shown = lab(environment, "deck", "--plain", *arguments, typed="0\n")
    assert "Prediction:" not in shown.stdout and "Again:" in shown.stdout
    assert reviews(home) == []


@pytest.mark.parametrize("typed", ["", "\n"])
def test_an_empty_line_or_no_input_skips_the_prediction(typed: str, environment: dict[str, str], home: Path) -> None:
    assert "Again:" in lab(environment, "deck", "--plain", typed=typed).stdout
    assert reviews(home) == []


def test_another_program_can_predict_by_json_lines(environment: dict[str, str], home: Path) -> None:
    said = records(lab(environment, "deck", "--jsonl", typed='{"do": "mark", "answer": 3}\n'))
    assert "Prediction:" in said[0]["view"]["question"]
    assert said[1]["view"]["asked"]["right"] is False
    assert said[-1]["summary"]["experiment"] == "deck"
    assert reviews(home) == [("predict-deck", "review")]


def test_the_cards_that_name_an_experiment_are_offered_after_it(environment: dict[str, str], tmp_path: Path) -> None:
    topic = tmp_path / "banks" / "mine"
    topic.mkdir(parents=True)
    (topic / "own.yaml").write_text(
        "questions:\n  - id: own\n    question: Why?\n    simple_answer: So.\n    lab: [race, deck]\n", "utf-8"
    )
    own = {**environment, "QUIZKIT_BANKS": str(tmp_path / "banks")}
    shown = lab(own, "deck", "--plain", "--no-predict").stdout
    assert re.search(r"^Cards: .*\bown\b.* \(quizkit study --lab deck\)$", shown, re.DOTALL | re.MULTILINE)
    assert "own" in records(lab(own, "race", "--json"))[-1]["summary"]["cards"]
    assert "own" not in records(lab(own, "born", "--json"))[-1]["summary"]["cards"]


def test_every_experiment_is_named_by_a_card() -> None:
    with Bank.open([Folder(packaged_folder(), "packaged")], "") as bank:
        assert [name for name in NAMES if not bank.ids(Filters(lab=name))] == []


def test_the_names_that_a_card_may_give_are_those_of_the_experiments() -> None:
    assert tuple(experiment.name for experiment in EXPERIMENTS) == NAMES


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (("show", "bias-minus-ten"), ""),
        (("study", "--lab", "bias", "--limit", "1", "--plain"), "all\n3\nq\n"),
        (("study", "--lab", "bias", "--limit", "1", "--jsonl"), '{"do": "open_all"}\n'),
    ],
)
def test_a_card_says_how_to_see_it_happen(arguments: tuple[str, ...], typed: str, environment: dict[str, str]) -> None:
    shown = quizkit(environment, *arguments, typed=typed).stdout
    assert "quizkit lab bias" in shown or '"lab": ["bias", "rate", "depth"]' in shown


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [(("show", "relu"), ""), (("study", "--search", "Nair and Hinton", "--limit", "1", "--plain"), "all\n3\nq\n")],
)
def test_a_card_says_how_to_write_it(arguments: tuple[str, ...], typed: str, environment: dict[str, str]) -> None:
    assert "Write it: quizkit challenge relu --start" in quizkit(environment, *arguments, typed=typed).stdout


def test_an_experiment_that_is_none_cannot_be_studied(environment: dict[str, str]) -> None:
    refused = quizkit(environment, "study", "--lab", "bais", "--plain")
    assert refused.returncode == 2
    assert "There is no experiment 'bais'. Did you mean bias?" in refused.stderr


def test_every_experiment_has_its_prediction(environment: dict[str, str]) -> None:
    for name in ("detector", "born", "race", "batch"):
        assert "Prediction:" in lab(environment, name, "--plain").stdout


def test_a_picture_is_written_beside(environment: dict[str, str], tmp_path: Path) -> None:
    picture = tmp_path / "deck.svg"
    drawn = lab(environment, "deck", "--json", "--plot", str(picture))
    assert str(picture) in drawn.stderr
    assert "<svg" in picture.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dekc",), "Did you mean deck?"),
        (("deck", "--width", "3"), "deck has no --width"),
        (("deck", "--activation", "rely"), "no activation 'rely'"),
        (("deck", "--epochs", "0"), "out of range"),
        (("deck", "--plot", "x.gif"), "end the name with .svg or .png"),
        (("deck", "--json", "--plain"), "exclude each other"),
        (("deck", "--file", "mine.py"), "--file is for quizkit lab mine"),
        (("mine",), "quizkit lab mine --file mine.py"),
        (("mine", "--file", "nowhere.py"), "no such file"),
        (("mine", "--file", "x.py", "--function", "softmax"), "No pair 'softmax'"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_try(
    arguments: tuple[str, ...], said: str, environment: dict[str, str]
) -> None:
    refused = lab(environment, *arguments)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert refused.stdout == ""


# -- the user's own functions -----------------------------------------------------------------------------------------


def own(tmp_path: Path, source: str) -> str:
    file = tmp_path / "mine.py"
    file.write_text(source, "utf-8")
    return str(file)


def test_a_right_pair_trains_the_network_as_the_labs_does(environment: dict[str, str], tmp_path: Path) -> None:
    *_, summary = records(lab(environment, "mine", "--file", own(tmp_path, RIGHT), "--json"))
    assert "the same loss in every epoch" in summary["summary"]["seen"][0]
    assert "--file" in summary["summary"]["again"]


def test_a_wrong_slope_shows_in_the_second_epoch(environment: dict[str, str], tmp_path: Path) -> None:
    shown = lab(environment, "mine", "--file", own(tmp_path, WRONG_SLOPE), "--plain", "--no-predict")
    assert shown.returncode == 0
    assert "The losses part in epoch 2" in shown.stdout


@pytest.mark.parametrize(
    ("source", "code", "said"),
    [
        (
            RIGHT.replace("return np.where(x > 0, x", "raise ValueError('no')\n    return np.where(x > 0, x"),
            1,
            "line 6",
        ),
        (RIGHT.replace("alpha * x)", "alpha * x).sum()"), 1, "returned"),
        (RIGHT.replace("return np.where(x > 0, 1.0, alpha)", "import os; os._exit(3)"), 1, "process"),
        ("def leaky_relu(x): return x\n", 2, "has no function leaky_relu_grad"),
        ("def leaky_relu(x: return x\n", 2, "mine.py:1"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(
    source: str, code: int, said: str, environment: dict[str, str], tmp_path: Path
) -> None:
    result = lab(environment, "mine", "--file", own(tmp_path, source), "--json")
    assert result.returncode == code
    assert said in result.stderr


def test_the_file_cannot_read_the_home(environment: dict[str, str], tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("1", "utf-8")
    source = RIGHT.replace(
        "    return np.where(x > 0, x", f"    open({str(secret)!r}).read()\n    return np.where(x > 0, x"
    )
    with Keeper.start() as keeper:
        if keeper.tier is not Tier.FULL:
            pytest.skip("this machine has no full jail")
    assert "raised PermissionError" in lab(environment, "mine", "--file", own(tmp_path, source), "--json").stderr
