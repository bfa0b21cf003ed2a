"""1 - y: the factor y is forgotten."""
# breaks: the same for y and 1 - y
def sigmoid_grad(y):
    return 1 - y
