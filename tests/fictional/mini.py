"""A policy of one rule class, for tests of a single point: the class is written in the test, its pack made here."""

from __future__ import annotations

import tempfile
from pathlib import Path

from fictional.world import WORLD
from povertyrules.core.area import Area
from povertyrules.core.entity import World
from povertyrules.policy import Policy, policy

HEAD = """
[jurisdiction]
path = "hentzau"
zh = "亨曹"
en = "Hentzau"

[documents.roll]
title = "Roll of Hentzau"

[rules."roll/one"]
kind = "flat-amount"
zh = "一"
en = "one"
locator = "line 1"
"""


def mini(*models: type, values: str = "", world: World = WORLD, head: str = "", on: str = "2005-06-30", **more: object) -> Policy:
    """A policy whose area `hall` has a section `one`, `two` … for each model; `values` are lines of TOML for each of them."""
    names = {model.__name__.lower(): model for model in models}
    area = type("Hall", (Area,), {"name": "hall", "models": names})
    sections = (f'[[hall.{name}]]\nmodel = "{name}"\nrule = "roll/one"\nfrom = 2001-01-01\n{values}\n' for name in names)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "hentzau.toml"
        file.write_text(HEAD + head + "\n".join(sections), encoding="utf-8")
        return policy(path=file, on=on, areas=(area,), world=world, **more)  # type: ignore[arg-type]
