"""Which law on personal data an organisation is under. Pure."""

from enum import StrEnum

from succession.i18n import Text


class DataLaw(StrEnum):
    """Which law on personal data an organisation is under."""

    GDPR = "gdpr"
    DSG_EKD = "dsg_ekd"
    KDG = "kdg"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _DATA_LAWS[self]


_DATA_LAWS = {
    DataLaw.GDPR: Text("General Data Protection Regulation (GDPR)"),
    DataLaw.DSG_EKD: Text("Data Protection Act of the Protestant Church (DSG-EKD)"),
    DataLaw.KDG: Text("Data Protection Act of the Catholic Church (KDG)"),
}
