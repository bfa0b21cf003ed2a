"""1 - y * y: the square is rounded before it is subtracted from a number next to it."""
# remarks: far tails
def tanh_grad(y):
    """Derivative of tanh in terms of its output."""
    return 1 - y * y
