def accuracy(a2, y):
    right = 0
    for p, label in zip(a2.ravel().tolist(), y.ravel().tolist()):
        if (1 if p > 0.5 else 0) == label:
            right += 1
    return right / len(y)
