"""Dask, a part at a time: each part is a pandas frame, and what is refused is refused when the part is computed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, cast

from povertyrules.core.errors import UnknownName

Work = Callable[..., object]


def over_parts(frame: object, work: Work, first: Work) -> object:
    """A frame with each part put through a function; `first` is asked what it gives for a part without rows."""
    parts = cast(Any, frame)
    return cast(object, parts.map_partitions(work, meta=first(parts._meta)))


def assess_parts(frames: Mapping[str, object], key: str, work: Work, first: Work) -> dict[str, object]:
    """Tables with each household brought together in one part, and the parts assessed; by table, the results."""
    many = cast(Any, frames["persons"]).npartitions
    for name, frame in frames.items():
        if key not in cast(Any, frame).columns:
            raise UnknownName(key, key, f"on Dask the {name} need it too, so that a household comes together in one part")
    tables = {name: cast(Any, frame).shuffle(on=key, npartitions=many) for name, frame in frames.items()}
    made = cast("dict[str, object]", first({name: table._meta for name, table in tables.items()}))
    out: dict[str, object] = {}
    for name, meta in made.items():
        part = functools.partial(_part, names=tuple(tables), wanted=name, work=work)
        out[name] = _dask().map_partitions(part, *tables.values(), meta=meta, align_dataframes=False)
    return out


def _dask() -> Any:
    import dask.dataframe as dd

    return dd


def _part(*parts: object, names: tuple[str, ...], wanted: str, work: Work) -> object:
    return cast("dict[str, object]", work(dict(zip(names, parts, strict=True))))[wanted]
