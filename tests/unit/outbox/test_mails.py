from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes
from email.policy import default

import pytest

from succession.config import Contact
from succession.i18n import Text, Texts
from succession.outbox.rendering import Letterhead, Rendered, message
from succession.outbox.values import pack, unpack

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
LETTERHEAD = Letterhead("Nachfolge", "https://example.org", Contact(), "Nachfolge <noreply@example.org>")


def test_values_come_back_as_they_were_stored():
    values = {
        "title": "Hof „Süd“", "count": 3, "area": Decimal("12.50"), "on": date(2026, 5, 1), "at": NOW,
        "kind": Text("Farm of %(area)s ha", {"area": Decimal("3.5")}),
        "found": Texts("%(num)s offer", "%(num)s offers", 2),
        "rows": [Text("one"), "two"], "nothing": None,
    }  # fmt: skip
    assert unpack(pack(values)) == values


def test_what_is_no_plain_value_cannot_be_stored():
    with pytest.raises(TypeError):
        pack({"thing": object()})


def test_a_message_has_a_fixed_id_and_survives_the_wire():
    sent = message(
        Rendered("Größe geändert", "Guten Tag,\näöü ß\n"), message_id="<1@x>", to="a@example.org", written_at=NOW,
        sender=LETTERHEAD.sender,
    )  # fmt: skip
    read = message_from_bytes(bytes(sent), policy=default)
    assert (read["Message-ID"], read["Subject"]) == ("<1@x>", "Größe geändert")
    assert "äöü ß" in read.get_content()


@pytest.mark.parametrize("address", ["a@example.org\r\nBcc: b@example.org", "a@example.org\nX: y"])
def test_an_address_cannot_bring_headers_along(address):  # S13
    with pytest.raises(ValueError, match=r".*"):
        message(Rendered("x", "y"), message_id="<1@x>", to=address, written_at=NOW, sender="n@example.org")
