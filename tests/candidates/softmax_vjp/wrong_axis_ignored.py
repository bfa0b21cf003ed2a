"""The axis argument is never read."""
# breaks: arguments
import numpy as np


def softmax_vjp(p, g, axis=-1):
    inner = np.einsum("...i,...i->...", p, g)
    return p * (g - inner[..., None].astype(float))
