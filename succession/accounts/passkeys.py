"""Passkeys: what a browser is asked for, and whether its answer is right. Pure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import webauthn
from webauthn.helpers import options_to_json_dict, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

PREFERRED = UserVerificationRequirement.PREFERRED
LONGEST_ANSWER = 20_000
WRONG = (WebAuthnException, ValueError, TypeError, KeyError)


@dataclass(frozen=True, slots=True)
class Site:
    """The site that a passkey belongs to: browsers let no other site use it."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class NewKey:
    """What is kept of a new passkey."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a browser sent back, for which site, and to which question."""

    site: Site
    text: str
    challenge: bytes

    @property
    def credential_id(self) -> bytes | None:
        """Which key the browser says it has used."""
        try:
            return parse_authentication_credential_json(_document(self.text)).raw_id
        except WRONG:
            return None


def question_for_new(
    site: Site, *, user_id: bytes, user_name: str, known: Sequence[bytes], challenge: bytes
) -> dict[str, Any]:
    """What the browser is asked when a passkey is made; a device that has one already makes no second."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=user_id,
        user_name=user_name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=PREFERRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return options_to_json_dict(options)


def question(site: Site, *, known: Sequence[bytes], challenge: bytes) -> dict[str, Any]:
    """What the browser is asked when somebody signs in."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
        user_verification=PREFERRED,
    )
    return options_to_json_dict(options)


def new_key(answer: Answer) -> NewKey | None:
    """The key in the browser's answer; None if the answer is wrong in any way."""
    try:
        verified = webauthn.verify_registration_response(
            credential=_document(answer.text),
            expected_challenge=answer.challenge,
            expected_rp_id=answer.site.host,
            expected_origin=answer.site.origin,
        )
    except WRONG:
        return None
    return NewKey(verified.credential_id, verified.credential_public_key, verified.sign_count)


def next_count(answer: Answer, *, public_key: bytes, sign_count: int) -> int | None:
    """The counter after a right answer; None for a wrong one, also if the counter shows a copied key."""
    try:
        verified = webauthn.verify_authentication_response(
            credential=_document(answer.text),
            expected_challenge=answer.challenge,
            expected_rp_id=answer.site.host,
            expected_origin=answer.site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
        )
    except WRONG:
        return None
    return verified.new_sign_count


def _document(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("too long")
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise TypeError("no object")
    return found
