"""Whatever a candidate returns and whatever stands in its file: the judge never raises and never accepts it."""

import base64
import pickle
import resource

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from judging import SOFTMAX, cases_for, trial_of, verdict_on

from quizkit.challenges import NAMES
from quizkit.challenges.library import find
from quizkit.judge.checks import checks_of
from quizkit.judge.report import Report
from quizkit.judge.trial import Portion, Stopped
from quizkit.judge.verdict import Outcome, Status

NASTY = """
None ... NotImplemented True False 0 -1 10**400 -10**30 0.5 1e400 -1e400 float('nan') -0.0 1j
'' 'x'*10 b'bytes' bytearray(3) [] () {} set() frozenset({1}) range(3) slice(1) iter([1]) map(abs,[1])
[[1.0],[2.0,3.0]] [None] (None,None) (1,2,3) {'W1':None} {1:2} {'a':{'b':{'c':[]}}} {None:None} object object() len
Exception() type print np np.float64 np.float64('nan') np.float32(1) np.int8(-1) np.bool_(True) np.complex128(1j)
np.longdouble(1) np.str_('x') np.datetime64('2020') np.array([]) np.array(1.0) np.array(None) np.array('x')
np.array([1,'x'],dtype=object) np.zeros((0,3)) np.zeros((3,0,2)) np.zeros((1,)*30) np.ones((2,2),bool)
np.full((2,3),np.nan) np.full(3,np.inf) np.full((1,1),-np.inf) np.zeros(3,'i8') np.zeros(3,'u1') np.zeros(3,'c16')
np.zeros(3,'f2') np.zeros(3,'g') np.zeros(2,[('a','f8')]) np.zeros(3,'M8[s]') np.ma.array([1.0,2.0],mask=[0,1])
np.matrix([[1.0]]) np.random.default_rng(0) np.nditer(np.ones(2)) np.broadcast_to(1.0,(300,300))
np.zeros((100000,1)) np.zeros((1,100000)) np.zeros(30000) np.zeros((300,300)) memoryview(b'x') np.dtype('f8')
(np.zeros(2),{'X':1}) (np.nan,{}) {'W1':np.zeros(1),'b1':1,'W2':np.nan,'b2':'x'}
(np.zeros((2,1)),{'X':[],'z1':0,'a1':0,'z2':0})
""".split()
CHOOSING = """
import numpy as np
VALUES = {values}
calls = 0
def {name}(*args, **kwargs):
    global calls
    calls += 1
    return {returned}
"""
SHARES = 6
# a challenge meets every sixth value, a value every sixth challenge
MOST_BYTES = 1_500_000_000
# what the judge's process may grow to: an outer product of a long result with itself would be 80 GB


def file_that_returns(name: str, expression: str) -> str:
    return f"import numpy as np\ndef {name}(*args, **kwargs):\n    return {expression}\n"


@pytest.mark.parametrize(
    "name", [name if name in NAMES[::3] else pytest.param(name, marks=pytest.mark.slow) for name in NAMES]
)
def test_no_nasty_value_is_accepted_or_breaks_the_judge(name: str) -> None:
    challenge = find(name)
    checks = checks_of(challenge)
    for expression in NASTY[NAMES.index(name) % SHARES :: SHARES]:
        trial = trial_of(challenge, file_that_returns(name, expression))
        pairs = [(check, case) for check in checks for case in cases_for(check, challenge)[:3]]
        trial.settle(Portion(pairs))
        assert trial.rejected(checks), expression
        assert Report(challenge, "mine.py", checks, trial).findings()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 < MOST_BYTES


@pytest.mark.parametrize("expression", NASTY)
def test_a_nasty_value_gets_a_whole_verdict(expression: str) -> None:
    verdict = verdict_on(file_that_returns("softmax", expression))
    assert verdict.outcome in (Outcome.REJECTED, Outcome.MEMORY)
    assert verdict.faults
    assert all(fault.message or fault.got for fault in verdict.faults)


def test_values_that_change_from_call_to_call_are_not_accepted() -> None:
    values = f"[{', '.join(NASTY)}]"
    for name in ("softmax", "backward", "forward", "accuracy", "he_init"):
        source = CHOOSING.format(values=values, name=name, returned="VALUES[calls % len(VALUES)]")
        assert not verdict_on(source, name).accepted


plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.binary(max_size=3),
    arrays.arrays(arrays.scalar_dtypes(), arrays.array_shapes(min_dims=0, max_side=3, min_side=0)),
    arrays.arrays(st.sampled_from(["f8", "f4"]), st.sampled_from([(1,), (2,), (2, 3), (3, 1), (2, 2, 3)])),
)
nested = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from(["X", "z1", "a1", "z2", "W1", "b1", "W2", "b2", ""]), inner, max_size=4),
    ),
    max_leaves=6,
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(NAMES), nested)
def test_drawn_values_are_rejected_in_every_challenges_place(name: str, value: object) -> None:
    pickled = base64.b64encode(pickle.dumps(value)).decode()
    source = file_that_returns(name, f"pickle.loads(base64.b64decode('{pickled}'))")
    verdict = verdict_on(f"import base64, pickle\n{source}", name)
    assert verdict.outcome is Outcome.REJECTED


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_any_bytes_are_a_file_without_the_function(content: bytes) -> None:
    assert verdict_on(content).outcome is Outcome.UNUSABLE


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.integers(0, len(SOFTMAX) - 1), st.integers(0, 255), st.booleans())
def test_a_damaged_file_gets_a_verdict(place: int, byte: int, insert: bool) -> None:
    source = SOFTMAX.encode()
    verdict = verdict_on(source[:place] + bytes([byte]) + source[place + (not insert) :], timeout_s=5.0, examples=5)
    assert verdict.outcome in Outcome


RESULTS = [
    "np.zeros((2, 5))",
    "np.zeros(0)",
    "None",
    "'x'",
    "[1]",
    "{}",
    "np.zeros(3, complex)",
    "np.float64(1)",
    "(1, 2)",
]


@pytest.mark.parametrize("name", NAMES)
def test_no_property_of_its_own_raises_past_the_judge(name: str) -> None:
    challenge = find(name)
    declared = [check for check in checks_of(challenge) if check.fields]
    for expression in RESULTS:
        trial = trial_of(challenge, file_that_returns(name, expression))
        trial.settle(Portion([(check, case) for check in declared for case in challenge.hard if check.applies(case)]))
        for check in declared:
            for failure in trial.failures[check.name]:
                assert failure.message or failure.got is not None


MORTAL = """
import os
calls = 0
def softmax(z, axis=-1):
    global calls
    calls += 1
    if calls == {last}: os._exit(0)
    return z * 0 + 1.0
"""


@pytest.mark.parametrize("last", [1, 2, 3, 5, 8, 13, 40])
def test_a_process_that_ends_at_any_call_stops_the_trial_and_nothing_else(last: int) -> None:
    challenge = find("softmax")
    checks = checks_of(challenge)
    trial = trial_of(challenge, MORTAL.format(last=last))
    with pytest.raises(Stopped) as stopped:
        trial.settle(Portion([(check, case) for check in checks for case in cases_for(check, challenge)]))
    told = Report(challenge, "mine.py", checks, trial).stopped(stopped.value)
    assert [found.name for found in told if found.status is Status.CRASHED] == [stopped.value.check.name]


def test_the_keeper_is_as_good_as_new_afterwards() -> None:
    assert verdict_on(SOFTMAX).accepted
