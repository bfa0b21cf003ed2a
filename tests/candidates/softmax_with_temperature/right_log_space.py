"""log p^(1/T) = log p / T, normalised again in the log domain."""
import numpy as np


class TemperatureError(ValueError):
    pass


def log_softmax(z, axis):
    return z - np.logaddexp.reduce(z, axis=axis, keepdims=True)


def softmax_with_temperature(z, T=1.0, axis=-1):
    if not T > 0:
        raise TemperatureError(T)
    log_p = log_softmax(np.asarray(z, dtype=float), axis)
    return np.exp(log_softmax(log_p / T, axis))
