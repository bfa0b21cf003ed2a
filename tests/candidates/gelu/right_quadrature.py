"""Phi by Gauss-Legendre quadrature of the density from 0 to x."""
import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(60)


def phi_of(x):
    top = np.clip(x, -9.0, 9.0)
    points = (NODES + 1) / 2 * top[..., None]
    density = np.exp(-0.5 * points**2) / np.sqrt(2 * np.pi)
    return 0.5 + top / 2 * (density @ WEIGHTS)


def gelu(x):
    x = np.asarray(x, dtype=float)
    return x * phi_of(x)
