"""1 - y^2 is the derivative of tanh."""
# breaks: agrees with the reference
def sigmoid_grad(a):
    return 1 - a**2
