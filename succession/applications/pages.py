"""What stands on one page of the wizard, so that a second saver can be shown the difference. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from succession.applications.states import FarmsteadKind
from succession.facts.differences import Difference, of_text
from succession.i18n import Text
from succession.principles.document import PrincipleDocument
from succession.principles.texts import in_language


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Who applies, and how they are reached."""

    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    members: tuple[str, ...] = ()
    ties: str = ""


@dataclass(frozen=True, slots=True)
class LotsPage:
    """The lots that are wanted, with their places in the order of wishes where one is asked for."""

    ranks: Mapping[int, int | None] = field(default_factory=dict)
    max_area_m2: Decimal | None = None
    is_connected: bool = False


@dataclass(frozen=True, slots=True)
class LotPage:
    """The offer and the answers for one lot."""

    number: int
    bid_cents_year: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FarmsteadPage:
    """A point in the storage projection, and what it is called; without a point there is none."""

    kind: FarmsteadKind = FarmsteadKind.EXISTING
    label: str = ""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """The answers to some questions, by their ids; an absent one is open."""

    questions: tuple[str, ...]
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReligionPage:
    """Answers on religion, and the consent to them."""

    consents: bool = False
    answers: Mapping[str, Any] = field(default_factory=dict)


Page = PersonPage | LotsPage | LotPage | FarmsteadPage | AnswersPage | ReligionPage


def mark(page: Page) -> str:
    """What a form remembers of the page that its reader has seen."""
    plain = json.dumps(asdict(page), sort_keys=True, ensure_ascii=False, default=str)
    return sha256(plain.encode()).hexdigest()[:16]


def differences(theirs: Page, yours: Page, document: PrincipleDocument, language: str) -> tuple[Difference, ...]:
    """Field by field what both wrote."""
    stored, typed = _rows(theirs, document, language), _rows(yours, document, language)
    found: list[Difference] = []
    for key in dict.fromkeys([*stored, *typed]):
        label = (stored.get(key) or typed[key])[0]
        found += of_text(label, stored.get(key, (label, ""))[1], typed.get(key, (label, ""))[1])
    return tuple(found)


def _rows(page: Page, document: PrincipleDocument, language: str) -> dict[str, tuple[Text, str]]:
    match page:
        case PersonPage():
            return {
                "name": (Text("Name"), page.name),
                "address": (Text("Postal address"), page.address),
                "email": (Text("E-mail address"), page.email),
                "phone": (Text("Phone"), page.phone),
                "members": (Text("Who else applies"), ", ".join(page.members)),
                "ties": (Text("Ties to the owner"), page.ties),
            }
        case LotsPage():
            rows = {
                f"lot-{number}": (Text("Lot %(number)s", {"number": number}), "1" if rank is None else str(rank))
                for number, rank in page.ranks.items()
            }
            rows["area"] = (Text("At most"), "" if page.max_area_m2 is None else f"{page.max_area_m2:f} m²")
            rows["together"] = (Text("Only parcels that lie together"), "x" if page.is_connected else "")
            return rows
        case FarmsteadPage():
            place = "" if page.x is None else f"{page.label} ({page.kind.value}, {page.x:.0f}, {page.y or 0:.0f})"
            return {"place": (Text("Farmstead"), place)}
        case _:
            rows = {one: (_words(one, document, language), _said(value)) for one, value in page.answers.items()}
            if isinstance(page, LotPage) and page.bid_cents_year is not None:
                rows["bid"] = (Text("Your offer"), f"{page.bid_cents_year / 100:.2f} €")
            return rows


def _words(identifier: str, document: PrincipleDocument, language: str) -> Text:
    question = document.question(identifier)
    return Text("“%(words)s”", {"words": in_language(question.question, language) if question else identifier})


def _said(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
