"""Files that attack the judge get a verdict like any other, never a good one, whatever jail holds them."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_corpus import NAMES, Surroundings
from judge_cases import descendants, needs_full, needs_linux, orphans_stay_ours
from judging import SOFTMAX, file, scratch

from quizkit.judge.engine import judge
from quizkit.judge.jail import Tier
from quizkit.judge.process import Keeper
from quizkit.judge.settings import Settings
from quizkit.judge.verdict import Outcome, Verdict

pytestmark = needs_linux

SHARES = 12
# tests for each jail; the files are dealt out to them

SLOW = set(
    """
    close_and_stay doubling_list endless_at_import endless_in_c endless_loop endless_message endless_without_signals
    flood_warnings forked_daemon fork_bomb giant_list giant_text half_reply memory_hog recursion_without_limit
    slow_calls tcp threads_after trickling_reply unix_socket
    """.split()
)
# they go on until they are stopped

UNUSABLE = set(
    """
    deep_brackets deep_chain deep_source empty exit_at_import exit_softly_at_import no_function not_callable not_utf8
    null_bytes raises_at_import refused_import syntax_error unknown_encoding
    """.split()
)
CRASHED = set(
    """
    abort close_and_stay close_descriptors exit_hard flood_channel flood_descriptors forged_replies garbage_replies
    null_pointer patched_worker wild_array
    """.split()
)
TIMEOUT = set(
    """
    endless_at_import endless_in_c endless_loop endless_message endless_without_signals half_reply slow_calls
    trickling_reply
    """.split()
)
MEMORY = {"giant_range"}


@pytest.fixture(
    scope="module",
    params=[pytest.param(Tier.FULL, marks=needs_full), pytest.param(Tier.LIMITS, marks=pytest.mark.slow)],
)
def keeper(request: pytest.FixtureRequest) -> Iterator[Keeper]:
    with orphans_stay_ours(), Keeper.start(jail=request.param) as keeper:
        assert keeper.tier is request.param
        yield keeper


@pytest.mark.parametrize("share", range(SHARES))
def test_no_hostile_file_is_accepted_and_each_verdict_says_why(keeper: Keeper, tmp_path: Path, share: int) -> None:
    around = Surroundings.build(tmp_path)
    before = processes(keeper)
    try:
        for name in NAMES[share::SHARES]:
            verdict = judged(around.source(name), keeper, timeout_s=0.6 if name in SLOW else 10.0)
            assert not verdict.accepted, name
            assert verdict.exit_code in (1, 2), name
            assert says_why(verdict), (name, verdict)
            assert verdict.outcome in expected_of(name), (name, verdict)
            if keeper.tier is Tier.FULL:
                assert not around.traces(), name
    finally:
        around.close()
    assert processes(keeper) == before - 1
    # the process that was there to be attacked has ended with its surroundings
    assert judged(SOFTMAX.encode(), keeper, timeout_s=10.0).accepted


def processes(keeper: Keeper) -> int:
    """Return how many processes there are, once those of an accepted file are gone."""
    while any(worker.alive for worker in keeper._workers):
        time.sleep(0.01)
    return len(descendants())


def judged(source: bytes, keeper: Keeper, timeout_s: float) -> Verdict:
    settings = Settings(cache=scratch() / "draws", timeout_s=timeout_s)
    return judge("softmax", file(source), settings, keeper=keeper)


def says_why(verdict: Verdict) -> bool:
    told = [fault.message or (fault.got and fault.expected) for fault in verdict.faults]
    return bool(verdict.message) or (bool(told) and all(told))


def expected_of(name: str) -> set[Outcome]:
    table = {
        Outcome.UNUSABLE: UNUSABLE,
        Outcome.CRASHED: CRASHED,
        Outcome.TIMEOUT: TIMEOUT,
        Outcome.MEMORY: MEMORY,
    }
    named = {outcome for outcome, names in table.items() if name in names}
    return named or set(Outcome) - {Outcome.ACCEPTED, Outcome.UNUSABLE}


def test_every_name_in_the_tables_is_a_file() -> None:
    assert not (SLOW | UNUSABLE | CRASHED | TIMEOUT | MEMORY) - set(NAMES)
