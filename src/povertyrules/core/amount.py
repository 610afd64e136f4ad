"""An amount is a figure with what the wording leaves open around it."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from povertyrules.core.money import Fen, plain, show, yuan

PER = {"month": ("/月", " a month"), "year": ("/年", " a year"), "once": ("(一次性)", " once"), "": ("", "")}


@frozen
class Amount:
    """Money as a document gives it.

    `figure` is what is printed, or follows from what is printed, in fen; `low` and `high` are the least and the most that
    the wording allows (None is open); `quality` is stated, derived, average, planned, estimate, supplied or hypothetical;
    `per` is month, year, once, or empty.

    >>> print(Amount.floor(yuan(430), per="month"))
    at least 430.00 yuan a month
    """

    figure: Fen
    low: Fen | None
    high: Fen | None
    quality: str = "stated"
    per: str = ""

    @classmethod
    def exactly(cls, figure: Fen, *, per: str = "", quality: str = "stated") -> Amount:
        """An amount that is just its figure."""
        return cls(figure, figure, figure, quality, per)

    @classmethod
    def floor(cls, figure: Fen, *, per: str = "", quality: str = "stated") -> Amount:
        """An amount that is open above."""
        return cls(figure, figure, None, quality, per)

    @property
    def exact(self) -> bool:
        """Whether nothing is left open."""
        return self.low == self.high == self.figure

    @property
    def yuan(self) -> Decimal:
        """The figure in yuan."""
        return Decimal(self.figure).scaleb(-2)

    def __int__(self) -> int:
        return int(self.figure)

    def __add__(self, other: Amount) -> Amount:
        """Add amounts of the same period; an open end stays open."""
        if self.per != other.per:
            raise ValueError(f"amounts per {self.per or 'nothing'} and per {other.per or 'nothing'} are never added")
        low = None if self.low is None or other.low is None else Fen(self.low + other.low)
        high = None if self.high is None or other.high is None else Fen(self.high + other.high)
        return Amount(Fen(self.figure + other.figure), low, high, worst(self.quality, other.quality), self.per)

    def text(self, lang: str = "en") -> str:
        """Print the amount in English ("en") or Chinese ("zh")."""
        zh = lang == "zh"
        unit = f"{'元' if zh else ' yuan'}{PER[self.per][not zh]}"
        if self.exact:
            about = {
                "average": ("平均", " on average"),
                "planned": ("计划", " (planned)"),
                "estimate": ("估计", " (estimate)"),
            }
            zh_word, en_word = about.get(self.quality, ("", ""))
            return f"{zh_word if zh else ''}{show(self.figure)}{unit}{'' if zh else en_word}"
        if self.high is None:
            low = show(self.low) if self.low is not None else "?"
            return f"不低于{low}{unit}" if zh else f"at least {low}{unit}"
        if not self.low:
            return f"不超过{show(self.high)}{unit}" if zh else f"at most {show(self.high)}{unit}"
        return f"{show(self.low)}{'至' if zh else ' to '}{show(self.high)}{unit}"

    def __str__(self) -> str:
        return self.text()

    def to_dict(self) -> dict[str, str | None]:
        """The amount as strings of yuan."""
        ends = {"low": self.low, "high": self.high}
        shown = {name: None if end is None else plain(end) for name, end in ends.items()}
        return {"figure": plain(self.figure), **shown, "quality": self.quality, "per": self.per}

    @classmethod
    def from_dict(cls, data: dict[str, str | None]) -> Amount:
        """Read back what `to_dict` wrote."""
        low, high = (None if data[k] is None else yuan(str(data[k])) for k in ("low", "high"))
        return cls(yuan(str(data["figure"])), low, high, str(data["quality"]), str(data["per"]))


def worst(*qualities: str) -> str:
    """The least certain of some qualities.

    >>> worst("stated", "average")
    'average'
    """
    from povertyrules.core.citation import QUALITIES

    return max(qualities, key=QUALITIES.index, default="stated")
