"""The pytest plugin, in a suite of its own each time: what passes, what fails and how, what is written into files."""

import sys
from pathlib import Path

import pytest

from povertyrules.registry import all_areas
from povertyrules.testing import plugin
from povertyrules.testing.cases import load

pytest_plugins = ["pytester"]
all_areas()  # what a suite imports first is forgotten after it: then two classes would have one name
assert plugin

HEAD = """\
# allowances, as the plan has them
policy = "zaozhuang-hitech"
on = 2017-06-30

"""
OLD = """\
[[case]]
name = "an old person of {age}"
rule = "zaozhuang-2018/elderly/old-age-allowance"
source = "专栏7 第1条"   # the box
facts = {{ age = {age}, receives_dibao = false }}
expected = {{ old_age_allowance = {expected} }}   # by the month
working  =  {{ old_age_allowance = {working} }}

"""
RIGHT = OLD.format(age=80, expected='"30.00"', working='"30"')
WRONG = OLD.format(age=95, expected='"50.00"', working='"60"')
"""What is expected is a slip: from 90 on the document gives 60."""
MISREAD = OLD.format(age=88, expected='"40.00"', working='"40"')
"""The document gives 30: somebody misread it, in the working too."""
CONFIG = ("-p", "no:cacheprovider", "-p", "no:xdist")


def suite(place: pytest.Pytester, text: str) -> Path:
    place.makepyprojecttoml('[tool.pytest.ini_options]\npovertyrules_cases = ["cases"]\n')
    folder = place.mkdir("cases")
    file = folder / "allowances.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_case_that_holds_is_a_test_that_passes_under_its_name(pytester: pytest.Pytester) -> None:
    suite(pytester, HEAD + RIGHT)
    found = pytester.runpytest(*CONFIG, "-v")
    found.assert_outcomes(passed=1)
    found.stdout.fnmatch_lines(["cases/allowances.toml::an old person of 80 PASSED*"])


def test_a_case_that_fails_says_exactly_what_differs_and_nothing_else(pytester: pytest.Pytester) -> None:
    suite(pytester, HEAD + RIGHT + WRONG)
    found = pytester.runpytest(*CONFIG)
    found.assert_outcomes(passed=1, failed=1)
    at = found.outlines.index("an old person of 95 [专栏7 第1条]")
    assert found.outlines[at + 1 : at + 6] == [
        "  zaozhuang-2018/elderly/old-age-allowance",
        "  old_age_allowance",
        "    expected  50.00",
        "    got       60.00",
        "    working   60 = 60",
    ]
    assert "Traceback" not in found.stdout.str()
    assert "plugin.py" not in found.stdout.str()


def test_an_answer_to_which_the_working_comes_is_written_and_nothing_else_is_changed(pytester: pytest.Pytester) -> None:
    before = (HEAD + RIGHT + WRONG).replace("\n", "\r\n") + '[[case]]\r\nname = "a line"\r\n' + LINE.replace("\n", "\r\n")
    file = suite(pytester, "")
    file.write_bytes(before.encode())
    pytester.runpytest(*CONFIG).assert_outcomes(passed=1, failed=2)
    found = pytester.runpytest(*CONFIG, "--update-cases")
    found.assert_outcomes(passed=3)
    found.stdout.fnmatch_lines(["cases/allowances.toml::an old person of 95: old_age_allowance: 50.00 → 60.00"])
    assert file.read_bytes().decode() == before.replace('"50.00"', '"60.00"').replace('"3371.00"', '"3372.00"')
    pytester.runpytest(*CONFIG).assert_outcomes(passed=3)


LINE = """\
rule = "zaozhuang-2018/income-standard/provincial-line-chain"
source = "第二章第四节 一(二)"
call = "income.line"
args = { year = 2015, series = "provincial" }
expected.value = "3371.00" # a slip
working = { value = "3372" }
"""


def test_an_answer_that_the_working_contradicts_is_not_written(pytester: pytest.Pytester) -> None:
    before = HEAD + MISREAD
    file = suite(pytester, before)
    found = pytester.runpytest(*CONFIG, "--update-cases")
    found.assert_outcomes(failed=1)
    found.stdout.fnmatch_lines(
        [
            "*old_age_allowance: not written: its working 40 gives 40, not 30.00: look into the document first",
        ]
    )
    assert file.read_text(encoding="utf-8") == before


def test_of_two_answers_only_the_one_that_its_working_allows_is_written(pytester: pytest.Pytester) -> None:
    answers = "old_age_allowance = {}, longevity_allowance = {}"
    text = HEAD + OLD.format(age=101, expected="E", working="W")
    text = text.replace("old_age_allowance = E", answers.format('"30.00"', '"390.00"'))
    file = suite(pytester, text.replace("old_age_allowance = W", answers.format('"101 in range(80, 100)"', '"390"')))
    found = pytester.runpytest(*CONFIG, "--update-cases")
    found.assert_outcomes(failed=1)
    assert load(file)[0].expected == {"old_age_allowance": "not eligible", "longevity_allowance": "390.00"}
    assert "  longevity_allowance" in found.outlines
    assert "  old_age_allowance" not in found.outlines


def test_a_quality_and_a_refusal_are_never_written(pytester: pytest.Pytester) -> None:
    text = (
        HEAD
        + RIGHT.replace("working ", 'quality.old_age_allowance = "average"\nworking ')
        + (
            '[[case]]\nname = "a line"\n'
            + LINE.replace('expected.value = "3371.00" # a slip\nworking = { value = "3372" }', "")
            + 'raises = "NotStated"\nworking = { value = "2015 == 2016" }\n'
        )
    )
    file = suite(pytester, text)
    found = pytester.runpytest(*CONFIG, "--update-cases")
    found.assert_outcomes(failed=2)
    found.stdout.fnmatch_lines(
        [
            "    expected  average",
            "    got       stated",
            "*not written: a quality rests on the document: change it by hand",
            "    expected  NotStated",
            "*not written: a refusal rests on the document: change it by hand",
        ]
    )
    assert file.read_text(encoding="utf-8") == text


def test_what_the_library_refuses_is_said_in_a_line(pytester: pytest.Pytester) -> None:
    suite(pytester, HEAD + RIGHT.replace("age = 80", "agee = 80"))
    found = pytester.runpytest(*CONFIG)
    found.assert_outcomes(failed=1)
    found.stdout.fnmatch_lines(["an old person of 80 [[]专栏7 第1条[]]", "  UnknownName: *agee*age*"])
    assert "Traceback" not in found.stdout.str()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + RIGHT + RIGHT, "*allowed: a name for one case of the file"),
        (HEAD + RIGHT.replace("source", "sauce"), "*'sauce' is refused; allowed: *"),
        (HEAD + "[[case]\n", "*allowed: well-formed TOML"),
    ],
)
def test_a_file_that_is_no_case_file_is_said_in_a_line(pytester: pytest.Pytester, text: str, said: str) -> None:
    suite(pytester, text)
    found = pytester.runpytest(*CONFIG)
    found.assert_outcomes(errors=1)
    found.stdout.fnmatch_lines([said])
    assert "Traceback" not in found.stdout.str()


def test_only_the_named_folders_are_looked_at(pytester: pytest.Pytester) -> None:
    suite(pytester, HEAD + RIGHT)
    pytester.mkdir("packs").joinpath("county.toml").write_text("[jurisdiction]\n", encoding="utf-8")
    pytester.runpytest(*CONFIG).assert_outcomes(passed=1)


def test_a_pack_of_ones_own_is_named_by_its_file(pytester: pytest.Pytester) -> None:
    file = suite(pytester, "")
    own = Path(__file__).parent / "own.toml"
    (pytester.path / "own.toml").write_text(own.read_text(encoding="utf-8"), encoding="utf-8")
    text = (HEAD + RIGHT).replace('"zaozhuang-hitech"', '"../own.toml"').replace("30", "45").replace("06-45", "06-30")
    file.write_text(text, encoding="utf-8")
    pytester.runpytest(*CONFIG).assert_outcomes(passed=1)


def test_folders_that_are_not_there_and_writing_in_many_processes_are_refused(pytester: pytest.Pytester) -> None:
    found = pytester.runpytest("-p", "no:cacheprovider", "--update-cases")
    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines(["*no case files are named*"])
    pytester.makepyprojecttoml('[tool.pytest.ini_options]\npovertyrules_cases = ["casses"]\n')
    found = pytester.runpytest(*CONFIG)
    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines(["*povertyrules_cases: */casses is no folder"])
    suite(pytester, HEAD + RIGHT)
    found = pytester.runpytest("-p", "no:cacheprovider", "--update-cases", "-n", "2")
    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines(["*run it in one process*"])


def test_a_suite_without_case_files_imports_nothing_of_the_library(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_nothing_is_imported(pytestconfig):
            assert pytestconfig.pluginmanager.has_plugin("povertyrules")
            loaded = {name.partition(".")[0] for name in sys.modules}
            assert "povertyrules_pytest" in loaded
            assert not loaded & {"povertyrules", "attrs", "cattrs", "dateutil", "tomlkit"}
        """
    )
    bare = ("-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:hypothesispytest")
    pytester.runpytest_subprocess(*bare).assert_outcomes(passed=1)
    assert "povertyrules" in sys.modules


def test_the_case_files_of_this_project_are_read_alike(pytester: pytest.Pytester) -> None:
    file = Path(__file__).parents[1] / "cases" / "cn" / "income.toml"
    suite(pytester, file.read_text(encoding="utf-8"))
    pytester.runpytest(*CONFIG).assert_outcomes(passed=len(load(file)))
