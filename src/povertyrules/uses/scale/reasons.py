"""Why a result is nothing or unknown, as a column: the condition that fails, or what is missing.

A row's reason is one of a few texts that can be written before any row is seen: figures of the row itself do not stand in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, cast

from attrs import frozen

from povertyrules.core.errors import NoAnswer
from povertyrules.core.facts import Category, Sort
from povertyrules.core.money import show
from povertyrules.core.plan import Plan
from povertyrules.core.rule import Leaf
from povertyrules.core.terms import Term, chained
from povertyrules.uses.phrases import COMPARE, FIXED, HUNDREDTHS, OPPOSITE, WORDS
from povertyrules.uses.scale.language import Language
from povertyrules.uses.scale.pieces import Piece, Pieces

E = TypeVar("E")
WHY = "why "
"""Before the name of a quantity: the leaf that says what makes it unknown, where another table works it out."""
FLIPPED = {"<": ">", "≤": "≥", ">": "<", "≥": "≤"}
MARKS = {"add": "+", "sub": "−", "mul": "×", "div": "÷"}
SAID = {
    "zh": {"refused": "不符合条件: ", "untold": "未告知: ", "unstated": "未载明: "},
    "en": {"refused": "not eligible: ", "untold": "not told: ", "unstated": "the text does not say: "},
}


@frozen(eq=False)
class Reasons(Generic[E]):
    """Writes the reasons of one table; `here` says whether a quantity is worked out in it."""

    plan: Plan
    pieces: Pieces[E]
    language: Language[E]
    here: Callable[[str], bool]
    given: frozenset[str]
    lang: str

    def of(self, name: str) -> E | None:
        """Why a quantity is nothing or unknown; null where it is something. None: it never has a reason."""
        term = self.plan.quantities[name].term
        piece = self.pieces.named(Term("quantity", (), name, None, self.plan.quantities[name].sort == "yes/no"))
        missing = self.missing(term)
        refused = self.denied(term) if term.yes_no else self.refused(term)
        if piece.unknown:
            return missing
        out = None
        if refused is not None:
            nothing = self.language.negation(piece.expr) if term.yes_no else self._infix("eq", piece.expr, 0)
            out = self.language.choice(nothing, refused, None)
        if missing is None or not piece.maybe:
            return out
        return self.language.choice(self.language.missing(piece.expr), missing, out)

    # ---- conditions that fail ---------------------------------------------------------------------------------

    def refused(self, term: Term) -> E | None:
        """The condition of `when` that fails, as the scalar answer finds it."""
        match term.op:
            case "reading":
                return self.refused(term.args[0])
            case "quantity":
                return self.refused(self.plan.quantities[str(term.value)].term) if self._behind(term) else None
            case "where":
                cond = self.pieces.emit(term.args[0])
                held, failed = self.refused(term.args[1]), self.refused(term.args[2])
                if term.info == "when":
                    failed = self.failing(term.args[0])
                if cond.fixed and cond.value is not None:
                    return held if cond.value else failed
                return self._either(self.language.negation(cond.expr), failed, held)
            case _:
                return None

    def denied(self, term: Term) -> E | None:
        """The first part of a yes/no that fails; of one that is owed under a condition, that condition."""
        found = self.refused(term)
        return found if found is not None else self.failing(term)

    def failing(self, cond: Term) -> E | None:
        """The first part of a condition that fails."""
        match cond.op:
            case "reading":
                return self.failing(cond.args[0])
            case "quantity" if self._behind(cond):
                return self.failing(self.plan.quantities[str(cond.value)].term)
            case "and":
                first = self.pieces.emit(cond.args[0])
                if first.fixed and first.value is not None:
                    return self.failing(cond.args[1]) if first.value else self.failing(cond.args[0])
                return self._either(self.language.negation(first.expr), self.failing(cond.args[0]), self.failing(cond.args[1]))
            case _:
                return self.language.text(SAID[self.lang]["refused"] + self.condition(cond, truth=False))

    def _behind(self, node: Term) -> bool:
        name = str(node.value)
        return name not in self.given and name in self.plan.quantities and self.here(name)

    # ---- what is missing --------------------------------------------------------------------------------------

    def missing(self, term: Term) -> E | None:
        """The first thing that makes a term unknown; None if nothing can."""
        match term.op:
            case "unstated":
                absent = str(term.info) if isinstance(term.info, NoAnswer) else SAID[self.lang]["unstated"] + str(term.value)
                return self.language.text(absent)
            case "fact":
                return self._untold(str(term.value), self.pieces.named(term))
            case "quantity" | "sum" | "any":
                return self._unknown(term)
            case "where":
                return self._branch(term)
        out: E | None = None
        for arg in reversed(term.args):
            found, piece = self.missing(arg), self.pieces.emit(arg)
            if found is None or (not piece.maybe and not piece.unknown):
                continue
            out = found if out is None or piece.unknown else self.language.choice(self.language.missing(piece.expr), found, out)
        return out

    def _branch(self, term: Term) -> E | None:
        cond = self.pieces.emit(term.args[0])
        first, second = self.missing(term.args[1]), self.missing(term.args[2])
        if cond.fixed and cond.value is not None:
            return first if cond.value else second
        taken = self._either(cond.expr, first, second)
        if not cond.maybe:
            return taken
        unsure = self.missing(term.args[0])
        return unsure if cond.unknown or taken is None else self._either(self.language.missing(cond.expr), unsure, taken)

    def _unknown(self, node: Term) -> E | None:
        name = str(node.value) if node.op == "quantity" else cast("tuple[str, str, str]", node.value)[0]
        piece = self.pieces.named(node)
        if node.op == "quantity" and self._behind(node):
            return self.missing(self.plan.quantities[name].term)
        if node.op != "quantity":
            inside = name in self.pieces.leaves and self.here(name)
            listed = cast("tuple[str, str, str]", node.value)[1]
            return self.missing(self.plan.quantities[name].term) if inside else self._untold(listed, piece)
        why = self.pieces.leaves.get(f"{WHY}{name}")
        return why.expr if why is not None and piece.maybe else self._untold(name, piece)

    def _untold(self, name: str, piece: Piece[E]) -> E | None:
        if piece.fixed and not piece.unknown:
            return None
        return self.language.text(SAID[self.lang]["untold"] + name) if piece.maybe else None

    def _either(self, cond: E, a: E | None, b: E | None) -> E | None:
        if a is None:
            return None if b is None else self.language.choice(cond, self.language.nothing(None), b)
        return self.language.choice(cond, a, b)

    def _infix(self, op: str, a: E, b: int) -> E:
        return self.language.infix(op, a, self.language.const(b))

    # ---- words ------------------------------------------------------------------------------------------------

    def condition(self, term: Term, *, truth: bool) -> str:
        """A condition in words, as it is written in the rules."""
        words = WORDS[self.lang]
        match term.op:
            case "not":
                return self.condition(term.args[0], truth=not truth)
            case "or" if not truth and (listed := self._none_of(term)):
                return listed
            case "and" | "or":
                joined = term.op if truth else {"and": "or", "or": "and"}[term.op]
                parts = dict.fromkeys(self.condition(arg, truth=truth) for arg in term.args)
                return f" {words[joined]} ".join(parts)
            case "lt" | "le" | "eq":
                left, right = term.args
                sign = (COMPARE if truth else OPPOSITE)[term.op]
                if left.op in FIXED and right.op not in FIXED:
                    left, right, sign = right, left, FLIPPED.get(sign, sign)
                return f"{self.formula(left)} {sign} {self.formula(right, like=left)}"
            case "reading":
                return self.condition(term.args[0], truth=truth)
            case "fact" | "quantity":
                return f"{self.formula(term)}{':' if self.lang == 'zh' else ': '}{words['yes' if truth else 'no']}"
            case _:
                return f"{self.formula(term)}{'' if truth else ' (' + words['no'] + ')'}"

    def _none_of(self, term: Term) -> str:
        """Of one fact against a list: that it is none of it; nothing of any other condition."""
        parts = chained(term)
        lefts = {id(part.args[0]) for part in parts if part.op == "eq" and part.args[0].op == "fact"}
        if len(lefts) != 1 or any(part.op != "eq" for part in parts):
            return ""
        left = parts[0].args[0]
        return f"{self.formula(left)} ≠ {', '.join(self.formula(part.args[1], like=left) for part in parts)}"

    def formula(self, term: Term, *, like: Term | None = None) -> str:
        """A term with its labels and figures."""
        match term.op:
            case "fact":
                return self.plan.facts[str(term.value)].text(self.lang)
            case "quantity":
                rule = self.plan.quantities[str(term.value)].rule if str(term.value) in self.plan.quantities else None
                return rule.text(self.lang) if rule else str(term.value)
            case "sum" | "any":
                return cast("tuple[str, str, str]", term.value)[1]
            case "param" | "const":
                return self._figure(term, like)
            case "reading":
                return self.formula(term.args[0], like=like)
            case op if op in MARKS:
                return f"({self.formula(term.args[0])} {MARKS[op]} {self.formula(term.args[1])})"
            case "where":
                return self.formula(term.args[1], like=like)
            case _:
                return term.op

    def _figure(self, term: Term, like: Term | None) -> str:
        fact = self.plan.facts.get(str(like.value)) if like is not None and like.op == "fact" else None
        kinds: type[Category] | None = fact.kinds if fact is not None and fact.sort is Sort.CATEGORY else None
        if kinds is not None:
            return kinds.of(cast(int, term.value)).text_in(self.lang)
        if isinstance(term.info, Leaf):
            return term.info.shown
        quantity = self.plan.quantities.get(str(like.value)) if like is not None and like.op == "quantity" else None
        money = quantity is not None and quantity.sort in HUNDREDTHS
        return show(cast(int, term.value)) if money and term.value else str(term.value)
