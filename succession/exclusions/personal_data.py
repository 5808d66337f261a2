"""What the room holds on a person: their own list, and keys by which they would be recognised on the lists of others.

A list names third persons. It is exported to its owner only, goes with the account, and is never logged: the record of
what was done holds the number of a line, not what it says.
"""

from succession.exclusions.models import Exclusion, ExclusionKey, ExclusionSubject, ExclusionSubjectKey
from succession.i18n import Text
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, names, table_of, under

LISTS = DataClass(
    key="exclusions",
    title=Text("Who must not learn of it"),
    purpose=Text("So that the people, firms and places you name do not see what you offer or seek."),
    ground=LegalGround.LEGITIMATE_INTEREST,
    keeping=Text("Until you take a line away or close your account."),
    recipients=Text("nobody but you; not even our advisors see the list"),
)
RECOGNITION = DataClass(
    key="recognition",
    title=Text("How you would be recognised on somebody's list"),
    purpose=Text("So that others can keep what they offer or seek from you. It is stored as a checksum, not in words."),
    ground=LegalGround.LEGITIMATE_INTEREST,
    keeping=Text("As long as you have an account."),
    recipients=Text("nobody"),
)

REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(ExclusionKey),
        plain=(),
        secret=("exclusion_id", "key"),
        data_class=LISTS,
        concerns=(
            Concern(
                under(ExclusionKey.exclusion_id, Exclusion.id, Exclusion.owner_account_id),
                OnErasure.DELETE,
                is_exported=False,
            ),
        ),
    ),
    Marked(
        table=table_of(Exclusion),
        plain=("id", "public_id", "owner_organisation_id"),
        personal=("owner_account_id", "created_by_account_id", "kind", "name", "address", "place_id", "created_at"),
        data_class=LISTS,
        concerns=(
            Concern(names(Exclusion.owner_account_id), OnErasure.DELETE),
            Concern(
                lambda person: (
                    (Exclusion.created_by_account_id == person.account_id)
                    & Exclusion.owner_account_id.is_distinct_from(person.account_id)
                ),
                OnErasure.CLEAR,
                clears={"created_by_account_id": None},
                is_exported=False,
            ),
        ),
    ),
    Marked(
        table=table_of(ExclusionSubjectKey),
        plain=(),
        secret=("subject_id", "key"),
        data_class=RECOGNITION,
        concerns=(
            Concern(
                under(ExclusionSubjectKey.subject_id, ExclusionSubject.id, ExclusionSubject.account_id),
                OnErasure.DELETE,
                is_exported=False,
            ),
        ),
    ),
    Marked(
        table=table_of(ExclusionSubject),
        plain=("id", "organisation_id"),
        secret=("account_id", "fingerprint"),
        data_class=RECOGNITION,
        concerns=(Concern(names(ExclusionSubject.account_id), OnErasure.DELETE, is_exported=False),),
    ),
)
