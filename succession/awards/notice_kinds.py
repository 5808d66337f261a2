"""What an office writes to applicants after a decision, and how it reaches them. Pure."""

from enum import StrEnum

from succession.i18n import Text

LONGEST_OBJECTION = 6000
LONGEST_ANSWER = 6000
LONGEST_REASON = 2000


class NoticeKind(StrEnum):
    """What one writing tells an applicant."""

    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    ANSWER = "answer"
    COMPUTED_AGAIN = "computed_again"
    DECIDED_ANEW = "decided_anew"

    @property
    def label(self) -> Text:
        """What the office reads."""
        return _KINDS[self]

    @property
    def tells_result(self) -> bool:
        """Whether it tells somebody their points and the decision, which begins the Wartefrist."""
        return self in (NoticeKind.CHOSEN, NoticeKind.NOT_CHOSEN)


_KINDS = {
    NoticeKind.CHOSEN: Text("Letter to the one who was chosen"),
    NoticeKind.NOT_CHOSEN: Text("Letter to somebody who was not chosen"),
    NoticeKind.ANSWER: Text("Answer to an objection"),
    NoticeKind.COMPUTED_AGAIN: Text("Letter that it was computed again"),
    NoticeKind.DECIDED_ANEW: Text("Letter that the body decides anew"),
}


class NotSigned(StrEnum):
    """Why there is no contract with whoever was chosen."""

    REFUSED = "refused"
    DAY_PASSED = "day_passed"

    @property
    def label(self) -> Text:
        """What the office reads."""
        return _NOT_SIGNED[self]


_NOT_SIGNED = {
    NotSigned.REFUSED: Text("The one who was chosen does not want to sign"),
    NotSigned.DAY_PASSED: Text("The day has passed until which signing was possible"),
}


class Way(StrEnum):
    """How a writing goes out."""

    POST = "post"
    MAIL = "mail"

    @property
    def label(self) -> Text:
        """What the office reads."""
        return _WAYS[self]


_WAYS = {Way.POST: Text("by post"), Way.MAIL: Text("by mail and on their page")}


class ObjectionWay(StrEnum):
    """How an objection came in."""

    ONLINE = "online"
    PAPER = "paper"

    @property
    def label(self) -> Text:
        """What the office reads."""
        return _OBJECTION_WAYS[self]


_OBJECTION_WAYS = {ObjectionWay.ONLINE: Text("online"), ObjectionWay.PAPER: Text("on paper")}


class AnswerOutcome(StrEnum):
    """What the office answers to an objection."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"
    TOO_LATE = "too_late"

    @property
    def label(self) -> Text:
        """What everybody reads."""
        return _ANSWERS[self]


_ANSWERS = {
    AnswerOutcome.JUSTIFIED: Text("The objection is right"),
    AnswerOutcome.NOT_JUSTIFIED: Text("The objection changes nothing"),
    AnswerOutcome.TOO_LATE: Text("The objection came too late"),
}
