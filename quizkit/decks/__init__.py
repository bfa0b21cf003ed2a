"""Decks that come from elsewhere and go elsewhere: Anki packages, CSV, Markdown with Q: and A:."""
