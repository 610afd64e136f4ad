"""The values of terms over one computed tree, and why some are unknown: the ground that explanations stand on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from attrs import frozen

from povertyrules.core.errors import NoAnswer
from povertyrules.core.plan import Plan
from povertyrules.core.rule import Leaf
from povertyrules.core.terms import Term, is_loose
from povertyrules.uses.compute import Node, any_known, total_of, up, worked


@frozen(eq=False, repr=False, slots=False)
class Cause:
    """Why something is unknown: a fact that was not told, or a figure that is not stated (with the kind of absence)."""

    name: str
    absence: object = None
    leaf: Leaf | None = None

    @property
    def untold(self) -> bool:
        """Whether telling a fact would help."""
        return self.absence is None


class Values:
    """Reads terms with the values of a computed tree of nodes; every value is worked out once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.memo: dict[tuple[int, int], int | None] = {}
        self._loose: dict[int, bool] = {}

    def at(self, name: str, node: Node) -> Node:
        """The node that holds a fact or a quantity: this one or one above."""
        return up(self.plan.holder(name), node)

    def value(self, term: Term, node: Node) -> int | None:
        """The value of a term, None if it is unknown."""
        key = (id(term), id(node))
        if key not in self.memo:
            self.memo[key] = self._value(term, node)
        return self.memo[key]

    def _value(self, term: Term, node: Node) -> int | None:
        match term.op:
            case "const" | "param":
                return cast(int, term.value)
            case "unstated":
                return None
            case "fact" | "quantity":
                return cast("int | None", self.at(str(term.value), node).get(str(term.value)))
            case "sum" | "any":
                name, list_field, home = cast(tuple[str, str, str], term.value)
                rows = up(home, node).get(list_field)
                return total_of(rows, name) if term.op == "sum" else any_known(rows, name)
            case "reading":
                return self.value(term.args[0], node)
            case "where":
                cond = self.value(term.args[0], node)
                if cond is None:
                    if any(map(self.loose, term.args[1:])):
                        return None
                    a, b = (self.value(t, node) for t in term.args[1:])
                    return a if a == b else None
                return self.value(term.args[1 if cond else 2], node)
            case "and" | "or":
                stop = term.op == "or"
                values = [self.value(a, node) for a in term.args]
                return stop if stop in values else None if None in values else not stop
        values = [self.value(a, node) for a in term.args]
        return None if None in values else worked(term.op, [cast(int, v) for v in values])

    def loose(self, term: Term) -> bool:
        """Whether the wording leaves a term open, so that two equal figures of it need not be the same."""
        if id(term) not in self._loose:
            self._loose[id(term)] = is_loose(term)
        return self._loose[id(term)]

    # ---- why unknown ------------------------------------------------------------------------------------------

    def causes(self, term: Term, node: Node) -> dict[str, Cause]:
        """What makes a term unknown; empty if it is known."""
        if self.value(term, node) is not None:
            return {}
        match term.op:
            case "unstated":
                leaf = term.info if isinstance(term.info, Leaf) else None
                absence = term.info if isinstance(term.info, NoAnswer) else "unstated"
                return {str(term.value): Cause(str(term.value), absence, leaf)}
            case "fact":
                return {str(term.value): Cause(str(term.value))}
            case "quantity":
                return self.causes_of(str(term.value), node)
            case "sum" | "any":
                name, list_field, home = cast(tuple[str, str, str], term.value)
                rows = up(home, node).get(list_field)
                if rows is None:
                    return {list_field: Cause(list_field)}
                return {k: v for row in rows for k, v in self.causes(self.plan.quantities[name].term, row).items()}
            case "where":
                cond = self.value(term.args[0], node)
                taken = term.args[0] if cond is None else term.args[1 if cond else 2]
                return self.causes(taken, node)
        return {k: v for a in term.args for k, v in self.causes(a, node).items()}

    def causes_of(self, name: str, node: Node) -> dict[str, Cause]:
        """What makes a quantity unknown."""
        home = self.at(name, node)
        if home.get(name) is not None:
            return {}
        if name in home.get("given", ()):
            return {name: Cause(name)}
        return self.causes(self.plan.quantities[name].term, home)

    def deciding(self, term: Term, node: Node) -> Iterable[Term]:
        """The arguments that decide the value of an operation."""
        values = [self.value(a, node) for a in term.args]
        match term.op:
            case "least" | "greatest" if None not in values:
                best = (min if term.op == "least" else max)(cast(list[int], values))
                return [arg for arg, value in zip(term.args, values, strict=True) if value == best]  # of a tie, both
            case "and" if False in values:
                return [term.args[values.index(False)]]
            case "or" if True in values:
                return [term.args[values.index(True)]]
            case "mul" if 0 in values:
                return [term.args[values.index(0)]]
        return term.args
