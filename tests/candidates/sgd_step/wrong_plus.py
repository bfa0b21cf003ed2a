"""Climbs: adds the gradient."""
# breaks: agrees with the reference
def sgd_step(params, grads, lr):
    return {k: params[k] + lr * grads[k] for k in params}
