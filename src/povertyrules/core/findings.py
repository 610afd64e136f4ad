"""Findings: what a check has to say, each with its code, severity, field and provision."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import TypeVar

from attrs import frozen

from povertyrules.core.errors import PovertyRulesError

T = TypeVar("T")


class Severity(enum.StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"


class FindingsError(PovertyRulesError):
    """Findings of which at least one is an error; `findings` holds them all."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        self.findings = findings
        super().__init__(message)


@frozen
class Finding:
    """One thing a check found."""

    code: str
    severity: Severity
    field: str
    message: str
    provision: str = ""

    def __str__(self) -> str:
        cited = f" [{self.provision}]" if self.provision else ""
        return f"{self.severity}: {self.field}: {self.message}{cited}"

    def to_dict(self) -> dict[str, str]:
        """The finding as strings."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "field": self.field,
            "message": self.message,
            "provision": self.provision,
        }


@frozen
class Findings:
    """What a check found: iterate over it, ask `ok`, or let it raise.

    >>> Findings().ok
    True
    """

    found: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether no finding is an error; warnings are allowed."""
        return not any(one.severity is Severity.ERROR for one in self.found)

    def raise_if_any(self) -> None:
        """Raise `FindingsError` if a finding is an error."""
        if not self.ok:
            raise FindingsError("\n".join(str(one) for one in self.found), self.found)

    def __add__(self, other: Findings) -> Findings:
        """The findings of two checks."""
        return Findings((*self.found, *other.found))

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(one for one in self.found if one.severity is severity)

    def to_dict(self) -> dict[str, object]:
        """The findings as data for JSON."""
        return {"ok": self.ok, "findings": [one.to_dict() for one in self.found]}

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __str__(self) -> str:
        return "\n".join(map(str, self.found)) or "no findings"
