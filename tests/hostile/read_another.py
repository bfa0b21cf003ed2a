"""Reads the memory of a process of the same user."""

VICTIM = int("@victim@")


def softmax(z, axis=-1):
    with open(f"/proc/{VICTIM}/mem", "rb"):
        return "escaped"
