"""The forms of leases."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext

from succession.land.models_leases import LONGEST_LEASE_NOTE, LONGEST_LESSEE, LONGEST_NOTICE_MONTHS
from succession.land.owner import Owner
from succession.land.queries import ParcelLine
from succession.land.queries_leases import LeaseLine
from succession.land.service_leases import LeaseValues
from succession.web.choices import options
from succession.web.fields import (
    ChoiceField,
    DayField,
    EurosField,
    Form,
    LongTextField,
    RadiosField,
    TextField,
    UploadField,
    WholeNumberField,
)
from succession.web.filters import hectares


class LeaseForm(Form):
    """One lease."""

    lessee = TextField(
        lazy_gettext("Who leases it?"),
        hint=lazy_gettext("Only you and those who work for you see the name."),
        longest=LONGEST_LESSEE,
        optional=True,
    )
    rent = EurosField(lazy_gettext("Rent"), unit=lazy_gettext("€ a year"), optional=True)
    starts_on = DayField(lazy_gettext("First day"))
    ends_on = DayField(
        lazy_gettext("Last day"), hint=lazy_gettext("Left empty, it runs until notice is given."), optional=True
    )
    notice_months = WholeNumberField(
        lazy_gettext("Notice"), unit=lazy_gettext("months"), most=LONGEST_NOTICE_MONTHS, optional=True
    )
    note = LongTextField(lazy_gettext("Remark"), longest=LONGEST_LEASE_NOTE, optional=True, render_kw={"rows": 3})

    def values(self) -> LeaseValues:
        """As the service takes it; a form that was found valid has a first day."""
        assert self.starts_on.data is not None
        return LeaseValues(
            self.lessee.data or "",
            self.rent.data,
            self.starts_on.data,
            self.ends_on.data,
            self.notice_months.data,
            self.note.data or "",
        )


class NewLeaseForm(LeaseForm):
    """One lease, and of which parcel."""

    parcel = ChoiceField(lazy_gettext("Parcel"), choices=[])

    def offer(self, parcels: Iterable[ParcelLine], chosen: str = "") -> None:
        """The parcels to choose from."""
        self.parcel.choices = options((str(one.public_id), parcel_words(one)) for one in parcels)
        if chosen and not self.is_submitted():
            self.parcel.data = chosen


class EndForm(Form):
    """The last day of a lease."""

    ends_on = DayField(lazy_gettext("Last day"))

    def day(self) -> date:
        """The day; a form that was found valid has one."""
        assert self.ends_on.data is not None
        return self.ends_on.data


class LeaseFileForm(Form):
    """A table of leases."""

    owner = RadiosField(lazy_gettext("Whose land is it?"), choices=[])
    file = UploadField(lazy_gettext("File"), hint=lazy_gettext("A table as CSV, at most 2 MB"))

    def offer(self, owners: Sequence[Owner]) -> None:
        """The owners to choose from."""
        self.owner.choices = options((owner_key(one), one.name) for one in owners)
        if len(owners) == 1 and not self.is_submitted():
            self.owner.data = owner_key(owners[0])


def owner_key(owner: Owner) -> str:
    """What stands for an owner in a form."""
    return "" if owner.public_id is None else str(owner.public_id)


def stored(line: LeaseLine) -> dict[str, Any]:
    """What the form of a lease is filled with."""
    return {
        "lessee": line.lessee_name,
        "rent": line.rent_cents_year,
        "starts_on": line.starts_on,
        "ends_on": line.ends_on,
        "notice_months": line.notice_months,
        "note": line.note,
    }


def parcel_words(parcel: ParcelLine) -> str:
    """What tells a parcel from the others in the list."""
    words = [
        parcel.label,
        hectares(parcel.official_area_m2 or parcel.area_m2),
        parcel.reference or (parcel.parcel_key or "").rstrip("_"),
    ]
    return ", ".join(filter(None, dict.fromkeys(words)))
