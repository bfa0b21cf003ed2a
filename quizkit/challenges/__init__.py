"""The names of the coding challenges that a card can point to."""

NAMES = tuple(
    """
    relu relu_grad leaky_relu leaky_relu_grad prelu prelu_grad_x prelu_grad_alpha elu elu_grad selu selu_grad
    gelu gelu_tanh gelu_grad gelu_tanh_grad silu silu_grad sigmoid sigmoid_grad tanh tanh_grad softplus
    softmax softmax_with_temperature log_softmax softmax_grad softmax_vjp
    cross_entropy cross_entropy_probs softmax_cross_entropy_grad bce_with_logits bce_with_logits_grad
    he_init xavier_init xavier_uniform lecun_init forward backward count_dead_neurons sgd_step accuracy
    """.split()
)
