"""The slope as an integral of the second derivative: 1/2 + integral of phi(t) (2 - t^2) from 0 to x."""
import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(80)


def gelu_grad(x):
    end = np.clip(np.asarray(x, dtype=float), -12, 12)
    t = np.multiply.outer(end, (NODES + 1) / 2)
    curvature = (2 - t**2) * np.exp(-(t**2) / 2) / np.sqrt(2 * np.pi)
    return 0.5 + np.einsum("...k,k->...", curvature, WEIGHTS) * end / 2
