"""Values as Python source: what is shown can be pasted, and is the value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from quizkit.challenges.vocabulary import Seed
from quizkit.judge.source import MOST, source
from quizkit.judge.wire import Other, Rng

SHOWN = [
    (np.array([1000.0]), "np.array([1000.0])"),
    (np.array([[0.5, -1.0], [np.nan, np.inf]]), "np.array([[0.5, -1.0], [np.nan, np.inf]])"),
    (np.array([-np.inf]), "np.array([-np.inf])"),
    (np.array([1, -2]), "np.array([1, -2])"),
    (np.array([1, 2], np.int32), "np.array([1, 2], dtype=np.int32)"),
    (np.array([0.5], np.float32), "np.array([0.5], dtype=np.float32)"),
    (np.array([True, False]), "np.array([True, False])"),
    (np.array([], bool), "np.zeros((0,), dtype=np.bool_)"),
    (np.array(2.5), "np.array(2.5)"),
    (np.array([-0.0]), "np.array([0.0])"),
    (np.zeros((0, 3)), "np.zeros((0, 3))"),
    (np.zeros(41), "float64 array of shape (41,)"),
    (np.zeros((5, 9), np.float32), "float32 array of shape (5, 9)"),
    (np.float64(0.25), "np.float64(0.25)"),
    (np.float32(np.nan), "np.float32(np.nan)"),
    (np.int64(-3), "np.int64(-3)"),
    (np.bool_(True), "np.bool_(True)"),
    (0.1, "0.1"),
    (float("inf"), "np.inf"),
    (float("-inf"), "-np.inf"),
    (float("nan"), "np.nan"),
    (3, "3"),
    (True, "True"),
    (None, "None"),
    ("a'b", '"a\'b"'),
    (Seed(7), "np.random.default_rng(7)"),
    (Rng(7), "np.random.default_rng(7)"),
    (Other("generator", "<generator object>"), "<generator object>"),
    ({"W": np.array([1.0]), "n": 2}, "{'W': np.array([1.0]), 'n': 2}"),
    ((1, np.nan), "(1, np.nan)"),
    ((1,), "(1,)"),
    ((), "()"),
    ([1.5, [2]], "[1.5, [2]]"),
    (list(range(MOST + 2)), f"[{', '.join(map(str, range(MOST)))}, … 2 more]"),
]


@pytest.mark.parametrize(("value", "shown"), SHOWN, ids=[shown[:40] for _, shown in SHOWN])
def test_a_value_is_shown_as_its_source(value: object, shown: str) -> None:
    assert source(value) == shown


def test_an_array_of_the_most_entries_is_still_written_out() -> None:
    assert source(np.arange(MOST)).count(",") == MOST - 1


dtypes = st.sampled_from(["f8", "f4", "f2", "i8", "i4", "i1", "u1", "?"])


@given(dtypes.flatmap(lambda dtype: arrays.arrays(dtype, arrays.array_shapes(min_dims=0, max_side=3, min_side=0))))
def test_a_small_array_is_pasted_as_it_was(array: np.ndarray) -> None:
    if array.size <= MOST:
        pasted = eval(source(array), {"np": np})
        assert (pasted.dtype, pasted.shape) == (array.dtype, array.shape)
        np.testing.assert_array_equal(pasted, array)


scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats().filter(lambda x: str(x) != "-0.0"), st.text())


@given(st.recursive(scalars, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner))))
def test_plain_values_are_pasted_as_they_were(value: object) -> None:
    assert repr(eval(source(value), {"np": np})) == repr(value)
