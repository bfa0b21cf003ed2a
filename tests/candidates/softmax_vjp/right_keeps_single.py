import numpy as np


def softmax_vjp(probs, grad_output, axis=-1):
    """The backward pass as PyTorch writes it: grad_input = p * g - p * sum(p * g)."""
    dtype = np.result_type(probs, grad_output)
    dtype = dtype if np.issubdtype(dtype, np.floating) else np.float64
    pg = np.multiply(probs, grad_output, dtype=dtype)
    return pg - probs * np.add.reduce(pg, axis=axis, keepdims=True)
