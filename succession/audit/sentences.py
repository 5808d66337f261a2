"""What each act is called in the record that people read. Pure.

Whoever records a new action gives it a sentence here, in the passive: who it was stands beside it.
"""

from succession.i18n import Text

SENTENCES: dict[str, Text] = {
    "account.created": Text("The account was made."),
    "account.signed_in": Text("Somebody signed in to the account."),
    "account.signed_out": Text("Somebody signed out of the account."),
    "account.language_chosen": Text("The language was chosen."),
    "organisation.created": Text("The organisation was entered."),
    "organisation.member_added": Text("Somebody became a member of the organisation."),
    "land.imported": Text("A file with parcels was taken in."),
    "land.file_handed_in": Text("A file with parcels was handed in."),
    "land.site_created": Text("Premises were entered."),
    "listing.created": Text("The offer was begun as a draft."),
    "listing.edited": Text("The offer was changed."),
    "listing.confirmed": Text("It was confirmed that the offer still stands."),
    "listing.deleted": Text("The draft was deleted."),
    "listing.publish": Text("The offer was published."),
    "listing.reserve": Text("The offer was marked as reserved."),
    "listing.release": Text("The offer was opened again for others."),
    "listing.hand_over": Text("The offer was marked as handed over."),
    "listing.withdraw": Text("The offer was withdrawn."),
    "listing.revise": Text("The offer was made a draft again."),
    "profile.edited": Text("The profile was changed."),
    "search.created": Text("The search was begun."),
    "search.edited": Text("The search was changed."),
    "search.deleted": Text("The search was deleted."),
    "search.published": Text("The search was published."),
    "search.withdrawn": Text("The search was withdrawn."),
}


def sentence(action: str) -> Text:
    """The sentence of an action; one of an older version that has none is shown as its code."""
    return SENTENCES.get(action) or Text("Something was done: %(code)s", {"code": action})
