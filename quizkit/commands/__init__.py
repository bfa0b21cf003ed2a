"""Commands that have a room of their own; `quizkit.cli` mounts them."""
