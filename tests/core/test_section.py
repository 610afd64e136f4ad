"""Values of a section: their wordings, what is missing, and changing one of them."""

import datetime

import pytest
from attrs import frozen
from fictional.mini import mini
from fictional.policies import kingdom
from fictional.world import Farm

from povertyrules.core.amount import Amount
from povertyrules.core.errors import MoneyError, NotStated
from povertyrules.core.money import Fen, Rate, yuan
from povertyrules.core.rule import entitlement, rule
from povertyrules.core.section import param
from povertyrules.core.tables import Bands, Missing
from povertyrules.core.words import at_rate, band, rounded


@frozen
class Share:
    share: Rate | Missing = param("percent")

    @entitlement("份", "share", entity=Farm, per="year")
    def shared(self, rent: Fen) -> Fen:
        return rounded(at_rate(rent, self.share))


@frozen
class ByAge:
    bands: Bands | Missing = param("yuan")

    @rule("级", "by size", entity=Farm)
    def by_size(self, hectares: int) -> Fen:
        return band(hectares, self.bands)


@frozen
class Each:
    heads: int = param("persons")

    @rule("数", "number", entity=Farm)
    def number(self, hectares: int) -> int:
        return self.heads * hectares


@frozen
class Since:
    since: datetime.date = param("")

    @rule("起", "since", entity=Farm)
    def begun(self, on: int) -> bool:
        return self.since <= on


@pytest.mark.parametrize(("model", "name", "facts"), [(Share, "shared", {"rent": 500}), (ByAge, "by_size", {"hectares": 3})])
def test_any_value_can_be_missing(model: type, name: str, facts: dict[str, object]) -> None:
    (field,) = model.__annotations__
    policy = mini(model, values=f"{field} = {{ missing = true }}")
    with pytest.raises(NotStated, match=rf"hall\.{model.__name__.lower()}\.{field} is not printed"):
        policy.evaluate((name,), facts).number(name)


def test_a_missing_rate_can_be_told() -> None:
    policy = mini(Share, values="share = { missing = true }").local({"hall.share.share": "12.5 %"}, source="notice")
    assert policy.evaluate(("shared",), {"rent": yuan(80)}).amount("shared").figure == yuan(10)


def test_a_range_of_rates() -> None:
    policy = mini(Share, values='share = { low = "10 %", high = "30 %" }')
    found = policy.evaluate(("shared",), {"rent": yuan(50)}).amount("shared")
    assert found == Amount(yuan(5), yuan(5), yuan(15), "stated", "year")


def test_a_range_of_numbers() -> None:
    policy = mini(Each, values="heads = { low = 4, high = 8 }")
    case = policy.evaluate(("number",), {"hectares": 3})
    assert case.number("number") == 12
    assert (case.amount("number").low, case.amount("number").high) == (12, 24)


def test_a_date_is_a_value() -> None:
    policy = mini(Since, values="since = 2004-05-06")
    assert [policy.evaluate(("begun",), {"on": on}).yes_no("begun") for on in ("2004-05-05", "2004-05-06")] == [False, True]


def test_a_whole_number_is_reformed_as_a_whole_number() -> None:
    policy = kingdom().reform({"old.service.first": 4})
    assert [policy.evaluate(("service_reward",), {"service": n}).status("service_reward") for n in (3, 4)] == [
        "not eligible",
        "amount",
    ]


@pytest.mark.parametrize("fen", [0, 1, 99, 100, 12345])
def test_money_is_reformed_in_fen(fen: int) -> None:
    facts = {"villagers": [{}, {}]}
    share = kingdom().reform({"land.pool.pool": fen}).evaluate(("pool_share",), facts).number("pool_share")
    assert share == (fen + 1) // 2


def test_negative_money_is_refused() -> None:
    with pytest.raises(MoneyError, match="never negative"):
        kingdom().reform({"land.pool.pool": -150})
