"""Second steps for tests; everything is committed."""

from datetime import UTC, datetime

import pyotp

from succession.accounts import queries, service_second_factor
from succession.accounts.models import AccountSession
from succession.accounts.models_second_factor import TotpSecret
from succession.accounts.sealing import Keys
from succession.accounts.tokens import hash_token, new_token

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
KEYS = Keys("only-for-tests-" * 3)


def an_app(session, account, *, last_step=0) -> pyotp.TOTP:
    """The account has an app; returns it."""
    session.add(
        TotpSecret(
            account_id=account.id, sealed_secret=KEYS.seal(SECRET), created_at=datetime.now(UTC), last_step=last_step
        )
    )
    session.commit()
    return pyotp.TOTP(SECRET)


def a_printed_list(session, account, now) -> list[str]:
    """The account has a printed list whose first code is used up; returns its codes."""
    actor = queries.actor_of(session, account.id)
    token_hash = a_session(session, account, now)
    codes = service_second_factor.draft_list(session, actor, KEYS, now=now)
    service_second_factor.confirm_list(session, actor, token_hash, KEYS, codes[0], now=now)
    session.commit()
    return codes


def recovery_codes(session, account, now) -> list[str]:
    """Emergency codes of an account that has a second step."""
    actor = queries.actor_of(session, account.id)
    codes = service_second_factor.renew_recovery_codes(session, actor, KEYS, now=now)
    session.commit()
    return codes


def a_session(session, account, now, **values) -> bytes:
    """A session in which the password has been entered; returns the hash of its token."""
    token_hash = hash_token(new_token())
    given = {"created_at": now, "last_seen_at": now, "password_entered_at": now, **values}
    session.add(AccountSession(account_id=account.id, token_hash=token_hash, **given))
    session.commit()
    return token_hash
