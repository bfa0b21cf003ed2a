"""No candidate's process outlives the test that started it."""

from collections.abc import Iterator

import pytest
from judging import end_workers


@pytest.fixture(autouse=True)
def _workers_end_with_their_test() -> Iterator[None]:
    yield
    end_workers()
