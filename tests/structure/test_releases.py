"""LP-7: the exact place leaves the land room for somebody else through one door, and few may knock."""

import ast

from tests.structure.source import called, house

DOOR = "succession/land/queries_release.py"


def names_of(module):
    return {
        alias.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom | ast.Import)
        for alias in node.names
    }


def test_only_releases_ask_for_an_exact_place():
    asking = {module.name for module in house() if "exact_place" in called(module.tree)}
    assert asking == {"succession/listings/queries_releases.py"}


def test_what_a_release_shows_is_read_after_a_check_only():
    """By the owner's preview, which asks whether they keep the offer, and by the look, which asks for the release."""
    asking = {module.name for module in house() if "revealed" in called(module.tree)}
    assert asking == {"succession/listings/queries_releases.py", "succession/listings/service_releases.py"}


def test_looks_are_added_and_never_changed():
    for module in house():
        if "ListingReleaseRead" not in names_of(module):
            continue
        assert not ({"update", "delete"} & called(module.tree)), module.name
