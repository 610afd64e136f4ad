"""Explain: walk the terms again with the values of one case, and keep what lay on the live path.

A branch that was not taken is not looked at: only what decided the figure, and what it was made of, is shown and cited.
All words come from labels; no rule has a text written for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from attrs import field, frozen

from povertyrules.core.amount import worst
from povertyrules.core.facts import Fact, Sort
from povertyrules.core.money import show
from povertyrules.core.plan import Plan, Quantity
from povertyrules.core.rule import Leaf
from povertyrules.core.terms import Term, chained, walk
from povertyrules.core.words import Rounding
from povertyrules.uses.compute import Node, up
from povertyrules.uses.phrases import COMPARE, FEW, FIXED, HUNDREDTHS, OPPOSITE, WORDS, is_rate, undoubled, written
from povertyrules.uses.values import Values


@frozen(eq=False, repr=False, slots=False)
class Trail:
    """What lay on the live path of a quantity, in order of appearance."""

    parameters: dict[str, tuple[Leaf, int]] = field(factory=dict)
    readings: dict[str, str] = field(factory=dict)
    conditions: dict[str, None] = field(factory=dict)
    quantities: dict[tuple[str, int], tuple[Quantity, Node]] = field(factory=dict)
    blanks: dict[str, None] = field(factory=dict)
    sections: dict[str, None] = field(factory=dict)
    qualities: dict[str, None] = field(factory=dict)
    behind: dict[tuple[str, int], Node] = field(factory=dict)
    """The quantities on the path, where they are not followed, and the nodes from which they are seen."""
    only: Callable[[Term], bool] | None = None
    """Which terms are worth following, if not all."""
    deep: bool = True
    """Whether the quantities behind it are followed too."""


class Explainer(Values):
    """Explains the quantities of one computed tree of nodes."""

    def __init__(self, plan: Plan, lang: str = "en") -> None:
        super().__init__(plan)
        self.lang, self.words = lang, WORDS[lang]
        self.trails: dict[tuple[str, int], Trail] = {}
        self.qualities: dict[tuple[str, int], str] = {}
        self.bare = False

    # ---- the live path ----------------------------------------------------------------------------------------

    def trail(self, name: str, node: Node) -> Trail:
        """What a quantity's figure rests on, through all quantities behind it."""
        key = (name, id(self.at(name, node)))
        if key not in self.trails:
            self.trails[key] = Trail()
            self._quantity(name, node, self.trails[key])
        return self.trails[key]

    def quality(self, name: str, node: Node, plain: Callable[[str], bool]) -> str:
        """The least certain quality on the live path; what `plain` says is stated throughout is not walked."""
        home = self.at(name, node)
        key = (name, id(home))
        if key not in self.qualities:
            found = ["stated"]
            if not plain(name) and name not in home.get("given", ()):
                own = Trail(deep=False, only=self.graded)
                self.live(self.plan.quantities[name].term, home, own)
                found += [*own.qualities, *(leaf.source.grade for leaf, _ in own.parameters.values())]
                found += [self.quality(one, at, plain) for (one, _), at in own.behind.items()]
            self.qualities[key] = worst(*found)
        return self.qualities[key]

    def graded(self, term: Term) -> bool:
        """Whether anything below a term could make a figure less than stated."""
        known = self.plan.graded
        if id(term) not in known:
            known[id(term)] = any(map(self._graded, walk(term)))
        return known[id(term)]

    def _graded(self, node: Term) -> bool:
        match node.op:
            case "quantity":
                return True
            case "param":
                return cast(Leaf, node.info).source.grade != "stated"
            case "sum" | "any":
                return self.graded(self.plan.quantities[cast(tuple[str, str, str], node.value)[0]].term)
            case _:
                return isinstance(node.info, Rounding) and bool(node.info.quality)

    def _quantity(self, name: str, node: Node, trail: Trail) -> None:
        home = self.at(name, node)
        quantity = self.plan.quantities[name]
        key = (name, id(home))
        if key in trail.quantities or name in home.get("given", ()):
            return
        self.live(quantity.term, home, trail)
        trail.quantities[key] = (quantity, home)
        if quantity.section:
            trail.sections[quantity.section.path] = None
            trail.readings.update(quantity.section.turned)

    def live(self, term: Term, node: Node, trail: Trail) -> None:
        """Follow the live path below a term."""
        if trail.only is not None and not trail.only(term):
            return
        match term.op:
            case "param":
                leaf = cast(Leaf, term.info)
                trail.parameters[leaf.path] = (leaf, cast(int, term.value))
            case "fact":
                if str(term.value) in self.at(str(term.value), node).get("~", ()):
                    trail.blanks[str(term.value)] = None
            case "quantity" if trail.deep:
                self._quantity(str(term.value), node, trail)
            case "quantity":
                trail.behind[str(term.value), id(node)] = node
            case "sum" | "any":
                name, list_field, home = cast(tuple[str, str, str], term.value)
                for row in up(home, node).get(list_field) or ():
                    self.live(self.plan.quantities[name].term, row, trail)
            case "reading":
                trail.readings[cast(tuple[str, str], term.value)[0]] = cast(tuple[str, str], term.value)[1]
                self.live(term.args[0], node, trail)
            case "where":
                cond = self.value(term.args[0], node)
                if cond is not None:
                    # of a chain of keys only the one that fits is told, and what is always so is not told
                    if term.args[0].op != "const" and (cond or term.args[0].op != "eq" or term.info == "when"):
                        trail.conditions[self.condition(term.args[0], node, bool(cond))] = None
                    self.live(term.args[0], node, trail)
                    self.live(term.args[1 if cond else 2], node, trail)
                elif self.value(term, node) is not None:  # both branches agree, whatever the condition
                    self.live(term.args[1], node, trail)
                    self.live(term.args[2], node, trail)
                else:
                    self.live(term.args[0], node, trail)
            case _:
                if isinstance(term.info, Rounding) and term.info.quality:
                    trail.qualities[term.info.quality] = None
                for arg in self.deciding(term, node):
                    self.live(arg, node, trail)

    # ---- eligibility ------------------------------------------------------------------------------------------

    def refusal(self, name: str, node: Node) -> str | None:
        """If a quantity is nothing because a condition fails: the condition, in words."""
        home = self.at(name, node)
        if name in home.get("given", ()):
            return None
        term = self.plan.quantities[name].term
        while True:
            match term.op:
                case "reading":
                    term = term.args[0]
                case "quantity":
                    home = self.at(str(term.value), home)
                    if str(term.value) in home.get("given", ()):
                        return None
                    term = self.plan.quantities[str(term.value)].term
                case "where":
                    cond = self.value(term.args[0], home)
                    if cond is False and term.info == "when":
                        return self.condition(*self.first_failing(term.args[0], home), False)
                    term = term.args[2 if cond is False else 1]
                case _:
                    return None

    def denial(self, name: str, node: Node) -> str | None:
        """If a yes/no quantity does not hold: the first part of it that fails, in words."""
        home = self.at(name, node)
        quantity = self.plan.quantities[name]
        if quantity.sort != "yes/no" or self.value(quantity.term, home) is not False or name in home.get("given", ()):
            return None
        return self.condition(*self.first_failing(quantity.term, home), False)

    def first_failing(self, cond: Term, node: Node) -> tuple[Term, Node]:
        """The first part of a condition that fails, also of one that has a name, and the node at which it does."""
        while cond.op in {"and", "reading", "quantity"}:
            if cond.op == "quantity":
                name, home = str(cond.value), self.at(str(cond.value), node)
                behind = self.plan.quantities[name].term
                if name in home.get("given", ()) or self.value(behind, home) is not False:
                    break
                cond, node = behind, home
            else:
                first = cond.op == "reading" or self.value(cond.args[0], node) is False
                cond = cond.args[0] if first else cond.args[1]
        return cond, node

    # ---- words ------------------------------------------------------------------------------------------------

    def condition(self, term: Term, node: Node, truth: bool) -> str:
        """A condition in words, as it turned out."""
        match term.op:
            case "not":
                return self.condition(term.args[0], node, not truth)
            case "or" if not truth and (listed := self.none_of(term, node)):
                return listed
            case "and" | "or":
                joined = term.op if truth else {"and": "or", "or": "and"}[term.op]
                parts = [self.condition(a, node, truth) for a in term.args if self.value(a, node) in (truth, None)]
                return f" {self.words[joined]} ".join(dict.fromkeys(parts))
            case "lt" | "le" | "eq":
                left, right = term.args
                sign = (COMPARE if truth else OPPOSITE)[term.op]
                if left.op in FIXED and right.op not in FIXED:
                    left, right = right, left
                    sign = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}.get(sign, sign)
                return f"{self.named(left, node)} {sign} {self.formula(right, node, like=left)}"
            case "fact" | "quantity":
                return f"{self.label(str(term.value))}{':' if self.lang == 'zh' else ': '}{self.words['yes' if truth else 'no']}"
            case "reading":
                return self.condition(term.args[0], node, truth)
            case _:
                return f"{self.formula(term, node)}{'' if truth else ' (' + self.words['no'] + ')'}"

    def none_of(self, term: Term, node: Node) -> str:
        """Of one fact against a list: that it is none of it; nothing of any other condition."""
        found = chained(term)
        lefts = {id(part.args[0]) for part in found if part.op == "eq"}
        if len(lefts) != 1 or any(part.op != "eq" or part.args[0].op != "fact" for part in found):
            return ""
        left = found[0].args[0]
        return f"{self.named(left, node)} ≠ {', '.join(self.formula(part.args[1], node, like=left) for part in found)}"

    def label(self, name: str) -> str:
        """The label of a fact or a quantity."""
        if name in self.plan.facts:
            return self.plan.facts[name].text(self.lang)
        rule = self.plan.quantities[name].rule
        return rule.text(self.lang) if rule else name

    def named(self, term: Term, node: Node) -> str:
        """A term with its label, if it has one."""
        if term.op in {"fact", "quantity"}:
            return f"{self.label(str(term.value))} {self.formula(term, node)}"
        return self.formula(term, node)

    def formula(self, term: Term, node: Node, *, like: Term | None = None, inner: bool = False) -> str:
        """The live path of a term as a formula with its numbers."""
        match term.op:
            case "param":
                fact = self._category(like)
                shown = str(term.value) if self.bare and is_rate(term) else cast(Leaf, term.info).shown
                return fact.kinds.of(cast(int, term.value)).text_in(self.lang) if fact and fact.kinds else shown
            case "const":
                fact = self._category(like)
                if like is not None and term.value and self._money(like):
                    return show(cast(int, term.value))
                return fact.kinds.of(cast(int, term.value)).text_in(self.lang) if fact and fact.kinds else str(term.value)
            case "unstated":
                return "?"
            case "sum":
                return self.summands(term, node, inner)
            case "fact" | "quantity" | "any":
                return self.leaf(term, node)
            case "reading" | "where" | "least" | "greatest":
                return self.formula(self.taken(term, node), node, like=like, inner=inner)
            case "add" | "sub" | "mul" | "div":
                return self.arithmetic(term, node, inner)
            case _:
                return self.condition(term, node, bool(self.value(term, node)))

    def arithmetic(self, term: Term, node: Node, inner: bool) -> str:
        """A sum, difference, product or quotient; parts that are nothing are left out."""
        if term.op == "div":
            return self.quotient(term, node)
        a, b = term.args
        va, vb = self.value(a, node), self.value(b, node)
        if term.op in {"add", "sub"} and vb == 0:
            return self.formula(a, node, inner=inner)
        if term.op == "add" and va == 0:
            return self.formula(b, node, inner=inner)
        if term.op == "mul" and 0 in (va, vb):
            return "0"
        if term.op == "mul" and 1 in (va, vb):
            return self.formula(b if va == 1 else a, node, inner=inner)
        if term.op == "mul" and is_rate(self.taken(b, node)):
            a, b = b, a
        sign = {"add": "+", "sub": "−", "mul": "×"}[term.op]
        text = f"{self.formula(a, node, inner=True)} {sign} {self.formula(b, node, inner=True)}"
        return f"({text})" if inner and term.op != "mul" else text

    def quotient(self, term: Term, node: Node) -> str:
        """A quotient; where its divisor is just what the rates above it are over, the rates are written in per cent."""
        top, bottom = term.args
        if isinstance(term.info, Rounding) and term.info.mode == "half_up":
            top, bottom = undoubled(top.args[0]), top.args[1]
        per = self.value(bottom, node)
        if per == 1:
            return self.formula(top, node)
        if self.per_of(top, node) == {per}:
            return self.formula(top, node)
        before, self.bare = self.bare, True
        text = f"{self.formula(top, node, inner=True)} ÷ {self.formula(bottom, node, inner=True)}"
        self.bare = before
        return text

    def taken(self, term: Term, node: Node) -> Term:
        """What a term comes down to on the live path: the branch taken, the reading chosen, the number that decides."""
        while True:
            match term.op:
                case "reading":
                    term = term.args[0]
                case "where":
                    term = term.args[2 if self.value(term.args[0], node) is False else 1]
                case "least" | "greatest":
                    term = next(iter(self.deciding(term, node)))
                case _:
                    return term

    def per_of(self, term: Term, node: Node) -> set[int | None]:
        """What the rates in a sum of products are over; None for a product that has no rate, or several."""
        match term.op:
            case "add" | "sub":
                return {per for a in term.args if self.value(a, node) != 0 for per in self.per_of(a, node)}
            case "mul" if 0 in [self.value(a, node) for a in term.args]:
                return set()
            case "mul":
                args = [self.taken(a, node) for a in term.args]
                rates = [cast(Leaf, a.info).most for a in args if is_rate(a)]
                rest = {per for a in args if not is_rate(a) for per in self.per_of(a, node)}
                return {rates[0]} if len(rates) == 1 and rest <= {None} else {None, -1} if rates else rest or {None}
            case "reading" | "where" | "least" | "greatest":
                return self.per_of(self.taken(term, node), node)
            case "sum":
                name, list_field, home = cast(tuple[str, str, str], term.value)
                rows = up(home, node).get(list_field) or ()
                part = self.plan.quantities[name].term
                return {per for row in rows if row[name] for per in self.per_of(part, row)}
            case _:
                return {None}

    def summands(self, term: Term, node: Node, inner: bool) -> str:
        """A total with its parts, if they are few and not all alike."""
        name, list_field, home = cast(tuple[str, str, str], term.value)
        rows = up(home, node).get(list_field) or ()
        if not 0 < len(rows) <= FEW or self.value(term, node) is None:
            return self.leaf(term, node)
        part = self.plan.quantities[name].term
        parts = [self.formula(part, row, inner=True) for row in rows if row[name] != 0]
        text = " + ".join(parts) or "0"
        return f"({text})" if inner and len(parts) > 1 else text

    def leaf(self, term: Term, node: Node) -> str:
        """The value of a leaf as it is written."""
        value = self.value(term, node)
        if value is None:
            return self.words["unknown"]
        name = str(term.value)
        fact = self.plan.facts.get(name) if term.op == "fact" else None
        if isinstance(value, bool):
            return self.words["yes" if value else "no"]
        if fact is not None:
            return written(fact, value, self.lang)
        if term.op == "quantity":
            return show(value) if self.plan.quantities[name].sort in HUNDREDTHS else str(value)
        inner = self.plan.quantities[cast(tuple[str, str, str], term.value)[0]].term
        return show(value) if self._money(inner) else str(value)

    def _money(self, term: Term) -> bool:
        if term.op == "fact":
            return self.plan.facts[str(term.value)].sort in (Sort.MONEY, Sort.AREA)
        if term.op == "quantity":
            return self.plan.quantities[str(term.value)].sort in HUNDREDTHS
        return term.op not in {"const", "div", "mul"} and any(self._money(a) for a in term.args)

    def _category(self, like: Term | None) -> Fact | None:
        fact = self.plan.facts.get(str(like.value)) if like is not None and like.op == "fact" else None
        return fact if fact is not None and fact.sort is Sort.CATEGORY else None
