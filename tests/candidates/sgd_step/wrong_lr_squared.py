"""Scales the gradients by the learning rate and then does it again in the update."""
# breaks: two half steps
def sgd_step(params, grads, lr):
    scaled = {name: lr * g for name, g in grads.items()}
    updated = {}
    for name in params:
        updated[name] = params[name] - lr * scaled[name]
    return updated
