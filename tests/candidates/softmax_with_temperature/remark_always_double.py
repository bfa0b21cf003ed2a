"""float32 comes back as float64."""
# remarks: float32 stays float32
import numpy as np


def softmax_with_temperature(logits, T=1.0, axis=-1):
    """Softmax of logits / T along `axis`."""
    if T <= 0:
        raise ValueError("T must be positive")
    logits = np.array(logits, dtype=float)
    logits /= T
    logits -= logits.max(axis=axis, keepdims=True)
    np.exp(logits, out=logits)
    return logits / logits.sum(axis=axis, keepdims=True)
