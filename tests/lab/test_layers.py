"""The network code against the judged references, and its gradients against central differences."""

import inspect
import math

import numpy as np
import pytest

from quizkit.challenges import exponentials, gelu, initialisers, network, rectifiers, silu
from quizkit.challenges.cross_entropy import bce_with_logits, bce_with_logits_grad
from quizkit.lab.activations import ACTIVATIONS, Activation, find
from quizkit.lab.data import DECK_SEED, Data, deck_data, linear_task, stacked
from quizkit.lab.epochs import train
from quizkit.lab.initialisers import he, lecun, xavier
from quizkit.lab.losses import binary_cross_entropy
from quizkit.lab.network import Network, backward, draw, forward, joined

STEP = 1e-6
EVERYWHERE = np.array([-30.0, -5.0, -1.3, -0.75, -1e-6, 1e-6, 0.4, 2.0, 30.0])

REFERENCES = {
    "relu": (rectifiers.relu, rectifiers.relu_grad, {}),
    "leaky-0.01": (rectifiers.leaky_relu, rectifiers.leaky_relu_grad, {"alpha": 0.01}),
    "leaky-0.2": (rectifiers.leaky_relu, rectifiers.leaky_relu_grad, {"alpha": 0.2}),
    "prelu": (rectifiers.leaky_relu, rectifiers.leaky_relu_grad, {"alpha": 0.25}),
    "elu": (exponentials.elu, exponentials.elu_grad, {}),
    "selu": (exponentials.selu, exponentials.selu_grad, {}),
    "gelu": (gelu.gelu, gelu.gelu_grad, {}),
    "silu": (silu.silu, silu.silu_grad, {}),
}


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda each: each.name)
def test_each_activation_is_the_judged_reference_of_the_same_formula(activation: Activation) -> None:
    value, slope = activation(EVERYWHERE)
    function, gradient, arguments = REFERENCES[activation.name]
    assert np.allclose(value, function(EVERYWHERE, **arguments), rtol=3e-7, atol=1e-15)
    assert np.allclose(slope, gradient(EVERYWHERE, **arguments), rtol=3e-7, atol=1e-7)


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=lambda each: each.name)
def test_each_slope_is_the_derivative_of_the_value(activation: Activation) -> None:
    z = np.linspace(-6, 6, 401) + 0.003  # no kink within a step
    numeric = (activation(z + STEP)[0] - activation(z - STEP)[0]) / (2 * STEP)
    assert np.allclose(activation(z)[1], numeric, atol=1e-5)


def test_any_slope_of_leaky_relu_can_be_named_and_a_wrong_name_is_helped() -> None:
    assert find("leaky-0.05")(np.array([-2.0]))[0] == -0.1
    with pytest.raises(Exception, match="Did you mean prelu"):
        find("preul")


def test_the_initialisers_are_the_judged_ones() -> None:
    assert he(10, 20) == pytest.approx(initialisers.he_std((10, 20)))
    assert xavier(10, 20) == pytest.approx(initialisers.xavier_std((10, 20)))
    assert lecun(10, 20) == pytest.approx(initialisers.lecun_std((10, 20)))


def test_the_loss_and_its_gradient_are_the_judged_ones() -> None:
    logits, labels = np.array([[[-800.0, -1.0, 0.3, 800.0]]]), np.array([[0.0, 1.0, 1.0, 0.0]])
    loss, delta = binary_cross_entropy(logits, labels)
    assert loss[0] == pytest.approx(bce_with_logits(logits[0], labels))
    assert np.allclose(delta[0], bce_with_logits_grad(logits[0], labels))


def test_a_network_is_the_judged_two_layer_network() -> None:
    data, stream = deck_data()
    net = draw(find("leaky-0.01"), (10, 20, 1), [stream])
    params = {"W1": net.weights[0][0].T, "b1": net.biases[0][0].T, "W2": net.weights[1][0].T, "b2": net.biases[1][0].T}
    a2, cache = network.forward(params, data.x.T, 0.01)
    passed = forward(net, data.x)
    assert np.allclose(1 / (1 + np.exp(-passed.logits[0].T)), a2)
    theirs = network.backward(params, cache, a2, data.y.T, 0.01)
    ours = backward(net, passed, binary_cross_entropy(passed.logits, data.y)[1])
    for name, gradient in zip(("W1", "W2", "b1", "b2"), ours, strict=True):
        assert np.allclose(gradient[0].T.reshape(-1), np.reshape(theirs[name], -1))


def small_task(samples: int = 17) -> Data:
    return linear_task(np.random.RandomState(3), samples)


def seeded(name: str, sizes: tuple[int, ...], seeds: int, bias: float = 0.1) -> Network:
    return draw(find(name), sizes, [np.random.RandomState(seed) for seed in range(seeds)], bias=bias)


@pytest.mark.parametrize("name", [activation.name for activation in ACTIVATIONS])
@pytest.mark.parametrize("sizes", [(10, 1), (10, 4, 1), (10, 5, 3, 4, 1)])
def test_every_gradient_is_the_central_difference_of_the_loss(name: str, sizes: tuple[int, ...]) -> None:
    data, net = small_task(), seeded(name, sizes, 3)
    for biases in net.biases[1:]:
        biases += 0.03  # no unit on the kink, as behind a layer that is silent for a sample

    def losses() -> np.ndarray:
        return binary_cross_entropy(forward(net, data.x).logits, data.y)[0]

    passed = forward(net, data.x)
    gradients = backward(net, passed, binary_cross_entropy(passed.logits, data.y)[1])
    for parameter, gradient in zip(net.parameters, gradients, strict=True):
        for place in np.ndindex(parameter.shape[1:]):
            at = (slice(None), *place)
            kept = parameter[at].copy()
            parameter[at] = kept + STEP
            above = losses()
            parameter[at] = kept - STEP
            below = losses()
            parameter[at] = kept
            assert np.allclose(gradient[at], (above - below) / (2 * STEP), atol=2e-7)


def test_a_batch_of_seeds_learns_what_each_seed_learns_alone() -> None:
    data = small_task()
    together = list(train(seeded("elu", (10, 4, 3, 1), 5), data, 0.5, 20))[-1]
    for seed in range(5):
        alone = draw(find("elu"), (10, 4, 3, 1), [np.random.RandomState(seed)], bias=0.1)
        assert list(train(alone, data, 0.5, 20))[-1].loss[0] == pytest.approx(together.loss[seed])


@pytest.mark.parametrize("cached", [1, 200, 1 << 16])
def test_how_many_networks_fit_in_the_cache_changes_no_figure(cached: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quizkit.lab.epochs.CACHED", cached)
    *_, final = train(seeded("relu", (10, 4, 3, 1), 5, -1.0), small_task(), 0.5, 20)
    passed = forward(seeded("relu", (10, 4, 3, 1), 5, -1.0), small_task().x)
    first = next(train(seeded("relu", (10, 4, 3, 1), 5, -1.0), small_task(), 0.5, 20))
    assert first.silent[0].tolist() == (passed.pre_activations[0].max(axis=-1) <= 0).tolist()
    assert first.active[1].tolist() == (passed.pre_activations[1] > 0).mean(axis=-1).tolist()
    assert first.stuck[1].tolist() == (~passed.slopes[1].any(axis=-1)).tolist()
    assert final.loss.shape == (5,)
    alone = draw(find("relu"), (10, 4, 3, 1), [np.random.RandomState(4)], bias=-1.0)
    assert list(train(alone, small_task(), 0.5, 20))[-1].loss[0] == pytest.approx(final.loss[4])


def test_each_network_may_have_data_and_a_rate_of_its_own() -> None:
    tasks = [linear_task(np.random.RandomState(seed), 30) for seed in range(2)]
    net = seeded("relu", (10, 4, 1), 2)
    rates = np.array([0.1, 1.0])[:, None, None]
    both = list(train(joined([net]), stacked(tasks), rates, 10))[-1]
    for place, rate in enumerate((0.1, 1.0)):
        alone = list(train(joined([net]).some(slice(place, place + 1)), tasks[place], rate, 10))[-1]
        assert alone.loss[0] == pytest.approx(both.loss[place])


def test_training_is_a_generator_of_epochs_that_can_be_left_at_any_time() -> None:
    net = seeded("relu", (10, 4, 1), 1)
    epochs = train(net, small_task(), 0.1, 1000)
    assert inspect.isgenerator(epochs)
    loss = binary_cross_entropy(forward(net, small_task().x).logits, small_task().y)[0]
    first = next(epochs)
    assert (first.number, first.loss) == (1, loss)  # as it was before the update
    after = net.weights[0].copy()
    assert next(epochs).number == 2
    assert not np.array_equal(net.weights[0], after)


def test_a_run_that_diverges_is_stopped_and_called_so_and_the_others_go_on() -> None:
    data, net = small_task(), seeded("leaky-0.2", (10, 20, 1), 2)
    rates = np.array([1e6, 0.1])[:, None, None]
    epochs = list(train(net, data, rates, 60))
    assert len(epochs) == 60
    assert epochs[-1].diverged.tolist() == [True, False]
    assert epochs[-1].loss[1] < epochs[0].loss[1]
    assert np.isfinite(net.weights[0][1]).all()


def test_training_ends_when_every_network_is_stopped() -> None:
    assert len(list(train(seeded("leaky-0.2", (10, 20, 1), 2), small_task(), 1e6, 500))) < 500


def test_the_data_are_the_decks() -> None:
    data, _ = deck_data()
    assert (data.y.sum(), data.y.size) == (502, 1000)
    assert np.array_equal(data.x.T, np.random.RandomState(DECK_SEED).randn(1000, 10))


def test_alpha_of_prelu_learns_and_no_other_does() -> None:
    net = seeded("prelu", (10, 4, 1), 1)
    list(train(net, small_task(), 0.5, 20))
    assert not math.isclose(net.alphas[0].std(), 0)
    assert seeded("leaky-0.2", (10, 4, 1), 1).alphas == ()
