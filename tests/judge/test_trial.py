"""Checks ask in batches: each question once, whatever goes wrong with an answer is the candidate's failure."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from judging import challenge_about, trial_of, worker_with

from quizkit.challenges.vocabulary import Array, Broken, Candidate, Case, Challenge, Property, Tier, close, prop
from quizkit.judge.checks import Check, checks_of
from quizkit.judge.inquiry import Asked, Gone, Inquiry, Waiting
from quizkit.judge.process import How, Worker
from quizkit.judge.trial import NOTHING, PART, Failure, Portion, Stopped, Trial
from quizkit.judge.verdict import Status
from quizkit.judge.wire import Call, Layout, Returned

COUNTER = """
    calls = 0
    def double(x, k=2.0):
        global calls
        calls += 1
        return float(calls)
"""
DOUBLE = """
    def double(x, k=2.0):
        return k * x
"""
ONE = np.array([1.0])


def double(x: Array, k: float = 2.0) -> Array:
    return k * x


def challenge_with(*properties: Property, **more: Any) -> Challenge:
    return challenge_about(double, [{"x": ONE}], properties=properties, **more)


def check_called(challenge: Challenge, name: str) -> Check:
    return next(check for check in checks_of(challenge) if check.name == name)


def failure_of(check: Callable[..., None], source: str, **case: Any) -> Failure | None:
    """Return how a property fails in one case."""
    declared = Property("it", "hint", check)
    challenge = challenge_with(declared)
    trial = trial_of(challenge, source)
    trial.settle(Portion([(check_called(challenge, "it"), case or {"x": ONE})]))
    return next(iter(trial.failures["it"]), None)


def inquiry_of(
    source: str, until: float = 1e9, clock: Callable[[], float] = lambda: 0.0
) -> tuple[Inquiry, list[Worker]]:
    started: list[Worker] = []

    def worker() -> Worker:
        if not started:
            started.append(worker_with(source))
        return started[0]

    return Inquiry("double", worker, clock, 10.0, until), started


def answered(inquiry: Inquiry, *calls: Call) -> list[Any]:
    with pytest.raises(Waiting):
        inquiry.ask(calls)
    inquiry.send()
    inquiry.receive()
    return [reply.value for reply in inquiry.ask(calls) if isinstance(reply, Returned)]


# -- questions ---------------------------------------------------------------------------------------------------------


def test_a_question_is_asked_once_however_many_ask_it() -> None:
    inquiry, _ = inquiry_of(COUNTER)
    first, again = Call("double", (ONE,)), Call("double", (ONE.copy(),))
    assert answered(inquiry, first) == [1.0]
    assert inquiry.ask([again]) == inquiry.ask([first])


DIFFERENT = {
    "value": Call("double", (np.array([2.0]),)),
    "dtype": Call("double", (np.array([1.0], np.float32),)),
    "bytes alike": Call("double", (np.array([1.0]).view(np.int64),)),
    "shape": Call("double", (np.array([[1.0]]),)),
    "dimension": Call("double", (np.array(1.0),)),
    "number": Call("double", (1.0,)),
    "whole number": Call("double", (1,)),
    "truth": Call("double", (True,)),
    "NumPy number": Call("double", (np.float64(1.0),)),
    "tuple": Call("double", ((1.0,),)),
    "list": Call("double", ([1.0],)),
    "keyword": Call("double", (ONE,), {"k": 2.0}),
    "another keyword value": Call("double", (ONE,), {"k": 3.0}),
    "position": Call("double", (ONE, 2.0)),
    "layout": Call("double", (ONE,), layout=Layout.READONLY),
    "strides": Call("double", (ONE,), layout=Layout.STRIDED),
    "echo": Call("double", (ONE,), echo=True),
    "dict": Call("double", ({"W": ONE},)),
    "dict key": Call("double", ({"b": ONE},)),
    "dict value": Call("double", ({"W": -ONE},)),
}


def test_questions_that_differ_in_anything_are_asked_apart() -> None:
    inquiry, _ = inquiry_of(COUNTER)
    calls = [Call("double", (ONE,)), *DIFFERENT.values()]
    for call in calls:
        with pytest.raises(Waiting):
            inquiry.ask([call])
    inquiry.send()
    inquiry.receive()
    values = [inquiry.ask([call])[0].value for call in calls]  # type: ignore[union-attr]
    assert values == [float(place + 1) for place in range(len(calls))]


def test_a_sequence_of_calls_is_another_question_than_each_of_them() -> None:
    inquiry, _ = inquiry_of(COUNTER)
    call = Call("double", (ONE,))
    assert answered(inquiry, call) == [1.0]
    assert answered(inquiry, call, call) == [2.0, 3.0]


def test_no_process_is_started_until_something_is_asked() -> None:
    inquiry, started = inquiry_of(DOUBLE)
    inquiry.send()
    inquiry.receive()
    assert not started
    answered(inquiry, Call("double", (ONE,)))
    assert len(started) == 1


def test_more_questions_than_fit_a_frame_are_all_answered() -> None:
    inquiry, _ = inquiry_of(DOUBLE)
    calls = [Call("double", (float(number),)) for number in range(600)]
    calls += [Call("double", (np.full(20_000, number),)) for number in range(5)]
    for call in calls:
        with pytest.raises(Waiting):
            inquiry.ask([call])
    inquiry.send()
    inquiry.receive()
    assert [inquiry.ask([call])[0].value for call in calls[:600]] == [2.0 * n for n in range(600)]  # type: ignore[union-attr]
    assert [inquiry.ask([call])[0].value[0] for call in calls[600:]] == [0, 2, 4, 6, 8]  # type: ignore[union-attr]


def test_the_time_for_all_calls_is_one() -> None:
    moments = iter([0.0, 9.0, 10.5])
    inquiry, _ = inquiry_of(DOUBLE, until=10.0, clock=lambda: next(moments))
    for number in range(3):
        with pytest.raises(Waiting):
            inquiry.ask([Call("double", (number,))], asker=number)
    with pytest.raises(Gone) as gone:
        inquiry.send()
        inquiry.receive()
    assert gone.value.asker == 2
    assert gone.value.call == Call("double", (2,))
    assert gone.value.ended.how is How.TIMEOUT


def test_answers_take_a_bounded_room() -> None:
    inquiry, _ = inquiry_of("import numpy as np\ndef double(x):\n    return {'a': (np.zeros(7_000_000), x)}\n")
    for number in range(6):
        with pytest.raises(Waiting):
            inquiry.ask([Call("double", (number,))])
    with pytest.raises(Gone) as gone:
        inquiry.send()
        inquiry.receive()
    assert gone.value.ended.how is How.MEMORY
    assert gone.value.call.args == (4,)


# -- portions ----------------------------------------------------------------------------------------------------------


def test_what_was_asked_first_in_one_trial_is_there_at_the_first_look_of_the_next() -> None:
    looks: list[Array] = []

    def check(f: Candidate, x: Array) -> None:
        looks.append(x)
        close(f(x), 2 * x)

    challenge = challenge_with(Property("it", "hint", check))
    pairs = [(check_called(challenge, "it"), {"x": number * ONE}) for number in range(2 * PART + 1)]
    portion = Portion(pairs)
    taken = []
    for source in (DOUBLE, DOUBLE, "def double(x, k=2.0):\n    return 3 * x if x[0] > 90 else 2 * x"):
        looks.clear()
        trial = trial_of(challenge, source)
        trial.settle(portion)
        taken.append((len(looks), [failure.case["x"][0] for failure in trial.failures["it"]]))
    assert taken == [
        (2 * len(pairs), []),
        # once until the answer is not there, and once with it
        (len(pairs), []),
        (len(pairs), [number for number in range(len(pairs)) if number > 90]),
    ]


def test_a_process_that_ends_over_a_question_sent_ahead_ends_in_the_check_that_asks_it() -> None:
    def check(f: Candidate, x: Array) -> None:
        close(f(x), 2 * x)

    challenge = challenge_with(Property("it", "hint", check))
    portion = Portion([(check_called(challenge, "it"), {"x": number * ONE}) for number in range(3)])
    trial_of(challenge, DOUBLE).settle(portion)
    ends = "import os\ndef double(x, k=2.0): os._exit(3) if x[0] == 1 else None"
    with pytest.raises(Stopped) as stopped:
        trial_of(challenge, ends).settle(portion)
    assert stopped.value.case == {"x": ONE}


def test_a_second_process_that_ends_while_the_first_is_replaced_is_laid_to_the_check_that_asked_it() -> None:
    ended = "import os\ndef double(x, k=2.0): os._exit(3)"

    def in_the_first(asked: Asked, case: Case) -> None:
        asked(case["x"])

    def in_the_second(asked: Asked, case: Case) -> None:
        asked.ask([asked.call(case["x"])], in_second_process=True)

    challenge = challenge_with()
    first, second = (
        Check(name, name, "", "hint", Tier.POLISH, lambda case: True, run)
        for name, run in (("first", in_the_first), ("second", in_the_second))
    )
    trial = trial_of(challenge, ended)
    trial.polish(Portion([*[(first, {"x": number * ONE}) for number in range(5)], (second, {"x": ONE})]))
    assert {name: [f.case["x"][0] for f in failures] for name, failures in trial.failures.items()} == {
        "first": [0.0],
        "second": [1.0],
    }


def test_what_is_left_of_a_portion_when_a_check_ended_the_process_is_asked_by_those_who_remain() -> None:
    def asks(number: int) -> Property:
        return Property(f"asks {number}", "hint", lambda f, x: close(f(number * x), 2 * number * x), tier=Tier.POLISH)

    challenge = challenge_with(*map(asks, range(3)))
    portion = Portion([(check_called(challenge, f"asks {number}"), {"x": ONE}) for number in range(3)])
    failed = []
    for ender in range(2):
        source = f"import os\ndef double(x, k=2.0): return os._exit(3) if x[0] == {ender} else 2 * x"
        trial = trial_of(challenge, source)
        trial.polish(portion)
        failed.append([name for name, failures in trial.failures.items() if failures])
    assert failed == [["asks 0"], ["asks 1"]]


# -- checks ------------------------------------------------------------------------------------------------------------


def test_a_property_that_holds_fails_nowhere() -> None:
    def check(f: Candidate, x: Array) -> None:
        close(f(x), 2 * x)

    assert failure_of(check, DOUBLE) is None


def test_what_a_property_says_is_the_failure() -> None:
    def check(f: Candidate, x: Array) -> None:
        raise Broken("too small", f(x), 3 * x)

    failure = failure_of(check, DOUBLE)
    assert failure is not None
    assert (failure.status, failure.message, failure.kind) == (Status.BROKEN, "too small", "")
    assert (failure.got, failure.expected) == (np.array([2.0]), np.array([3.0]))
    assert failure.call == Call("double", (ONE,))


def test_a_property_without_values_shows_none() -> None:
    def check(f: Candidate, x: Array) -> None:
        raise Broken("wrong")

    failure = failure_of(check, DOUBLE)
    assert failure is not None
    assert failure.got is NOTHING
    assert failure.expected is NOTHING


def test_none_is_a_value_that_can_be_shown() -> None:
    def check(f: Candidate, x: Array) -> None:
        raise Broken("nothing came", f(x), 2.0)

    failure = failure_of(check, "def double(x): pass")
    assert failure is not None
    assert failure.got is None


ERRORS = [
    ZeroDivisionError,
    ValueError,
    AttributeError,
    RecursionError,
    MemoryError,
    KeyError,
    AssertionError,
    StopIteration,
]


@pytest.mark.parametrize("error", ERRORS)
def test_whatever_a_property_raises_over_a_result_is_the_results_fault(error: type[Exception]) -> None:
    def check(f: Candidate, x: Array) -> None:
        f(x)
        raise error("oh")

    failure = failure_of(check, DOUBLE)
    assert failure is not None
    assert failure.status is Status.BROKEN
    assert failure.message.startswith("the result cannot be used")
    assert failure.got == np.array([2.0])


def test_a_property_that_handles_every_exception_still_waits_for_its_answer() -> None:
    def check(f: Candidate, x: Array) -> None:
        try:
            value = f(x)
        except Exception:
            raise Broken("swallowed") from None
        close(value, 2 * x)

    assert failure_of(check, DOUBLE) is None


def test_what_the_candidate_raises_is_told_with_its_line() -> None:
    def check(f: Candidate, x: Array) -> None:
        f(x)

    failure = failure_of(check, "def double(x):\n    if x.size:\n        raise KeyError('a: b')\n")
    assert failure is not None
    assert (failure.status, failure.message, failure.line) == (Status.CRASHED, "KeyError: 'a: b'", 3)
    assert failure.kind == "KeyError"


def test_many_calls_are_asked_at_once_and_stay_in_order() -> None:
    def check(f: Candidate, x: Array) -> None:
        first, second, third = f.many([(x,), (2 * x,), (x, 5.0)])
        close((first, second, third), (2 * x, 4 * x, 5 * x))
        close(f.many([(x,)], k=7.0)[0], 7 * x)

    assert failure_of(check, DOUBLE) is None


UNSENDABLE = {
    "an object": "object()",
    "a huge number": "-10**30",
    "a number beyond any frame": "1 << (1 << 22)",
    "half a frame twice": "np.zeros(5_000_000)",
    "a mapping by number": "{1: 2}",
}


@pytest.mark.parametrize("returned", UNSENDABLE.values(), ids=list(UNSENDABLE))
def test_a_result_that_cannot_be_passed_on_is_the_candidates_fault(returned: str) -> None:
    def check(f: Candidate, x: Array) -> None:
        result = f(x)
        f(np.array([result]) * 1 if isinstance(result, int) else result, result)

    def harmless(f: Candidate, x: Array) -> None:
        f(x, 5.0)

    challenge = challenge_with(Property("it", "hint", check), Property("harmless", "hint", harmless))
    trial = trial_of(challenge, f"import numpy as np\ndef double(x, k=2.0):\n    return {returned}\n")
    trial.settle(Portion([(check_called(challenge, name), {"x": ONE}) for name in ("it", "harmless")]))
    (failure,) = trial.failures["it"]
    assert failure.status is Status.BROKEN
    assert failure.message.startswith("the result cannot be used: ")
    assert not trial.failures["harmless"]


def test_a_property_may_ask_for_what_an_answer_made_it_curious_about() -> None:
    def check(f: Candidate, x: Array) -> None:
        close(f(f(f(x))), 8 * x)

    assert failure_of(check, DOUBLE) is None


def test_the_first_warning_is_told_and_its_line() -> None:
    def check(f: Candidate, x: Array) -> None:
        f(x)
        f(0 * x)
        raise Broken("wrong")

    failure = failure_of(check, "import numpy as np\ndef double(x):\n    return np.log(x) / x\n")
    assert failure is not None
    assert failure.warning is not None
    assert (failure.warning.text, failure.line) == ("divide by zero encountered in log", 3)


def test_properties_may_compute_with_infinities_and_nothing_without_a_warning_of_the_judge() -> None:
    def check(f: Candidate, x: Array) -> None:
        assert np.isinf(np.exp(f(x) * 1e4)).all()
        assert np.isnan(f(x)[:0].mean())

    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        assert failure_of(check, DOUBLE) is None


# -- a trial -----------------------------------------------------------------------------------------------------------


@prop("small", hint="h")
def small(f: Candidate, x: Array) -> None:
    """Results are small."""
    close(bool(np.all(np.abs(f(x)) < 100)), True)


@prop("polished", hint="h", tier=Tier.POLISH)
def polished(f: Candidate, x: Array) -> None:
    """Results are smaller."""
    close(bool(np.all(np.abs(f(x)) < 10)), True)


def test_only_what_is_required_rejects() -> None:
    challenge = challenge_with(small, polished)
    checks = [check_called(challenge, "small"), check_called(challenge, "polished")]
    trial = trial_of(challenge, DOUBLE)
    trial.settle(Portion([(check, {"x": 20 * ONE}) for check in checks]))
    assert not trial.rejected(checks)
    assert [len(trial.failures[check.name]) for check in checks] == [0, 1]
    trial.settle(Portion([(check, {"x": 80 * ONE}) for check in checks]))
    assert trial.rejected(checks)
    assert [trial.tried[check.name] for check in checks] == [2, 2]


def test_failing_alike_means_to_break_or_to_raise_the_same() -> None:
    @prop("doubled", hint="h")
    def doubled(f: Candidate, x: Array) -> None:
        """Every entry is doubled."""
        close(f(x), 2 * x)

    challenge = challenge_with(doubled)
    check = check_called(challenge, "doubled")
    source = """
        def double(x):
            if x[0] > 500: raise ValueError(f'large: {x}')
            if x[0] < 0: raise KeyError(x[0])
            return 2 * x + (x[0] > 50)
    """
    trial = trial_of(challenge, source)
    cases: list[Case] = [{"x": np.array([number])} for number in (1.0, 60.0, 600.0, -1.0, 700.0)]
    trial.settle(Portion([(check, case) for case in cases[1:4]]))
    broken, value_error, key_error = trial.failures["doubled"]

    def alike(like: Failure) -> list[bool]:
        return [failure is not None for failure in trial.fails(check, like, cases)]

    assert alike(broken) == [False, True, False, False, False]
    assert alike(value_error) == [False, False, True, False, True]
    assert alike(key_error) == [False, False, False, True, False]


def test_a_case_that_a_check_cannot_look_at_shows_nothing() -> None:
    challenge = challenge_with(small)
    check = check_called(challenge, "small")
    trial = trial_of(challenge, DOUBLE)
    like = Failure({"x": ONE}, Status.BROKEN, "")
    assert trial.fails(check, like, [{"y": ONE}, {"x": 60 * ONE}])[0] is None


def test_a_case_in_which_the_reference_itself_breaks_a_property_is_no_counterexample() -> None:
    @prop("in another order", hint="h")
    def in_another_order(f: Candidate, x: Array, order: tuple[int, ...]) -> None:
        """The order does not matter."""
        if sorted(order) != list(range(x.size)):
            raise ZeroDivisionError
        close(f(x[list(order)]), f(x)[list(order)])

    challenge = challenge_with(in_another_order)
    check = check_called(challenge, "in another order")
    trial = trial_of(challenge, "import numpy as np\ndef double(x):\n    return 2 * x + np.arange(x.size)\n")
    like = Failure({}, Status.BROKEN, "")
    x = np.array([1.0, 2.0])
    found = trial.fails(check, like, [{"x": x, "order": order} for order in [(1, 0), (0, 0), (0,), (0, 1)]])
    assert [failure is not None for failure in found] == [True, False, False, False]


def test_whether_a_check_holds_alone_is_asked_of_a_fresh_process() -> None:
    challenge = challenge_with(small)
    check = check_called(challenge, "small")
    source = "calls = 0\ndef double(x):\n    global calls\n    calls += 1\n    return x * 0 + 99 * calls\n"
    trial = trial_of(challenge, source)
    trial.settle(Portion([(check, {"x": ONE}), (check, {"x": 2 * ONE})]))
    assert len(trial.failures["small"]) == 1
    assert trial.holds_alone(check, {"x": ONE})
    assert trial.holds_alone(check, {"x": 2 * ONE})


def test_the_end_of_the_process_says_what_was_asked_and_why() -> None:
    challenge = challenge_with(small)
    check = check_called(challenge, "small")
    trial = trial_of(challenge, "import os\ndef double(x):\n    if x[0] == 2: os._exit(4)\n    return x\n")
    with pytest.raises(Stopped) as stopped:
        trial.settle(Portion([(check, {"x": ONE}), (check, {"x": 2 * ONE}), (check, {"x": 3 * ONE})]))
    assert (stopped.value.how, stopped.value.text) == (How.EXITED, "exited with code 4")
    assert stopped.value.check is check
    assert stopped.value.case["x"] == 2.0
    assert stopped.value.failure().status is Status.CRASHED


def test_polish_goes_on_in_a_new_process_where_one_ended() -> None:
    challenge = challenge_with(small, polished)
    checks = [check_called(challenge, "polished"), check_called(challenge, "docstring")]
    trial = trial_of(challenge, "import os\ndef double(x):\n    os.abort()\n")
    trial.polish(Portion([(checks[0], {"x": ONE}), (checks[1], {"has docstring": False})]))
    assert [len(trial.failures[check.name]) for check in checks] == [1, 1]
    assert trial.failures["polished"][0].ended
    assert not trial.rejected(checks)


def test_polish_ends_when_the_time_is_up() -> None:
    challenge = challenge_with(small, polished)
    trial = Trial(challenge, worker_with(DOUBLE), lambda: worker_with(DOUBLE), timeout_s=0.0)
    trial.polish(Portion([(check_called(challenge, "polished"), {"x": ONE})]))
    assert not trial.failures["polished"]
    assert trial.tried["polished"] == 0


def test_what_a_check_saw_last_is_what_it_can_show() -> None:
    inquiry, _ = inquiry_of(DOUBLE)
    asked = Asked(inquiry, inquiry)
    assert asked.last_value() is None
    answered(inquiry, Call("double", (ONE,)))
    asked(ONE)
    assert asked.last_value() == np.array([2.0])
