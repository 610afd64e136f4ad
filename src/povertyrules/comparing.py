"""What gives a policy the comparison of its readings for a household."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from povertyrules.analysis.readings import Readings
    from povertyrules.analysis.trying import Tried
    from povertyrules.entities import Household
    from povertyrules.policy import Policy


class Comparing:
    """The readings of a policy, side by side."""

    @cached_property
    def _tried(self) -> dict[str, Tried]:
        """The policy under its other choices, by what is made of unknown statuses."""
        return {}

    def compare_readings(self, household: Household, *, names: Iterable[str] | None = None, untold: str = "unknown") -> Readings:
        """What each other choice of each interpretation in force changes for a household, and the spread that they make.

        Each is tried alone, all others staying as the policy has them: what two choices make together is not tried. `names`
        limits it to some interpretations; `untold` is that of `assess`. Raises what `assess` raises, and `UnknownName`.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> old = pr.Person(name="A", born="1927-05-01", receives_dibao=True, unable_to_care=False)
        >>> found = zz.compare_readings(pr.Household(persons=[old]), names=["elderly.old_age_stacking"])
        >>> print(found["elderly.old_age_stacking"].choices[0].turns[0])
        A: old-age allowance: not eligible → 60.00 yuan a month
        >>> print(found.sums["month"])
        total: at least 300.00 yuan a month (as chosen) … at least 360.00 yuan a month (elderly.old_age_stacking=adds)
        """
        from povertyrules.analysis.trying import Tried

        if untold not in self._tried:
            self._tried[untold] = Tried(cast("Policy", self), untold)
        return self._tried[untold].of(household, names)
