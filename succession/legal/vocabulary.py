"""The legal pages and the details that stand in them: closed lists with their words. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from succession.i18n import Text

LONGEST_TEXT = 60_000
LONGEST_DETAIL = 600


class LegalPage(StrEnum):
    """A page that the law asks for; its value is also its address."""

    IMPRINT = "imprint"
    TERMS = "terms"
    PRIVACY = "privacy"
    CONTACT = "contact"
    ACCESSIBILITY = "accessibility"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _TITLES[self]


_TITLES = {
    LegalPage.IMPRINT: Text("Imprint"),
    LegalPage.TERMS: Text("Terms of use"),
    LegalPage.PRIVACY: Text("Privacy"),
    LegalPage.CONTACT: Text("Contact points"),
    LegalPage.ACCESSIBILITY: Text("Accessibility"),
}


class TextLanguage(StrEnum):
    """The languages in which legal texts are kept; the German one is binding."""

    GERMAN = "de"
    ENGLISH = "en"


class Detail(StrEnum):
    """Something that stands in several texts and is entered once."""

    OPERATOR = "operator"
    ADDRESS = "address"
    REPRESENTED_BY = "represented_by"
    REGISTER_ENTRY = "register_entry"
    TAX_NUMBER = "tax_number"
    PHONE = "phone"
    EMAIL = "email"
    DATA_PROTECTION = "data_protection"
    SUPERVISOR = "supervisor"
    HOSTING = "hosting"
    ARBITRATION_BODY = "arbitration_body"
    CHECKED_ON = "checked_on"
    KNOWN_GAPS = "known_gaps"

    @property
    def words(self) -> "Words":
        """How it is asked for."""
        return _DETAILS[self]

    def gap(self, language: TextLanguage) -> str:
        """The mark in the text of a language that stands for it."""
        return _GAPS[self][language is TextLanguage.ENGLISH]


@dataclass(frozen=True, slots=True)
class Words:
    """The question and a hint."""

    label: Text
    hint: Text
    has_lines: bool = False


_DETAILS = {
    Detail.OPERATOR: Words(Text("Name of the operator"), Text("The body that runs this network, with its legal form.")),
    Detail.ADDRESS: Words(Text("Postal address"), Text("Street, postcode and town. No post-office box."), True),
    Detail.REPRESENTED_BY: Words(Text("Represented by"), Text("The names of those who sign for the operator.")),
    Detail.REGISTER_ENTRY: Words(
        Text("Entry in a register"), Text("Court and number. Write “none” if there is no entry.")
    ),
    Detail.TAX_NUMBER: Words(
        Text("VAT number"), Text("Only the number for value-added tax. Write “none” if there is none.")
    ),
    Detail.PHONE: Words(Text("Telephone"), Text("A number at which people answer.")),
    Detail.EMAIL: Words(Text("E-mail address"), Text("An address that is read on working days.")),
    Detail.DATA_PROTECTION: Words(
        Text("Contact for data protection"), Text("The data protection officer, or who answers instead."), True
    ),
    Detail.SUPERVISOR: Words(
        Text("Supervisory authority for data protection"), Text("The one of the Land, or of the church."), True
    ),
    Detail.HOSTING: Words(
        Text("Who runs the machines"),
        Text("Name and place of the firm, or “we ourselves”, and who sends the mails."),
        True,
    ),
    Detail.ARBITRATION_BODY: Words(
        Text("Arbitration body for accessibility"), Text("The one of your Land, with address and e-mail."), True
    ),
    Detail.CHECKED_ON: Words(Text("Last check of accessibility"), Text("The day, such as 3 November 2026.")),
    Detail.KNOWN_GAPS: Words(
        Text("What is not accessible yet"), Text("One sentence for each. Write “none that we know of” if so."), True
    ),
}
_GAPS = {
    Detail.OPERATOR: ("[Name der Betreiberin]", "[name of the operator]"),
    Detail.ADDRESS: ("[Anschrift]", "[postal address]"),
    Detail.REPRESENTED_BY: ("[Vertreten durch]", "[represented by]"),
    Detail.REGISTER_ENTRY: ("[Registereintrag]", "[entry in a register]"),
    Detail.TAX_NUMBER: ("[Umsatzsteuer-Nummer]", "[VAT number]"),
    Detail.PHONE: ("[Telefon]", "[telephone]"),
    Detail.EMAIL: ("[E-Mail-Adresse]", "[e-mail address]"),
    Detail.DATA_PROTECTION: ("[Kontakt für den Datenschutz]", "[contact for data protection]"),
    Detail.SUPERVISOR: ("[Aufsicht für den Datenschutz]", "[supervisory authority]"),
    Detail.HOSTING: ("[Betrieb der Rechner]", "[who runs the machines]"),
    Detail.ARBITRATION_BODY: ("[Schlichtungsstelle]", "[arbitration body]"),
    Detail.CHECKED_ON: ("[Tag der letzten Prüfung]", "[day of the last check]"),
    Detail.KNOWN_GAPS: ("[Bekannte Mängel]", "[known gaps]"),
}
