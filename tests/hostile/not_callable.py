"""Has a number of that name."""

softmax = 3
