"""What each act is called in the record that people read. Pure.

Whoever records a new action gives it a sentence here, in the passive: who it was stands beside it.
"""

from succession.i18n import Text

SENTENCES: dict[str, Text] = {
    "account.created": Text("The account was made."),
    "account.signed_in": Text("Somebody signed in to the account."),
    "account.signed_out": Text("Somebody signed out of the account."),
    "account.second_factor_added": Text("A second step for signing in was set up."),
    "account.second_factor_removed": Text("A second step for signing in was removed."),
    "account.second_factor_passed": Text("Somebody passed the second step of signing in."),
    "account.second_factor_reset": Text("The second step for signing in was removed for somebody who had lost it."),
    "account.language_chosen": Text("The language was chosen."),
    "organisation.created": Text("The organisation was entered."),
    "organisation.member_added": Text("Somebody became a member of the organisation."),
    "organisation.verified": Text("The organisation was checked."),
    "organisation.turned_down": Text("The organisation could not be checked and was taken out again."),
    "organisation.changed": Text("The data of the organisation were changed."),
    "organisation.member_invited": Text("Somebody was invited to the organisation."),
    "organisation.invitation_withdrawn": Text("An invitation to the organisation was taken back."),
    "organisation.member_joined": Text("An invitation was accepted."),
    "organisation.role_changed": Text("A member of the organisation got another role."),
    "organisation.member_removed": Text("A member was taken out of the organisation."),
    "organisation.member_left": Text("A member left the organisation."),
    "mandate.given": Text("An office was given a mandate."),
    "mandate.revoked": Text("The mandate of an office was revoked."),
    "mandate.handed_back": Text("An office handed its mandate back."),
    "privacy.copy_requested": Text("A copy of all data was asked for."),
    "privacy.copy_fetched": Text("A copy of all data was fetched."),
    "consent.given": Text("A consent was given."),
    "consent.withdrawn": Text("A consent was withdrawn."),
    "account.erasure_requested": Text("The account was closed; its deletion was asked for."),
    "account.erased": Text("The account and its data were deleted."),
    "retention.run": Text("What had had its time was deleted."),
    "archive.named": Text("The archive of the organisation was named."),
    "archive.offered": Text("Files were offered to the archive."),
    "archive.answered": Text("The answer of the archive was noted."),
    "archive.deleted": Text("Files were deleted after the archive had been asked."),
    "file.added": Text("A photo or document was handed in."),
    "file.described": Text("A photo or document was described."),
    "file.removed": Text("A photo or document was removed."),
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
