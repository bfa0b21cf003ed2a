"""Writes to its own memory through /proc."""


def softmax(z, axis=-1):
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(id(z))
        byte = memory.read(1)
        memory.seek(id(z))
        return "escaped" if memory.write(byte) == 1 else z
