"""Folds the classes together with logaddexp.reduce."""

import numpy as np


def cross_entropy(logits, labels):
    """Mean of logsumexp(z) - z_label."""
    logits = np.asarray(logits, dtype=np.result_type(logits, np.float32))
    normalisers = np.logaddexp.reduce(logits, axis=1)
    return (normalisers - logits[np.arange(len(labels)), labels]).mean()
