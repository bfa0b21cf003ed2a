from pathlib import Path

import pytest
from fast_quizkit import *  # noqa: F403

from quizkit.decks.deck import Deck
from quizkit.decks.text_import import csv_deck, markdown_deck, read_text
from quizkit.errors import UsageProblem
