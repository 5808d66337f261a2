from succession.awards.lead_outward import LotStands, reached, steps
from succession.calls.states import CallState


def lot(**values):
    """A lot for which all is done, unless said otherwise."""
    done = {
        "is_award": True,
        "letters_left": True,
        "period_over": True,
        "objections_wait": False,
        "approvals_wait": False,
        "is_signed": True,
        "later_steps_wait": False,
    }
    return LotStands(**{**done, **values})


def test_a_call_goes_only_as_far_as_its_slowest_lot():
    assert reached([lot(), lot(letters_left=False, period_over=False, is_signed=False)]) is CallState.DECIDED
    assert reached([lot(), lot(period_over=False, is_signed=False)]) is CallState.STANDSTILL
    assert reached([lot(), lot(objections_wait=True, is_signed=False)]) is CallState.STANDSTILL
    assert reached([lot(), lot(approvals_wait=True, is_signed=False)]) is CallState.APPROVALS
    assert reached([lot(), lot(is_signed=False)]) is CallState.CONTRACT
    assert reached([lot(), lot(later_steps_wait=True)]) is CallState.CONTRACT
    assert reached([lot(), lot()]) is CallState.MONITORED


def test_a_lot_that_goes_to_nobody_needs_no_contract():
    assert reached([lot(), lot(is_award=False, is_signed=False)]) is CallState.MONITORED
    assert reached([lot(is_award=False, is_signed=False)]) is CallState.STANDSTILL


def test_steps_lead_on_and_never_back():
    assert steps(CallState.DECIDED, CallState.CONTRACT) == (
        CallState.STANDSTILL,
        CallState.APPROVALS,
        CallState.CONTRACT,
    )
    assert steps(CallState.CONTRACT, CallState.STANDSTILL) == ()
    assert steps(CallState.EVIDENCE, CallState.MONITORED) == ()
