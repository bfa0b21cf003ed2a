"""Every candidate in tests/candidates gets the verdict that its first lines ask for."""

import inspect

import corpus
import pytest
from judging import keeper, scratch, verdict_on

from quizkit.challenges import MODULES, NAMES
from quizkit.challenges.library import find
from quizkit.judge.checks import checks_of
from quizkit.judge.engine import judge
from quizkit.judge.settings import Settings
from quizkit.judge.verdict import Outcome
from quizkit.starter import starter

FEWEST_WRONG = {
    "relu": 8,
    "relu_grad": 7,
    "leaky_relu": 9,
    "leaky_relu_grad": 7,
    "prelu": 7,
    "prelu_grad_x": 6,
    "prelu_grad_alpha": 8,
    "softmax": 10,
    "softmax_with_temperature": 10,
    "log_softmax": 9,
    "softmax_grad": 8,
    "softmax_vjp": 8,
    "cross_entropy": 11,
    "cross_entropy_probs": 8,
    "softmax_cross_entropy_grad": 9,
    "bce_with_logits": 8,
    "he_init": 11,
    "xavier_init": 8,
    "xavier_uniform": 6,
    "lecun_init": 7,
    "forward": 9,
    "backward": 10,
    "count_dead_neurons": 9,
    "sgd_step": 6,
    "accuracy": 5,
}
# mistakes that people are known to make and that reject; not fewer than seven where none is given

EXAMPLES = 25
# a quarter of what people get: `python tests/judge/corpus.py` judges with all of them
every_challenge = pytest.mark.parametrize("name", NAMES)
FIRST = {names.split()[0] for names in MODULES.values()}
# of each module: these are judged in every run, all of them in a slow one


@pytest.mark.parametrize(
    "name", [name if name in FIRST else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]
)
def test_every_file_gets_the_verdict_it_asks_for(name: str) -> None:
    settings = Settings(cache=scratch() / "draws", examples=EXAMPLES)
    complaints = {}
    for path in corpus.files(name):
        verdict = judge(name, path, settings, keeper=keeper())
        if said := corpus.complaint(path, verdict):
            complaints[path.name] = f"{said}\n{corpus.told(verdict)}"
    assert not complaints, "\n".join(f"{file}: {said}" for file, said in complaints.items())


@every_challenge
def test_there_are_right_files_and_one_for_every_known_mistake(name: str) -> None:
    kinds = [corpus.kind(path) for path in corpus.files(name)]
    assert set(kinds) <= set(corpus.KINDS)
    assert kinds.count("right") >= 4
    assert kinds.count("wrong") >= FEWEST_WRONG.get(name, 7)


@every_challenge
def test_files_name_properties_that_there_are(name: str) -> None:
    tiers = {check.name: str(check.tier) for check in checks_of(find(name))}
    for path in corpus.files(name):
        named = tiers.get(corpus.header(path))
        assert named == {"wrong": "required", "remark": "polish"}.get(corpus.kind(path)), path.name


@every_challenge
def test_the_starter_is_rejected(name: str) -> None:
    verdict = verdict_on(starter(find(name)), name)
    assert verdict.outcome is Outcome.REJECTED
    assert verdict.faults[0].message == "NotImplementedError"


def test_every_folder_belongs_to_a_challenge() -> None:
    assert sorted(folder.name for folder in corpus.FOLDER.iterdir()) == sorted(NAMES)


def test_every_file_is_a_candidate() -> None:
    named = {path for name in NAMES for path in corpus.files(name)}
    assert named == {path for path in corpus.FOLDER.rglob("*") if path.is_file() and path.suffix != ".pyc"}


def test_references_have_the_names_that_lead_to_them() -> None:
    assert [find(name).name for name in NAMES] == list(NAMES)
    assert all(inspect.getdoc(find(name).reference) for name in NAMES)


def test_the_table_counts_files_by_challenge_and_kind() -> None:
    relu, softmax = corpus.files("relu"), corpus.files("softmax")
    rejected = next(path for path in relu if corpus.kind(path) == "right")
    judged = [(path, "rejected" if path == rejected else "") for path in (*relu, *softmax)]
    heading, *rows = corpus.table(judged)
    assert heading.split("  ")[-1].strip() == "remarks made"
    rights = {row.split("  ")[0]: row.split("  ")[-4:] for row in rows}
    assert list(rights) == ["relu", "softmax", "in all"]
    count = sum(corpus.kind(path) == "right" for path in relu)
    assert f"{count - 1} of {count}" in rows[0]
