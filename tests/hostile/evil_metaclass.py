"""Returns an object whose class has no name."""


class Meta(type):
    @property
    def __name__(cls):
        raise RuntimeError("no name")


class Nameless(metaclass=Meta):
    pass


def softmax(z, axis=-1):
    return Nameless()
