"""From the review log to memory states and due dates."""
