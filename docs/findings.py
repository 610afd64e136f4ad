"""Writes the page of what was proved and found about the documents.

`python docs/findings.py` puts the claims to the solver and keeps what comes of them in `findings.json`, which takes a minute or
two; the page is made from that file, and a test holds the file against the solver.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

HELD = Path(__file__).with_name("findings.json")
PAGE = "explanation/findings.md"
POLICY, ON = "zaozhuang-hitech", "2018-06-30"
LIMIT = 20.0
HEADS = {
    "poor-no-less": "Paid less for being poor",
    "no-gap": "What the text does not say",
    "readings-apart": "How far the readings lie apart",
    "cliff": "Cliffs, one payment at a time",
    "cliff-in-all": "Cliffs, all payments together",
    "dominated": "Choices that are never better",
}
SAID = {
    "poor-no-less": "Each of these claims fails; the case was computed by the ordinary rules.",
    "no-gap": "For a case like these the text gives no figure, so the library gives none.",
    "readings-apart": "The most that another reading pays above or below the one that is chosen, all else alike. Facts go to the "
    "ends of their declared ranges, which are wide; where a share of a bill differs, so does the most.",
    "cliff": "A step of one number loses so much. What another payment makes good is not counted here.",
    "cliff-in-all": "The same for all payments of a period together; a number that is not named here loses nothing.",
    "dominated": "Whoever chooses so never receives more for it, and may lose as much.",
}


def rows() -> list[dict[str, Any]]:
    """What comes of all claims, as data."""
    import povertyrules as pr

    policy = pr.policy(POLICY, on=ON)
    return [plain(row) for found in (policy.claims(limit=LIMIT), policy.cliffs(limit=LIMIT)) for row in found]


def plain(row: Any) -> dict[str, Any]:
    """One row as data."""
    import povertyrules as pr

    outcome = row.outcome
    case = outcome.example if isinstance(outcome, pr.Most) else outcome if isinstance(outcome, pr.Counterexample) else None
    out = {
        "name": row.name,
        "mark": row.mark.en,
        "subject": [row.subject.zh, row.subject.en],
        "claim": [row.claim.zh, row.claim.en],
    }
    if isinstance(outcome, pr.Most):
        out |= {"most": outcome.text().splitlines()[0], "exact": outcome.exact}
    if isinstance(outcome, pr.Unknown):
        out["reason"] = outcome.reason
    if case is not None:
        out |= {"case": case.text().splitlines()[1:], "provisions": case.citations()}
    return out


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page."""
    from mkdocs.structure.files import File

    files.append(File.generated(config, PAGE, content=page(json.loads(HELD.read_text(encoding="utf-8")))))
    return files


def page(found: list[dict[str, Any]]) -> str:
    """The page of what was found."""
    marks = [row["mark"] for row in found]
    lines = [
        "# Findings",
        "",
        f"What a solver shows about the documents of `{POLICY}`, as they stand on {ON}, under the default readings: "
        f"{marks.count('holds')} claims hold for every case, {marks.count('broken')} are broken by a case, "
        f"{marks.count('open')} could not be decided in time, and {marks.count('silent')} speak of nothing, since the text "
        "states no figure for what they ask. [Prove a claim](../how-to/prove.md) says how to ask more.",
        "",
        "## What holds",
        "",
    ]
    lines += held(row for row in found if row["mark"] == "holds")
    for name, head in HEADS.items():
        rows_here = [row for row in found if row["name"] == name and row["mark"] not in ("holds", "silent")]
        lines += ["", f"## {head}", "", SAID[name], ""]
        lines += [line for row in rows_here for line in one(row)] or ["Nothing was found."]
    return "\n".join(lines) + "\n"


def held(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The claims that hold, with what each holds of."""
    by_claim: dict[str, list[str]] = {}
    for row in found:
        if row["name"] not in ("readings-apart", "cliff", "cliff-in-all", "dominated"):
            by_claim.setdefault(row["claim"][1], []).append(row["subject"][1])
    for claim, subjects in by_claim.items():
        yield f"- **{claim}** ({len(subjects)}): {', '.join(dict.fromkeys(subjects))}"


def one(row: dict[str, Any]) -> list[str]:
    """One finding: what, its case, and the provisions."""
    (zh, en), (_, claim) = row["subject"], row["claim"]
    most = f": **{row['most']}**" if "most" in row else f": {row['reason']}" if "reason" in row else ""
    case = ["```text", *(line.strip() for line in row["case"]), "```", ""] if "case" in row else []
    cited = [f"*{provisions(row['provisions'])}*", ""] if row.get("provisions") else []
    return [f"### {en} ({zh})", "", f"{claim}{most}", "", *case, *cited]


def provisions(cited: Iterable[str]) -> str:
    """Provisions, each document named once."""
    by_document: dict[str, dict[str, None]] = {}
    for provision in cited:
        for part in provision.split("; "):
            document, found, locator = part.rpartition(") ")
            held = document + found or next(reversed(by_document), "")
            by_document.setdefault(held, {})[locator] = None
    return " ".join(document + "; ".join(locators) for document, locators in by_document.items())


if __name__ == "__main__":
    HELD.write_text(json.dumps(rows(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
