import numpy as np


def confusion(predicted, actual):
    table = np.zeros((2, 2), dtype=int)
    np.add.at(table, (actual, predicted), 1)
    return table


def accuracy(a2, y):
    table = confusion((np.ravel(a2) > 0.5).astype(int), np.ravel(y).astype(int))
    return table.trace() / table.sum()
