"""Returns a list that holds itself."""


def softmax(z, axis=-1):
    result = []
    result.append(result)
    return result
