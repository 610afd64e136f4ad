"""The policies that both emitters are run over: fictional and real, under the defaults and under each other reading.

A policy under its defaults is compared whole. Under one other reading most terms stay the same terms, so only those that
differ are compared, unless everything is asked for.
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import NamedTuple

import pytest
from fictional.policies import capital, kingdom, variants

from povertyrules import policy
from povertyrules.core.terms import Term, walk
from povertyrules.inforce import readings_in
from povertyrules.policy import Policy

LATE = policy("zaozhuang-hitech", on="2018-06-30").local(
    {"income.provincial.lines[2018]": "3609", "income.national.lines[2018]": "3000"}, source="told"
)
"""On this day every rule is in force; the lines of its year are not printed."""
OTHERS = {"jilin": "2018-06-30", "shanxi": "2018-06-30", "zhongzhan": "2018-06-30", "ankang": "2020-06-30"}
EARLY = [policy("zaozhuang-hitech", on=day) for day in ("2017-06-30", "2015-12-31")]
"""Some rules are not yet in force; what needs them is not stated."""
NUMBERS: dict[tuple[object, ...], int] = {}
"""A number for each term that was seen, the same for equal terms of two plans."""


class Variant(NamedTuple):
    """A policy, and the one whose terms need not be compared again."""

    name: str
    policy: Policy
    known: Policy | None

    def quantities(self) -> list[str]:
        """What to compare: all, or what is another term under this reading."""
        before = numbered(self.known) if self.known else {}
        return [name for name, number in numbered(self.policy).items() if before.get(name) != number]


@cache
def numbered(of: Policy) -> dict[str, int]:
    """The number of the term of every quantity."""
    return {name: number(quantity.term) for name, quantity in of.plan.quantities.items()}


def number(term: Term) -> int:
    """The number of a term. All that can bear on its figure counts, the mark of loose wording too."""
    done: dict[int, int] = {}
    for node in walk(term):
        loose = node.info == "loose" or getattr(node.info, "loose", False)
        key = (node.op, type(node.value), node.value, node.yes_no, loose, *(done[id(arg)] for arg in node.args))
        done[id(node)] = NUMBERS.setdefault(key, len(NUMBERS))
    return done[id(term)]


def under(of: Policy, title: str) -> list[Variant]:
    """A policy under its defaults, and under each other reading that its rules, or their first days, turn on."""
    out, turned, met = [Variant(f"{title} defaults", of, None)], readings_in(of.wired), readings_in(of.plan)
    for label, found in variants(of)[1:]:
        name, choice = label.split("=")
        if name in met or found.paths() != of.paths():
            out.append(Variant(f"{title} {label}", found, of))
        elif name in turned:  # the defaults do not come to it
            outer = around(of, name)
            known = of.reading(*outer)
            out.append(Variant(f"{title} {'='.join(outer)} {label}", known.reading(name, choice), known))
    return out


def around(of: Policy, name: str) -> tuple[str, str]:
    """The reading, and its choice, in whose branch a reading stands."""
    for quantity in of.wired.quantities.values():
        for outer in (node for node in walk(quantity.term) if node.op == "reading"):
            for choice, branch in zip(outer.value[1], outer.args, strict=True):
                if any(node.op == "reading" and node.value[0] == name for node in walk(branch)):
                    return outer.value[0], choice
    raise LookupError(name)


VARIANTS = [
    *under(kingdom(), "ruritania"),
    Variant("strelsau", capital(), None),
    *under(LATE, "zaozhuang"),
    *(one for name, day in OTHERS.items() for one in under(policy(name, on=day), name)),
    *(one for of in EARLY for one in under(of, f"zaozhuang on {of.on}") if one.policy is of or one.policy.paths() != of.paths()),
]
LONG = {v.name for v in VARIANTS if v.known is not None and v.name.startswith(tuple(OTHERS))}
"""Under each other reading of the other documents: looked at where there is time."""
EACH = pytest.mark.parametrize(
    "variant",
    [pytest.param(v, marks=pytest.mark.long) if v.name in LONG else v for v in VARIANTS],
    ids=[v.name for v in VARIANTS],
)


def seed_of(name: str) -> int:
    """A seed that is the same on every run."""
    return zlib.crc32(name.encode())
