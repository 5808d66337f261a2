"""The triggers that hold a call to what was frozen: what applicants rely on changes only with a line in the log."""

ON_FROZEN_CALL = """
CREATE FUNCTION guard_frozen_call() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.frozen_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF NEW.frozen_at IS NULL THEN
        IF NEW.revision = OLD.revision AND NEW.state = 'draft' AND OLD.state = 'published'
           AND OLD.opens_at > clock_timestamp() THEN
            RETURN NEW;
        END IF;
        IF NEW.revision = OLD.revision + 1 AND EXISTS (
            SELECT 1 FROM call_change c WHERE c.call_id = OLD.id AND c.number = NEW.revision
        ) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a frozen call changes only with a line in its log' USING ERRCODE = 'restrict_violation';
    END IF;
    IF ROW(NEW.owner_organisation_id, NEW.title, NEW.summary, NEW.kind, NEW.procedure, NEW.price_kind,
           NEW.principle_set_id, NEW.term_from, NEW.term_years, NEW.extension, NEW.opens_at, NEW.closes_at,
           NEW.reference_on, NEW.lottery_secret, NEW.lottery_commitment, NEW.public_draw_name, NEW.public_draw_on,
           NEW.public_interest, NEW.standstill_days, NEW.frozen_document, NEW.frozen_hash, NEW.frozen_at, NEW.revision)
       IS DISTINCT FROM
       ROW(OLD.owner_organisation_id, OLD.title, OLD.summary, OLD.kind, OLD.procedure, OLD.price_kind,
           OLD.principle_set_id, OLD.term_from, OLD.term_years, OLD.extension, OLD.opens_at, OLD.closes_at,
           OLD.reference_on, OLD.lottery_secret, OLD.lottery_commitment, OLD.public_draw_name, OLD.public_draw_on,
           OLD.public_interest, OLD.standstill_days, OLD.frozen_document, OLD.frozen_hash, OLD.frozen_at, OLD.revision)
       OR (OLD.public_draw_result IS NOT NULL AND NEW.public_draw_result IS DISTINCT FROM OLD.public_draw_result) THEN
        RAISE EXCEPTION 'what is frozen in a call does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$body$
"""
LOTS_OF_FROZEN_CALL = """
CREATE FUNCTION guard_lots_of_frozen_call() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE one INTEGER;
BEGIN
    IF TG_OP = 'DELETE' THEN one := OLD.call_id; ELSE one := NEW.call_id; END IF;
    IF EXISTS (SELECT 1 FROM call c WHERE c.id = one AND c.frozen_at IS NOT NULL) THEN
        IF TG_TABLE_NAME = 'call_lot_parcel' AND TG_OP = 'UPDATE'
           AND to_jsonb(NEW) - 'is_running' = to_jsonb(OLD) - 'is_running' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'the lots of a frozen call do not change' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$body$
"""
ON_CALL = "CREATE TRIGGER call_stays_frozen BEFORE UPDATE ON call FOR EACH ROW EXECUTE FUNCTION guard_frozen_call()"
ON_LOT = """
    CREATE TRIGGER call_lot_stays_frozen BEFORE INSERT OR UPDATE OR DELETE ON call_lot
        FOR EACH ROW EXECUTE FUNCTION guard_lots_of_frozen_call()
"""
ON_PARCEL = """
    CREATE TRIGGER call_lot_parcel_stays_frozen BEFORE INSERT OR UPDATE OR DELETE ON call_lot_parcel
        FOR EACH ROW EXECUTE FUNCTION guard_lots_of_frozen_call()
"""
