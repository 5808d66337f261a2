"""What a file is handed in for; that decides who may ever see it. Pure."""

from enum import StrEnum

from succession.accounts.duties import Duty


class Purpose(StrEnum):
    """What a file is for."""

    OFFER_PHOTO = "offer_photo"
    OFFER_DOCUMENT = "offer_document"
    MANDATE = "mandate"
    CALL_DOCUMENT = "call_document"
    EVIDENCE = "evidence"
    ENVELOPE_SCAN = "envelope_scan"
    DECISION_SCAN = "decision_scan"
    CHECK_EVIDENCE = "check_evidence"
    CONTRACT = "contract"

    @property
    def is_for_others(self) -> bool:
        """Whether anybody but its owner may see it while the offer it belongs to is published."""
        return self is Purpose.OFFER_PHOTO

    @property
    def duty(self) -> Duty:
        """What somebody must do for an organisation to hand in, remove and read its files of this purpose."""
        return _DUTIES[self]


_DUTIES = {
    Purpose.OFFER_PHOTO: Duty.OFFER,
    Purpose.OFFER_DOCUMENT: Duty.OFFER,
    Purpose.MANDATE: Duty.OFFER,
    Purpose.CALL_DOCUMENT: Duty.CALL,
    Purpose.EVIDENCE: Duty.SCORE,
    Purpose.ENVELOPE_SCAN: Duty.SCORE,
    Purpose.DECISION_SCAN: Duty.SCORE,
    Purpose.CHECK_EVIDENCE: Duty.SCORE,
    Purpose.CONTRACT: Duty.LETTERS,
}
SCORING_ONLY = frozenset({Purpose.EVIDENCE, Purpose.ENVELOPE_SCAN, Purpose.CHECK_EVIDENCE, Purpose.CONTRACT})
"""What tells of applicants is read by those who score for the organisation, not by all of its members."""
