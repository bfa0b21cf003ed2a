"""Defines another function than it should."""


def soft_max(z):
    return z
