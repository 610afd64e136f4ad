"""Tries the other choices of a policy on households: only what can rest on a reading is computed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from povertyrules.analysis.answers import UNDECIDED, Answer, Answers, Place, Side
from povertyrules.analysis.differences import Footprints
from povertyrules.analysis.readings import Choice, Reading, Readings, Turn
from povertyrules.analysis.spread import CHOSEN, Spread, Sum, has, line_spreads, nothing, sum_spread
from povertyrules.core.amount import Amount
from povertyrules.core.citation import Titled
from povertyrules.core.errors import UnknownName
from povertyrules.core.interpretation import Register
from povertyrules.core.money import Fen
from povertyrules.entities import Household
from povertyrules.policy import Policy

Sums = dict[str, tuple[Sum, frozenset[object]]]
"""By period: the sum, and the lines that would count in it and have no figure."""


@frozen(eq=False)
class _Home:
    """A household as the policy's own choices have it."""

    places: list[Place]
    answers: Answers
    sums: Sums


class Tried:
    """A policy under its own choices, and under each other single one; kept with the policy, since many households may come."""

    def __init__(self, policy: Policy, untold: str) -> None:
        if untold not in ("unknown", "absent"):
            raise UnknownName.among("untold", untold, ("unknown", "absent"))
        self.policy, self.untold = policy, untold
        self.chosen = Side(policy, policy.entitled, untold)
        self._prints = Footprints(policy)
        self._sides: dict[tuple[str, str], Side | None] = {}
        dated = {section.dated_by for pack in policy.chain for section in pack.sections()}
        self.dating = {name: register for name, register in policy.registers.items() if name in dated}
        # one that dates a section bears on the day even where its own choice keeps the section out of force
        self.registers: dict[str, Register] = {
            name: register for name, register in policy.registers.items() if name in policy.interpretations or name in dated
        }

    def of(self, household: Household, names: Iterable[str] | None) -> Readings:
        """What the readings make of a household; `names` are the interpretations to try."""
        places, answers = self.chosen.of(household)
        home = _Home(places, answers, self._sums(answers))
        tried = self._asked(names)
        all_sums: dict[str, Sums] = {CHOSEN: home.sums}
        found = [self._reading(register, household, home, all_sums) for register in tried]
        readings = tuple(one for one in found if one.changing)
        still = [one.name for one in found if not one.changing]
        bearing = {name for (name, _), side in self._sides.items() if side is not None}
        unchanged = tuple(name for name in still if name in bearing)
        elsewhere = tuple(name for name in still if name not in bearing)
        totals = {per: one for per, (one, _) in home.sums.items()}
        title, whole = f"{self.policy.name} {self.policy.on}", places[0].called
        spreads = tuple(line_spreads(readings)), _spreads(whole, all_sums)
        return Readings(title, whole, totals, readings, unchanged, elsewhere, *spreads)

    def _asked(self, names: Iterable[str] | None) -> list[Register]:
        if names is None:
            return list(self.registers.values())
        asked = dict.fromkeys([names] if isinstance(names, str) else names)
        for name in asked:
            if name not in self.registers:
                raise UnknownName.among("reading", name, self.registers)
        return [self.registers[name] for name in asked]

    def _reading(self, register: Register, household: Household, home: _Home, all_sums: dict[str, Sums]) -> Reading:
        """What the other choices of one interpretation change."""
        chosen = self.policy.choice(register.name)
        choices = []
        for name, label in register.choices.items():
            if name != chosen:
                turns, sums = self._choice(register.name, name, household, home)
                all_sums[f"{register.name}={name}"] = sums
                changed = {per: one for per, (one, _) in sums.items() if one != home.sums.get(per, (nothing(per),))[0]}
                gone = {per: nothing(per) for per in home.sums.keys() - sums.keys()}
                choices.append(Choice(name, label, turns, {**changed, **gone} if turns else {}))
        cited = dict.fromkeys(self.policy.rules[id].provision for id in register.rules if id in self.policy.rules)
        return Reading(
            register.name,
            register.question,
            chosen,
            register.default,
            register.choices,
            register.why,
            tuple(cited),
            tuple(choices),
        )

    def _choice(self, name: str, choice: str, household: Household, home: _Home) -> tuple[tuple[Turn, ...], Sums]:
        """What one other choice changes, and the sums under it."""
        side = self._side(name, choice)
        if side is None:
            return (), home.sums
        _, found = side.of(household)
        turned = {key: answer for key, answer in found.items() if _turned(home.answers[key], answer)}
        turns = []
        for (place, quantity), answer in turned.items():
            rule = self.policy.plan.quantities[quantity].rule
            assert rule is not None
            who, before = home.places[place].called, home.answers[place, quantity]
            turns.append(Turn(who, quantity, Titled(rule.zh, rule.en), rule.per, before, answer))
        return tuple(turns), self._sums({**home.answers, **turned}) if turned else home.sums

    def _side(self, name: str, choice: str) -> Side | None:
        """The policy under another choice, asked for what can rest on it; None if nothing can."""
        if (name, choice) not in self._sides:
            prints = self._prints
            other = None
            if name in self.dating:
                other = self.policy.reading(name, choice)
                prints = Footprints(self.policy, other)
            touched = [quantity for quantity in self.policy.entitled if name in prints.of(quantity).readings]
            made = Side(other or self.policy.reading(name, choice), touched, self.untold) if touched else None
            self._sides[name, choice] = made
        return self._sides[name, choice]

    def _sums(self, answers: Answers) -> Sums:
        """The sums by period, as a statement has them: loans apart, open above where the text does not say."""
        amounts: dict[str, Amount] = {}
        undecided: dict[str, set[object]] = {}
        for key, answer in answers.items():
            rule = self.policy.plan.quantities[key[1]].rule
            if rule is None or not rule.counts or rule.sort != "money":
                continue
            counted = answer.amount if answer.status == "amount" else None
            if answer.status == "unstated" and rule.per:
                counted = Amount.floor(Fen(0), per=rule.per)
            if counted is not None and (counted.figure or counted.high != 0):
                amounts[rule.per] = amounts[rule.per] + counted if rule.per in amounts else counted
            if answer.status in UNDECIDED:
                undecided.setdefault(rule.per, set()).add(key)
        return {
            per: (Sum(amounts.get(per, nothing(per).amount), len(undecided.get(per, ()))), frozenset(undecided.get(per, ())))
            for per in dict.fromkeys((*amounts, *undecided))
        }


def _turned(before: Answer, after: Answer) -> bool:
    """Whether a line changes; nothing for another reason, such as a rule that is not in force, is nothing still."""
    return not before.same(after) and not (_is_nothing(before) and _is_nothing(after))


def _is_nothing(answer: Answer) -> bool:
    return answer.status not in UNDECIDED and not has(answer)


def _spreads(whole: Titled, all_sums: Mapping[str, Sums]) -> dict[str, Spread]:
    """The spread of each sum that some choice changes."""
    out = {}
    for per in dict.fromkeys(per for sums in all_sums.values() for per in sums):
        none = nothing(per), frozenset[object]()
        found = sum_spread(per, whole, {by: sums.get(per, none) for by, sums in all_sums.items()})
        if found is not None:
            out[per] = found
    return out
