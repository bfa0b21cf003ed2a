"""Multiplies into the caller's y."""
# breaks: leaves its arguments alone
def sigmoid_grad(y):
    y *= 1 - y
    return y
