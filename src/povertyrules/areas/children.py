"""Orphans and children in difficulty (孤儿与困境儿童): monthly support, and the services that they are owed.

References: 枣庄高新区“十三五”脱贫攻坚规划, chapter 9 section 3 part 1, box 7 items 7 and 8.
Limits: no standard is printed for orphans raised in an institution, no age, and the box does not say who is in difficulty.
"""

from __future__ import annotations

from typing import ClassVar

from povertyrules.categories import ChildKind, ChildService
from povertyrules.core.area import Area, Result, amount_of, yes_no_of
from povertyrules.core.interpretation import interpretation
from povertyrules.core.money import Fen
from povertyrules.core.rule import entitlement, rule, service
from povertyrules.core.section import param, parameters
from povertyrules.core.tables import Kinds
from povertyrules.core.words import among, every, no, unstated, when, where
from povertyrules.entities import Person

ORPHAN_STACKING = interpretation("children.orphan_stacking", "replaces", "adds")
DIFFICULT_KINDS = interpretation("children.difficult_kinds", "listed", "unstated")


@parameters
class Orphan:
    """Support of orphans who live outside institutions (社会散居孤儿)."""

    amount: Fen = param("yuan/month")

    @rule("孤儿", "orphan", entity=Person)
    def is_orphan(self, child_kind: int) -> bool:
        """Whether the child is an orphan."""
        return child_kind == ChildKind.ORPHAN

    @entitlement("孤儿基本生活保障", "support of orphans", entity=Person, per="month")
    def orphan_support(self, is_orphan: bool, in_institution: bool) -> Fen:
        """The floor outside institutions; inside them the text states none."""
        return when(is_orphan, where(in_institution, unstated("orphan_support"), self.amount))


@parameters
class Difficult:
    """Support of children in difficulty (困境儿童基本生活保障)."""

    amount: Fen = param("yuan/month")

    @entitlement("困境儿童基本生活费", "support of children in difficulty", entity=Person, per="month")
    def difficult_child_aid(self, in_difficulty: bool, is_orphan: bool) -> Fen:
        """The floor; an orphan's own amount stands in its place, unless the two add."""
        meant = ORPHAN_STACKING.choose(replaces=every(in_difficulty, no(is_orphan)), adds=in_difficulty)
        stated = DIFFICULT_KINDS.choose(listed=self.amount, unstated=unstated(DIFFICULT_KINDS.name))
        return when(meant, stated)


@parameters
class Services:
    """Who counts as a child in difficulty, and which services such a child is owed (困境儿童福利保障)."""

    kinds: Kinds = param("kinds", category=ChildKind)
    services: Kinds = param("kinds", category=ChildService)

    @rule("困境儿童", "child in difficulty", entity=Person)
    def in_difficulty(self, child_kind: int) -> bool:
        """Whether the kind is one of those listed."""
        return among(child_kind, self.kinds)

    @service("困境儿童福利服务", "services for children in difficulty", entity=Person)
    def child_services(self, in_difficulty: bool) -> bool:
        """The services of the list."""
        return in_difficulty


class ChildSupport(Result):
    """The monthly support of one child."""

    orphan = amount_of("orphan_support")
    in_difficulty = amount_of("difficult_child_aid")
    services = yes_no_of("child_services")


class ChildrenArea(Area):
    """Orphans and children in difficulty: `support`, `services`."""

    name = "children"
    models: ClassVar[dict[str, type]] = {"services": Services, "orphan": Orphan, "difficult": Difficult}

    def support(self, *, child_kind: ChildKind | int | str, in_institution: bool | None = None) -> ChildSupport:
        """The monthly support of a child: its kind, and whether it is raised in an institution. Source: box 7 items 7, 8.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> print(zz.children.support(child_kind="orphan", in_institution=False).orphan)
        at least 720.00 yuan a month
        """
        return self.calculate(ChildSupport, child_kind=child_kind, in_institution=in_institution)

    def services(self, child_kind: ChildKind | int | str) -> tuple[ChildService, ...]:
        """The services that a child of a kind is owed. Source: chapter 9 section 3 part 1.

        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> [service.en for service in zz.children.services("left_behind")][:2]
        ['temporary board and lodging', 'basic medical care']
        """
        _, held = self.held(Services)
        owed = self.bound.evaluate(("child_services",), {"child_kind": child_kind}).yes_no("child_services")
        return tuple(ChildService.of(code) for code in held.services) if owed else ()
