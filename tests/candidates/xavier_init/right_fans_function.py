def compute_fans(shape):
    if len(shape) == 2:
        return shape
    kh, kw, channels_in, channels_out = shape
    return kh * kw * channels_in, kh * kw * channels_out


def xavier_init(shape, rng):
    fan_in, fan_out = compute_fans(shape)
    sigma = (2 / (fan_in + fan_out)) ** 0.5
    return rng.normal(loc=0, scale=sigma, size=shape)
