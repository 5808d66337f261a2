"""What a run keeps is read back as it was computed, for every shipped set and every sample farm."""

import json
from dataclasses import fields
from fractions import Fraction

import pytest

from succession.allocation.points import Result
from succession.awards.asking import first_placed, wanted
from succession.awards.case import Entrant, case, catalogue_of, evaluate_case
from succession.awards.models_evidence import WhyAsked
from succession.awards.working import as_data, result_of
from succession.principles import shipped
from succession.principles.sample_farms import farms, sample_lot, values


def a_case(document):
    lot = {key: str(one) if isinstance(one, Fraction) else one for key, one in sample_lot(document.catalogue).items()}
    entrants = [Entrant(farm.key, values(document, farm)) for farm in farms()]
    return case("lot", document.points_catalogue(), lot, entrants)


@pytest.mark.parametrize("name", shipped.names())
def test_the_working_goes_into_the_database_and_comes_back(name):
    document = shipped.document(name)
    written = a_case(document)
    result = evaluate_case(written)
    data = json.loads(json.dumps(as_data(catalogue_of(written), result)))
    read = result_of(data)
    assert as_data(catalogue_of(written), read) == data
    assert [card.lines for card in read.cards] == [card.lines for card in result.cards]
    names = [one.name for one in fields(Result) if one.name != "cards"]
    assert {name: getattr(read, name) for name in names} == {name: getattr(result, name) for name in names}


@pytest.mark.parametrize("name", shipped.names())
def test_evidence_is_asked_only_of_the_first_and_of_those_who_move_others(name):
    document = shipped.document(name)
    result = evaluate_case(a_case(document))
    relative = set(document.catalogue.relative)
    for one in wanted(document, result):
        if one.why is WhyAsked.FIRST_PLACED:
            assert one.code in first_placed(result)
        elif one.why is WhyAsked.MOVES_OTHERS:
            assert set(one.papers) <= relative
        else:
            assert document.evidence_from == "all"


def test_where_a_round_placed_somebody_they_are_asked_instead_of_the_first():
    document = shipped.document("recommended")
    result = evaluate_case(a_case(document))
    other = result.ranking[-1]
    asked = [one.code for one in wanted(document, result, (other,)) if one.why is WhyAsked.FIRST_PLACED]
    assert set(asked) <= {other}
    assert result.ranking[0] not in asked
