"""The answer of `succession match` as plain data: exact rationals as text, sentences in one language. Pure."""

from collections.abc import Callable
from typing import Any

from succession.i18n import AnyText
from succession.matching.explanation import Reason, coverage, other, served
from succession.matching.pairs import RADIUS
from succession.matching.queries import Match, Matches
from succession.records.documents import rational

Say = Callable[[AnyText], str]


def document(matches: Matches, limit: int, say: Say) -> dict[str, Any]:
    """`{pool_means_id, matches, to_be_clarified}` with full figures of both sides."""
    return {
        "pool_means_id": str(matches.pool_means_id),
        "matches": [_match(each, say) for each in matches.ranked[:limit]],
        "to_be_clarified": [{**_match(each, say), "unclear": _unclear(each)} for each in matches.unclear[:limit]],
    }


def _match(match: Match, say: Say) -> dict[str, Any]:
    """One pair; `them_to_you` is how well they serve the wishes of the one who asks, `you_to_them` the reverse."""
    return {
        "id": str(match.shown.public_id),
        "title": say(match.shown.title),
        "score": rational(match.score.joint),
        "low": rational(match.score.low),
        "high": rational(match.score.high),
        "you_to_them": rational(served(match.score, other(match.reader)).rank),
        "them_to_you": rational(served(match.score, match.reader).rank),
        "coverage": rational(coverage(match.score)),
        "reasons": [_reason(each, say) for each in match.reasons],
    }


def _reason(reason: Reason, say: Say) -> dict[str, Any]:
    return {
        "side": reason.side.value,
        "criterion": reason.criterion.key,
        "stated": None if reason.stated is None else say(reason.stated),
        "wanted": None if reason.wanted is None else say(reason.wanted),
        "satisfaction": rational(reason.satisfaction),
        "weight": str(reason.weight),
        "contribution": rational(reason.contribution),
        "sentence": say(reason.full_sentence),
    }


def _unclear(match: Match) -> list[str]:
    """The keys of the must-haves that wait for an answer; `radius` for an area that lies only partly within it."""
    keys = match.pair.unclear()
    assert keys, f"a pair to be clarified has an open must-have or lies across the radius ({RADIUS})"
    return list(keys)
