"""Calls Python's own max, which needs a single truth value for a whole array."""
# breaks: agrees with the reference


def relu(x):
    return max(0, x)
