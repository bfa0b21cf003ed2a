"""1 + y^2."""
# breaks: agrees with the reference
def tanh_grad(y):
    return 1 + y**2
