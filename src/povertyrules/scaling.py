"""What gives a policy its frames: whole tables assessed, rules written as SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from povertyrules.frames.assess import Assessed
    from povertyrules.frames.report import Report
    from povertyrules.policy import Policy

F = TypeVar("F")


class Scaling:
    """The uses of a policy at scale."""

    def assess_frames(
        self,
        persons: object,
        households: object = None,
        *,
        unit: str,
        treatments: object = None,
        incomes: object = None,
        dwellings: object = None,
        plots: object = None,
        deaths: object = None,
        household_id: str = "household_id",
        person_id: str = "person_id",
        columns: Mapping[str, str] | None = None,
        targets: Iterable[str] | None = None,
        reasons: bool = False,
        untold: str = "unknown",
        invalid: str = "raise",
        round: str = "exact",
        lang: str = "en",
        report: Report | None = None,
    ) -> Assessed:
        """Everything that the rules say of the households in some tables, as columns of those tables.

        `persons` has a row for each member, with the id of the household; `households` a row for each household. Without it
        `persons` is one flat table, in which what belongs to a household stands in each of its rows. Further tables list bills
        (by `person_id`), entries of income, houses, plots, deaths. A column tells a fact if it bears its name or its Chinese
        label, or if `columns` says so (fact to column); the only bill of a year may stand in the person's row. `targets` asks for
        some quantities, and only what they need is computed. `reasons` adds, for each result, the condition that fails or what
        is missing. Households get totals by period, of what is known, and the number of entitlements that are not. `unit`,
        `invalid`, `round`, `lang` and `report` are those of `over`; `untold="absent"` takes unknown statuses as "no".

        Raises `FrameError` (cells refused; ids missing, twice, or unknown), `UnknownName`, `SortError`.

        >>> import polars as pl
        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> homes = pl.DataFrame({"household_id": ["a"], "countable_income": ["1200"]})
        >>> people = pl.DataFrame({"household_id": ["a", "a"], "age": [84, 60], "receives_dibao": [True, True]})
        >>> found = zz.assess_frames(people, homes, unit="yuan", targets=["dibao_due", "dibao_old_age_allowance"])
        >>> found.households["total_fen_per_month"].to_list(), found.persons["dibao_old_age_allowance_fen_per_month"].to_list()
        ([65000], [10000, 0])
        """
        from povertyrules.frames.assess import assess

        return assess(
            cast("Policy", self),
            {
                "persons": persons,
                "households": households,
                "treatments": treatments,
                "incomes": incomes,
                "dwellings": dwellings,
                "plots": plots,
                "deaths": deaths,
            },
            ids={"households": household_id, "persons": person_id},
            unit=unit,
            columns=columns,
            targets=targets,
            reasons=reasons,
            untold=untold,
            invalid=invalid,
            rounding=round,
            lang=lang,
            report=report,
        )

    def over(
        self,
        frame: F,
        targets: Iterable[str],
        *,
        unit: str,
        invalid: str = "raise",
        round: str = "exact",
        lang: str = "en",
        report: Report | None = None,
        **columns: object,
    ) -> F:
        """Quantities, by name, for every row of a frame: a row is a person, with the household above and the only bill below.

        No row is held against another, so what counts the members of a household has to be told (`members`). A column tells a
        fact if it bears its name or its Chinese label; a keyword names another, or gives a value for every row. The rest is
        that of `povertyrules.over`.

        >>> import polars as pl
        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> people = pl.DataFrame({"age": [84, 103], "receives_dibao": [True, False]})
        >>> found = zz.over(people, ["old_age_allowance", "longevity_allowance"], unit="fen")
        >>> found["longevity_allowance_fen_per_month"].to_list()
        [0, 43000]
        """
        from povertyrules.frames.over import over_rows

        return over_rows(
            cast("Policy", self),
            frame,
            targets,
            unit=unit,
            invalid=invalid,
            rounding=round,
            lang=lang,
            report=report,
            columns=columns,
        )

    def sql(
        self,
        calculator: Callable[..., object] | str,
        dialect: str = "duckdb",
        *,
        table: str = "facts",
        unit: str = "fen",
        keep: Iterable[str] = (),
        **columns: object,
    ) -> str:
        """The rules behind a calculator, or a quantity, as one query over a table: "duckdb", "postgres" or "spark".

        The table has a column for each argument, of its name or as a keyword says; any other value of a keyword holds for every
        row, None leaves an argument untold. Money is read in whole fen, or with `unit="yuan"` as DECIMAL yuan; dates as DATE,
        categories as codes, yes/no as BOOLEAN. A value outside its declared range counts as unknown. The query selects the
        columns of `keep` (all, if there are none, with those on the way, which begin with "pr_") and the results.
        Raises `UnknownName`, and `SortError` for a quantity that totals over several rows.

        >>> import duckdb
        >>> import povertyrules as pr
        >>> zz = pr.policy("zaozhuang-hitech", on="2017-06-30")
        >>> text = zz.sql(zz.elderly.allowances, "duckdb", table="people", receives_dibao=False, unable_to_care=None)
        >>> people = duckdb.sql("SELECT 103 AS age")
        >>> duckdb.sql(text).fetchall()[0][-3]
        43000
        """
        from povertyrules.frames.sql import query

        return query(cast("Policy", self), calculator, dialect, table=table, unit=unit, keep=keep, columns=columns)
