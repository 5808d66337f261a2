"""The kinds of criterion that the editor offers, in the words of a clerk instead of an engine. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from succession.allocation.rules import Want
from succession.i18n import Text
from succession.principles.questions import Source


class Kind(StrEnum):
    """How a criterion earns points; the value is the engine's name for it."""

    YES_OR_NO = "boolean"
    STEPS = "steps"
    LINEAR = "linear"
    COUNTED = "per_unit"
    CHOICE = "category"
    REFERENCE = "vs_reference"
    RANK = "rank"
    MEAN = "vs_trimmed_mean"
    BEST = "proportion_to_best"
    AWARDED = "awarded"
    PANEL = "panel_mean"


@dataclass(frozen=True, slots=True)
class KindWords:
    """What a clerk reads of a kind, what it asks for, and who states it."""

    label: Text
    explanation: Text
    example: Text
    wants: Want
    source: Source
    address: str


KINDS: dict[Kind, KindWords] = {
    Kind.YES_OR_NO: KindWords(
        Text("Yes or no"),
        Text("Whoever says yes gets the points."),
        Text("For example: organic farm, 5 points."),
        Want.YES_OR_NO,
        Source.DECLARED,
        "yes-or-no",
    ),
    Kind.STEPS: KindWords(
        Text("Steps of a figure"),
        Text("A figure falls into a step, and each step has its points."),
        Text("For example: distance up to 5 km 3 points, up to 20 km 1 point."),
        Want.NUMBER,
        Source.DECLARED,
        "steps",
    ),
    Kind.LINEAR: KindWords(
        Text("Evenly between two figures"),
        Text("The nearer a figure is to the best one, the more points, without jumps."),
        Text("For example: 10 points at 5 km, none from 40 km on."),
        Want.NUMBER,
        Source.DECLARED,
        "evenly",
    ),
    Kind.COUNTED: KindWords(
        Text("Counted, with an upper limit"),
        Text("Every full unit earns points, up to a limit."),
        Text("For example: 1 point for every 100 m of hedge, at most 3."),
        Want.NUMBER,
        Source.DECLARED,
        "counted",
    ),
    Kind.CHOICE: KindWords(
        Text("Choice"),
        Text("One of several answers, each with its points."),
        Text("For example: arable 0, mixed 2, grazing 3 points."),
        Want.NAME,
        Source.DECLARED,
        "choice",
    ),
    Kind.REFERENCE: KindWords(
        Text("Compared with a published figure"),
        Text("A figure is divided by a published one, such as the average of the county."),
        Text("For example: from 1.2 times the county's labour per hectare on 2 points."),
        Want.NUMBER,
        Source.DECLARED,
        "reference",
    ),
    Kind.RANK: KindWords(
        Text("Rank of the bid"),
        Text("The highest bid gets most, the second less. How far apart they are does not count."),
        Text("For example: 3, 2 and 1 points."),
        Want.NUMBER,
        Source.BID,
        "rank-of-bid",
    ),
    Kind.MEAN: KindWords(
        Text("Bid compared with the others"),
        Text("The bid is compared with the mean of all bids without the highest and the lowest."),
        Text("For example: 3 points from 0.9 times the mean on. That dampens bidding up."),
        Want.NUMBER,
        Source.BID,
        "bid-and-mean",
    ),
    Kind.BEST: KindWords(
        Text("Bid in proportion to the best"),
        Text("The best bid gets all points, the others in proportion."),
        Text("For example: 10 points; whoever offers half gets 5."),
        Want.NUMBER,
        Source.BID,
        "bid-and-best",
    ),
    Kind.AWARDED: KindWords(
        Text("Given by a body"),
        Text("A named body gives points and writes down why."),
        Text("For example: the environment office gives 0 to 5 points for the concept."),
        Want.NUMBER,
        Source.AWARDED,
        "by-a-body",
    ),
    Kind.PANEL: KindWords(
        Text("Given by a panel"),
        Text("Several people give marks; their mean counts."),
        Text("For example: three members give 0 to 10, worth up to 20 points."),
        Want.NUMBERS,
        Source.AWARDED,
        "by-a-panel",
    ),
}
BY_ADDRESS = {words.address: kind for kind, words in KINDS.items()}
OF_BIDS = frozenset({Kind.RANK, Kind.MEAN, Kind.BEST})
WITH_STEPS = frozenset({Kind.STEPS, Kind.REFERENCE, Kind.MEAN})


def kind_of(engine_kind: str) -> Kind | None:
    """The kind that the editor knows; None for one that only a file can hold."""
    return next((kind for kind in Kind if kind.value == engine_kind), None)
