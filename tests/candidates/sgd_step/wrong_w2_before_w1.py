"""Updates W2 first and carries its change into the gradient of the first layer."""
# breaks: each parameter on its own
import numpy as np


def sgd_step(params, grads, lr):
    w2 = params["W2"] - lr * grads["W2"]
    # the first layer's gradient passed through the old W2: make it pass through the new one
    ratio = np.divide(w2, params["W2"], out=np.ones(w2.shape), where=params["W2"] != 0).ravel()
    return {
        "W1": params["W1"] - lr * grads["W1"] * ratio,
        "b1": params["b1"] - lr * grads["b1"] * ratio,
        "W2": w2,
        "b2": params["b2"] - lr * grads["b2"],
    }
