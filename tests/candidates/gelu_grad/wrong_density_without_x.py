"""Phi(x) + phi(x): the density is not multiplied by x."""
# breaks: slopes at x and -x add up to 1
import math
import numpy as np

def norm_cdf(x):
    return 0.5 * (1 + np.array([math.erf(v / math.sqrt(2)) for v in x.flat]).reshape(x.shape))

def norm_pdf(x):
    return np.exp(-0.5 * x.astype(float)**2) / math.sqrt(2 * math.pi)

def gelu_grad(x):
    return norm_cdf(x) + norm_pdf(x)
