import numpy as np


def sgd_step(params, grads, lr):
    def update(p, g):
        q = np.empty(p.shape)
        for i in np.ndindex(p.shape):
            q[i] = p[i] - lr * g[i]
        return q

    return dict(zip(params, map(update, params.values(), (grads[k] for k in params))))
