import numpy as np


def softmax(z: np.ndarray, axis: int = -1) -> np.ndarray:
    wide = np.asarray(z, dtype=np.longdouble)
    wide = np.exp(wide - np.max(wide, axis=axis, keepdims=True))
    return (wide / wide.sum(axis=axis, keepdims=True)).astype(np.float64)
