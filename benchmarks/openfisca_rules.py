"""The medical, elderly and dibao rules as an OpenFisca tax-benefit system, with the figures of the policy it is given.

Money is `value_type = float`, which OpenFisca stores as float32: its default. The readings are the policy's defaults, a
range is its low, and amounts are rounded to the fen where the library rounds.
"""

from datetime import date

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

import povertyrules as pr

PERSON = build_entity("person", "persons", "A person", is_person=True)
HOUSEHOLD = build_entity("household", "households", "A household", roles=[{"key": "member", "plural": "members"}])
STATUS = ("receives_dibao", "extremely_poor", "unable_to_care")
Grade = Enum("Grade", ["first", "second", "third"])


def to_fen(yuan):
    return np.floor(yuan * 100 + 0.5) / 100


def basic_insurance(person, year, parameters):
    p = parameters(year).basic
    return np.minimum(to_fen(person("in_scope", year) * p.rates[person("hospital_grade", year)]), p.ceiling)


def critical_illness(person, year, parameters):
    p, left = parameters(year).critical, person("in_scope", year) - person("basic_insurance", year)
    of_the_poor = np.minimum(to_fen(p.poor.calc(left)), p.ceiling)
    return np.where(person.household("registered_poor", year), of_the_poor, to_fen(p.others.calc(left)))


def medical_assistance(person, year, parameters):
    left = person("in_scope", year) - person("basic_insurance", year) - person("critical_illness", year)
    named = person("receives_dibao", year) + person("extremely_poor", year)
    return named * to_fen(left * parameters(year).assistance)


def out_of_pocket(person, year):
    paid = person("basic_insurance", year) + person("critical_illness", year) + person("medical_assistance", year)
    return person("in_scope", year) - paid


def age(person, month):
    born, on = person("born", month), month.stop
    months = born.astype("M8[M]")
    years = on.year - 1970 - born.astype("M8[Y]").astype(int)
    birthday = (months.astype(int) % 12 + 1) * 100 + (born - months).astype(int) + 1
    return years - (birthday > on.month * 100 + on.day)


def old_age_allowance(person, month, parameters):
    general = parameters(month).old_age.calc(person("age", month))
    return np.where(person("dibao_standard", month) < general, general, 0)


def dibao_standard(person, month, parameters):
    return person("receives_dibao", month.this_year) * parameters(month).dibao_old_age.calc(person("age", month))


def dibao_old_age_allowance(person, month, parameters):
    general, dibao = parameters(month).old_age.calc(person("age", month)), person("dibao_standard", month)
    return np.where(general <= dibao, dibao, 0)


def longevity_allowance(person, month, parameters):
    p, years = parameters(month).longevity, person("age", month)
    return (years >= p.first_age) * (p.amount + p.step * (years - p.first_age))


def care_subsidy(person, month, parameters):
    p = parameters(month).care
    return person("unable_to_care", month.this_year) * (person("age", month) >= p.first_age) * p.amount


def dibao_due(household, month, parameters):
    standard = parameters(month).dibao * household.nb_persons()
    return to_fen(np.maximum(standard - household("countable_income", month.this_year), 0) / 12)


YEARLY = (basic_insurance, critical_illness, medical_assistance, out_of_pocket)
MONTHLY = (old_age_allowance, dibao_old_age_allowance, longevity_allowance, care_subsidy)


def system(policy: pr.Policy) -> TaxBenefitSystem:
    """The tax-benefit system for the figures of a policy."""
    made = TaxBenefitSystem([PERSON, HOUSEHOLD])
    made.parameters = ParameterNode("", data=figures(policy))

    def add(name, kind, entity, period, **more):
        made.add_variable(
            type(name, (Variable,), dict(value_type=kind, entity=entity, definition_period=period, label=name, **more))
        )

    for f, kind in ((age, int), (dibao_standard, float), *((f, float) for f in MONTHLY)):
        add(f.__name__, kind, PERSON, DateUnit.MONTH, formula=f)
    for f in YEARLY:
        add(f.__name__, float, PERSON, DateUnit.YEAR, formula=f)
    for name in STATUS:
        add(name, bool, PERSON, DateUnit.YEAR)
    add("born", date, PERSON, DateUnit.ETERNITY)
    add("in_scope", float, PERSON, DateUnit.YEAR)
    add("hospital_grade", Enum, PERSON, DateUnit.YEAR, possible_values=Grade, default_value=Grade.first)
    add("registered_poor", bool, HOUSEHOLD, DateUnit.YEAR)
    add("countable_income", float, HOUSEHOLD, DateUnit.YEAR)
    add("dibao_due", float, HOUSEHOLD, DateUnit.MONTH, formula=dibao_due)
    return made


def figures(policy: pr.Policy) -> dict:
    """The policy's figures as OpenFisca's parameters, in yuan."""

    def leaf(value):
        return {"values": {f"{policy.on.year}-01-01": {"value": value}}}

    def yuan(model, *names):
        return {n: leaf(getattr(model, n) / (1 if n == "first_age" else 100)) for n in names}

    def scale(rows, key):
        return {"brackets": [{"threshold": leaf(start), key: leaf(value)} for start, value in rows]}

    def bands(rows):
        rows = [(0, 0.0), *((row.start, row.amount / 100) for row in rows), (rows[-1].end + 1, 0.0)]
        return {**scale(rows, "amount"), "metadata": {"type": "single_amount"}}

    def tariff(deductible, off):
        (_, first), *rest = ((row.start / 100, row.rate.numerator / row.rate.per - off) for row in critical.brackets.rows)
        return scale([(0, 0.0), (deductible / 100, first), *rest], "rate")

    paths = ("medical.basic", "medical.critical_illness", "medical.assistance", "elderly.longevity", "elderly.care")
    basic, critical, assistance, longevity, care = (policy.section(path).model for path in paths)
    share, points = critical.deductible_share, critical.rate_points
    rates = zip(Grade, basic.rates.rows.values(), strict=True)
    return {
        "basic": {"rates": {g.name: leaf(r.numerator / r.per) for g, r in rates}, **yuan(basic, "ceiling")},
        "critical": {
            "poor": tariff(critical.deductible, 0),
            "others": tariff(critical.deductible * share.per / share.numerator, points.numerator / points.per),
            **yuan(critical, "ceiling"),
        },
        "assistance": leaf(assistance.rate.numerator / assistance.rate.per),
        "old_age": bands(policy.section("elderly.old_age").model.bands.rows),
        "dibao_old_age": bands(policy.section("elderly.dibao_old_age").model.bands.rows),
        "longevity": yuan(longevity, "first_age", "amount", "step"),
        "care": yuan(care, "first_age", "amount"),
        "dibao": leaf(policy.section("dibao.standard").model.standard / 100),
    }
