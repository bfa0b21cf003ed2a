def he_init(shape, rng, a=0.0):
    """One unit at a time, in the order of the last axis."""
    import numpy as np

    fan_in = 1
    for size in shape[:-1]:
        fan_in *= size
    std = (2 / fan_in / (1 + a**2)) ** 0.5
    units = [rng.normal(0, std, size=shape[:-1]) for _ in range(shape[-1])]
    return np.stack(units, axis=-1)
