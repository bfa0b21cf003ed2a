"""erf without a library: the Taylor-like series near 0, a continued fraction outside."""
import numpy as np


def upper_tail(a):
    """1 - Phi(a) for a >= 0."""
    density = np.exp(-a * a / 2) / np.sqrt(2 * np.pi)

    # Phi(a) = 1/2 + density * (a + a^3/3 + a^5/15 + ...)
    small = np.minimum(a, 3.0)
    term = small.copy()
    total = small.copy()
    for k in range(1, 80):
        term = term * small**2 / (2 * k + 1)
        total = total + term
    near = 0.5 - np.exp(-small * small / 2) / np.sqrt(2 * np.pi) * total

    # density / (a + 1/(a + 2/(a + 3/(a + ...))))
    large = np.maximum(a, 3.0)
    fraction = large.copy()
    for k in range(200, 0, -1):
        fraction = large + k / fraction
    return np.where(a < 3.0, near, density / fraction)


def gelu(x):
    x = np.asarray(x)
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(float)
    tail = upper_tail(np.abs(x).astype(float))
    return (x * np.where(x > 0, 1 - tail, tail)).astype(x.dtype)
