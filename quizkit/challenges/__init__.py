"""The coding challenges that come with quizkit, and the module that holds each."""

MODULES = {
    "rectifiers": "relu relu_grad leaky_relu leaky_relu_grad prelu prelu_grad_x prelu_grad_alpha",
    "exponentials": "elu elu_grad selu selu_grad",
    "gelu": "gelu gelu_tanh gelu_grad gelu_tanh_grad",
    "silu": "silu silu_grad",
    "sigmoids": "sigmoid sigmoid_grad tanh tanh_grad softplus",
    "softmax": "softmax softmax_with_temperature log_softmax",
    "softmax_gradients": "softmax_grad softmax_vjp",
    "cross_entropy": (
        "cross_entropy cross_entropy_probs softmax_cross_entropy_grad bce_with_logits bce_with_logits_grad"
    ),
    "initialisers": "he_init xavier_init xavier_uniform lecun_init",
    "network": "forward backward",
    "training": "count_dead_neurons sgd_step accuracy",
}
# kept here, so that naming a challenge imports no NumPy and playing one imports one module

NAMES = tuple(name for names in MODULES.values() for name in names.split())
