"""Imports a package that is not allowed."""

import pytest


def softmax(z, axis=-1):
    return pytest and z
