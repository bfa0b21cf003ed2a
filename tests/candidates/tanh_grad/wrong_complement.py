"""1 - y: not squared."""
# breaks: the same for y and -y
def tanh_grad(y):
    return 1 - y
