"""The base of every visitor that turns terms into something else: Python, a frame's expressions, a solver's."""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from povertyrules.core.terms import Term, walk

E = TypeVar("E")


class Emitter(Generic[E]):
    """Visit a resolved term once per node. A subclass supplies `leaf`, `const` and one method per operation.

    Parameters are constants and readings are what was chosen, unless a subclass says otherwise. A figure that is not
    stated is 0 here: whether a term is known is a term of its own (`known`), emitted beside it.
    """

    def __init__(self) -> None:
        self.done: dict[int, E] = {}
        self.held: list[Term] = []

    def emit(self, term: Term) -> E:
        """The term as an expression of the target."""
        self.held.append(term)
        for node in walk(term):
            if id(node) not in self.done:
                self.done[id(node)] = self.node(node, [self.done[id(a)] for a in node.args])
        return self.done[id(term)]

    def node(self, node: Term, args: list[E]) -> E:
        """One node, its arguments done."""
        match node.op:
            case "const" | "param":
                return self.const(cast(int, node.value))
            case "unstated":
                return self.const(False if node.yes_no else 0)
            case "fact" | "quantity":
                return self.leaf(str(node.value))
            case "sum" | "any":
                return self.leaf(cast(tuple[str, str, str], node.value)[0])
            case "known":
                return self.told(_name(node.args[0]))
            case "reading":
                return args[0]
            case _:
                return cast(E, getattr(self, node.op + "_")(*args))

    def const(self, value: int) -> E:
        """A constant."""
        raise NotImplementedError

    def leaf(self, name: str) -> E:
        """The value of a fact, a quantity or a total."""
        raise NotImplementedError

    def told(self, name: str) -> E:
        """Whether a fact, a quantity or a total is known."""
        raise NotImplementedError


def _name(node: Term) -> str:
    return str(node.value[0]) if node.op in {"sum", "any"} else str(node.value)  # type: ignore[index]
