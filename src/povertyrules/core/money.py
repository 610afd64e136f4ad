"""Money is integer fen; a rate is an integer over a power of ten. No float touches either.

>>> yuan("68000.50"), show(yuan("68000.50"))
(6800050, '68,000.50')
>>> Rate.parse("55 %").of(yuan(100))
Fraction(5500, 1)
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NewType

from attrs import frozen

from povertyrules.core.errors import MoneyError

if TYPE_CHECKING:

    class Fen(int):
        """Money in fen (1/100 yuan). Made by `yuan`; a plain integer when the program runs.

        For a type checker it is a type of its own: floats, and integers that might be yuan, are refused.
        """

        def __add__(self, other: Fen) -> Fen: ...  # type: ignore[override]
        def __sub__(self, other: Fen) -> Fen: ...  # type: ignore[override]
        def __mul__(self, other: int) -> Fen: ...
        def __rmul__(self, other: int) -> Fen: ...
        def __neg__(self) -> Fen: ...

else:
    Fen = NewType("Fen", int)

_YUAN = re.compile(r"(-?)(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,2})0*)?", re.ASCII)


def yuan(value: int | str | Decimal, *, field: str = "yuan") -> Fen:
    """Turn an amount in yuan into fen.

    Takes an integer, a `Decimal`, or a string such as `"68000.50"`; raises `MoneyError` for anything else, for a float
    above all, since 0.1 is not a tenth there.

    >>> yuan(30), yuan("0.6")
    (3000, 60)
    >>> yuan(68000.5)
    Traceback (most recent call last):
    povertyrules.core.errors.MoneyError: yuan: 68000.5 is refused; a float cannot hold money exactly: write "68000.5" as a string
    """
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise MoneyError(field, value, 'it is no amount of money: write a string of yuan, such as "68000.50"')
        raise MoneyError(field, value, f'a float cannot hold money exactly: write "{value!r}" as a string')
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise MoneyError(field, value, 'write an integer or a string of yuan, such as "68000.50"')
    if isinstance(value, int) and abs(value) >= 10**15:
        raise MoneyError(field, value, "write an amount of at most fifteen digits")
    text = format(value, "f") if isinstance(value, Decimal) else str(value).strip()
    match = _YUAN.fullmatch(text)
    if match is None:
        raise MoneyError(field, value, 'write yuan with at most two decimals and no separators, such as "68000.50"')
    sign, whole, part = match.groups()
    fen = int(whole) * 100 + int((part or "").ljust(2, "0"))
    return Fen(-fen if sign else fen)


def show(fen: int) -> str:
    """Print fen as yuan, with separators and two decimals.

    >>> show(-123456789)
    '-1,234,567.89'
    """
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def plain(fen: int) -> str:
    """Print fen as files hold it: yuan without separators.

    >>> plain(6800050)
    '68000.50'
    """
    return show(fen).replace(",", "")


@frozen
class Rate:
    """A share, as printed: `numerator` over `per`, a power of ten."""

    numerator: int
    per: int = 100

    @classmethod
    def parse(cls, text: object, *, field: str = "rate") -> Rate:
        """Read a rate such as "55 %" or "2.5 %"; raise `MoneyError` for anything else.

        >>> Rate.parse("2.5 %")
        Rate(numerator=25, per=1000)
        """
        match = re.fullmatch(r"([0-9]{1,6})(?:\.([0-9]{1,6}))? ?%", text, re.ASCII) if isinstance(text, str) else None
        if match is None:
            raise MoneyError(field, text, 'write a rate as a string of per cent, such as "55 %"')
        whole, part = match[1], match[2] or ""
        return cls(int(whole + part), 100 * 10 ** len(part))

    def of(self, fen: int) -> Fraction:
        """Take the share of an amount, as an exact fraction of fen."""
        return Fraction(fen * self.numerator, self.per)

    def __str__(self) -> str:
        return f"{Decimal(self.numerator * 100) / self.per} %"
