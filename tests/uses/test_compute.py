"""The rules called one by one as plain Python give what the compiled functions give."""

from __future__ import annotations

from emitters.variants import EACH, Variant, seed_of
from fictional.drawing import Drawing, computed
from uses.plain import Plain

CASES = 40


@EACH
def test_plain_python_equals_the_compiled_functions(variant: Variant) -> None:
    name, policy = variant.name, variant.policy
    plain, compared = Plain(policy), set(variant.quantities())
    for root in computed(policy, Drawing(policy, seed_of(name), unknown=0).roots(CASES)):
        for node in policy.builder.below(root):
            for quantity, (_, rule) in plain.rules.items():
                if quantity in compared and rule.entity == node["#"]:
                    assert plain.value(quantity, node) == node[quantity], quantity
