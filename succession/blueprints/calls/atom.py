"""The feed of calls as a document (RFC 4287)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import url_for
from flask_babel import gettext

from succession.calls.queries_public import PublicCall
from succession.web.errors import say
from succession.web.filters import moment
from succession.web.language import current_language

NAMESPACE = "http://www.w3.org/2005/Atom"
NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)


def feed(calls: Sequence[PublicCall], site_name: str, base_url: str) -> bytes:
    """The whole document."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": current_language()})
    own = base_url + url_for("calls.feed")
    _text(root, "id", own)
    _text(root, "title", f"{gettext('Calls for land')} · {site_name}")
    _text(root, "updated", max((one.changed_at for one in calls), default=NOTHING_YET).isoformat())
    SubElement(root, "link", {"rel": "self", "href": own})
    _text(SubElement(root, "author"), "name", site_name)
    for call in calls:
        _entry(root, call, base_url)
    document: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{document}'.encode()


def _entry(root: Element, call: PublicCall, base_url: str) -> None:
    entry = SubElement(root, "entry")
    _text(entry, "id", f"urn:uuid:{call.public_id}")
    _text(entry, "title", call.title)
    SubElement(entry, "link", {"href": base_url + url_for("calls.show", call_id=call.public_id)})
    _text(entry, "published", call.published_at.isoformat())
    _text(entry, "updated", call.changed_at.isoformat())
    _text(SubElement(entry, "author"), "name", call.owner_name)
    SubElement(entry, "category", {"term": call.kind.value})
    words = gettext(
        "%(kind)s, %(state)s. Open from %(opens)s until %(closes)s.",
        kind=say(call.kind.label),
        state=say(call.state.label),
        opens=moment(call.opens_at, "short"),
        closes=moment(call.closes_at, "short"),
    )
    _text(entry, "summary", words)


def _text(parent: Element, name: str, words: str) -> None:
    """XML knows no control characters."""
    SubElement(parent, name).text = "".join(sign for sign in words if sign in "\n\t" or ord(sign) >= ord(" "))
