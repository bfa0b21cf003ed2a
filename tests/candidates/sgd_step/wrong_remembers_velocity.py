"""Keeps a velocity from one call to the next, which is momentum."""
# breaks: same input, same output
velocity = {}


def sgd_step(params, grads, lr):
    new = {}
    for k, p in params.items():
        v = velocity.get(k)
        velocity[k] = grads[k] if v is None or v.shape != grads[k].shape else 0.9 * v + grads[k]
        new[k] = p - lr * velocity[k]
    return new
