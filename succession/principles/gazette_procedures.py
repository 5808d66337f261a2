"""What a set says beside points, in sentences: land held, lots won, raised offers, shares of places, matching. Pure."""

from collections.abc import Iterator, Sequence

from succession.allocation.catalogue import Catalogue
from succession.allocation.conditions import Condition
from succession.allocation.procedures import Among, AtTie, EarlierWins, ReservedPlaces, Stacking, VirtualBid
from succession.allocation.wording import Wordings, figure, listed, named
from succession.i18n import Text, Value
from succession.principles.gazette_conditions import condition_sentence

HUNDRED = 100


def beside_points(catalogue: Catalogue, words: Wordings) -> Iterator[Text]:
    """What changes points, or keeps somebody out, besides the criteria."""
    if catalogue.earlier_wins is not None:
        yield from _earlier_wins(catalogue.earlier_wins)
    if catalogue.land_limit is not None:
        percent = {"percent": figure(catalogue.land_limit.at_most * HUNDRED)}
        yield Text(
            "Whoever would hold more than %(percent)s percent of their farm from this owner with this lot is out.",
            percent,
        )
    if catalogue.virtual_bid is not None:
        yield from _virtual_bid(catalogue.virtual_bid, words)


def after_points(catalogue: Catalogue, words: Wordings) -> Iterator[Text]:
    """What happens to the order once points are there."""
    if catalogue.every_nth is not None:
        rule = catalogue.every_nth
        nth: dict[str, Value] = {"every": rule.every, "who": _who(rule.who, words)}
        yield Text("One place in %(every)s goes to this group while somebody of it is left: %(who)s", nth)
    if catalogue.reserved_places is not None:
        yield from _reserved(catalogue.reserved_places, words)
    if catalogue.auction is not None:
        auction = catalogue.auction
        yield Text("In the end there is bidding by word of mouth. Written offers stay binding.")
        if auction.among is Among.HIGHEST:
            yield Text("Invited are the %(count)s highest offers.", {"count": auction.invited})
        else:
            yield Text("Invited are those who are equal.")
        if auction.sitting is not None:
            yield Text("The sitting lessee is always invited.")
        yield Text("Each bid is at least %(step)s euros higher.", {"step": figure(auction.step)})
    if catalogue.right_to_match is not None:
        who = {"who": _who(catalogue.right_to_match.who, words)}
        yield Text("Who belongs to this group may take the lot at the price of the best offer: %(who)s", who)


def _earlier_wins(rule: EarlierWins) -> Iterator[Text]:
    yield Text("Whoever has won lots before in the same call or year counts less.")
    last = len(rule.factors)
    for won, factor in enumerate(rule.factors, start=1):
        values = {"won": won, "percent": figure(factor * HUNDRED)}
        if won == last:
            yield Text("With %(won)s lots or more: %(percent)s percent of the points.", values)
        else:
            yield Text("With lots won before, %(won)s in number: %(percent)s percent of the points.", values)


def _virtual_bid(rule: VirtualBid, words: Wordings) -> Iterator[Text]:
    yield Text("Offers are compared as if they were higher. What is paid is the offer itself.")
    if rule.per_point is not None:
        yield Text("Each point raises the offer by %(percent)s percent.", {"percent": figure(rule.per_point * HUNDRED)})
    for uplift in rule.uplifts:
        values = {
            "percent": figure(uplift.share * HUNDRED),
            "condition": condition_sentence(uplift.condition, words),
        }
        yield Text("Raised by %(percent)s percent where this holds: %(condition)s", values)
    if len(rule.uplifts) > 1:
        both = {
            Stacking.HIGHEST: Text("Of several the highest counts."),
            Stacking.SUM: Text("Several are added up."),
        }
        yield both[rule.stacking]


def _reserved(rule: ReservedPlaces, words: Wordings) -> Iterator[Text]:
    for share in rule.shares:
        values: dict[str, Value] = {"places": share.places, "who": _who(share.who, words), "all": rule.places}
        yield Text("Of %(all)s places %(places)s are for this group: %(who)s", values)
        if share.spills_to:
            others = [named(words, one) for one in share.spills_to]
            yield Text("What is left of them goes first to: %(groups)s.", {"groups": listed(others)})
    ties = {
        AtTie.LOT: Text("Where a share ends among equals, the order and its draw decide."),
        AtTie.ALL: Text("Where a share ends among equals, all of them take a place of it."),
        AtTie.NONE: Text("Where a share ends among equals, none of them takes a place of it."),
    }
    yield ties[rule.at_tie]


def _who(conditions: Sequence[Condition], words: Wordings) -> Text:
    """All conditions of a group, one after the other."""
    found = condition_sentence(conditions[-1], words)
    for condition in reversed(conditions[:-1]):
        found = Text("%(first)s %(rest)s", {"first": condition_sentence(condition, words), "rest": found})
    return found
