"""He, Xavier and LeCun: the scale of the formulas, what it does to a deep network, bounds that raise no false alarm."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from mpmath import mp, mpf
from support import check_challenge, drawn_cases

from quizkit.challenges.initialisers import (
    CHALLENGES,
    HE_INIT,
    UNLIKELY,
    he_init,
    lecun_init,
    surprise_of_mean,
    surprise_of_spread,
    surprise_of_tails,
    xavier_init,
    xavier_uniform,
)
from quizkit.challenges.vocabulary import Array, Challenge, Seed

mp.dps = 60
every_challenge = pytest.mark.parametrize("challenge", CHALLENGES, ids=lambda challenge: challenge.name)

STANDARD_DEVIATIONS = [
    (he_init, (200, 400), mpf(2) / 200),
    (he_init, (400, 200), mpf(2) / 400),
    (he_init, (3, 3, 16, 64), mpf(2) / 144),
    (xavier_init, (200, 400), mpf(2) / 600),
    (xavier_init, (5, 3, 8, 40), mpf(2) / (15 * 48)),
    (xavier_uniform, (400, 200), mpf(6) / 600 / 3),
    (xavier_uniform, (5, 3, 8, 40), mpf(6) / (15 * 48) / 3),
    (lecun_init, (200, 400), mpf(1) / 200),
    (lecun_init, (5, 3, 8, 40), mpf(1) / 120),
]


def generator(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@every_challenge
def test_the_reference_keeps_its_properties(challenge: Challenge) -> None:
    check_challenge(challenge)


@every_challenge
def test_mending_leaves_legal_cases_alone(challenge: Challenge) -> None:
    assert all(challenge.mend(dict(case)) == case for case in (*challenge.hard, *drawn_cases(challenge)))


@pytest.mark.parametrize("shape", [(), (3,), (2, 0), (3, 3, 4), (1, 2, 3, 4, 5), (-1, 2)])
def test_what_is_no_layer_cannot_be_mended(shape: tuple[int, ...]) -> None:
    assert HE_INIT.mend({"shape": shape, "rng": Seed(0)}) is None


@pytest.mark.parametrize(("init", "shape", "variance"), STANDARD_DEVIATIONS)
def test_the_weights_are_standard_numbers_times_the_root_of_the_variance(
    init: Callable[..., Array], shape: tuple[int, ...], variance: mpf
) -> None:
    std = float(mp.sqrt(variance))
    if init is xavier_uniform:
        standard = generator().uniform(-math.sqrt(3), math.sqrt(3), shape)
    else:
        standard = generator().standard_normal(shape)
    np.testing.assert_allclose(init(shape, generator()), std * standard, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("a", [0.0, 0.01, 0.5, 1.0, 3.0])
def test_a_slope_divides_hes_variance_by_one_plus_its_square(a: float) -> None:
    plain, leaky = he_init((20, 30), generator()), he_init((20, 30), generator(), a)
    np.testing.assert_allclose(leaky * float(mp.sqrt(1 + mpf(a) ** 2)), plain, rtol=1e-14)


def test_square_layers_cannot_tell_xavier_from_lecun() -> None:
    np.testing.assert_allclose(xavier_init((64, 64), generator()), lecun_init((64, 64), generator()), rtol=1e-14)


def after_thirty_layers(init: Callable[..., Array], seed: int) -> float:
    """Return the root mean square of the last of 30 ReLU layers of width 256, for normal input."""
    rng = generator(seed)
    x = rng.standard_normal((8, 256))
    for _ in range(30):
        x = np.maximum(x @ init((256, 256), rng), 0)
    return float(np.sqrt(np.mean(x**2)))


def test_he_keeps_the_size_of_relu_activations_and_unit_gain_halves_their_square_in_each_layer() -> None:
    assert all(0.2 < after_thirty_layers(he_init, seed) < 5 for seed in range(2))
    assert all(0.2 < after_thirty_layers(lecun_init, seed) * 2**15 < 5 for seed in range(2))


@pytest.mark.parametrize("size", [1, 2, 7, 50, 1000])
def test_right_weights_surprise_no_more_often_than_the_bounds_allow(size: int) -> None:
    looks, nats = 1000, np.array([1.0, 2.0, 3.0, 4.0])
    normal = [generator(seed).standard_normal(size) for seed in range(looks)]
    uniform = [generator(seed).uniform(-math.sqrt(3), math.sqrt(3), size) for seed in range(looks)]
    for surprises in (
        [surprise_of_mean(weights) for weights in normal],
        [surprise_of_mean(weights) for weights in uniform],
        [surprise_of_spread(weights, 1.0) for weights in normal],
        [surprise_of_spread(weights, 1.0) for weights in uniform],
        [surprise_of_tails(weights, 1.0) for weights in normal],
    ):
        assert np.all(np.mean(np.array(surprises)[:, None] > nats, axis=0) <= 2 * np.exp(-nats))


def test_a_thousand_looks_at_right_weights_raise_a_false_alarm_less_than_once_in_a_billion() -> None:
    assert 1000 * 2 * math.exp(-UNLIKELY) < 1e-9


def test_uniform_weights_of_the_right_spread_have_no_tails() -> None:
    uniform = generator().uniform(-math.sqrt(3), math.sqrt(3), 1000)
    assert surprise_of_spread(uniform, 1.0) < UNLIKELY < surprise_of_tails(uniform, 1.0)


def test_squares_of_uniform_numbers_stay_within_the_bound_for_squares_of_normal_ones() -> None:
    """E exp(t x²) <= (1 - 2t)^(-1/2) for t < 1/2, which is what Chernoff's bound needs."""
    for t in (-100, -10, -3, -1, -0.3, -0.1, -0.01, 0.01, 0.1, 0.3, 0.45, 0.499):
        uniform = mp.quad(lambda x, t=t: mp.exp(t * x * x), [0, 0.5, mp.sqrt(3)]) / mp.sqrt(3)
        assert uniform <= (1 - 2 * mpf(t)) ** mpf(-0.5)


@pytest.mark.parametrize("factor", [0.97, 1.03])
def test_eighty_thousand_weights_show_a_spread_that_is_three_percent_off(factor: float) -> None:
    assert surprise_of_spread(factor * he_init((200, 400), generator()), 0.1) > UNLIKELY


def test_all_weights_zero_is_another_spread() -> None:
    assert surprise_of_spread(np.zeros(10), 0.1) == math.inf
    assert surprise_of_mean(np.zeros(10)) == 0
