"""Every act that can be recorded has a sentence for those who read the record."""

import ast
import re

from succession.audit.sentences import SENTENCES
from succession.listings.lifecycle import Step
from tests.structure.source import house

CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")
COMPUTED = {
    "listing.": [step.value for step in Step],
    "account.": ["second_factor_added", "second_factor_removed"],
}
"""Beginnings of codes whose end is a value, with all values."""


def recording_modules():
    """The modules that write into the record."""
    for module in house():
        if re.search(r"from succession\.audit import service|audit\.service import", module.text):
            yield module


def recordings():
    """Every call of `record`, with its module."""
    for module in recording_modules():
        for call in ast.walk(module.tree):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", getattr(call.func, "id", "")) == "record":
                yield module, call


def notes_in(function):
    """What goes into the security log is no act on the record."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name == "note_on_commit" or (name == "note" and isinstance(node.args[0], ast.Constant)):
                yield node


def recorded():
    """Code → where: what stands in a call of `record`, and whatever looks like it within functions of such modules."""
    found, open_ends = {}, []
    firsts = {"land"}
    for module, call in recordings():
        action = call.args[2] if len(call.args) > 2 else None
        match action:
            case ast.Constant(value=str(code)):
                found[code] = module.place(call)
                firsts.add(code.split(".")[0])
            case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), *_]):
                open_ends.append((beginning, module.place(call)))
    for module in recording_modules():
        for function in module.functions:
            elsewhere = {id(node) for call in notes_in(function) for node in ast.walk(call)}
            for node in ast.walk(function):
                if id(node) in elsewhere:
                    continue
                value = node.value if isinstance(node, ast.Constant) else None
                if isinstance(value, str) and CODE.fullmatch(value) and value.split(".")[0] in firsts:
                    found.setdefault(value, module.place(node))
    return found, open_ends


def test_every_recorded_action_has_a_sentence():
    """S23"""
    found, _ = recorded()
    assert len(found) > 10
    assert {code: place for code, place in found.items() if code not in SENTENCES} == {}


def test_computed_actions_are_listed_with_all_their_ends():
    _, open_ends = recorded()
    assert [place for beginning, place in open_ends if beginning not in COMPUTED] == []
    codes = [f"{beginning}{end}" for beginning, ends in COMPUTED.items() for end in ends]
    assert [code for code in codes if code not in SENTENCES] == []


def test_no_sentence_is_kept_for_an_action_that_nobody_records():
    found, _ = recorded()
    codes = {f"{beginning}{end}" for beginning, ends in COMPUTED.items() for end in ends}
    assert sorted(SENTENCES.keys() - found.keys() - codes) == []
