"""A procedure in words, and as a diagram that Mermaid draws."""

from __future__ import annotations

import re
from collections.abc import Iterator

from povertyrules.areas.procedures.course import Course
from povertyrules.areas.procedures.steps import Step
from povertyrules.areas.procedures.track import START, Track

BREAKS = re.compile(r'["\s:;#{}<>\[\]]+')
"""What would end a text of a diagram."""
TAKEN = ("class", "classdef", "click", "default", "note", "scale", "state", "style")
"""Words that Mermaid keeps for itself."""


def diagram(track: Track, lang: str) -> str:
    """The procedure as a state diagram of Mermaid: a state for each step, the notices and needs on the ways."""
    lines = ["stateDiagram-v2", *(f'    state "{_state(step, lang)}" as {_id(step.code)}' for step in track.steps.rows)]
    for step in track.steps.rows:
        for before in step.after or (START,):
            lines.append(f"    {_id(before)} --> {_id(step.code)}{_on_the_way(track, before, step, lang)}")
    lines += (f"    {_id(step.code)} --> {START}{_label(_notice(track, step, lang), lang)}" for step in track.steps.ends)
    return "\n".join(lines) + "\n"


def explained(track: Track, lang: str, course: Course | None) -> str:
    """The procedure step by step, with its provision; of a course also the days on which its steps were taken."""
    zh = lang == "zh"
    lines = [f"{track.title.text(lang)} [{track.provision}]"]
    for i, step in enumerate(track.steps.rows, 1):
        lines += [f"{i}. {step.code}: {_state(step, lang)}", *(f"   {said}" for said in _about(track, step, i, lang))]
        if course is not None:
            lines += (f"   {'已于' if zh else 'taken on'} {taken.on}" for taken in course.history if taken.step == step.code)
    return "\n".join(lines)


def _about(track: Track, step: Step, number: int, lang: str) -> Iterator[str]:
    """What is to be said of a step."""
    zh = lang == "zh"
    either, usual = "、" if zh else " or ", [track.steps.rows[number - 2].code] if number > 1 else []
    before = [code for code in step.after if track.steps.onward(code, step)]
    if not step.after and usual:
        yield "可为起点" if zh else "can be the first"
    elif before != usual:
        yield f"{'可接' if zh else 'after'} {either.join(before)}"
    if back := [code for code in step.after if code not in before]:
        yield f"{'可由此退回：' if zh else 'back from'} {either.join(back)}"
    for code, title in step.needs.items():
        yield f"{'须' if zh else 'needs'} {code} ({title.text(lang)})"
    if step.notice is not None:
        yield track.notice_in_words(step.code, lang)


def _id(code: str) -> str:
    return f"{code}_" if code in TAKEN else code


def _state(step: Step, lang: str) -> str:
    by = "" if step.by is None else f"（{step.by.zh}）" if lang == "zh" else f" ({step.by.en})"
    return _safe(f"{step.title.text(lang)}{by}")


def _on_the_way(track: Track, before: str, step: Step, lang: str) -> str:
    """What is asked for between two steps: notice, unless it is a way back, and facts."""
    if before != START and not track.steps.onward(before, step):
        return f" : {'退回' if lang == 'zh' else 'back'}"
    notice = [] if before == START else _notice(track, track.steps.named(before), lang)
    return _label([*notice, *(title.text(lang) for title in step.needs.values())], lang)


def _notice(track: Track, step: Step, lang: str) -> list[str]:
    if step.notice is None:
        return []
    if not isinstance(step.notice, int):
        return ["公示，天数未载明" if lang == "zh" else "notice, days not printed"]
    return [f"公示{step.notice}{track.days.text(lang)}" if lang == "zh" else f"notice of {step.notice} {track.days.text(lang)}"]


def _label(parts: list[str], lang: str) -> str:
    return f" : {_safe(('，' if lang == 'zh' else ', ').join(parts))}" if parts else ""


def _safe(text: str) -> str:
    return BREAKS.sub(" ", text).strip()
