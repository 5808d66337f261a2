"""XML read element by element: no entities, nothing fetched, no tree that grows with the file. Pure but for it."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from succession.geo.formats.sniffing import xml_broken

Element = etree._Element


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """The direct children with one of these local names, or all of them."""
    for child in element:
        if not names or local(child) in names:
            yield child


def child(element: Element, *names: str) -> Element | None:
    """The first direct child with one of these local names."""
    return next(children(element, *names), None)


def text_of(element: Element | None) -> str | None:
    """The text right inside an element, without blanks around it; None if there is none."""
    text = element.text.strip() if element is not None and element.text else ""
    return text or None


def events(path: Path) -> Iterator[tuple[str, Element]]:
    """("start" | "end", element) for every element in file order; raises `FileRefused` where it is not well-formed.

    The document type was refused before (`sniffing`), so no entity can be declared; none would be resolved here either.
    """
    parser = etree.iterparse(
        str(path),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from parser
    except etree.XMLSyntaxError as error:
        raise xml_broken(error.lineno) from error


def prune(element: Element) -> None:
    """Forget a finished element and everything before it on its level."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def features(path: Path, wanted: frozenset[str] | None = None) -> Iterator[Element]:
    """Every feature below a member element, complete; envelopes outside of features come too, as they stand.

    `wanted`: local names of the features to hand out; others are forgotten without being looked at.
    """
    inside: Element | None = None
    for event, element in events(path):
        if event == "start":
            if inside is None and _starts_feature(element):
                inside = element
        elif element is inside:
            if wanted is None or local(element) in wanted:
                yield element
            inside = None
            prune(element)
        elif inside is None:
            name = local(element)
            if wanted is None and name in ("Envelope", "Box") and element.get("srsName"):
                yield element
            if name in _MEMBERS:
                prune(element)


_MEMBERS = frozenset({"member", "featureMember", "featureMembers", "members", "Insert", "Replace"})
"""What features stand in; Insert and Replace in the updates (NBA) of the survey offices."""


def _starts_feature(element: Element) -> bool:
    parent = element.getparent()
    if parent is None or local(parent) not in _MEMBERS:
        return False
    return local(element) not in ("FeatureCollection", "SimpleFeatureCollection", "Tuple")
