"""y * (1 + y)."""
# breaks: the same for y and 1 - y
def sigmoid_grad(y):
    return y * (1 + y)
