"""One review log on several machines: lines, a folder that something else carries, and the union."""
