"""Copies the dict but not its arrays, and writes into those of the caller."""
# breaks: leaves its arguments alone
def sgd_step(params, grads, lr):
    new = params.copy()
    for key in new:
        new[key] -= lr * grads[key]
    return new
