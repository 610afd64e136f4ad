"""Writes the reference of rules from the catalogue, so that it cannot drift from the packs."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, Files

from povertyrules.catalogue import catalogue
from povertyrules.registry import all_areas, builtin

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

ROOT = "reference/rules"
INDEX = f"{ROOT}/index.md"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the rules' pages into the navigation, by document and area."""
    reference = next(section["Reference"] for section in config.nav if "Reference" in section)
    place = reference.index({"Rules": INDEX})
    tree = [{title: [{area: [{r.en: page(r)} for r in rules]} for area, rules in areas]} for title, areas in grouped()]
    reference[place] = {"Rules": [INDEX, *tree]}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the index and a page per rule."""
    files.append(File.generated(config, INDEX, content=index_text()))
    for rule in catalogue():
        files.append(File.generated(config, page(rule), content=rule_text(rule)))
    return files


def grouped() -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    """The rules by title of document, then by area; each in the order of the catalogue."""
    titles: dict[str, dict[str, list[Any]]] = {}
    for rule in catalogue():
        titles.setdefault(rule.provision.document.title, {}).setdefault(rule.area, []).append(rule)
    return [(title, list(areas.items())) for title, areas in titles.items()]


def page(rule: Any) -> str:
    return f"{ROOT}/{rule.id}.md"


def index_text() -> str:
    lines = ["# Rules", "", f"{len(list(catalogue()))} rules, by document and area.", ""]
    for title, areas in grouped():
        lines += [f"## {text(title)}", "", *row("Area", "Rule", "", "Kind", "Provision"), *row(*["---"] * 5)]
        for area, rules in areas:
            for r in rules:
                link = f"[{text(r.en)}]({r.id}.md)"
                lines += row(text(area), link, text(r.zh), text(r.kind), text(r.provision.locator))
        lines.append("")
    return "\n".join(lines)


def rule_text(rule: Any) -> str:
    document = rule.provision.document
    lines = [f"# {text(rule.en)}", "", text(rule.zh), "", *row("", ""), *row("---", "---")]
    lines += row("Id", f"`{rule.id}`")
    lines += row("Kind", text(rule.kind))
    lines += row("Area", text(rule.area))
    lines += row("Document", text(document.title))
    lines += row("Number", text(document.number))
    lines += row("Provision", text(rule.provision.locator))
    lines += ["", "## Values", ""]
    values = list(rule.values)
    if values:
        lines += [*row("Path", "Value"), *row("---", "---")]
        lines += [line for path, value in values for line in row(f"`{path}`", text(value))]
    else:
        lines.append("This rule holds no figures.")
    found = registers(rule)
    if found:
        lines += ["", "## Readings", ""]
    for register in found:
        lines += [f"### {text(register.question.en)}", "", text(register.question.zh), ""]
        lines += [*row(f"`{register.name}`", "", ""), *row("---", "---", "---")]
        for choice, label in register.choices.items():
            default = " (default)" if choice == register.default else ""
            lines += row(f"`{choice}`{default}", text(label.en), text(label.zh))
        lines += ["", f"Why this default: {text(register.why.en)}.", ""]
    return "\n".join(lines) + "\n"


def registers(rule: Any) -> list[Any]:
    """What the packs say about the interpretations that a rule turns on."""
    chain = builtin(rule.jurisdiction, all_areas())
    found = {name: register for pack in chain for name, register in pack.readings.items()}
    return [found[name] for name in rule.readings if name in found]


def row(*cells: str) -> list[str]:
    return ["| " + " | ".join(cells) + " |"]


def text(value: Any) -> str:
    """Plain text that means itself, also in a cell of a Markdown table."""
    return re.sub(r"([\\`*_\[\]{}|])", r"\\\1", escape(" ".join(str(value).split()), quote=False))
