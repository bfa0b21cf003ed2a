# -*- coding: martian -*-
"""Names an encoding that there is not."""


def softmax(z, axis=-1):
    return z
