"""scale times the derivative of ELU."""
import numpy as np


def elu_grad(x, alpha):
    grad = np.ones(np.shape(x))
    np.exp(x, out=grad, where=np.less_equal(x, 0))
    return np.where(np.less_equal(x, 0), alpha * grad, grad)


def selu_grad(x):
    return 1.0507009873554804934 * elu_grad(x, alpha=1.6732632423543772848)
