"""Compute: one straight-line Python function for each entity and stage, and its twin for the low and the high end.

A node of the case is a dict of encoded facts and results: `v["age"]`, the parent under `v[".."]`, lists under their field.
Compilation is lazy, once per process, under a lock.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from povertyrules.core.emit import Emitter
from povertyrules.core.facts import Sort
from povertyrules.core.plan import Plan, Quantity, Stage, needs
from povertyrules.core.rule import Leaf
from povertyrules.core.terms import TRUE, Term, known, walk
from povertyrules.core.words import Rounding
from povertyrules.uses import ends

Node = dict[str, Any]
WORKED = frozenset({"add", "sub", "mul", "div", "least", "greatest", "lt", "le", "eq"})
INFIX = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "//",
    "lt": "<",
    "le": "<=",
    "eq": "==",
    "and": "and",
    "or": "or",
}


def up(entity: str, node: Node) -> Node:
    """The node of an entity, from one at or below it."""
    while node["#"] != entity:
        node = node[".."]
    return node


def total_of(rows: list[Node] | None, name: str) -> int | None:
    """The sum of a summand over a lower entity; None if the list or one of them is unknown."""
    if rows is None:
        return None
    if len(rows) == 1:
        return cast("int | None", rows[0][name])
    out = 0
    for row in rows:
        if row[name] is None:
            return None
        out += row[name]
    return out


def any_known(rows: list[Node] | None, name: str) -> bool | None:
    """Whether one of a lower entity holds; one that does decides it, however many are unknown."""
    if rows is None:
        return None
    values = [row[name] for row in rows]
    return True if True in values else None if None in values else False


class PythonEmitter(Emitter[str]):
    """Terms as Python expressions: constants are folded, and a node that is used twice becomes a local variable."""

    def __init__(self, shared: set[int]) -> None:
        super().__init__()
        self.shared, self.lines, self.folded, self.bound = shared, list[str](), dict[str, int](), 0

    def node(self, node: Term, args: list[str]) -> str:
        """One node, held in a variable if it is used again."""
        if node.op in WORKED and all(a in self.folded for a in args):
            return self.const(worked(node.op, [self.folded[a] for a in args]))
        out = super().node(node, args)
        if id(node) in self.shared and not out.isidentifier() and out not in self.folded:
            name = f"t{len(self.lines)}"
            self.lines.append(f"{name} = {out}")
            return name
        return out

    def const(self, value: int) -> str:
        """A literal."""
        self.folded[repr(value)] = value
        return repr(value)

    def leaf(self, name: str) -> str:
        """A local variable."""
        return name

    def told(self, name: str) -> str:
        """A local variable that says whether another is known."""
        return f"k_{name}"

    def add_(self, a: str, b: str) -> str:
        """A sum; nothing is not added."""
        return b if a == "0" else a if b == "0" else f"({a} + {b})"

    def not_(self, a: str) -> str:
        """Negation."""
        return f"(not {a})"

    def where_(self, cond: str, a: str, b: str) -> str:
        """A conditional expression."""
        if a == b:
            return a
        if b == "False" or a == "True":
            return f"({cond} and {a})" if b == "False" else f"({cond} or {b})"
        return f"({a} if {cond} else {b})"

    def least_(self, a: str, b: str) -> str:
        """The smaller, written out: a call would cost more."""
        return self._pick(a, "<", b)

    def greatest_(self, a: str, b: str) -> str:
        """The greater."""
        return self._pick(a, ">", b)

    def _pick(self, a: str, sign: str, b: str) -> str:
        first, again = self._once(a)
        second, other = self._once(b)
        return f"({again} if {first} {sign} {second} else {other})"

    def _once(self, text: str) -> tuple[str, str]:
        if text.isidentifier() or text.lstrip("-").isdigit():
            return text, text
        self.bound += 1
        return f"(b{self.bound} := {text})", f"b{self.bound}"

    def __getattr__(self, name: str) -> Callable[[str, str], str]:
        if (op := INFIX.get(name.rstrip("_"))) is None:
            raise AttributeError(name)
        return lambda a, b: f"({a} {op} {b})"


def worked(op: str, v: list[int]) -> int:
    """An operation on plain numbers."""
    match op:
        case "add":
            return v[0] + v[1]
        case "sub":
            return v[0] - v[1]
        case "mul":
            return v[0] * v[1]
        case "div":
            return v[0] // v[1]
        case "least":
            return min(v)
        case "greatest":
            return max(v)
        case "lt":
            return v[0] < v[1]
        case "le":
            return v[0] <= v[1]
        case "eq":
            return v[0] == v[1]
        case _:
            return not v[0]


def used_twice(terms: Iterable[Term]) -> set[int]:
    """The nodes that several others stand on."""
    seen: dict[int, int] = {}
    for term in {id(t): t for t in terms}.values():
        for node in walk(term):
            for arg in node.args:
                seen[id(arg)] = seen.get(id(arg), 0) + 1
    return {key for key, times in seen.items() if times > 1}


class Program:
    """The compiled stages for some targets and given quantities."""

    def __init__(self, plan: Plan, targets: Iterable[str], given: Iterable[str] = ()) -> None:
        self.plan, self.targets, self.given = plan, tuple(targets), frozenset(given)
        self.stages = plan.stages(self.targets, set(self.given))
        self.inputs = plan.inputs(self.targets, set(self.given))
        self.sources: list[str] = []
        self.steps = [(stage.entity, self._compile(i, stage)) for i, stage in enumerate(self.stages)]
        self._twin: list[tuple[str, Callable[[Node], None]]] | None = None
        self._lock = threading.Lock()
        self._plain: dict[str, bool] = {}
        self._routes: dict[tuple[str, str], tuple[int, tuple[str, ...]]] = {}
        self.loose = self._loose()

    def run(self, root: Node) -> None:
        """Compute everything in the tree of nodes below the root, and in those above it, in place."""
        self._each(root, self.steps)

    def _each(self, root: Node, steps: list[tuple[str, Callable[[Node], None]]]) -> None:
        top = root["#"]
        for entity, step in steps:
            if entity == top:
                step(root)
                continue
            up, down = self._routes.get((top, entity)) or self._route(top, entity)
            if not up and len(down) == 1:
                for node in root[down[0]] or ():
                    step(node)
                continue
            for node in self.nodes(root, entity):
                step(node)

    def nodes(self, root: Node, entity: str) -> list[Node]:
        """The nodes of an entity: those below the root, or the one above it."""
        up, down = self._routes.get((root["#"], entity)) or self._route(root["#"], entity)
        for _ in range(up):
            root = root[".."]
        found = [root]
        for field in down:
            found = [below for node in found for below in node[field] or ()]
        return found

    def _route(self, top: str, entity: str) -> tuple[int, tuple[str, ...]]:
        """How many steps up, then which lists down, lead from one entity to another."""
        world = self.plan.world
        above, below = world.chain(top), world.chain(entity)
        if entity in above:
            route: tuple[int, tuple[str, ...]] = above.index(entity), ()
        else:
            meet = next(name for name in below if name in above)
            parents = [world.parents[name] for name in below[: below.index(meet)]]
            route = above.index(meet), tuple(parent[1] for parent in reversed(parents) if parent)
        self._routes[top, entity] = route
        return route

    def plain_quality(self, name: str) -> bool:
        """Whether everything that a quantity can rest on is stated, so that no path has to be followed."""
        if name not in self._plain:
            behind = [self.plan.quantities[n] for n in self.plan.order([name], set(self.given)) if n in self.plan.quantities]
            marked = any(isinstance(n.info, Rounding) and n.info.quality for q in behind for n in walk(q.term))
            printed = all(leaf.source.grade == "stated" for quantity in behind for leaf in parameters(quantity))
            self._plain[name] = printed and not marked
        return self._plain[name]

    def _loose(self) -> set[str]:
        given = set(self.given)
        out: set[str] = set()
        for stage in self.stages:
            for quantity in stage.quantities:
                behind = needs(quantity.term) - given
                own = any(getattr(node.info, "loose", False) for node in walk(quantity.term))
                if own or behind & out:
                    out.add(quantity.name)
        return out

    def twin(self, root: Node) -> None:
        """Compute the low and the high end of every loose quantity, as `name<` and `name>`; None is open."""
        with self._lock:
            if self._twin is None:
                self._twin = [(stage.entity, self._compile_twin(i, stage)) for i, stage in enumerate(self.stages)]
        self._each(root, self._twin)

    def _reads(self, stage: Stage) -> tuple[dict[str, str], list[str]]:
        """Where the stage's functions read each name, and the summands among them."""
        own = {q.name for q in stage.quantities}
        chain = self.plan.world.chain(stage.entity)
        reads: dict[str, str] = {}
        for quantity in stage.quantities:
            for node in walk(quantity.term):
                if node.op in {"fact", "quantity"} and str(node.value) not in own:
                    name = str(node.value)
                    steps = chain.index(self.plan.holder(name))
                    reads[name] = "v" + "['..']" * steps + f"[{name!r}]"
                elif node.op in {"sum", "any"} and not node.args:
                    name, field, home = cast(tuple[str, str, str], node.value)
                    up = "v" + "['..']" * chain.index(home)
                    reads[name] = f"{'total_of' if node.op == 'sum' else 'any_known'}({up}[{field!r}], {name!r})"
        return reads, sorted(reads)

    def _body(self, stage: Stage, told: frozenset[str]) -> list[str]:
        """The straight lines: each quantity, whether it is known, and where it is stored."""
        sure = set(told)
        knowns: list[Term] = []
        for quantity in stage.quantities:
            knowns.append(known(quantity.term, frozenset(sure)))
            if knowns[-1] is TRUE:
                sure.add(quantity.name)
        emitter = PythonEmitter(used_twice([q.term for q in stage.quantities] + knowns))
        for quantity, certain in zip(stage.quantities, knowns, strict=True):
            name = quantity.name
            emitter.lines.append(f"{name} = {emitter.emit(quantity.term)}")
            if certain is TRUE:
                emitter.lines.append(f"v[{name!r}] = {name}")
                continue
            emitter.lines.append(f"k_{name} = {emitter.emit(certain)}")
            emitter.lines.append(f"v[{name!r}] = {name} if k_{name} else None")
            if self._placeholder(name) not in ("0", "False"):  # what divides by it must not meet a zero
                emitter.lines.append(f"if not k_{name}: {name} = {self._placeholder(name)}")
        return emitter.lines

    def _compile(self, number: int, stage: Stage) -> Callable[[Node], None]:
        reads, names = self._reads(stage)
        name = f"{stage.entity.lower()}_{number}"
        lines = [f"def {name}(v):", *(f"    {n} = {how}" for n, how in reads.items())]
        if names:
            lines += [f"    if {' or '.join(f'{n} is None' for n in names)}:", f"        return {name}_partly(v)"]
        lines += ["    " + line for line in self._body(stage, frozenset({"*", *names}))]
        fallback = [f"def {name}_partly(v):", *(f"    {n} = {how}" for n, how in reads.items())]
        for n in names:
            fallback += [f"    k_{n} = {n} is not None", f"    if not k_{n}: {n} = {self._placeholder(n)}"]
        fallback += ["    " + line for line in self._body(stage, frozenset())]
        text = "\n".join(lines) + "\n\n" + ("\n".join(fallback) + "\n" if names else "")
        self.sources.append(text)
        return self._load(text, name, {"total_of": total_of, "any_known": any_known})

    def _placeholder(self, name: str) -> str:
        quantity, fact = self.plan.quantities.get(name), self.plan.facts.get(name)
        if (quantity and quantity.sort == "yes/no") or (fact and fact.sort is Sort.YES_NO):
            return "False"
        found = self.plan.ranges.get(name)
        if found is None and name in self.plan.facts:
            found = self.plan.range_of(name)
        return str(found.placeholder if found else 0)

    def _load(self, text: str, name: str, extra: Mapping[str, object]) -> Callable[[Node], None]:
        space: dict[str, Any] = dict(extra)
        exec(compile(text, f"<povertyrules {name}>", "exec"), space)
        found: Callable[[Node], None] = space[name]
        return found

    def _compile_twin(self, number: int, stage: Stage) -> Callable[[Node], None]:
        loose = tuple(q for q in stage.quantities if q.name in self.loose)
        if not loose:
            return lambda v: None
        stage = Stage(stage.entity, loose)
        reads, names = self._reads(stage)
        name = f"{stage.entity.lower()}_{number}_ends"
        lines = [f"def {name}(v):"]
        for n, how in reads.items():
            if self._is_loose(n):
                lines.append(f"    {n} = {ends.read(how, n)}")
            else:
                lines += [f"    {n} = {how}", f"    if {n} is None: {n} = {self._placeholder(n)}"]
        emitter = ends.EndsEmitter({*self.loose, *(n for n in names if self._is_loose(n))}, PythonEmitter(set()))
        for quantity in stage.quantities:
            value = emitter.emit(quantity.term)
            emitter.lines.append(f"{quantity.name} = {value.text}")
            if self._placeholder(quantity.name) not in ("0", "False"):
                held = f"v[{quantity.name!r}]"
                instead = self._placeholder(quantity.name)
                pair = f"({instead}, {instead})" if value.pair else instead
                emitter.lines.append(f"if {held} is None: {quantity.name} = {pair}")
            if value.pair:
                emitter.lines.append(f"v['{quantity.name}<'], v['{quantity.name}>'] = {quantity.name}")
        lines += ["    " + line for line in emitter.lines] or ["    pass"]
        return self._load("\n".join(lines), name, {**ends.NAMES, "total_of": total_of, "any_known": any_known})

    def _is_loose(self, name: str) -> bool:
        return name in self.loose

    @property
    def source(self) -> str:
        """The Python functions that run."""
        return "\n".join(self.sources)


def parameters(quantity: Quantity) -> list[Leaf]:
    """The parameters of a quantity's own term, in order of appearance."""
    found = {n.info.path: n.info for n in walk(quantity.term) if isinstance(n.info, Leaf)}
    return list(found.values())
