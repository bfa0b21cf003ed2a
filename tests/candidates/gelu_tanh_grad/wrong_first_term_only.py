"""Only the gate: the product rule has a second term."""
# breaks: the slope of the tanh form
import numpy as np

def gelu_tanh_grad(x):
    x = np.asarray(x, float)
    return 0.5 * (1 + np.tanh(np.sqrt(2/np.pi) * (x + 0.044715*x**3)))
