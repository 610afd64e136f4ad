"""Terms as Polars expressions: a frame for each entity, a column for each fact and quantity, null where it is unknown."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable

import polars as pl

from povertyrules.core.emit import Emitter
from povertyrules.core.plan import Plan
from povertyrules.core.terms import Term, known, walk

WORDS = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.floordiv, "lt": operator.lt,
         "le": operator.le, "eq": operator.eq, "and": operator.and_, "or": operator.or_, "not": operator.invert,
         "least": pl.min_horizontal, "greatest": pl.max_horizontal}  # fmt: skip
LEAVES = {"fact": str, "quantity": str, "sum": lambda value: value[0], "any": lambda value: value[0]}


class PolarsEmitter(Emitter[pl.Expr]):
    """Null goes through the operations as it likes: whether a result is known is emitted beside it."""

    def const(self, value: int) -> pl.Expr:
        return pl.lit(value, pl.Boolean if isinstance(value, bool) else pl.Int64)

    def leaf(self, name: str) -> pl.Expr:
        return pl.col(name)

    def told(self, name: str) -> pl.Expr:
        return pl.col(name).is_not_null()

    def where_(self, cond: pl.Expr, a: pl.Expr, b: pl.Expr) -> pl.Expr:
        return pl.when(cond).then(a).otherwise(b)

    def __getattr__(self, name: str) -> Callable[..., pl.Expr]:
        return WORDS[name.removesuffix("_")]


class Frames:
    """A frame for each entity, with its `id`, and the parent's id under the name of the parent's entity."""

    def __init__(self, plan: Plan, frames: dict[str, pl.DataFrame]) -> None:
        self.plan, self.frames = plan, frames

    def run(self, targets: Iterable[str]) -> dict[str, pl.DataFrame]:
        """Add the columns of the targets, stage by stage."""
        for stage in self.plan.stages(targets, set()):
            for quantity in stage.quantities:
                for node in walk(quantity.term):
                    if node.op in LEAVES:
                        self.bring(node, LEAVES[node.op](node.value), stage.entity)
                emitter, frame = PolarsEmitter(), self.frames[stage.entity]
                value, sure = emitter.emit(quantity.term), emitter.emit(known(quantity.term))
                self.frames[stage.entity] = frame.with_columns(pl.when(sure).then(value).alias(quantity.name))
        return self.frames

    def bring(self, node: Term, name: str, entity: str) -> None:
        """Bring what a leaf stands for to the frame of an entity: a total from below, a column from above."""
        home, chain = self.plan.home(node), self.plan.world.chain(entity)
        if node.op in {"sum", "any"} and name not in self.frames[home]:
            self.total(node.op, *node.value)
        for upper, lower in reversed(list(zip(chain[1 : chain.index(home) + 1], chain, strict=False))):
            if name not in self.frames[lower]:
                column = self.frames[upper].select(pl.col("id").alias(upper), name)
                self.frames[lower] = self.frames[lower].join(column, on=upper, how="left", maintain_order="left")

    def total(self, op: str, name: str, field: str, home: str) -> None:
        """Add to the parents the total of a column of their children; a list that was not told makes it unknown."""
        below = self.frames[self.plan.world.entities[home].children[field][0]].group_by(home)
        each, told = pl.col(name), pl.col(name).is_not_null().all()
        value = each.sum() if op == "sum" else each.fill_null(False).any()
        group = below.agg(pl.when(told if op == "sum" else told | value).then(value).alias(name), there=pl.lit(True))
        joined = self.frames[home].join(group, left_on="id", right_on=home, how="left", maintain_order="left")
        empty = pl.lit(0, pl.Int64) if op == "sum" else pl.lit(False)
        total = pl.when(field).then(pl.when("there").then(name).otherwise(empty))
        self.frames[home] = joined.with_columns(total.alias(name)).drop("there")
