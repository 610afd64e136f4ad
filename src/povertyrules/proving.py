"""What gives a policy its proofs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from povertyrules.policy import Policy
    from povertyrules.uses.prove.outcomes import Outcome
    from povertyrules.uses.prove.question import Question
    from povertyrules.uses.prove.rows import Rows
    from povertyrules.uses.prove.view import View

LIMIT = 10.0
"""How many seconds a proof takes at most, unless the caller says otherwise."""


class Proving:
    """The proofs of a policy."""

    def prove(
        self,
        claim: Callable[[View], object],
        *,
        where: Callable[[View], object] | None = None,
        given: Mapping[str, object] | None = None,
        free: Iterable[str] = (),
        limit: float = LIMIT,
    ) -> Outcome:
        """Prove a claim for every case, or find one in which it fails: `Proved`, `Counterexample`, or `Unknown` with the reason.

        The claim is a function of a view `q`, whose attributes are the facts and quantities of a person, the household above
        and the one bill below, encoded as the rules see them: money in fen, areas in hundredths, categories as codes. The words
        `every`, `some`, `no`, `implies`, `where`, `least`, `greatest` and `is_known` of `povertyrules.uses.prove` join them.
        `q.next("in_scope")` is the same case with a fen more, `q.at(registered_poor=True)` with another fact, `q.reading(name,
        choice)` under another reading.

        Facts range over their declared domains, the day is the policy's. `where` narrows the cases, `given` tells facts, or
        quantities outright, and `free` names quantities that are taken as anything in their range, and not worked out (such as
        `age`). So is a total over the household's own lists, such as its members or its income: nobody said who else there is.
        A claim speaks only of cases in which every quantity in it is known: where the text states no figure, it says
        nothing (`is_known` asks for that). `limit` is in seconds, for the whole.

        Raises `UnknownName`, `InputError` (quantities of a house and of a person in one claim), `RuleError` (Python's `and`,
        `or`, `not`, `if`), and `ModuleNotFoundError` without the extra `proofs`.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.prove(lambda q: q.next("countable_income").dibao_due <= q.dibao_due)
        Proved()
        >>> broken = zz.prove(
        ...     lambda q: q.at(registered_poor=True).critical_illness >= q.at(registered_poor=False).critical_illness,
        ...     given={"after_basic": pr.yuan(900_000)},
        ... )
        >>> [pr.show(values["critical_illness"]) for values in broken.replay().values()]
        ['500,000.00', '559,000.00']
        """
        from povertyrules.uses.prove.solve import decided

        return decided(self._question(claim, where, given, free), limit, sought=False)

    def find(
        self,
        condition: Callable[[View], object],
        *,
        where: Callable[[View], object] | None = None,
        given: Mapping[str, object] | None = None,
        free: Iterable[str] = (),
        limit: float = LIMIT,
    ) -> Outcome:
        """Find a case in which a condition holds; `Proved` says that there is none. The rest is that of `prove`.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> zz.find(lambda q: q.longevity_allowance == pr.yuan(430), free=["age"])
        <found age=103>
        """
        from povertyrules.uses.prove.solve import decided

        return decided(self._question(condition, where, given, free), limit, sought=True)

    def most(
        self,
        amount: Callable[[View], object],
        *,
        where: Callable[[View], object] | None = None,
        given: Mapping[str, object] | None = None,
        free: Iterable[str] = (),
        limit: float = LIMIT,
    ) -> Outcome:
        """The most that an amount can be, with a case: `Most`, whose `exact` says whether it is sure that no case has more.

        `Proved` says that there is no case at all in which the amount is known. The rest is that of `prove`.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> found = zz.most(lambda q: q.old_age_standard - q.next("age").old_age_standard)
        >>> found, found.example.facts["age"]
        (Most(6000), 99)
        """
        from povertyrules.uses.prove.solve import largest

        return largest(self._question(amount, where, given, free), limit)

    def _question(
        self,
        term: Callable[[View], object],
        where: Callable[[View], object] | None,
        given: Mapping[str, object] | None,
        free: Iterable[str],
    ) -> Question:
        from povertyrules.uses.prove.question import Question

        return Question.of(cast("Policy", self), term, where, given or {}, free)

    def claims(self, *, only: Iterable[str] | None = None, limit: float = LIMIT) -> Rows:
        """Put the library of claims to the policy: rows of a claim, what it is said of, and its outcome.

        `only` names kinds of claims: not-negative, within-bill, bill-grows, poorer-no-less, no-jump, poor-no-less, no-gap,
        readings-apart (how much more and how much less each other reading pays). `limit` is in seconds, for each claim; all of
        them take about a minute.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> print(zz.claims(only=["poorer-no-less", "bill-grows"]))
        zaozhuang-hitech 2017-06-30
        holds: dibao top-up: is never less for a household with a fen less of income
        holds: left to the patient: never falls as the bill grows by a fen
        """
        from povertyrules.uses.prove.claims import LIBRARY
        from povertyrules.uses.prove.rows import Rows

        return Rows.of_policy(cast("Policy", self), LIBRARY, only, limit)

    def cliffs(self, *, only: Iterable[str] | None = None, limit: float = LIMIT) -> Rows:
        """Where a little more loses money, and how much at most; and choices that are never better than another.

        `only` names kinds: cliff (of each payment, by each number that it rests on), cliff-in-all (of all payments of a
        period together), dominated.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> found = zz.cliffs(only=["cliff"])
        >>> print(next(row for row in found.of(pr.Most) if row.subject.en == "old-age allowance"))
        found: old-age allowance: what one more of age loses
          at most 60.00 yuan
          found
            age: 99
            receives dibao: no
            → old-age allowance: 60.00 yuan
            → [age +1] old-age allowance: 0.00 yuan
        """
        from povertyrules.uses.prove.cliffs import CLIFFS
        from povertyrules.uses.prove.rows import Rows

        return Rows.of_policy(cast("Policy", self), CLIFFS, only, limit)
