"""All probability goes to the largest logit."""
# breaks: agrees with the reference
import numpy as np


def softmax(z, axis=-1):
    z = np.asarray(z, dtype=float)
    winners = (z == z.max(axis=axis, keepdims=True)).astype(float)
    return winners / winners.sum(axis=axis, keepdims=True)
