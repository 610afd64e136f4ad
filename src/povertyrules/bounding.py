"""What gives a policy its bounds: the least and the most, where facts are not told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from povertyrules.bounds import Bounds
    from povertyrules.entities import Household
    from povertyrules.policy import Policy


class Bounding:
    """The bounds of a policy."""

    def bounds(self, household: Household, told: Mapping[str, object] | None = None) -> Bounds:
        """The least and the most of everything that a household can be due, whatever the facts are that are not told.

        `told` adds facts by path, such as `persons[0].own_income`: a value, `Between(least, most)` or `OneOf(…)`. Facts
        that count as nothing where they are blank do so here too. `questions()` says what to ask first, and
        `answer(path, value)` goes on.
        Raises what `assess` raises, and `UnknownName` for a path that there is not.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> old = pr.Person(born="1914-05-01", unable_to_care=False)
        >>> found = zz.bounds(pr.Household(persons=[old]), {"persons[0].receives_dibao": pr.OneOf(True, False)})
        >>> [line.said() for line in found["longevity_allowance"]]
        ['at least 430.00 yuan a month']
        """
        from povertyrules.bounds import Bounds

        return Bounds(cast("Policy", self), household, told or {})
