"""Drawn cases: the same for the same seed wherever they are drawn, and the same when they were kept."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from judging import challenge_about

from quizkit.challenges import MODULES, NAMES
from quizkit.challenges.library import find
from quizkit.challenges.vocabulary import Case, Challenge, Seed
from quizkit.judge.draws import _live, _plain, draw, draw_kept

SOFTMAX = find("softmax")
FIRST_OF_EACH_MODULE = [names.split()[0] for names in MODULES.values()]


def text(cases: Sequence[Case]) -> str:
    return json.dumps([_plain(dict(case)) for case in cases])


def in_fresh_interpreter(*modules: str, **environment: str) -> str:
    code = """
import json, sys
for module in sys.argv[1:]:
    __import__(module)
from quizkit.challenges.library import find
from quizkit.judge.draws import _plain, draw
for name in ("softmax", "accuracy"):
    print(json.dumps([_plain(dict(case)) for case in draw(find(name), 50, 7)]))
"""
    command = [sys.executable, "-c", code, *modules]
    ran = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=True)
    return ran.stdout


def test_the_same_seed_draws_the_same_and_another_seed_others() -> None:
    assert text(draw(SOFTMAX, 30, 1)) == text(draw(SOFTMAX, 30, 1)) != text(draw(SOFTMAX, 30, 2))


def test_as_many_are_drawn_as_were_asked_for() -> None:
    assert len(draw(SOFTMAX, 100, 0)) == 100


def test_a_strategy_that_has_no_more_gives_fewer() -> None:
    tiny = replace(SOFTMAX, draws=lambda: st.fixed_dictionaries({"z": st.sampled_from([1.0, 2.0])}))
    assert sorted(case["z"] for case in draw(tiny, 100, 0)) == [1.0, 2.0]


def test_what_is_drawn_depends_on_no_module_that_happens_to_be_loaded_and_on_no_setting() -> None:
    plain = in_fresh_interpreter()
    assert plain == in_fresh_interpreter("quizkit.cli", "quizkit.session", "quizkit.challenges.network")
    assert plain == in_fresh_interpreter(CI="true", PYTHONHASHSEED="11")
    assert plain == "".join(f"{text(draw(find(name), 50, 7))}\n" for name in ("softmax", "accuracy"))


@pytest.mark.parametrize("name", FIRST_OF_EACH_MODULE)
def test_kept_cases_are_those_that_were_drawn(name: str, tmp_path: Path) -> None:
    challenge = find(name)
    drawn = draw_kept(challenge, 10, tmp_path)
    assert text(drawn) == text(draw_kept(challenge, 10, tmp_path)) == text(draw(challenge, 10, 0))
    assert [path.name.partition("-")[0] for path in tmp_path.iterdir()] == [name]


def test_kept_cases_are_read_and_not_drawn_again(tmp_path: Path) -> None:
    draw_kept(SOFTMAX, 5, tmp_path)
    [kept] = tmp_path.iterdir()
    kept.write_text(text([{"z": np.array([42.0])}]))
    assert text(draw_kept(SOFTMAX, 5, tmp_path)) == text([{"z": np.array([42.0])}])


@pytest.mark.parametrize("damage", ["", "[", '[{"dict": {"z": {"array": [1]}}}]', "3", '[{"array": 1, "dict": 2}]'])
def test_damaged_cases_are_drawn_again_and_mended(tmp_path: Path, damage: str) -> None:
    drawn = text(draw_kept(SOFTMAX, 5, tmp_path))
    [kept] = tmp_path.iterdir()
    whole = kept.read_text()
    kept.write_text(damage)
    assert text(draw_kept(SOFTMAX, 5, tmp_path)) == drawn
    assert kept.read_text() == whole


def test_cases_of_another_count_replace_what_is_kept_of_this_challenge_alone(tmp_path: Path) -> None:
    neighbour = find("softmax_with_temperature")
    draw_kept(SOFTMAX, 5, tmp_path)
    draw_kept(neighbour, 5, tmp_path)
    assert len(draw_kept(SOFTMAX, 6, tmp_path)) == 6
    assert len(draw_kept(neighbour, 5, tmp_path)) == 5
    kept = sorted(path.name.partition("-")[0] for path in tmp_path.iterdir())
    assert kept == ["softmax", "softmax_with_temperature"]


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    assert len(draw_kept(SOFTMAX, 5, file)) == 5
    assert len(draw_kept(SOFTMAX, 5, file / "below")) == 5
    assert len(draw_kept(SOFTMAX, 5, None)) == 5
    assert file.read_text() == "no folder"


def test_a_changed_challenge_is_drawn_anew(tmp_path: Path) -> None:
    module = tmp_path / "pack.py"
    source = "import numpy as np\n\ndef double(x):\n    return 2 * x\n"
    challenges = []
    for version in (source, source + "# changed\n"):
        module.write_text(version)
        challenges.append(loaded(module))
        draw_kept(challenges[-1], 3, tmp_path / "kept")
        names = [path.name for path in (tmp_path / "kept").iterdir()]
        assert len(names) == 1
        challenges.append(names)
    assert challenges[1] != challenges[3]


def loaded(module: Path) -> Challenge:
    sys.path.insert(0, str(module.parent))
    try:
        sys.modules.pop("pack", None)
        reference = __import__("pack").double
    finally:
        sys.path.remove(str(module.parent))
    return challenge_about(reference, (), draws=lambda: st.fixed_dictionaries({"x": st.floats()}))


numbers = arrays.array_shapes(min_dims=0, min_side=0).flatmap(
    lambda shape: arrays.arrays(st.sampled_from(["f8", "f4", "f2", "i8", "i4", "u1", "?"]), shape)
)
values = st.recursive(
    st.one_of(
        numbers,
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=3),
        st.builds(Seed, st.integers(0)),
        st.builds(np.float64, st.floats()),
        st.builds(np.int32, st.integers(-9, 9)),
    ),
    lambda inner: st.one_of(
        st.dictionaries(st.text(max_size=3), inner, max_size=3), st.lists(inner, max_size=3).map(tuple)
    ),
)


@given(values)
def test_whatever_a_case_holds_comes_back_bit_by_bit(value: object) -> None:
    back = _live(json.loads(json.dumps(_plain(value))))
    assert same(back, value)


def test_integers_beyond_what_a_float_holds_come_back_whole() -> None:
    large = np.array([2**62 + 1, -(2**53) - 1])
    assert same(_live(json.loads(json.dumps(_plain(large)))), large)


def same(one: object, other: object) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        assert isinstance(other, np.ndarray | np.generic)
        alike = (one.dtype, one.shape) == (other.dtype, other.shape)
        return alike and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, dict):
        assert isinstance(other, dict)
        return list(one) == list(other) and all(same(one[name], other[name]) for name in one)
    if isinstance(one, tuple):
        assert isinstance(other, tuple)
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)


def test_every_challenge_draws_arguments_that_its_reference_takes() -> None:
    for name in NAMES:
        challenge = find(name)
        for case in draw(challenge, 3, 3):
            challenge.expected(*challenge.positional(case), **challenge.optional(case))
