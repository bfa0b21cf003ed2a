def lecun_init(shape, generator=None, *, rng=None):
    """`rng` or the second argument, whichever is there."""
    source = rng if rng is not None else generator
    fan_in = 1
    for n in shape[:-1]:
        fan_in = fan_in * n
    return source.normal(0.0, fan_in**-0.5, shape)
