"""A list comes back, not an array."""
# breaks: shape
import math


def softmax(z, axis=-1):
    """Softmax in plain Python."""
    if z.ndim == 1:
        m = max(z)
        e = [math.exp(v - m) for v in z]
        s = sum(e)
        return [v / s for v in e]
    if axis in (-1, z.ndim - 1):
        return [softmax(row) for row in z]
    return softmax(z.swapaxes(axis, -1)).swapaxes(axis, -1)
