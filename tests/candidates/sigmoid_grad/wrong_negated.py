"""The sign is turned: y * (y - 1)."""
# breaks: from 0 to a quarter
def sigmoid_grad(y):
    return y * (y - 1)
