"""The rows of a case as registers and surveys hold them: yuan, labels, 是 and 否, every way of writing that is read."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa
from frames.cases import Case
from frames.engines import ID

from povertyrules.core.facts import Fact, Sort

Way = tuple[pa.DataType, Callable[[Any], object]]
"""The type of a column, and what a cell of it is."""
HUNDREDTHS: list[Way] = [
    (pa.float64(), lambda n: float(Fraction(n, 100))),
    (pa.string(), lambda n: f"{'-' * (n < 0)}{abs(n) // 100}.{abs(n) % 100:02d}"),
    (pa.decimal128(18, 2), lambda n: Decimal(n).scaleb(-2)),
    (pa.decimal128(20, 4), lambda n: Decimal(n).scaleb(-2).quantize(Decimal("0.0001"))),
]
"""Of money and areas in hundredths."""
NUMBERS: list[Way] = [(pa.int32(), int), (pa.float64(), float), (pa.int64(), int)]
WAYS: dict[Sort, list[Way]] = {
    Sort.MONEY: HUNDREDTHS,
    Sort.AREA: HUNDREDTHS,
    Sort.COUNT: NUMBERS,
    Sort.AGE: NUMBERS,
    Sort.YES_NO: [
        (pa.bool_(), bool),
        (pa.int8(), int),
        (pa.float64(), float),
        (pa.string(), lambda yes: "是" if yes else "否"),
        (pa.string(), lambda yes: "true" if yes else "false"),
        (pa.string(), lambda yes: "yes" if yes else "no"),
    ],
    Sort.DATE: [
        (pa.date32(), lambda day: day),
        (pa.timestamp("us"), lambda day: datetime.datetime.combine(day, datetime.time(13, 30))),
        (pa.string(), datetime.date.isoformat),
        (pa.int64(), lambda day: int(f"{day:%Y%m%d}")),
        (pa.int32(), lambda day: int(f"{day:%Y%m%d}")),
    ],
}


def ways(fact: Fact) -> list[Way]:
    """How a fact is written."""
    if fact.sort is not Sort.CATEGORY or fact.kinds is None:
        return WAYS[fact.sort]
    names = {int(kind): kind.name.lower() for kind in fact.kinds}
    labels = {int(kind): kind.zh for kind in fact.kinds}
    return [*NUMBERS, (pa.int8(), int), (pa.string(), names.__getitem__), (pa.string(), labels.__getitem__)]


def written(case: Case, pick: random.Random) -> pa.Table:
    """The rows of a case, each column written in one of the ways."""
    out = {ID: pa.array(range(case.many), pa.int64())}
    for name, cells in case.told.items():
        kind, write = pick.choice(ways(case.facts[name]))
        out[name] = pa.array([None if cell is None else write(cell) for cell in cells], kind)
    return pa.table(out)
