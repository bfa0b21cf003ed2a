"""One entry after the other, with math functions."""

import math


def bce_with_logits(t, y):
    def cost(logit, target):
        if logit > 0:
            return math.log1p(math.exp(-logit)) + (1 - target) * logit
        return math.log1p(math.exp(logit)) - target * logit

    costs = [cost(float(a), float(b)) for a, b in zip(t.flat, y.flat)]
    return sum(costs) / len(costs)
