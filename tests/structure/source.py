"""The product's own source as trees and lines, for the tests of the house rules."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from succession.config import CHECKOUT

PACKAGE = CHECKOUT / "succession"
TEMPLATES = PACKAGE / "templates"
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return str(self.path.relative_to(CHECKOUT))

    @property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def place(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package; revisions are history, not part of the house."""
    return tuple(
        Module(path, path.read_text(encoding="utf-8"), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
    )


def house() -> Iterator[Module]:
    return (module for module in modules() if "migrations/versions" not in module.name)


def named(*names: str) -> Iterator[Module]:
    """The modules that carry one of these file names in any room, also as `name_….py`."""
    for module in house():
        stem = module.path.stem
        if any(stem == name or stem.startswith(f"{name}_") for name in names):
            yield module


def templates() -> list[Path]:
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt", ".xml"})


def length(node: Function) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def called(node: ast.AST) -> set[str]:
    """The last names of everything that is called within: `authorize`, `commit`, …"""
    names = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            function = call.func
            if isinstance(function, ast.Attribute):
                names.add(function.attr)
            elif isinstance(function, ast.Name):
                names.add(function.id)
    return names
