"""Drafts as documents: how one begins, and the shape in which it is kept. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from succession.allocation.principles import canonical, identifier
from succession.errors import Refused
from succession.i18n import Text
from succession.principles import document as principles
from succession.principles.document import FORMAT, PrincipleDocument
from succession.principles.problems import Problem, problem_of
from succession.principles.refusals import BadDocument
from succession.records import documents
from succession.records.documents import DocumentError

Draft = dict[str, Any]
"""A principle document that may not be complete yet."""

OWN_KEY = "own-principles"
_OF_THE_SHIPPED = frozenset({"date", "unscored", "completeness", "gaps"})
"""What is true of the published set and not of what an owner makes of it."""
LARGEST_KILOBYTES = 256
"""A set with a hundred criteria has a third of this."""


def empty(title: str) -> Draft:
    """A draft without a single criterion: the price is fixed, and whoever ties draws lots."""
    both = {"de": title, "en": title}
    return {
        "format": FORMAT,
        "key": OWN_KEY,
        "name": both,
        "summary": both,
        "sources": [],
        "owners": "any",
        "price": {
            "kind": "fixed",
            "note": {"de": "Die Pacht steht fest.", "en": "The rent is fixed."},
        },
        "incomplete": "scored_as_stated",
        "evidence_from": "first_placed",
        "draw": "committed",
        "questions": [],
        "promises": [],
        "catalogue": {"mode": "additive", "field": "frozen", "criteria": []},
    }


def begun_from(shipped: PrincipleDocument, title: str) -> Draft:
    """A draft of a shipped set: the owner's own, under its own name; where it comes from stands among the sources."""
    from_there = {"text": f"{shipped.name['de']} ({shipped.key})"}
    sources = [from_there, *(dict(one) for one in shipped.raw["sources"])]
    own = {key: value for key, value in shipped.raw.items() if key not in _OF_THE_SHIPPED}
    return {**own, "key": OWN_KEY, "name": {"de": title, "en": title}, "sources": sources}


def kept(draft: Mapping[str, Any]) -> Draft:
    """The draft in the shape of its canonical form, as the table holds it: no floats, every text in one form."""
    read: Draft = json.loads(canonical(draft))
    return read


def fingerprint(draft: Mapping[str, Any]) -> str:
    """The identifier of the document, finished or not."""
    return identifier(draft)


def attempt(draft: Mapping[str, Any]) -> PrincipleDocument | Problem:
    """The document, or what still keeps it from being one, in words."""
    if not draft["catalogue"]["criteria"]:
        return Problem(Text("Criteria"), Text("There is no criterion yet."), "$.catalogue.criteria")
    try:
        return principles.read(draft)
    except DocumentError as error:
        return problem_of(error, draft)


def in_words(draft: Mapping[str, Any], code: str) -> str:
    """The name of the set in the reader's language."""
    name: Mapping[str, str] = draft["name"]
    return name.get(code) or name.get("de") or ""


def written(draft: Mapping[str, Any]) -> bytes:
    """The file that is given out: readable, and with the same identifier when it is read again."""
    return (json.dumps(kept(draft), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def from_file(content: bytes, language: str = "de") -> Draft:
    """The draft in a file; `BadDocument` says where it cannot be read and why."""
    if len(content) > LARGEST_KILOBYTES * 1024:
        raise Refused(Text("The file is too large: at most %(most)s KB.", {"most": LARGEST_KILOBYTES}))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(Text("The file is not text in UTF-8, so it holds no principles.")) from error
    read: Mapping[str, Any] = {}
    try:
        read = documents.read(text)
        principles.read(read)
        return kept(read)
    except DocumentError as error:
        raise BadDocument(problem_of(error, read, language)) from error
