from math import sqrt


def lecun_init(shape, rng):
    match shape:
        case (n_in, _):
            fan_in = n_in
        case (kh, kw, n_in, _):
            fan_in = kh * kw * n_in
    return rng.normal(0, sqrt(1 / fan_in), size=shape)
