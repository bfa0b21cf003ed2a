"""Goes through log-softmax and scatters with np.add.at."""

import numpy as np


def softmax_cross_entropy_grad(logits, labels):
    logits = logits + 0.0
    log_p = logits - np.logaddexp.reduce(logits, axis=1, keepdims=True)
    out = np.exp(log_p)
    np.add.at(out, (np.arange(len(labels)), labels), -1)
    return np.divide(out, len(labels))
