import time
from datetime import UTC, datetime, timedelta

import platformdirs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizkit.clock import SystemClock
from quizkit.home import home, platform_home
from quizkit.memory.days import study_day


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_the_study_day_is_the_local_date_four_hours_earlier(instant: datetime, offset_min: int) -> None:
    at_ms = int(instant.replace(tzinfo=UTC).timestamp() * 1000)
    local = instant + timedelta(minutes=offset_min)
    assert study_day(at_ms, offset_min) == (local - timedelta(hours=4)).date().toordinal() - 719163


def test_an_answer_just_before_four_belongs_to_the_day_before() -> None:
    four = int(datetime(2026, 3, 5, 4, 0, tzinfo=UTC).timestamp() * 1000)
    assert study_day(four - 1, 0) + 1 == study_day(four, 0)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one time zone a process")
def test_a_time_zone_that_was_changed_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    offsets = []
    for zone in ("UTC", "Asia/Kolkata", "America/St_Johns"):
        monkeypatch.setenv("TZ", zone)
        offsets.append(SystemClock().now().offset_min)
    assert offsets[:2] == [0, 330]
    assert offsets[2] in (-210, -150)


@pytest.mark.parametrize("base", ["", "/some/where"])
def test_home_is_the_platforms_own_folder(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", base)
    assert platform_home() == platformdirs.user_data_dir("quizkit", appauthor=False)


def test_quizkit_home_moves_it_and_blank_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIZKIT_HOME", "/elsewhere")
    assert home() == "/elsewhere"
    monkeypatch.setenv("QUIZKIT_HOME", "  ")
    assert home() == platform_home()
