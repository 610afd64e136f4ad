"""The document's arithmetic as an expression, evaluated with exact fractions and nothing of the library's."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from povertyrules.core.errors import InputError


def fen(value: Fraction) -> Fraction:
    """To the nearest fen, a half goes up."""
    return Fraction((value * 200 + 1) // 2, 100)


def fen_down(value: Fraction) -> Fraction:
    """A part of a fen is dropped."""
    return Fraction(value * 100 // 1, 100)


def yuan(value: Fraction) -> Fraction:
    """To the nearest whole yuan, a half goes up."""
    return Fraction((value * 2 + 1) // 2)


def ratio(a: object, b: object) -> Fraction:
    """Exact division, of whole numbers too."""
    return Fraction(a) / Fraction(b)  # type: ignore[call-overload,no-any-return]


FUNCTIONS: dict[str, Callable[..., Any]] = {f.__name__: f for f in (fen, fen_down, yuan, min, max, sum, abs, len, range)}
OPERATORS: dict[type, Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: ratio,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.Not: operator.not_,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}


def evaluate(text: str, names: Mapping[str, object] | None = None) -> Any:
    """Evaluate a working; decimal literals are exact; `names` are facts that it may speak of.

    >>> evaluate("0.1 + 0.2 == 0.3"), evaluate("fen(100.10 * 0.55)")
    (True, Fraction(2753, 50))

    Raises `InputError` for what is no arithmetic.
    """
    try:
        return _value(ast.parse(text, mode="eval").body, text, names or {})
    except (SyntaxError, TypeError, ArithmeticError) as error:
        raise InputError("working", text, f"allowed: arithmetic that comes to something; {error}") from None


def _value(node: ast.expr, text: str, names: Mapping[str, object]) -> Any:
    match node:
        case ast.Constant(value=bool(flag)):
            return flag
        case ast.Constant(value=str(word)):
            return word
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Constant(value=int(whole)):
            return whole
        case ast.Constant(value=float()):
            return Fraction(ast.get_source_segment(text, node) or "")
        case ast.Tuple(elts=parts):
            return tuple(_value(part, text, names) for part in parts)
        case ast.BinOp(left=left, op=op, right=right):
            return OPERATORS[type(op)](_value(left, text, names), _value(right, text, names))
        case ast.UnaryOp(op=op, operand=operand):
            return OPERATORS[type(op)](_value(operand, text, names))
        case ast.BoolOp(op=ast.And(), values=values):
            return all(_value(v, text, names) for v in values)
        case ast.BoolOp(values=values):
            return any(_value(v, text, names) for v in values)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _value(body if _value(test, text, names) else orelse, text, names)
        case ast.Compare(left=left, ops=ops, comparators=others):
            values = [_value(one, text, names) for one in (left, *others)]
            return all(OPERATORS[type(op)](a, b) for op, a, b in zip(ops, values, values[1:], strict=False))
        case ast.Call(func=ast.Name(id=name), args=args) if name in FUNCTIONS:
            return FUNCTIONS[name](*(_value(arg, text, names) for arg in args))
        case _:
            raise InputError("working", text, f"allowed: numbers, operators, and {', '.join(FUNCTIONS)}")
