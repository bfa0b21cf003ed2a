"""Is an object that can be called."""


class Softmax:
    def __call__(self, z, axis=-1):
        return z


softmax = Softmax()
