"""Prepare for machine-learning interviews: flashcards by spaced repetition, in your terminal."""

__version__ = "0.1.0"
