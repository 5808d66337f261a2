"""Why two fit each other: one reason for each criterion that counts, in the words of the one who reads. Pure."""

from dataclasses import dataclass
from fractions import Fraction

from succession.facts.importance import Importance
from succession.i18n import Text, Texts
from succession.matching.criteria.criterion import Criterion, Mark, Side
from succession.matching.pairs import RADIUS, Pair
from succession.matching.scoring import PairScore, SideScore

BAR_STEPS = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion that counts for one side, with what it adds to that side's rank score."""

    criterion: Criterion
    stated: Text | None
    wanted: Text | None
    satisfaction: Fraction | None
    weight: int
    is_must: bool
    contribution: Fraction
    sentence: Text

    @property
    def side(self) -> Side:
        """Whose wish it is."""
        return self.criterion.side

    @property
    def mark(self) -> Mark:
        """Fits, partly, open or against."""
        return Mark.of(self.satisfaction)

    @property
    def importance(self) -> Text:
        """How much it counts, in the words of the form; only for the one whose wish it is."""
        if self.is_must:
            return Importance.MUST.label
        return next(each.label for each in Importance if each.weight == self.weight)

    @property
    def full_sentence(self) -> Text:
        """The sentence, with a must-have named as such."""
        return Text("%(sentence)s (must be)", {"sentence": self.sentence}) if self.is_must else self.sentence


def reasons(pair: Pair, score: PairScore, reader: Side) -> tuple[Reason, ...]:
    """The reader's own criteria first, each side's weightiest first."""
    found = []
    for side, side_score in ((reader, _of(score, reader)), (other(reader), _of(score, other(reader)))):
        contributions = {
            line.criterion: added for line, added in zip(side_score.lines, side_score.contributions, strict=True)
        }
        ours = [_reason(pair, each, contributions[each.key], reader) for each in pair.counting(side)]
        found += sorted(ours, key=lambda reason: (not reason.is_must, -reason.weight))
    return tuple(found)


def other(side: Side) -> Side:
    """The side on the other end of the match."""
    return Side.LISTING if side is Side.SEEKER else Side.SEEKER


def best(found: tuple[Reason, ...], reader: Side, count: int = 3) -> tuple[Reason, ...]:
    """The few of the reader's own reasons that add most."""
    own = [reason for reason in found if reason.side is reader and reason.mark in {Mark.FITS, Mark.PARTLY}]
    return tuple(sorted(own, key=lambda reason: -reason.contribution)[:count])


def questions(pair: Pair, reader: Side) -> tuple[Text, ...]:
    """What has to be cleared up before it counts as a match, as a sentence each."""
    asked: list[Text] = []
    unclear = set(pair.unclear())
    if RADIUS in unclear:
        values = {"km": pair.km, "radius": pair.search["radius_km"]}
        if reader is Side.SEEKER:
            asked.append(Text("%(km)s km away, and only part of the area lies within your %(radius)s km", values))
        else:
            asked.append(Text("%(km)s km away, and only part of your area lies within their %(radius)s km", values))
    for side in (reader, other(reader)):
        open_ones = (each for each in pair.counting(side) if each.key in unclear and pair.is_must(each))
        asked.extend(_question(pair, each, reader) for each in open_ones)
    return tuple(asked)


def steps(share: Fraction) -> int:
    """A share as the nearest of the four steps of a bar; only 0 is an empty one."""
    return max(1, int(share * BAR_STEPS + Fraction(1, 2))) if share else 0


def percent(share: Fraction) -> int:
    """A share out of 100, half upwards: only for display."""
    return int(share * 100 + Fraction(1, 2))


def band(score: PairScore) -> Text | Texts | None:
    """What may still become of the figure; None where nothing is open."""
    count = sum(line.satisfaction is None for side in (score.seeker, score.listing) for line in side.lines)
    if not count:
        return None
    values = {"low": percent(score.low), "high": percent(score.high)}
    return Texts(
        "One statement is missing; depending on it, it would be %(low)s to %(high)s.",
        "%(num)s statements are missing; depending on them, it would be %(low)s to %(high)s.",
        count,
        values,
    )


def coverage(score: PairScore) -> Fraction:
    """The share of all weights, of both sides together, that is known."""
    lines = (*score.seeker.lines, *score.listing.lines)
    whole = sum((line.weight for line in lines), Fraction(0))
    known = sum((line.weight for line in lines if line.satisfaction is not None), Fraction(0))
    return known / whole if whole else Fraction(1)


def served(score: PairScore, side: Side) -> SideScore:
    """How this side is served by the other."""
    return _of(score, side)


def _of(score: PairScore, side: Side) -> SideScore:
    return score.seeker if side is Side.SEEKER else score.listing


def _reason(pair: Pair, criterion: Criterion, contribution: Fraction, reader: Side) -> Reason:
    facts, wishes = pair.facts(criterion.side), pair.wishes(criterion.side)
    is_own = criterion.side is reader
    return Reason(
        criterion=criterion,
        stated=criterion.stated(facts),
        wanted=criterion.wanted(wishes),
        satisfaction=criterion.rule(facts, wishes),
        weight=wishes[criterion.weight_column] or 0,
        is_must=pair.is_must(criterion),
        contribution=contribution,
        sentence=criterion.sentence(facts, wishes) if is_own else criterion.sentence_for_other(facts, wishes),
    )


def _question(pair: Pair, criterion: Criterion, reader: Side) -> Text:
    """One's own must-have is a question to the other side, theirs one to oneself."""
    if criterion.side is reader:
        return criterion.sentence(pair.facts(criterion.side), pair.wishes(criterion.side))
    theirs = criterion.asked_of_other(pair.wishes(criterion.side))
    return Text("They need to know from you: %(wish)s", {"wish": theirs})
