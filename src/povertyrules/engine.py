"""Runs the rules of one policy: programs compiled once, facts turned into nodes, refusals cited."""

from __future__ import annotations

import datetime
import threading
import typing
from collections.abc import Iterable, Mapping

from povertyrules.core.citation import RuleEntry
from povertyrules.core.errors import InputError, SortError, UnknownName
from povertyrules.core.facts import Sort
from povertyrules.core.plan import Plan, needs
from povertyrules.nodes import Builder, Line
from povertyrules.uses.compute import Node, Program

Asked = tuple[tuple[str, ...], tuple[str, ...]]


class Engine:
    """The programs of a plan, and what turns facts into the nodes that they run on."""

    def __init__(self, plan: Plan, on: datetime.date, rules: Mapping[str, RuleEntry]) -> None:
        self.plan, self.rules = plan, rules
        self.builder = Builder(plan, on)
        self._programs: dict[tuple[tuple[str, ...], frozenset[str]], Program] = {}
        self._asked: dict[Asked, tuple[Line, Program]] = {}
        self._lock = threading.RLock()

    def program(self, targets: tuple[str, ...], given: frozenset[str] = frozenset()) -> Program:
        """The compiled program for some targets, compiled once."""
        key = (targets, given)
        found = self._programs.get(key)
        if found is None:
            self._known(targets)
            with self._lock:
                found = self._programs.get(key) or self._programs.setdefault(key, Program(self.plan, *key))
        return found

    def _known(self, targets: tuple[str, ...]) -> None:
        for name in targets:
            if name not in self.plan.quantities:
                supplied = [n for n, quantity in self.plan.quantities.items() if quantity.rule]
                raise UnknownName.among("quantity", name, supplied)

    def run(self, targets: tuple[str, ...], facts: Mapping[str, object]) -> tuple[Program, Node]:
        """Compute some targets from facts, or from quantities that are given outright."""
        key = (targets, tuple(facts))
        found = self._asked.get(key)
        if found is None:
            self._known(targets)
            program = self.program(targets, frozenset(self.plan.quantities.keys() & facts))
            found = self._asked[key] = self.builder.line(targets, key[1]), program
        line, program = found
        try:
            node = self.builder.flat(line, facts)
        except InputError as error:
            raise self._cited(error, self.plan.order(targets, set())) from None
        program.run(node)
        return program, node

    def tree(self, household: object) -> Node:
        """The nodes of a household and all below it."""
        try:
            return self.builder.tree(household)
        except InputError as error:
            raise self._cited(error, self.plan.quantities) from None

    def _cited(self, error: InputError, names: Iterable[str]) -> InputError:
        """A refusal of a fact, with the provision of the first of some quantities that reads it."""
        fact = error.field.rsplit(".", 1)[-1]
        for quantity in (self.plan.quantities[name] for name in names if name in self.plan.quantities):
            if quantity.section and quantity.section.rules and fact in needs(quantity.term) and not error.provision:
                error.provision = str(self.rules[quantity.section.rules[0]].provision)
        return error

    def take_as_absent(self, root: Node) -> tuple[str, ...]:
        """Take every unknown status as "no", or as the category's "none", and say which."""
        found: dict[str, None] = {}
        for node in self.builder.below(root):
            for name, fact in self.plan.world.entities[node["#"]].facts.items():
                none = fact.sort is Sort.YES_NO or (fact.kinds is not None and "NONE" in fact.kinds.__members__)
                if none and node.get(name, 0) is None:
                    node[name] = False if fact.sort is Sort.YES_NO else 0
                    found[name] = None
        return tuple(found)

    def source(self, calculator: object) -> str:
        """The Python functions that run for a quantity, or for a calculator."""
        if isinstance(calculator, str):
            return self.program((calculator,)).source
        function = getattr(calculator, "__func__", calculator)
        found = typing.get_type_hints(function).get("return") if callable(function) else None
        if not hasattr(found, "shows"):
            raise SortError("calculator", calculator, "allowed: a quantity's name, or a calculator that returns a result")
        return self.program(found.shows()).source  # type: ignore[union-attr]
