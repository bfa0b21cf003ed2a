"""Returns the arrays in a list and loses their names."""
# breaks: shape
def sgd_step(params, grads, lr):
    return [params[k] - lr * grads[k] for k in ("W1", "b1", "W2", "b2")]
