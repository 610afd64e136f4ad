"""What a cell is worth, found without the library's boundary: by the checks of the scalar, by fractions, by the calendar."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import pyarrow as pa
from attrs import field, frozen
from frames.cases import POLICIES, Calculator
from frames.engines import ID, Frame, Kind

import povertyrules as pr
from povertyrules import Fen, InputError, square_metres, yuan
from povertyrules.core.facts import Fact, Sort
from povertyrules.entities import WORLD

REFUSED = "refused"
TRUTHS = {"true": True, "True": True, "yes": True, "是": True, "false": False, "False": False, "no": False, "否": False}
ZZ = POLICIES["2018"]


@frozen
class Probe:
    """A calculator of which one field tells what one of its arguments was taken for."""

    calculator: Calculator
    argument: str
    field: str
    others: Mapping[str, object] = field(factory=dict)

    @property
    def fact(self) -> Fact:
        """The declaration of the argument."""
        return WORLD.facts[self.argument]

    def over(self, frame: Frame, **manner: Any) -> Frame:
        """The frame through the calculator, the argument told by the column "cell"."""
        return pr.over(frame, self.calculator, **{"unit": "yuan", **manner, self.argument: "cell", **self.others})

    def scalar(self, cell: object, unit: str = "yuan", *, nan_is_null: bool = False) -> object:
        """What the calculator gives for a cell; `REFUSED` where the cell is."""
        found = worth(self.fact, cell, unit, nan_is_null=nan_is_null)
        if found is REFUSED:
            return REFUSED
        result: Any = self.calculator(**{self.argument: found, **self.others})
        return result.answers.value(result.fields()[self.field])

    def read(self, kind: Kind, frame: Frame) -> list[object]:
        """What came out for each row; `REFUSED` where the column of findings says so."""
        rows = kind.rows(frame)
        made = [name for name in rows.column_names if name == self.field or name.startswith(f"{self.field}_")]
        return shown(rows.column(made[0]).to_pylist(), rows.column("findings").to_pylist())


def shown(values: Iterable[object], findings: Iterable[str | None]) -> list[object]:
    """Values, with `REFUSED` where there is a finding; a value that stands beside a finding is kept, since it must not."""
    return [
        value if finding is None else REFUSED if value is None else (value, finding)
        for value, finding in zip(values, findings, strict=True)
    ]


MONEY = Probe(
    ZZ.housing.funding, "funding_need", "gap", dict.fromkeys(("renovation_funds", "district_funds", "street_funds"), Fen(0))
)
AREA = Probe(ZZ.housing.floor_area, "floor_area", "counted", {"members": 1, "auxiliary_area": square_metres("0")})
COUNT = Probe(ZZ.relief.temporary, "relief_months", "amount", {"relief_cause": 1, "living_difficulty": True, "members": 1})
TRUTH = Probe(ZZ.forestry.ranger, "registered_poor", "open", {"ranger_zone": 1})
GRADE = Probe(ZZ.medical.settle, "hospital_grade", "basic", {"in_scope": yuan(100)})
DATE = Probe(ZZ.exit.support, "exited_on", "unchanged")


def table(cells: pa.Array) -> pa.Table:
    """A table with a column of cells."""
    return pa.table({ID: pa.array(range(len(cells)), pa.int64()), "cell": cells})


def worth(fact: Fact, cell: object, unit: str = "yuan", *, nan_is_null: bool = False) -> object:
    """What the scalar would be called with for a cell; `REFUSED` if there is nothing."""
    if cell is None or (nan_is_null and isinstance(cell, float) and cell != cell):
        return None
    try:
        found = READ[fact.sort](fact, cell, unit)
        return REFUSED if found is None or fact.check(found) is None else found
    except (InputError, ValueError, OverflowError):
        return REFUSED


def _hundredths(fact: Fact, cell: object, unit: str) -> object:
    if isinstance(cell, str):
        if cell != cell.strip():  # the scalar takes blanks off, a column does not
            return None
        found = Fraction(yuan(cell), 1 if unit == "yuan" else 100)
        return int(found) if found.denominator == 1 else None
    if isinstance(cell, bool):
        return None
    if isinstance(cell, float):
        return whole_fen(cell, 100 if unit == "yuan" else 1)
    number = Fraction(cell) * (100 if unit == "yuan" else 1)  # type: ignore[arg-type]
    return int(number) if number.denominator == 1 else None


def whole_fen(number: float, per: int = 100) -> int | None:
    """The whole number of fen to which a float is the nearest double; None if there is none."""
    nearest = round(Fraction(number) * per)
    return nearest if float(Fraction(nearest, per)) == number else None


def _number(_: Fact, cell: object, unit: str) -> object:
    if isinstance(cell, bool | str):
        return None
    number = Fraction(cell)  # type: ignore[arg-type]
    return int(number) if number.denominator == 1 else None


def _truth(_: Fact, cell: object, unit: str) -> object:
    if isinstance(cell, str):
        return TRUTHS.get(cell)
    return bool(cell) if cell in (0, 1) else None


def _date(_: Fact, cell: object, unit: str) -> object:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    if isinstance(cell, str):
        return datetime.date.fromisoformat(cell) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell) else None
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if not isinstance(cell, int) or not 10_000_000 <= cell < 100_000_000:
        return None
    return datetime.date(cell // 10_000, cell // 100 % 100, cell % 100)


def _kind(fact: Fact, cell: object, unit: str) -> object:
    return fact.check(int(cell) if isinstance(cell, float) and cell.is_integer() else cell)


READ = {
    Sort.MONEY: _hundredths,
    Sort.AREA: _hundredths,
    Sort.COUNT: _number,
    Sort.YES_NO: _truth,
    Sort.DATE: _date,
    Sort.CATEGORY: _kind,
}
