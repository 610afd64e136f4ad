"""The packs that the library holds: which jurisdictions there are, and the chain of packs from the country down to one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from povertyrules.core.area import Area
from povertyrules.core.citation import Document, RuleEntry
from povertyrules.core.errors import PackError, UnknownName
from povertyrules.core.pack import Pack, load, pack_data

PACKS = Path(__file__).parent / "packs"


AREAS: tuple[type[Area], ...]
"""The areas of the library; a lazy attribute of the module, since importing them takes as long as all the rest."""


def __getattr__(name: str) -> tuple[type[Area], ...]:
    if name == "AREAS":
        return all_areas()
    raise AttributeError(name)


@cache
def all_areas() -> tuple[type[Area], ...]:
    """The areas of the library, in the order of a statement; imported when the first policy asks for them."""
    from povertyrules.areas.assets import AssetsArea
    from povertyrules.areas.charges import ChargesArea
    from povertyrules.areas.children import ChildrenArea
    from povertyrules.areas.credit import CreditArea
    from povertyrules.areas.dibao import DibaoArea
    from povertyrules.areas.disability import DisabilityArea
    from povertyrules.areas.education import EducationArea
    from povertyrules.areas.elderly import ElderlyArea
    from povertyrules.areas.employment import EmploymentArea
    from povertyrules.areas.energy import EnergyArea
    from povertyrules.areas.exit import ExitArea
    from povertyrules.areas.forestry import ForestryArea
    from povertyrules.areas.funds import FundsArea
    from povertyrules.areas.housing import HousingArea
    from povertyrules.areas.income import IncomeArea
    from povertyrules.areas.industry import IndustryArea
    from povertyrules.areas.medical import MedicalArea
    from povertyrules.areas.obligations import ObligationsArea
    from povertyrules.areas.pathways import PathwaysArea
    from povertyrules.areas.pension import PensionArea
    from povertyrules.areas.procedures import ProceduresArea
    from povertyrules.areas.relief import ReliefArea
    from povertyrules.areas.tables import TablesArea

    return (
        IncomeArea,
        ExitArea,
        HousingArea,
        EducationArea,
        MedicalArea,
        ForestryArea,
        DibaoArea,
        ReliefArea,
        ElderlyArea,
        ChildrenArea,
        PensionArea,
        DisabilityArea,
        EmploymentArea,
        IndustryArea,
        EnergyArea,
        CreditArea,
        FundsArea,
        AssetsArea,
        ChargesArea,
        PathwaysArea,
        ObligationsArea,
        TablesArea,
        ProceduresArea,
    )


def policies() -> dict[str, str]:
    """The jurisdictions held, by path, with their alias.

    >>> policies()["cn/shandong/zaozhuang/hitech"]
    'zaozhuang-hitech'
    """
    paths = [p.relative_to(PACKS).with_suffix("").as_posix() for p in sorted(PACKS.rglob("*.toml"))]
    return {path: alias(path) for path in paths}


def alias(path: str) -> str:
    """The short name of a path: its last part, with the one before it where that has a pack too, below a province.

    >>> alias("cn/shandong/zaozhuang/hitech"), alias("cn/henan/jiaozuo/zhongzhan"), alias("cn/shanxi")
    ('zaozhuang-hitech', 'zhongzhan', 'shanxi')
    """
    above, _, last = path.rpartition("/")
    within = above.count("/") > 1 and (PACKS / f"{above}.toml").exists()
    return f"{above.rpartition('/')[2]}-{last}" if within else last


def path_of(name: str) -> str:
    """The path behind a path or an alias; `UnknownName` with the nearest ones otherwise."""
    held = policies()
    by_alias = {short: path for path, short in held.items()}
    if name in held:
        return name
    if name in by_alias:
        return by_alias[name]
    raise UnknownName.among("policy", name, [*by_alias, *held])


@lru_cache(maxsize=64)
def builtin(path: str, areas: tuple[type[Area], ...]) -> tuple[Pack, ...]:
    """The packs from the country down to a path; only these are read."""
    parts, chain = path.split("/"), list[Pack]()
    for depth in range(1, len(parts) + 1):
        file = PACKS / ("/".join(parts[:depth]) + ".toml")
        if file.exists():
            chain.append(below(file, chain, areas))
    return tuple(chain)


def below(file: str | Path, above: Iterable[Pack], areas: tuple[type[Area], ...]) -> Pack:
    """Read a pack that stands below others."""
    return below_data(pack_data(file), Path(file).name, above, areas)


def below_data(
    data: dict[str, object], shown: str, above: Iterable[Pack], areas: tuple[type[Area], ...], *, orphans: bool = False
) -> Pack:
    """Make a pack that stands below others from its data; `orphans` allows rules to which no section answers."""
    models = {area.name: area.models for area in areas}
    rules: dict[str, RuleEntry] = {}
    documents: dict[str, Document] = {}
    for pack in above:
        rules |= pack.rules
        documents |= pack.documents
    return load(data, shown, models, rules, documents, orphans=orphans)


def own(file: str | Path, areas: tuple[type[Area], ...]) -> tuple[Pack, ...]:
    """A caller's pack, below the jurisdiction that its `within` names."""
    data, shown = pack_data(file), Path(file).name
    head = data.get("jurisdiction")
    within = head.get("within") if isinstance(head, dict) else None
    try:
        above = builtin(path_of(within), areas) if isinstance(within, str) else ()
    except UnknownName as error:
        raise PackError(shown, "jurisdiction.within", f"{error.value!r}: {error.allowed}") from None
    return (*above, below_data(data, shown, above, areas))
