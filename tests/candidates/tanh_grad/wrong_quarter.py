"""A factor 1/4, taken over from the sigmoid."""
# breaks: the slope of tanh
def tanh_grad(y):
    return (1 - y * y) / 4
