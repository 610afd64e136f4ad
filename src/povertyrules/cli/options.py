"""The options of the commands, and the words that they take."""

from __future__ import annotations

import enum
from typing import Annotated

import typer


class Lang(enum.StrEnum):
    """The languages of answers."""

    zh = "zh"
    en = "en"


class Form(enum.StrEnum):
    """The forms of answers."""

    text = "text"
    json = "json"


class Past(enum.StrEnum):
    """What happens past the last date for which a document speaks."""

    warn = "warn"
    refuse = "refuse"
    extend = "extend"


class Untold(enum.StrEnum):
    """What an unknown yes/no fact counts as."""

    unknown = "unknown"
    absent = "absent"


class Silence(enum.StrEnum):
    """What becomes of obligations of which nothing is told."""

    warn = "warn"
    skip = "skip"


class Unit(enum.StrEnum):
    """How money stands in the columns of a table."""

    yuan = "yuan"
    fen = "fen"


class Invalid(enum.StrEnum):
    """What becomes of a cell that is refused."""

    stop = "raise"
    null = "null"
    keep = "keep"


class Rounding(enum.StrEnum):
    """What becomes of money that is no whole number of fen."""

    exact = "exact"
    half_up = "half_up"


Households = Annotated[str, typer.Argument(metavar="FILE", help="A .toml or .json file of one household or many.")]
Persons = Annotated[str, typer.Argument(metavar="IN", help="A .parquet, .csv or .xlsx file, or a folder of .parquet files.")]
Results = Annotated[
    str, typer.Argument(metavar="OUT", help="The file for the results, of any of these kinds; from a folder, a folder.")
]
PolicyName = Annotated[str, typer.Option("--policy", help="Jurisdiction: an alias or a path, as `policies` lists them.")]
Day = Annotated[str, typer.Option("--on", help="The day on which the rules are in force, as 2017-06-30.")]
InLang = Annotated[Lang, typer.Option("--lang", help="Language of the answer.")]
InForm = Annotated[Form, typer.Option("--format", help="Text for people, or JSON for programs.")]
Chosen = Annotated[
    list[str],
    typer.Option("--reading", metavar="ID=CHOICE", help="Choose another reading (repeatable); `readings` lists them."),
]
