"""The product has become a difference: y - 1."""
# breaks: from 0 to a quarter
def sigmoid_grad(y):
    return y - 1
