"""Whether a list means an account: both are turned into keys, and one key in common is enough. Pure.

It errs on the side of hiding: rather one reader too many who does not see an offer than the neighbour who does. Keys
are hashes, so that the tables that hold them name nobody.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

from succession.exclusions.kinds import ExclusionKind
from succession.places.folding import plain_name

MOST_WORDS = 8
MOST_ADDRESS_WORDS = 24
LONGEST_TOWN = 4

_PARTS_OF_NAMES = frozenset(
    """von van de den der dem zu zur zum vom di da la le und and familie fam herr frau dr prof dipl ing mag med agr hc
    geb geborene""".split()  # noqa: SIM905 - a list of quoted words is harder to read and to keep
)
_LEGAL_FORMS = frozenset(
    "gmbh ggmbh mbh kg ag eg ohg gbr ug ev e v k ek co und and haftungsbeschrankt inh inhaber".split()  # noqa: SIM905
)
MAIL_PROVIDERS = frozenset(
    """
    aol.com arcor.de email.de ewe.net freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com
    hotmail.com hotmail.de icloud.com live.com live.de mac.com mail.de mailbox.org me.com online.de outlook.com
    outlook.de posteo.de posteo.net proton.me protonmail.com t-online.de tutanota.com vodafone.de web.de yahoo.com
    yahoo.de ymail.com
    """.split()  # noqa: SIM905 - as above
)
"""Their domain says nothing about where somebody works."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list; `places` are the numbers of the named place and of those in the same public area."""

    kind: ExclusionKind
    name: str = ""
    address: str = ""
    places: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an account: `firms` are the names of the organisations it works for, `places` where it seeks."""

    email: str = ""
    name: str = ""
    postal_address: str = ""
    firms: tuple[str, ...] = ()
    places: frozenset[int] = frozenset()


def keys_of_entry(entry: Entry) -> frozenset[bytes]:
    """All by which somebody meant by the entry would be recognised."""
    match entry.kind:
        case ExclusionKind.PERSON:
            return _hashed([*_mail(entry.address), *_named(entry.name)])
        case ExclusionKind.FIRM:
            return _hashed([*_firm(entry.name), *_firm_address(entry.address)])
        case ExclusionKind.PLACE:
            town = _words(plain_name(entry.name))
            return _hashed(
                [*(f"place {number}" for number in entry.places), *([f"town {' '.join(town)}"] * bool(town))]
            )


def keys_of_account(known: Known) -> frozenset[bytes]:
    """All by which the account is recognised."""
    return _hashed(
        [
            *_mail(known.email),
            *_works_at(known.email),
            *_carries(known.name),
            *(key for firm in known.firms for key in _firm(firm)),
            *(f"place {number}" for number in known.places),
            *_towns(known.postal_address),
        ]
    )


def keys_of_organisation(name: str) -> frozenset[bytes]:
    """All by which an organisation itself is recognised as a firm that is meant."""
    return _hashed(_firm(name))


def is_meant(entry: Entry, known: Known) -> bool:
    """Whether the account is one of those that the entry keeps away."""
    return not keys_of_entry(entry).isdisjoint(keys_of_account(known))


def fold_email(email: str) -> str:
    """The mailbox behind the ways of writing it: no upper case, no "+shop", no dots where the provider ignores them."""
    local, _, domain = unicodedata.normalize("NFKC", email).strip().casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in {"gmail.com", "googlemail.com"}:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain.rstrip('.')}"


def _hashed(keys: Iterable[str]) -> frozenset[bytes]:
    return frozenset(blake2b(key.encode(), digest_size=16).digest() for key in keys)


def _fold(text: str) -> str:
    """One spelling for all: Müller, Mueller and MULLER; accents, ß and the e of ae, oe, ue are gone."""
    lower = unicodedata.normalize("NFKC", text).lower().replace("ß", "ss").replace("æ", "a").replace("ø", "o")
    bare = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return re.sub("([aou])e", r"\1", bare)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", _fold(text))


def _parts(name: str) -> list[list[str]]:
    """The name as groups of words: what a hyphen joins is one group; the family name goes last."""
    family, comma, given = name.partition(",")
    tokens = [*given.split(), *family.split()] if comma else name.split()
    groups = ([word for word in _words(token) if len(word) > 1 and word not in _PARTS_OF_NAMES] for token in tokens)
    return [group for group in groups if group][:MOST_WORDS]


def _mail(address: str) -> Iterator[str]:
    if "@" in address:
        yield f"mail {fold_email(address)}"


def _pairs(groups: list[list[str]]) -> Iterator[str]:
    """Every two words of different groups, in either order: Anna Müller is also Müller Anna and Anna Müller-Schmidt."""
    for one, other in combinations(groups, 2):
        for first in one:
            for second in other:
                yield f"pair {' '.join(sorted((first, second)))}"


def _named(name: str) -> Iterator[str]:
    """The keys of a name on a list; a family name alone means the whole family."""
    groups = _parts(name)
    if len(groups) == 1:
        yield from (f"family {word}" for word in groups[0])
    yield from _pairs(groups)
    yield from (f"alone {word}" for group in groups[-1:] for word in group)


def _carries(name: str) -> Iterator[str]:
    """The keys of the name that an account has; who gives one word only is taken for everybody of that name."""
    groups = _parts(name)
    yield from _pairs(groups)
    if len(groups) == 1:
        yield from (f"alone {word}" for word in groups[0])
    ends = groups if len(groups) <= 2 else groups[-1:]
    yield from (f"family {word}" for group in ends for word in group)


def _firm(name: str) -> Iterator[str]:
    words = [word for word in _words(name) if word not in _LEGAL_FORMS]
    if words:
        yield f"firm {''.join(words)}"


def _firm_address(address: str) -> Iterator[str]:
    """A mailbox at a provider means that mailbox; any other address means everybody at the firm's domain."""
    domain = _domain(address)
    if "@" in address:
        yield from _mail(address)
    if domain.count(".") >= 1 and domain not in MAIL_PROVIDERS:
        yield f"domain {domain}"


def _domain(address: str) -> str:
    bare = unicodedata.normalize("NFKC", address).strip().casefold().rpartition("@")[2]
    bare = re.sub(r"^[a-z]+://", "", bare)
    return re.split(r"[/:?#]", bare, maxsplit=1)[0].removeprefix("www.").strip(".")


def _works_at(email: str) -> Iterator[str]:
    """What the domain of somebody's mailbox says about their firm."""
    domain = _domain(email)
    if domain in MAIL_PROVIDERS or "." not in domain:
        return
    labels = domain.split(".")
    yield from (f"domain {'.'.join(labels[start:])}" for start in range(len(labels) - 1))
    yield from _firm(labels[-2].replace("-", " "))


def _towns(postal_address: str) -> Iterator[str]:
    """Every run of words in an address: one of them is the name of the town."""
    words = _words(postal_address)[:MOST_ADDRESS_WORDS]
    for start in range(len(words)):
        for length in range(1, LONGEST_TOWN + 1):
            yield f"town {' '.join(words[start : start + length])}"
