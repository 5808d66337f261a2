"""Calls with lots, what the public reads of them, and the triggers that hold them to what was frozen."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE call (
        owner_organisation_id INTEGER NOT NULL,
        created_by_account_id INTEGER,
        idempotency_key UUID,
        state TEXT DEFAULT 'draft' NOT NULL,
        is_running BOOLEAN GENERATED ALWAYS AS (state IN ('published', 'open', 'closed', 'evidence', 'prepared',
            'decided', 'standstill', 'approvals', 'contract')) STORED NOT NULL,
        title VARCHAR NOT NULL,
        summary VARCHAR DEFAULT '' NOT NULL,
        kind TEXT NOT NULL,
        procedure TEXT DEFAULT 'single_lots' NOT NULL,
        price_kind TEXT DEFAULT 'fixed' NOT NULL,
        principle_set_id INTEGER,
        term_from DATE,
        term_years INTEGER,
        extension VARCHAR(300) DEFAULT '' NOT NULL,
        opens_at TIMESTAMP WITH TIME ZONE,
        closes_at TIMESTAMP WITH TIME ZONE,
        reference_on DATE,
        lottery_secret CHAR(64),
        lottery_commitment CHAR(64),
        public_draw_name VARCHAR(200) DEFAULT '' NOT NULL,
        public_draw_on DATE,
        public_draw_result VARCHAR(200),
        public_interest VARCHAR DEFAULT '' NOT NULL,
        de_minimis_note VARCHAR DEFAULT '' NOT NULL,
        contact_name VARCHAR(120) DEFAULT '' NOT NULL,
        contact_email VARCHAR(254) DEFAULT '' NOT NULL,
        contact_phone VARCHAR(60) DEFAULT '' NOT NULL,
        contact_address VARCHAR(300) DEFAULT '' NOT NULL,
        standstill_days INTEGER DEFAULT 14 NOT NULL,
        frozen_document JSONB,
        frozen_hash CHAR(64),
        frozen_at TIMESTAMP WITH TIME ZONE,
        revision INTEGER DEFAULT 1 NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE,
        cancelled_at TIMESTAMP WITH TIME ZONE,
        cancelled_reason VARCHAR(1000) DEFAULT '' NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_call PRIMARY KEY (id),
        CONSTRAINT ck_call_kind_known CHECK (kind IN ('lease', 'sale', 'heritable_building_right')),
        CONSTRAINT ck_call_state_known CHECK (state IN ('draft', 'published', 'open', 'closed', 'evidence',
            'prepared', 'decided', 'standstill', 'approvals', 'contract', 'monitored', 'cancelled')),
        CONSTRAINT ck_call_procedure_known CHECK (procedure IN ('single_lots', 'one_lot_each', 'parcels')),
        CONSTRAINT ck_call_price_kind_known CHECK (price_kind IN ('fixed', 'floor', 'bid')),
        CONSTRAINT uq_call_id_is_running UNIQUE (id, is_running),
        CONSTRAINT uq_call_created_by_account_id_idempotency_key UNIQUE (created_by_account_id, idempotency_key),
        CONSTRAINT ck_call_title_short CHECK (length(title) BETWEEN 1 AND 120),
        CONSTRAINT ck_call_summary_short CHECK (length(summary) <= 3000),
        CONSTRAINT ck_call_public_interest_short CHECK (length(public_interest) <= 2000),
        CONSTRAINT ck_call_de_minimis_note_short CHECK (length(de_minimis_note) <= 2000),
        CONSTRAINT ck_call_closes_after_opening CHECK (closes_at > opens_at),
        CONSTRAINT ck_call_term_in_range CHECK (term_years BETWEEN 1 AND 99),
        CONSTRAINT ck_call_standstill_in_range CHECK (standstill_days BETWEEN 1 AND 90),
        CONSTRAINT ck_call_revision_counts CHECK (revision >= 1),
        CONSTRAINT ck_call_frozen_as_a_whole CHECK ((frozen_at IS NULL) = (frozen_document IS NULL) AND (frozen_at
            IS NULL) = (frozen_hash IS NULL)),
        CONSTRAINT ck_call_runs_on_what_is_frozen CHECK (state IN ('draft', 'published', 'cancelled') OR (frozen_at
            IS NOT NULL AND principle_set_id IS NOT NULL AND opens_at IS NOT NULL AND closes_at IS NOT NULL AND
                lottery_commitment IS NOT NULL)),
        CONSTRAINT ck_call_cancelled_with_a_reason CHECK (state <> 'cancelled' OR (cancelled_at IS NOT NULL AND
            length(cancelled_reason) > 0)),
        CONSTRAINT ck_call_drawn_after_freezing CHECK (public_draw_result IS NULL OR frozen_at IS NOT NULL),
        CONSTRAINT fk_call_owner_organisation_id FOREIGN KEY(owner_organisation_id) REFERENCES organisation (id) ON
            DELETE RESTRICT,
        CONSTRAINT fk_call_created_by_account_id FOREIGN KEY(created_by_account_id) REFERENCES account (id) ON
            DELETE SET NULL,
        CONSTRAINT fk_call_principle_set_id FOREIGN KEY(principle_set_id) REFERENCES principle_set (id) ON DELETE
            RESTRICT,
        CONSTRAINT uq_call_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_call_created_by_account_id ON call (created_by_account_id)",
    "CREATE INDEX ix_call_owner_organisation_id ON call (owner_organisation_id)",
    "CREATE INDEX ix_call_principle_set_id ON call (principle_set_id)",
    "CREATE INDEX ix_call_state_closes_at ON call (state, closes_at)",
    """
    CREATE TABLE call_lot (
        call_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        name VARCHAR(120) NOT NULL,
        price_cents_year BIGINT,
        reference_rent_cents_year BIGINT,
        reference_source VARCHAR(200) DEFAULT '' NOT NULL,
        reference_on DATE,
        facts JSONB DEFAULT '{}'::jsonb NOT NULL,
        remark VARCHAR DEFAULT '' NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_call_lot PRIMARY KEY (id),
        CONSTRAINT uq_call_lot_call_id_number UNIQUE (call_id, number),
        CONSTRAINT uq_call_lot_id_call_id UNIQUE (id, call_id),
        CONSTRAINT ck_call_lot_number_counts CHECK (number >= 1),
        CONSTRAINT ck_call_lot_price_not_negative CHECK (price_cents_year >= 0),
        CONSTRAINT ck_call_lot_reference_rent_not_negative CHECK (reference_rent_cents_year >= 0),
        CONSTRAINT ck_call_lot_reference_has_a_source CHECK (reference_rent_cents_year IS NULL OR
            (length(reference_source) > 0 AND reference_on IS NOT NULL)),
        CONSTRAINT ck_call_lot_remark_short CHECK (length(remark) <= 1000),
        CONSTRAINT fk_call_lot_call_id FOREIGN KEY(call_id) REFERENCES call (id) ON DELETE CASCADE,
        CONSTRAINT uq_call_lot_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_call_lot_call_id ON call_lot (call_id)",
    """
    CREATE TABLE call_lot_parcel (
        lot_id INTEGER NOT NULL,
        parcel_id INTEGER NOT NULL,
        call_id INTEGER NOT NULL,
        is_running BOOLEAN DEFAULT false NOT NULL,
        area_m2 NUMERIC(14, 2) NOT NULL,
        label VARCHAR(200) NOT NULL,
        CONSTRAINT pk_call_lot_parcel PRIMARY KEY (lot_id, parcel_id),
        CONSTRAINT fk_call_lot_parcel_lot_id_call_id FOREIGN KEY(lot_id, call_id) REFERENCES call_lot (id, call_id)
            ON DELETE CASCADE,
        CONSTRAINT fk_call_lot_parcel_call_id_is_running FOREIGN KEY(call_id, is_running) REFERENCES call (id,
            is_running) ON DELETE CASCADE ON UPDATE CASCADE,
        CONSTRAINT uq_call_lot_parcel_call_id_parcel_id UNIQUE (call_id, parcel_id),
        CONSTRAINT ck_call_lot_parcel_area_there CHECK (area_m2 > 0),
        CONSTRAINT fk_call_lot_parcel_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcel (id) ON DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_call_lot_parcel_parcel_id ON call_lot_parcel (parcel_id)",
    "CREATE UNIQUE INDEX uq_call_lot_parcel_running ON call_lot_parcel (parcel_id) WHERE is_running",
    """
    CREATE TABLE call_publication (
        call_id INTEGER NOT NULL,
        public_id UUID NOT NULL,
        title VARCHAR NOT NULL,
        owner_name VARCHAR NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        opens_at TIMESTAMP WITH TIME ZONE NOT NULL,
        closes_at TIMESTAMP WITH TIME ZONE NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE NOT NULL,
        changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        place_area_id INTEGER,
        document JSONB NOT NULL,
        CONSTRAINT pk_call_publication PRIMARY KEY (call_id),
        CONSTRAINT ck_call_publication_kind_known CHECK (kind IN ('lease', 'sale', 'heritable_building_right')),
        CONSTRAINT ck_call_publication_state_known CHECK (state IN ('draft', 'published', 'open', 'closed',
            'evidence', 'prepared', 'decided', 'standstill', 'approvals', 'contract', 'monitored', 'cancelled')),
        CONSTRAINT uq_call_publication_public_id UNIQUE (public_id),
        CONSTRAINT fk_call_publication_call_id FOREIGN KEY(call_id) REFERENCES call (id) ON DELETE CASCADE,
        CONSTRAINT fk_call_publication_place_area_id FOREIGN KEY(place_area_id) REFERENCES place_area (id) ON
            DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_call_publication_closes_at ON call_publication (closes_at)",
    "CREATE INDEX ix_call_publication_place_area_id ON call_publication (place_area_id)",
    """
    CREATE TABLE call_lot_outline (
        lot_id INTEGER NOT NULL,
        call_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        geom geometry(MULTIPOLYGON,25832) NOT NULL,
        CONSTRAINT pk_call_lot_outline PRIMARY KEY (lot_id),
        CONSTRAINT fk_call_lot_outline_lot_id FOREIGN KEY(lot_id) REFERENCES call_lot (id) ON DELETE CASCADE,
        CONSTRAINT fk_call_lot_outline_call_id FOREIGN KEY(call_id) REFERENCES call (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_call_lot_outline_call_id ON call_lot_outline (call_id)",
    """
    CREATE TABLE call_document (
        call_id INTEGER NOT NULL,
        file_id INTEGER NOT NULL,
        title VARCHAR(160) NOT NULL,
        position INTEGER DEFAULT 1 NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_call_document PRIMARY KEY (id),
        CONSTRAINT uq_call_document_call_id_file_id UNIQUE (call_id, file_id),
        CONSTRAINT fk_call_document_call_id FOREIGN KEY(call_id) REFERENCES call (id) ON DELETE CASCADE,
        CONSTRAINT fk_call_document_file_id FOREIGN KEY(file_id) REFERENCES stored_file (id) ON DELETE RESTRICT,
        CONSTRAINT uq_call_document_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_call_document_call_id ON call_document (call_id)",
    "CREATE INDEX ix_call_document_file_id ON call_document (file_id)",
    """
    CREATE TABLE call_change (
        call_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        made_at TIMESTAMP WITH TIME ZONE NOT NULL,
        made_by_account_id INTEGER,
        reason VARCHAR NOT NULL,
        changes JSONB DEFAULT '[]'::jsonb NOT NULL,
        hash_before CHAR(64) NOT NULL,
        hash_after CHAR(64),
        told INTEGER DEFAULT 0 NOT NULL,
        CONSTRAINT pk_call_change PRIMARY KEY (call_id, number),
        CONSTRAINT ck_call_change_number_follows CHECK (number >= 2),
        CONSTRAINT ck_call_change_reason_given CHECK (length(reason) BETWEEN 1 AND 2000),
        CONSTRAINT ck_call_change_told_counts CHECK (told >= 0),
        CONSTRAINT fk_call_change_call_id FOREIGN KEY(call_id) REFERENCES call (id) ON DELETE CASCADE,
        CONSTRAINT fk_call_change_made_by_account_id FOREIGN KEY(made_by_account_id) REFERENCES account (id) ON
            DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_call_change_made_by_account_id ON call_change (made_by_account_id)",
    """
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
    """,
    """
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
    """,
    """
CREATE TRIGGER call_stays_frozen BEFORE UPDATE ON call FOR EACH ROW EXECUTE FUNCTION guard_frozen_call()
    """,
    """
    CREATE TRIGGER call_lot_stays_frozen BEFORE INSERT OR UPDATE OR DELETE ON call_lot
        FOR EACH ROW EXECUTE FUNCTION guard_lots_of_frozen_call()
    """,
    """
    CREATE TRIGGER call_lot_parcel_stays_frozen BEFORE INSERT OR UPDATE OR DELETE ON call_lot_parcel
        FOR EACH ROW EXECUTE FUNCTION guard_lots_of_frozen_call()
    """,
)

TABLES = (
    "call_change",
    "call_document",
    "call_lot_outline",
    "call_publication",
    "call_lot_parcel",
    "call_lot",
    "call",
)


def upgrade() -> None:
    """Create the tables of the room, and their guards."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    for table in TABLES:
        op.drop_table(table)
    op.execute("DROP FUNCTION guard_lots_of_frozen_call()")
    op.execute("DROP FUNCTION guard_frozen_call()")
