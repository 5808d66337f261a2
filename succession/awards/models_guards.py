"""What the database itself refuses after a decision, whatever a program above it does. No Flask.

As in the revision that makes the tables; a test holds them together.
"""

from sqlalchemy import DDL, event

from succession.awards.models_contract import Contract
from succession.awards.models_notices import NoticeSent, Objection, Standstill

STANDSTILL = """
CREATE FUNCTION refuse_moving_standstill() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.confirmed_at IS NULL THEN
        IF NEW.confirmed_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM notice_sent n WHERE n.standstill_id = NEW.id AND n.kind IN ('chosen', 'not_chosen'))
        THEN
            RAISE EXCEPTION 'standstill runs only once somebody was told' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.decision_id, NEW.days, NEW.dispatched_on, NEW.last_day, NEW.ends_at, NEW.confirmed_at)
        IS DISTINCT FROM (OLD.decision_id, OLD.days, OLD.dispatched_on, OLD.last_day, OLD.ends_at, OLD.confirmed_at)
    THEN
        RAISE EXCEPTION 'standstill has begun and is not moved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER standstill_not_moved BEFORE UPDATE ON standstill
    FOR EACH ROW EXECUTE FUNCTION refuse_moving_standstill()
"""
NOTICE = """
CREATE FUNCTION refuse_change_of_notice_sent() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'notice_sent is never changed' USING ERRCODE = 'check_violation';
END
$body$;
CREATE TRIGGER notice_sent_never_changed BEFORE UPDATE ON notice_sent
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_notice_sent()
"""
OBJECTION = """
CREATE FUNCTION take_objection_by_its_day() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    waiting standstill;
BEGIN
    SELECT * INTO waiting FROM standstill s WHERE s.id = NEW.standstill_id FOR UPDATE;
    IF waiting.confirmed_at IS NULL THEN
        RAISE EXCEPTION 'objection before anybody was told' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.is_late <> (NEW.arrived_on > waiting.last_day) THEN
        RAISE EXCEPTION 'objection is late by its day, not by choice' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.way = 'online' AND (NEW.is_late OR NEW.recorded_at >= waiting.ends_at) THEN
        RAISE EXCEPTION 'objection after the Wartefrist' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER objection_by_its_day BEFORE INSERT ON objection
    FOR EACH ROW EXECUTE FUNCTION take_objection_by_its_day()
"""
CONTRACT = """
CREATE FUNCTION refuse_early_contract() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    waiting standstill;
    decided decision;
BEGIN
    SELECT * INTO waiting FROM standstill s WHERE s.id = NEW.standstill_id FOR UPDATE;
    SELECT * INTO decided FROM decision d WHERE d.id = waiting.decision_id FOR UPDATE;
    IF decided.set_aside_at IS NOT NULL OR decided.lot_id <> NEW.lot_id
        OR decided.application_id IS DISTINCT FROM NEW.application_id
    THEN
        RAISE EXCEPTION 'contract without a standing decision for this applicant' USING ERRCODE = 'check_violation';
    END IF;
    IF waiting.confirmed_at IS NULL OR NEW.signed_on <= waiting.last_day OR NEW.recorded_at < waiting.ends_at THEN
        RAISE EXCEPTION 'contract before the Wartefrist is over' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM objection o WHERE o.standstill_id = waiting.id
               AND (o.answered_on IS NULL OR o.outcome = 'justified'))
    THEN
        RAISE EXCEPTION 'contract before every objection was answered' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM approval_step a WHERE a.decision_id = decided.id AND a.is_before_contract
               AND a.outcome IN ('open', 'refused'))
    THEN
        RAISE EXCEPTION 'contract before every approval' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER contract_not_early BEFORE INSERT ON contract
    FOR EACH ROW EXECUTE FUNCTION refuse_early_contract()
"""
CANCELLING = """
CREATE FUNCTION refuse_cancelling_with_contract() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF NEW.state = 'cancelled' AND OLD.state <> 'cancelled' AND EXISTS (
        SELECT 1 FROM contract c JOIN call_lot l ON l.id = c.lot_id WHERE l.call_id = NEW.id)
    THEN
        RAISE EXCEPTION 'call has a signed contract' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER call_not_cancelled_with_contract BEFORE UPDATE OF state ON call
    FOR EACH ROW EXECUTE FUNCTION refuse_cancelling_with_contract()
"""

for _table, _guard in (
    (Standstill.__table__, STANDSTILL),
    (NoticeSent.__table__, NOTICE),
    (Objection.__table__, OBJECTION),
    (Contract.__table__, CONTRACT),
    (Contract.__table__, CANCELLING),
):
    event.listen(_table, "after_create", DDL(_guard))  # type: ignore[no-untyped-call]
