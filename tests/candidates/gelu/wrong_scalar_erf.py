"""math.erf is handed an array, which works for a single entry only."""
# breaks: shape
import math


def gelu(x):
    return 0.5 * x * (1 + math.erf(x / math.sqrt(2)))
