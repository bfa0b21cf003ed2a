"""One finding a property, one counterexample a fault: what explains what, and what is shown."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from judging import NAIVE, RELU, SOFTMAX, challenge_about, examined, trial_of

from quizkit.challenges.library import find
from quizkit.challenges.vocabulary import Array, Candidate, Challenge, Refusal, Special, Tier, close, prop
from quizkit.judge.checks import checks_of
from quizkit.judge.report import Report, arguments_of
from quizkit.judge.trial import Portion
from quizkit.judge.verdict import Finding, Status
from quizkit.judge.wire import Call

CASES: list[dict[str, Any]] = [
    {"x": np.array([1.0])},
    {"x": np.array([[1.0, -2.0], [0.5, 3.0]])},
    {"x": np.array([2.0]), "k": 3.0},
    {"x": np.array([1000.0])},
]


def scale(x: Array, k: float = 2.0) -> Array:
    """Multiply."""
    return x * k


@prop("odd", hint="What becomes of -x?")
def odd(f: Candidate, x: Array) -> None:
    """A sign outside is a sign inside."""
    close(f(-x), -np.asarray(f(x)), "the sign does not come through")


@prop("no sum", hint="h", tier=Tier.POLISH)
def no_sum(f: Candidate, x: Array) -> None:
    """Sums stay sums."""
    close(f(x + x), 2 * np.asarray(f(x)))


SCALE = challenge_about(scale, CASES, properties=(odd, no_sum))


def roots(findings: dict[str, Finding]) -> list[str]:
    return [name for name, found in findings.items() if found.is_root and name != "docstring"]


def scaled(body: str, **more: Any) -> dict[str, Finding]:
    """Return what is found of a candidate for `SCALE` with this body."""
    return examined(challenge_about(scale, CASES, properties=(odd, no_sum), **more), with_body(body))


def with_body(body: str, signature: str = "x, k=2.0") -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"import numpy as np\ndef scale({signature}):\n{lines}"


# -- which fault explains which ----------------------------------------------------------------------------------------

FAULTS = {
    "right": ("return x * k", []),
    "values": ("return x * k + 1.0", ["agrees with the reference"]),
    "shape": ("return (x * k).ravel()[:1]", ["shape"]),
    "a list": ("return (x * k).tolist()", ["shape"]),
    "an argument ignored": ("return x * 2.0", ["arguments"]),
    "large input": ("return np.clip(x * k, -500.0, 500.0)", ["stable for large input"]),
    "it writes": ("x[...] = x * k\nreturn x.copy()", ["leaves its arguments alone"]),
    "it writes and is wrong": (
        "x[...] = x * k\nreturn x + 1.0",
        ["agrees with the reference", "leaves its arguments alone"],
    ),
    "it raises": ("raise ValueError('no')", ["agrees with the reference"]),
    "it raises for some": ("if x.ndim == 2: raise ValueError('no')\nreturn x * k", ["agrees with the reference"]),
    "integers": ("return x * k if x.dtype.kind == 'f' else x // 3 * k", ["integers"]),
    "read-only": ("x += 0 if x.flags.writeable else 1\nreturn x * k", ["strided and read-only input"]),
    "strides": ("return x * k + (not x.flags.contiguous)", ["strided and read-only input"]),
    "every process gives another value": (
        "import os\nreturn x * k * (1 + 1e-6 * os.getpid())",
        ["agrees with the reference", "same input, same output"],
    ),
}


@pytest.mark.parametrize(("body", "faults"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_told_once_under_the_name_that_explains_it(body: str, faults: list[str]) -> None:
    findings = scaled(body)
    assert [name for name in roots(findings) if findings[name].tier == "required"] == faults
    for found in findings.values():
        assert (found.because_of is None) or findings[found.because_of].is_root


def test_a_crash_that_many_checks_meet_is_told_under_the_first_of_them() -> None:
    findings = scaled("if (x < 0).any():\n    raise ValueError\nif k == 3.0:\n    raise ValueError\nreturn x * k")
    assert findings["odd"].because_of == findings["shape"].because_of == "agrees with the reference"
    assert findings["agrees with the reference"].line == 4


def test_the_same_crash_everywhere_is_one_fault() -> None:
    findings = scaled("return x * k + undefined")
    assert roots(findings) == ["agrees with the reference"]
    assert findings["shape"].because_of == "agrees with the reference"
    assert findings["shape"].status is Status.CRASHED


def test_the_same_exception_at_another_line_is_not_the_same_crash() -> None:
    body = "if x.max() > 500:\n    raise ValueError\nif x.ndim == 2:\n    raise ValueError\nreturn x * k"
    findings = examined(challenge_about(scale, CASES[::-1]), with_body(body))
    assert roots(findings)[:2] == ["agrees with the reference", "stable for large input"]
    assert [findings[name].line for name in roots(findings)[:2]] == [6, 4]
    assert findings["shape"].because_of == "stable for large input"


def test_running_out_of_memory_everywhere_is_one_fault() -> None:
    findings = scaled("return np.zeros(1 << 45)")
    assert roots(findings) == ["agrees with the reference"]
    assert findings["shape"].status is Status.MEMORY


def test_a_law_that_breaks_alone_is_a_fault_with_its_own_fields_and_hint() -> None:
    found = examined(SCALE, with_body("return np.abs(x) * k"), only=["odd"])["odd"]
    assert found.is_root
    assert found.counterexample == {"x": "np.array([1.0])"}
    assert (found.got, found.expected) == ("np.array([2.0])", "np.array([-2.0])")
    assert (found.message, found.hint) == ("the sign does not come through", "What becomes of -x?")
    assert found.statement == "A sign outside is a sign inside."


def test_only_the_fields_of_a_property_are_shown() -> None:
    cases = [{"x": np.array([1.0]), "other": 3.0}]
    challenge = challenge_about(scale, cases, properties=(odd,))
    checks = [check for check in checks_of(challenge) if check.name == "odd"]
    trial = trial_of(challenge, with_body("return np.abs(x) * k"))
    trial.settle(Portion([(checks[0], cases[0])]))
    assert Report(challenge, "mine.py", checks, trial).findings()[0].counterexample == {"x": "np.array([1.0])"}


def test_what_is_remembered_is_named_where_a_value_is_right_alone() -> None:
    findings = scaled("scale.calls = getattr(scale, 'calls', 0) + 1\nreturn x * k + (scale.calls > 1)")
    assert findings["same input, same output"].failed
    findings = scaled("scale.calls = getattr(scale, 'calls', 0) + 1\nreturn x * k + (scale.calls % 7 == 6)")
    assert findings["same input, same output"].is_root


def test_a_value_that_was_wrong_once_is_called_memory() -> None:
    findings = scaled("scale.calls = getattr(scale, 'calls', 0) + 1\nreturn x * k + (scale.calls == 5)")
    assert findings["same input, same output"].message == "a wrong value, but only after other calls"
    assert findings["same input, same output"].is_root


def test_what_is_wrong_in_every_process_is_not_called_memory() -> None:
    assert scaled("return x * k + 1.0")["same input, same output"].status is Status.HELD


# -- what is shown -----------------------------------------------------------------------------------------------------


def test_the_counterexample_is_small() -> None:
    assert scaled("return x * k + (x.ndim == 2)")["agrees with the reference"].counterexample == {
        "x": "np.array([[0.0]])"
    }


def test_a_process_that_ends_while_the_counterexample_gets_smaller_leaves_what_was_found() -> None:
    body = "import os\nif x.ndim == 2 and x.size < 4:\n    os.abort()\nreturn x * k + (x.ndim == 2)"
    found = examined(SCALE, with_body(body), only=["agrees with the reference"])["agrees with the reference"]
    assert found.status is Status.BROKEN
    assert found.counterexample == {"x": "np.array([[1.0, -2.0], [0.5, 3.0]])"}


def test_arguments_bear_the_names_of_the_prompt() -> None:
    findings = scaled("return x * 2.0")
    assert findings["arguments"].counterexample == {"x": "np.array([1.0])", "k": "0.0"}
    assert arguments_of(SCALE, Call("scale", (1.0, 5.0))) == {"x": 1.0, "k": 5.0}
    assert arguments_of(SCALE, Call("scale", (1.0,), {"k": 2.0})) == {"x": 1.0, "k": 2.0}


def test_a_statement_and_a_hint_stand_with_every_finding() -> None:
    for found in scaled("return x * k + 1.0").values():
        assert found.statement.endswith(".")
        if found.failed:
            assert found.hint


def test_a_challenge_may_have_its_own_names_and_hints() -> None:
    own = {"names_for": {"agrees with the reference": "doubles"}, "hints_for": {"agrees with the reference": "Twice?"}}
    findings = scaled("return x * k + 1.0", **own)
    assert findings["doubles"].hint == "Twice?"
    assert findings["odd"].because_of == "doubles"


def test_a_held_finding_has_nothing_to_show() -> None:
    held = scaled("return x * k")["shape"]
    assert (held.status, held.counterexample, held.got, held.expected, held.hint) == (
        Status.HELD,
        None,
        None,
        None,
        None,
    )


def test_a_missing_docstring_is_a_remark_of_its_own() -> None:
    findings = examined(SCALE, with_body("return x + 1.0"))
    assert findings["docstring"].status is Status.HELD
    checks = checks_of(SCALE, has_docstring=False)
    trial = trial_of(SCALE, with_body("return x + 7.0"))
    trial.settle(Portion([(check, case) for check in checks for case in (check.cases or CASES[:1])]))
    told = {found.name: found for found in Report(SCALE, "mine.py", checks, trial).findings()}
    assert told["agrees with the reference"].is_root
    assert told["docstring"].is_root
    assert told["docstring"].counterexample == {}


def test_a_property_nothing_was_asked_of_was_not_run() -> None:
    report = Report(SCALE, "mine.py", checks_of(SCALE), trial_of(SCALE, with_body("return x")))
    assert {found.status for found in report.findings()} == {Status.NOT_RUN}


# -- structure, refusals, specials, manners ----------------------------------------------------------------------------


def pair(x: Array, n: int = 1) -> tuple[dict[str, Any], Any, int]:
    """Return a dict, a number and a count."""
    return {"a": x * 1.0, "b": float(x.sum())}, np.float64(x.sum()), x.size


PAIR = challenge_about(pair, [{"x": np.array([1.0, 2.0])}])
A_DICT = "{'a': x * 1.0, 'b': x.sum()}"
RIGHT_PAIR = "({'a': x * 1.0, 'b': float(x.sum())}, float(x.sum()), int(x.size))"

STRUCTURES = {
    RIGHT_PAIR: "",
    f"({A_DICT}, x.sum(), np.int64(x.size))": "",
    "({'b': x.sum(), 'a': x * 1.0}, np.array(x.sum()), x.size)": "",
    "[{'a': x * 1.0, 'b': x.sum()}, x.sum(), x.size]": "the result is a list, not a tuple of 3",
    f"({A_DICT}, x.sum())": "the result is a tuple, not a tuple of 3",
    "(None, x.sum(), x.size)": "part 0 of the result is None, not a dict",
    "({'a': x * 1.0}, x.sum(), x.size)": "part 0 of the result has no b",
    "({'a': x * 1.0, 'b': x.sum(), 'c': 1}, x.sum(), x.size)": "part 0 of the result has c beyond what is asked",
    "({'a': x * 1.0, 'c': 1}, x.sum(), x.size)": "part 0 of the result has no b and c beyond what is asked",
    "({'a': x[:1], 'b': x.sum()}, x.sum(), x.size)": "entry 'a' has shape (1,), not (2,)",
    "({'a': x > 0, 'b': x.sum()}, x.sum(), x.size)": "entry 'a' has type bool, not a floating one",
    "({'a': x.astype(int), 'b': x.sum()}, x.sum(), x.size)": "entry 'a' has type int64, not a floating one",
    "({'a': x.sum(), 'b': x.sum()}, x.sum(), x.size)": "entry 'a' is a float64, not an array",
    f"({A_DICT}, np.array([x.sum()]), x.size)": "part 1 of the result is an array of shape (1,), not a number",
    f"({A_DICT}, True, x.size)": "part 1 of the result is a bool, not a number",
    f"({A_DICT}, np.bool_(1), x.size)": "part 1 of the result is a bool, not a number",
    f"({A_DICT}, np.complex128(x.sum() + 7j), x.size)": "part 1 of the result is a complex128, not a number",
    f"({A_DICT}, np.array(3 + 7j), x.size)": "part 1 of the result is an array of shape (), not a number",
    f"({A_DICT}, '3', x.size)": "part 1 of the result is a str, not a number",
    f"({A_DICT}, x.sum(), 2.0)": "part 2 of the result is a float, not a whole number",
}


@pytest.mark.parametrize(("returned", "message"), STRUCTURES.items(), ids=list(STRUCTURES))
def test_a_result_has_the_structure_of_the_references(returned: str, message: str) -> None:
    found = examined(PAIR, f"import numpy as np\ndef pair(x, n=1):\n    return {returned}\n", only=["shape"])["shape"]
    assert found.message == message
    assert found.failed is bool(message)


def test_more_keys_are_right_where_the_challenge_says_so() -> None:
    lenient = challenge_about(pair, PAIR.hard, more_keys=True)
    source = "def pair(x, n=1):\n    return {'a': x * 1.0, 'b': x.sum(), 'c': 1}, x.sum(), x.size\n"
    assert not examined(lenient, source, only=["shape"])["shape"].failed


def root(x: Array) -> Array:
    """Take roots."""
    if (x < 0).any():
        raise ValueError
    return np.sqrt(x)


ROOT = challenge_about(
    root,
    [{"x": np.array([4.0])}],
    refusals=(Refusal({"x": np.array([-1.0])}, ValueError, "no root of -1"),),
    specials=(Special({"x": np.array([np.inf])}, np.array([np.inf])),),
    tails=(Special({"x": np.array([1e-300])}, np.array([1e-150])),),
)
REFUSALS = {
    "return np.sqrt(x)": ("no root of -1: nothing was raised", "np.array([np.nan])", "ValueError"),
    "raise TypeError": ("no root of -1: another error was raised", "TypeError", "ValueError"),
    "raise ArithmeticError": ("no root of -1: another error was raised", "ArithmeticError", "ValueError"),
    "raise ValueError": ("", None, None),
    "raise UnicodeError": ("", None, None),
    "raise np.exceptions.AxisError('x')": ("", None, None),
}


@pytest.mark.parametrize(("body", "told"), REFUSALS.items(), ids=list(REFUSALS))
def test_an_error_that_is_asked_for_may_be_of_a_class_below(
    body: str, told: tuple[str, str | None, str | None]
) -> None:
    found = examined(ROOT, f"import numpy as np\ndef root(x):\n    {body}\n", only=["errors"])["errors"]
    assert (found.message, found.got, found.expected) == told


def test_specials_and_tails_are_remarks() -> None:
    findings = examined(
        ROOT, "import numpy as np\ndef root(x):\n    return np.exp(np.log(x + 1e-20) / 2) * np.isfinite(x)\n"
    )
    assert findings["infinities and NaN"].tier == findings["far tails"].tier == "polish"
    assert findings["infinities and NaN"].counterexample == {"x": "np.array([np.inf])"}
    assert findings["far tails"].expected == "np.array([1e-150])"


POLISH = {
    "a float64 constant": ("float32 stays float32", "return x * np.float64(k)"),
    "one dimension more": ("0-d and empty input", "return (x * k).reshape(-1, *x.shape[1:])"),
    "nothing to take the maximum of": ("0-d and empty input", "x.max()\nreturn x * k"),
    "types of a byte": (
        "small integer types",
        "small = x.dtype.itemsize == 1 or x.dtype.kind == 'f'\nreturn x * np.asarray(k, x.dtype if small else float)",
    ),
    "unsigned numbers": ("small integer types", "return x * k + (x * 1 - 1 > x).any()"),
    "an overflow": ("no warnings", "np.exp(x)\nreturn x * k"),
    "an overflow in float32": ("no warnings", "np.exp(np.clip(x, -100, 100))\nreturn x * k"),
}


@pytest.mark.parametrize(("name", "body"), POLISH.values(), ids=list(POLISH))
def test_what_an_interviewer_would_also_ask_is_asked(name: str, body: str) -> None:
    only_array = challenge_about(scale_alone, [*CASES[:2], CASES[3], {"x": np.array([0.0, 1.0])}])
    source = with_body(f"k = 2.5\n{body}", "x").replace("def scale(", "def scale_alone(")
    assert [found.name for found in examined(only_array, source).values() if found.failed] == [name]


def scale_alone(x: Array) -> Array:
    """Multiply by two and a half."""
    return x * np.asarray(2.5, x.dtype if x.dtype.kind == "f" else float)


def test_a_result_that_is_kept_is_no_new_array() -> None:
    body = "scale.kept = getattr(scale, 'kept', {})\nreturn scale.kept.setdefault((x.tobytes(), x.shape, k), x * k)"
    findings = scaled(body)
    assert roots(findings) == ["leaves its arguments alone"]
    assert "an earlier result" in findings["leaves its arguments alone"].message


def test_a_challenge_may_let_results_keep_their_arguments() -> None:
    assert roots(scaled("return x if k == 1.0 else x.view() if x[0].all() else x * k", agrees=False))
    body = "return x"
    keeps = challenge_about(identity, CASES[:1], keeps_arguments=True)
    assert not roots(examined(keeps, f"def identity(x):\n    {body}\n"))
    assert roots(examined(challenge_about(identity, CASES[:1]), f"def identity(x):\n    {body}\n"))


def identity(x: Array) -> Array:
    """Return it."""
    return x.copy()


CHANGES = {
    "a dict entry": "p['W'][0] = 7.0",
    "a dict entry's shape": "p['W'].shape = (1, 2)",
    "a dict entry replaced": "p['W'] = p['W'] * 2",
    "a dict with one more": "p['b'] = 1",
    "a dict with one less": "w = p.pop('W'); return w.sum()",
    "a dtype": "p['W'] = p['W'].astype(np.float32)",
}


@pytest.mark.parametrize("deed", CHANGES.values(), ids=list(CHANGES))
def test_a_change_deep_in_an_argument_is_seen(deed: str) -> None:
    challenge = challenge_about(weights, [{"p": {"W": np.array([1.0, 2.0])}}])
    source = f"import numpy as np\ndef weights(p):\n    before = p['W'].sum()\n    {deed}\n    return before\n"
    found = examined(challenge, source, only=["leaves its arguments alone"])["leaves its arguments alone"]
    assert found.message == "p was changed"


def weights(p: dict[str, Array]) -> Any:
    """Sum them."""
    return p["W"].sum()


# -- integers and derivatives ------------------------------------------------------------------------------------------


def slope(x: Array) -> Array:
    """Return the slope of a line."""
    return np.full(x.shape, 2.0)


def test_a_derivative_of_whole_numbers_is_no_whole_number() -> None:
    source = "import numpy as np\ndef slope(x):\n    return np.full(x.shape, 2, x.dtype)\n"
    plain, derivative = (challenge_about(slope, CASES[:2], derivative=derivative) for derivative in (False, True))
    assert not examined(plain, source, only=["integers"])["integers"].failed
    found = examined(derivative, source, only=["integers"])["integers"]
    assert found.message == "a derivative of type int64 for int64 input"


@pytest.mark.parametrize("dtype", ["int32", "int64"])
def test_both_integer_types_are_tried(dtype: str) -> None:
    body = f"return x * k + (x.dtype == '{dtype}')"
    assert roots(scaled(body)) == ["integers"]


def test_integers_are_no_excuse_for_half_precision() -> None:
    body = "return x * k if x.dtype.kind == 'f' else (x * k).astype(np.float16) * np.float16(1.001)"
    assert roots(scaled(body)) == ["integers"]


def test_every_declared_default_is_tried_by_position_and_keyword() -> None:
    def shifted(x: Array, a: float = 1.0, b: float = 2.0) -> Array:
        """Shift."""
        return x + a + 10 * b

    challenge = challenge_about(shifted, [{"x": np.ones(2)}, {"x": np.ones(2), "b": 5.0}, {"x": np.ones(2), "a": 3.0}])
    bodies = {
        "def shifted(x, a=1.0, b=2.0):\n    return x + a + 10 * b": False,
        "def shifted(x, b=2.0, a=1.0):\n    return x + a + 10 * b": True,
        "def shifted(x, a=1.0, *, b=2.0):\n    return x + a + 10 * b": True,
        "def shifted(x, a=1.0, c=2.0):\n    return x + a + 10 * c": True,
        "def shifted(x, a=1.5, b=1.95):\n    return x + a + 10 * b": True,
    }
    for source, failed in bodies.items():
        assert examined(challenge, source, only=["arguments"])["arguments"].failed is failed, source


def test_a_parameter_without_default_must_work_by_keyword_where_the_prompt_names_it() -> None:
    def added(x: Array, alpha: float) -> Array:
        """Add."""
        return x + alpha

    cases = [{"x": np.ones(2), "alpha": 3.0}]
    source = "def added(x, slope):\n    return x + slope\n"
    assert "arguments" not in examined(challenge_about(added, cases), source)
    found = examined(challenge_about(added, cases, keywords=("alpha",)), source)["arguments"]
    assert found.message.startswith("TypeError")
    assert found.counterexample == {"x": "np.array([0.0, 0.0])", "alpha": "0.0"} or found.counterexample is not None


def test_a_value_by_keyword_is_the_value_by_position() -> None:
    def added(x: Array, alpha: float) -> Array:
        """Add."""
        return x + alpha

    challenge = challenge_about(added, [{"x": np.ones(2), "alpha": 3.0}], keywords=("alpha",))
    source = "def added(x, *given, alpha=0.0):\n    return x + (given[0] if given else 2 * alpha)\n"
    assert examined(challenge, source, only=["arguments"])["arguments"].failed


PRECISIONS = {
    "agrees with the reference": ("np.abs(x).max() <= 30", 1e-10, 1e-8),
    "stable for large input": ("np.abs(x).max() > 30", 1e-8, 1e-6),
    "integers": ("x.dtype.kind != 'f' and np.abs(x).max() > 30", 1e-8, 1e-6),
    "arguments": ("k == 3.0", 1e-10, 1e-8),
    "strided and read-only input": ("not x.flags.writeable", 1e-10, 1e-8),
}


@pytest.mark.parametrize(
    ("name", "where", "slight", "wrong"), [(n, *p) for n, p in PRECISIONS.items()], ids=list(PRECISIONS)
)
def test_values_may_be_off_by_rounding_and_not_by_more(name: str, where: str, slight: float, wrong: float) -> None:
    for error, faults in ((slight, []), (wrong, [name])):
        findings = scaled(f"return x * k * (1 + {error} * bool({where}))")
        assert [root for root in roots(findings) if findings[root].tier == "required"] == faults


def listed(challenge: Challenge) -> Sequence[str]:
    return [check.name for check in checks_of(challenge)]


def test_what_is_checked_follows_from_what_is_declared() -> None:
    assert listed(challenge_about(identity, CASES[:1])) == [
        "shape",
        "agrees with the reference",
        "stable for large input",
        "integers",
        "leaves its arguments alone",
        "same input, same output",
        "strided and read-only input",
        "float32 stays float32",
        "0-d and empty input",
        "small integer types",
        "no warnings",
        "docstring",
    ]
    assert "arguments" in listed(SCALE)
    assert {"errors", "infinities and NaN", "far tails"} <= set(listed(ROOT))
    one_of_many = challenge_about(identity, CASES[:1], agrees=False)
    assert listed(one_of_many) == ["shape", "leaves its arguments alone", "same input, same output", "docstring"]


def test_manners_are_tried_on_few_cases_and_values_on_all() -> None:
    few = {check.name for check in checks_of(SCALE) if check.needs_few and check.tier is Tier.REQUIRED}
    manners = {"leaves its arguments alone", "same input, same output", "strided and read-only input"}
    assert few == {"integers", *manners}
    assert all(check.needs_few for check in checks_of(SCALE) if check.tier is Tier.POLISH)


def test_large_and_moderate_cases_go_to_their_own_checks() -> None:
    checks = {check.name: check for check in checks_of(SCALE)}
    moderate, large = {"x": np.array([30.0])}, {"x": np.array([30.001])}
    assert checks["agrees with the reference"].applies(moderate)
    assert not checks["agrees with the reference"].applies(large)
    assert checks["stable for large input"].applies(large)
    assert not checks["stable for large input"].applies(moderate)
    assert not checks["arguments"].applies(moderate)
    assert checks["arguments"].applies({**moderate, "k": 1.0})


@pytest.mark.parametrize("source", [SOFTMAX, RELU])
def test_nothing_is_found_in_what_is_right(source: str) -> None:
    name = "softmax" if source == SOFTMAX else "relu"
    assert not [
        found.name for found in examined(find(name), source).values() if found.failed and found.tier == "required"
    ]


def test_the_naive_softmax_has_one_fault_on_the_hard_cases_alone() -> None:
    findings = examined(find("softmax"), NAIVE)
    assert [name for name in roots(findings) if findings[name].tier == "required"] == ["stable for large logits"]
