"""What is checked in every challenge without being declared, and the declared properties in the same form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from quizkit.challenges.vocabulary import Case, Challenge, Property, Tier
from quizkit.frozen import frozen
from quizkit.judge import agreement, facts, manners, polish, structure
from quizkit.judge.inquiry import Asked

SHAPE = "shape"
AGREES = "agrees with the reference"
ARGUMENTS = "arguments"
STABLE = "stable for large input"
INTEGERS = "integers"
ALONE = "leaves its arguments alone"
SAME = "same input, same output"
LAYOUT = "strided and read-only input"
ERRORS = "errors"
FLOAT32 = "float32 stays float32"
SMALL = "0-d and empty input"
SPECIALS = "infinities and NaN"
TAILS = "far tails"
WARNINGS = "no warnings"
NARROW = "small integer types"
DOCSTRING = "docstring"


@frozen
class Check:
    """One property of one challenge, ready to be tried on a case."""

    key: str
    # SHAPE, AGREES, ...: what it is, whatever the challenge calls it; its name where it is declared
    name: str
    statement: str
    hint: str
    tier: Tier
    applies: Callable[[Case], bool]
    run: Callable[[Asked, Case], None]
    # raises Broken
    fields: tuple[str, ...] = ()
    # of a case, that a declared property looks at; empty for what comes with every challenge
    cases: tuple[Case, ...] | None = None
    # the only cases to try; None: all of the challenge's

    @property
    def needs_few(self) -> bool:
        """Whether a dozen drawn cases are as good as a hundred: manners do not depend on the numbers."""
        return self.tier is Tier.POLISH or self.key in (INTEGERS, LAYOUT, ALONE, SAME)


def checks_of(challenge: Challenge, *, has_docstring: bool = True) -> list[Check]:
    """Return everything that is checked in a challenge, in the order in which findings are listed."""
    made = _Made(challenge)
    return [
        made.check(SHAPE, structure.shape),
        *(made.values() if challenge.agrees else ()),
        *(_declared(prop) for prop in challenge.properties if prop.tier is Tier.REQUIRED),
        *(made.whole_numbers() if challenge.agrees else ()),
        made.check(ALONE, manners.alone),
        made.check(SAME, manners.same),
        *([made.check(LAYOUT, manners.layout)] if challenge.agrees else ()),
        *made.refusals(),
        *(_declared(prop) for prop in challenge.properties if prop.tier is Tier.POLISH),
        *(made.polish() if challenge.agrees else ()),
        made.check(DOCSTRING, polish.documented, tier=Tier.POLISH, cases=({"has docstring": has_docstring},)),
    ]


def _declared(prop: Property) -> Check:
    def run(asked: Asked, case: Case) -> None:
        prop.check(asked, **(prop.arguments(case) or {}))

    return Check(
        prop.name,
        prop.name,
        prop.statement,
        prop.hint,
        prop.tier,
        lambda case: prop.arguments(case) is not None,
        run,
        fields=prop.fields,
    )


@frozen
class _Made:
    """Makes the checks that need no declaration."""

    challenge: Challenge

    def check(
        self,
        key: str,
        run: Callable[[Challenge, Asked, Case], None],
        applies: Callable[[Case], bool] = lambda _: True,
        tier: Tier = Tier.REQUIRED,
        cases: tuple[Case, ...] | None = None,
    ) -> Check:
        challenge = self.challenge
        name, hint = challenge.names_for.get(key, key), challenge.hints_for.get(key, _HINTS[key])
        return Check(key, name, run.__doc__ or "", hint, tier, applies, partial(run, challenge), cases=cases)

    def values(self) -> Iterator[Check]:
        yield self.check(AGREES, agreement.agrees, self.is_plain)
        if self.challenge.keywords or any(p.default is not p.empty for p in self.challenge.parameters.values()):
            yield self.check(ARGUMENTS, agreement.arguments, self.has_arguments)
        yield self.check(STABLE, agreement.stable, lambda case: not self.is_moderate(case))

    def whole_numbers(self) -> Iterator[Check]:
        challenge = self.challenge
        yield self.check(INTEGERS, agreement.integers, lambda case: facts.as_integers(challenge, case) is not None)

    def refusals(self) -> Iterator[Check]:
        if self.challenge.refusals:
            cases = tuple({**refusal.case, "refusal": refusal} for refusal in self.challenge.refusals)
            yield self.check(ERRORS, agreement.refuses, cases=cases)

    def polish(self) -> Iterator[Check]:
        challenge = self.challenge
        polished = partial(self.check, tier=Tier.POLISH)
        yield polished(FLOAT32, polish.single, self.is_moderate_float)
        if polish.takes_one_array(challenge):
            yield polished(SMALL, polish.small)
            yield polished(NARROW, polish.narrow, lambda case: polish.fits_narrow(challenge, case))
        if challenge.specials:
            yield polished(SPECIALS, polish.special, cases=polish.cases_of(challenge.specials))
        if challenge.tails:
            yield polished(TAILS, polish.special, cases=polish.cases_of(challenge.tails))
        yield polished(WARNINGS, polish.quiet)

    def is_moderate(self, case: Case) -> bool:
        return facts.reach(self.challenge, case) <= agreement.MODERATE

    def is_plain(self, case: Case) -> bool:
        return self.is_moderate(case) and facts.goes_without_options(self.challenge, case)

    def is_moderate_float(self, case: Case) -> bool:
        return self.is_moderate(case) and facts.float_arrays(self.challenge, case) > 0

    def has_arguments(self, case: Case) -> bool:
        return self.is_moderate(case) and bool(self.challenge.keywords or self.challenge.optional(case))


_HINTS: Mapping[str, str] = {
    SHAPE: "Compare the shape and type of your result with what the prompt asks for.",
    AGREES: "Work the counterexample through by hand, then step by step with your code.",
    ARGUMENTS: "Which of the arguments does your code read, and where?",
    STABLE: "Which intermediate number becomes too large for a float?",
    INTEGERS: "What type do your intermediate arrays have when the input holds integers?",
    ALONE: "Which statement writes into an array that the caller still holds?",
    SAME: "What does your code remember from one call to the next?",
    LAYOUT: "Does your code rely on how the array lies in memory, or write into it?",
    ERRORS: "Which inputs make no sense, and what should the caller learn?",
    FLOAT32: "Which constant or array turns float32 into float64?",
    SMALL: "What happens to a single number, and to no numbers at all?",
    SPECIALS: "Put inf and nan through each of your steps.",
    TAILS: "Where do two nearly equal numbers get subtracted?",
    WARNINGS: "Every branch of np.where is computed for every entry.",
    DOCSTRING: "What would a colleague need to know before calling it?",
    NARROW: "Do your operations mean the same for unsigned integers, and for True and False?",
}
