"""Asks if on a whole array."""
# breaks: agrees with the reference


def leaky_relu(x, alpha=0.01):
    if x > 0:
        return x
    return alpha * x
