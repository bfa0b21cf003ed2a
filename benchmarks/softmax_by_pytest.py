"""Eight properties of softmax, as one would test them with pytest and Hypothesis.

judging.py runs a copy of this file, called test_softmax.py, beside the file to be tested, mine.py.
"""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from mine import softmax

settings.register_profile("judging", max_examples=100, deadline=None)
settings.load_profile("judging")

entries = st.floats(-1e4, 1e4)
moderate = st.floats(-30, 30)
shapes = array_shapes()
logits = arrays(np.float64, shapes, elements=entries)
moderate_logits = arrays(np.float64, shapes, elements=moderate)


def reference(z, axis=-1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@given(moderate_logits)
def test_agrees_with_the_reference(z):
    np.testing.assert_allclose(softmax(z), reference(z), rtol=1e-9, atol=1e-12)


@given(logits)
def test_stays_finite_and_right_for_large_logits(z):
    np.testing.assert_allclose(softmax(z), reference(z), rtol=1e-7, atol=1e-9)


@given(logits)
def test_rows_are_probabilities(z):
    p = softmax(z)
    assert np.all(p >= 0)
    np.testing.assert_allclose(p.sum(axis=-1), 1.0, atol=1e-10)


@given(moderate_logits, st.floats(-1000, 1000))
def test_a_constant_changes_nothing(z, c):
    np.testing.assert_allclose(softmax(z + c), softmax(z), rtol=1e-10, atol=1e-10)


@given(moderate_logits, st.randoms(use_true_random=False))
def test_classes_may_stand_in_any_order(z, random):
    order = random.sample(range(z.shape[-1]), z.shape[-1])
    np.testing.assert_allclose(softmax(z[..., order]), softmax(z)[..., order], rtol=1e-10, atol=1e-12)


@given(moderate_logits, st.data())
def test_the_axis_is_honoured(z, data):
    axis = data.draw(st.integers(-z.ndim, z.ndim - 1))
    np.testing.assert_allclose(softmax(z, axis=axis), reference(z, axis), rtol=1e-9, atol=1e-12)


@given(logits)
def test_the_argument_is_left_alone(z):
    before = z.copy()
    softmax(z)
    np.testing.assert_array_equal(z, before)


@given(arrays(np.int64, shapes, elements=st.integers(-30, 30)))
def test_integers_are_logits_like_any_others(z):
    np.testing.assert_allclose(softmax(z), reference(z.astype(float)), rtol=1e-9, atol=1e-12)
