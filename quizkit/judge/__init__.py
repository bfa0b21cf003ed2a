"""Judges a candidate's code: a process for the candidate, frames between, and what is asked of it."""
