"""What pytest loads of povertyrules by itself: two options. The library is imported only where case files are named.

It stands outside of the package, since importing a part of the package imports the package.
"""

from __future__ import annotations

import pytest

CASES, UPDATE = "povertyrules_cases", "--update-cases"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare where case files lie, and the option that rewrites them."""
    parser.addini(CASES, "folders of case files (TOML): every case in them is a test", type="paths", default=[])
    text = "write what povertyrules gives into the case files, where the working of a case comes to it"
    parser.getgroup("povertyrules").addoption(UPDATE, action="store_true", help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Collect case files where the project names folders of them."""
    if config.getini(CASES):
        from povertyrules.testing import plugin

        config.pluginmanager.register(plugin.CaseFiles(config), "povertyrules-cases")
    elif config.getoption(UPDATE):
        raise pytest.UsageError(f"{UPDATE}: no case files are named: write {CASES} = tests/cases under the settings of pytest")
