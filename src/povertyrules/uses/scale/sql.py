"""Columns as SQL: a common table expression for each level, so that nothing nests deeper than a rule does."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from attrs import frozen

from povertyrules.uses.scale.language import Language, turning

SIGNS = {"add": "+", "sub": "-", "mul": "*", "lt": "<", "le": "<=", "eq": "=", "and": "AND", "or": "OR"}
QUOTE = {"duckdb": '"', "postgres": '"', "spark": "`"}
RESERVED = frozenset({"on", "order", "group", "user", "table", "level", "method", "year", "month"})


@frozen
class Sql(Language[str]):
    """The language of a database: duckdb, postgres or spark.

    `vectors` writes a condition of several parts so that DuckDB works it out for many rows at once, and not row by row.
    """

    dialect: str
    vectors: bool = False
    patience: int = 1

    def const(self, value: int | bool) -> str:
        """A literal."""
        return str(value).upper() if isinstance(value, bool) else str(value)

    def nothing(self, yes_no: bool | None) -> str:
        """A null of a type."""
        text = "STRING" if self.dialect == "spark" else "TEXT"
        return f"CAST(NULL AS {text if yes_no is None else 'BOOLEAN' if yes_no else 'BIGINT'})"

    def text(self, value: str) -> str:
        """A text."""
        return "'" + value.replace("'", "''") + "'"

    def missing(self, a: str) -> str:
        """Whether something is null."""
        return f"({a} IS NULL)"

    def column(self, name: str) -> str:
        """A column, quoted unless it is a plain name."""
        if name.isascii() and name.isidentifier() and name.islower() and name not in RESERVED:
            return name
        mark = QUOTE[self.dialect]
        return f"{mark}{name.replace(mark, mark * 2)}{mark}"

    def infix(self, op: str, a: str, b: str) -> str:
        """An operation on two."""
        if op == "div":
            return {"duckdb": f"({a} // {b})", "spark": f"({a} div {b})", "postgres": f"({a} / {b})"}[self.dialect]
        return f"({a} {SIGNS[op]} {b})"

    def negation(self, a: str) -> str:
        """Not."""
        return f"(NOT {a})"

    def years(self, day: datetime.date, born: str) -> str | None:
        """The completed years to a day."""
        (by, year), column = turning(day), self.column(born)
        if self.dialect == "spark":
            return f"({year} - CAST(year(date_add({column}, {by})) AS BIGINT))"
        moved = f"{column} + {by}" if by >= 0 else f"{column} - {-by}"
        return f"({year} - CAST(EXTRACT(YEAR FROM {moved}) AS BIGINT))" if self.dialect == "duckdb" else None

    def choice(self, cond: str, a: str, b: str | None) -> str:
        """A CASE; one that stands in the ELSE of another becomes a further WHEN of it."""
        if is_number(a) and (b is None or is_number(b)):  # of literals alone it would be a narrow number
            a = f"CAST({a} AS BIGINT)"
        several = self.vectors and cond.startswith("(") and (" AND " in cond or " OR " in cond)
        first = f"CASE WHEN {f'{cond} = TRUE' if several else bare(cond)} THEN {a}"
        if b is None:
            return f"{first} END"
        if b.startswith("CASE ") and b.endswith(" END"):
            return f"{first} {b.removeprefix('CASE ')}"
        return f"{first} ELSE {b} END"


def is_number(text: str) -> bool:
    """Whether an expression is the literal of a number."""
    return text.lstrip("-").isdigit()


def bare(text: str) -> str:
    """An expression without the brackets that hold all of it."""
    if not (text.startswith("(") and text.endswith(")")):
        return text
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and at < len(text) - 1:
            return text
    return text[1:-1]


def with_levels(source: str, levels: Sequence[Mapping[str, str]], say: Sql, *, last: str = "SELECT * FROM {}") -> str:
    """The query that adds the columns of each level to a source."""
    parts = list[str]()
    for level in levels:
        if level:
            name = f"level_{len(parts) + 1}"
            columns = ",\n    ".join(f"{bare(expr)} AS {say.column(column)}" for column, expr in level.items())
            parts.append(f"{name} AS (\n  SELECT\n    *,\n    {columns}\n  FROM {source}\n)")
            source = name
    query = last.format(source)
    return f"WITH {', '.join(parts)}\n{query}" if parts else query
