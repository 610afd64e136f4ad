"""A second way to compute a case: the rules are called one by one as plain Python, their arguments found by name.

It shares sections and nodes with the compiled functions, and nothing of terms, plan or emission.
"""

from __future__ import annotations

from povertyrules.conventions import Counting
from povertyrules.core.errors import NotStated
from povertyrules.core.interpretation import choosing
from povertyrules.core.rule import Rule, rules_of
from povertyrules.core.tables import Missing
from povertyrules.core.terms import Unstated
from povertyrules.core.words import Each
from povertyrules.entities import WORLD
from povertyrules.policy import Policy
from povertyrules.uses.compute import Node


class Plain:
    """Computes quantities at the nodes of cases in which every fact is told; None stands for what the text does not say."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.world = policy, policy.world
        models = [model for area in policy.areas for model in policy.sections(area.name, object).values()]
        if policy.world is WORLD:
            models.append(Counting())
        self.rules: dict[str, tuple[object, Rule]] = {
            name: (model, rule) for model in models for name, rule in rules_of(type(model)).items()
        }

    def value(self, name: str, node: Node) -> int | None:
        """A quantity at a node."""
        model, rule = self.rules[name]
        try:
            with choosing(self.policy.choices):
                out = getattr(model, name)(*(self.argument(one, node) for one in rule.arguments))
        except NotStated:
            return None
        return None if isinstance(out, Unstated | Missing) else out

    def argument(self, name: str, node: Node) -> object:
        """A fact or a quantity as a rule at a node receives it: its value, or the values of all that lie below."""
        if name in self.policy.absent:
            return Unstated(name)
        for shape in self.world.entities.values():
            if name in shape.children:
                return Each(True for _ in node[name])
        home = self.world.facts[name].entity if name in self.world.facts else self.rules[name][1].entity
        if home in self.world.chain(node["#"]):
            while node["#"] != home:
                node = node[".."]
            return self.at(name, node)
        parent, field, _ = self.world.parents[home]
        assert parent == node["#"]
        return Each(self.at(name, one) for one in node[field])

    def at(self, name: str, node: Node) -> object:
        """A fact or a quantity at its own node."""
        # what was not told is not needed: if the figure turned on it, it would not be given
        found = node[name] if name in self.world.facts else self.value(name, node)
        return Unstated(name) if found is None else found
