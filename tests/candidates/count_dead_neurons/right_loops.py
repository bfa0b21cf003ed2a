def count_dead_neurons(hidden):
    """Plain loops over units and samples."""
    units = hidden.shape[-1]
    rows = hidden.reshape(hidden.size // units, units)
    if len(rows) == 0:
        raise ValueError("no samples")
    dead = 0
    for j in range(units):
        if all(row[j] == 0 for row in rows):
            dead += 1
    return dead
