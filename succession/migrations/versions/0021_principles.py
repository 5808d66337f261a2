"""Principle sets of owners with their earlier states, sample farms, and rounds of ten cases."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE principle_set (
        owner_organisation_id INTEGER NOT NULL,
        created_by_account_id INTEGER,
        idempotency_key UUID,
        number INTEGER NOT NULL,
        title VARCHAR NOT NULL,
        origin TEXT NOT NULL,
        shipped_key VARCHAR(80),
        derived_from_id INTEGER,
        document JSONB NOT NULL,
        identifier CHAR(64) NOT NULL,
        farm_answers JSONB DEFAULT '{}'::jsonb NOT NULL,
        revision INTEGER DEFAULT 1 NOT NULL,
        frozen_at TIMESTAMP WITH TIME ZONE,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_principle_set PRIMARY KEY (id),
        CONSTRAINT ck_principle_set_origin_known
            CHECK (origin IN ('shipped', 'empty', 'import', 'version', 'ten_cases')),
        CONSTRAINT uq_principle_set_owner_organisation_id_number UNIQUE (owner_organisation_id, number),
        CONSTRAINT uq_principle_set_created_by_account_id_idempotency_key
            UNIQUE (created_by_account_id, idempotency_key),
        CONSTRAINT ck_principle_set_title_given CHECK (length(btrim(title)) BETWEEN 1 AND 120),
        CONSTRAINT ck_principle_set_number_counts CHECK (number >= 1),
        CONSTRAINT ck_principle_set_revision_counts CHECK (revision >= 1),
        CONSTRAINT ck_principle_set_identifier_is_hash CHECK (identifier ~ '^[0-9a-f]{64}$'),
        CONSTRAINT ck_principle_set_document_is_object CHECK (jsonb_typeof(document) = 'object'),
        CONSTRAINT ck_principle_set_version_of_something CHECK ((origin = 'version') = (derived_from_id IS NOT NULL)),
        CONSTRAINT fk_principle_set_owner_organisation_id
            FOREIGN KEY (owner_organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT,
        CONSTRAINT fk_principle_set_created_by_account_id
            FOREIGN KEY (created_by_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_principle_set_derived_from_id
            FOREIGN KEY (derived_from_id) REFERENCES principle_set (id) ON DELETE RESTRICT,
        CONSTRAINT uq_principle_set_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_principle_set_derived_from_id ON principle_set (derived_from_id)",
    "CREATE INDEX ix_principle_set_identifier ON principle_set (identifier)",
    """
    CREATE TABLE principle_revision (
        principle_set_id INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        document JSONB NOT NULL,
        farm_answers JSONB DEFAULT '{}'::jsonb NOT NULL,
        saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_principle_revision PRIMARY KEY (principle_set_id, revision),
        CONSTRAINT ck_principle_revision_revision_counts CHECK (revision >= 1),
        CONSTRAINT fk_principle_revision_principle_set_id
            FOREIGN KEY (principle_set_id) REFERENCES principle_set (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE sample_farm (
        owner_organisation_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        key VARCHAR(40) NOT NULL,
        name VARCHAR NOT NULL,
        summary VARCHAR DEFAULT '' NOT NULL,
        answers JSONB NOT NULL,
        is_changed BOOLEAN DEFAULT false NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        locked_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_sample_farm PRIMARY KEY (id),
        CONSTRAINT uq_sample_farm_owner_organisation_id_key UNIQUE (owner_organisation_id, key),
        CONSTRAINT ck_sample_farm_name_given CHECK (length(btrim(name)) BETWEEN 1 AND 80),
        CONSTRAINT ck_sample_farm_summary_short CHECK (length(summary) <= 400),
        CONSTRAINT ck_sample_farm_key_is_code CHECK (key ~ '^[a-z][a-z0-9_-]*$'),
        CONSTRAINT fk_sample_farm_owner_organisation_id
            FOREIGN KEY (owner_organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT,
        CONSTRAINT uq_sample_farm_public_id UNIQUE (public_id)
    )
    """,
    """
    CREATE TABLE pair_round (
        owner_organisation_id INTEGER NOT NULL,
        created_by_account_id INTEGER,
        idempotency_key UUID,
        title VARCHAR NOT NULL,
        state TEXT DEFAULT 'open' NOT NULL,
        document JSONB NOT NULL,
        farms JSONB NOT NULL,
        pairs JSONB NOT NULL,
        seed CHAR(64) NOT NULL,
        result_set_id INTEGER,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        closed_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_pair_round PRIMARY KEY (id),
        CONSTRAINT ck_pair_round_state_known CHECK (state IN ('open', 'closed')),
        CONSTRAINT uq_pair_round_created_by_account_id_idempotency_key
            UNIQUE (created_by_account_id, idempotency_key),
        CONSTRAINT ck_pair_round_title_given CHECK (length(btrim(title)) BETWEEN 1 AND 120),
        CONSTRAINT ck_pair_round_pairs_listed CHECK (jsonb_typeof(pairs) = 'array'),
        CONSTRAINT ck_pair_round_seed_is_hash CHECK (seed ~ '^[0-9a-f]{64}$'),
        CONSTRAINT fk_pair_round_owner_organisation_id
            FOREIGN KEY (owner_organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT,
        CONSTRAINT fk_pair_round_created_by_account_id
            FOREIGN KEY (created_by_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_pair_round_result_set_id
            FOREIGN KEY (result_set_id) REFERENCES principle_set (id) ON DELETE SET NULL,
        CONSTRAINT uq_pair_round_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_pair_round_owner_organisation_id ON pair_round (owner_organisation_id)",
    "CREATE INDEX ix_pair_round_result_set_id ON pair_round (result_set_id)",
    """
    CREATE TABLE pair_sheet (
        id SERIAL NOT NULL,
        round_id INTEGER NOT NULL,
        idempotency_key UUID,
        number INTEGER NOT NULL,
        faction VARCHAR DEFAULT '' NOT NULL,
        way TEXT NOT NULL,
        CONSTRAINT pk_pair_sheet PRIMARY KEY (id),
        CONSTRAINT ck_pair_sheet_way_known CHECK (way IN ('screen', 'paper')),
        CONSTRAINT uq_pair_sheet_round_id_number UNIQUE (round_id, number),
        CONSTRAINT uq_pair_sheet_round_id_idempotency_key UNIQUE (round_id, idempotency_key),
        CONSTRAINT ck_pair_sheet_faction_short CHECK (length(faction) <= 60),
        CONSTRAINT fk_pair_sheet_round_id FOREIGN KEY (round_id) REFERENCES pair_round (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE pair_answer (
        sheet_id INTEGER NOT NULL,
        pair_number INTEGER NOT NULL,
        choice TEXT NOT NULL,
        CONSTRAINT pk_pair_answer PRIMARY KEY (sheet_id, pair_number),
        CONSTRAINT ck_pair_answer_choice_known CHECK (choice IN ('first', 'second', 'equal')),
        CONSTRAINT ck_pair_answer_pair_number_known CHECK (pair_number BETWEEN 1 AND 10),
        CONSTRAINT fk_pair_answer_sheet_id FOREIGN KEY (sheet_id) REFERENCES pair_sheet (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE FUNCTION keep_frozen_principles() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.frozen_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(OLD) - 'created_by_account_id' = to_jsonb(NEW) - 'created_by_account_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a frozen principle set is never changed and never deleted' USING ERRCODE = 'restrict_violation';
END
$body$
    """,
    """
    CREATE TRIGGER principle_set_kept_once_frozen BEFORE UPDATE OR DELETE ON principle_set
        FOR EACH ROW EXECUTE FUNCTION keep_frozen_principles()
    """,
    """
    CREATE FUNCTION keep_locked_sample_farms() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.locked_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM sample_farm
        WHERE owner_organisation_id = NEW.owner_organisation_id AND locked_at IS NOT NULL
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'sample farms stay as they are once drafting has begun' USING ERRCODE = 'restrict_violation';
END
$body$
    """,
    """
    CREATE TRIGGER sample_farm_kept_once_locked BEFORE INSERT OR UPDATE OR DELETE ON sample_farm
        FOR EACH ROW EXECUTE FUNCTION keep_locked_sample_farms()
    """,
)

UNDO = (
    "DROP TABLE pair_answer",
    "DROP TABLE pair_sheet",
    "DROP TABLE pair_round",
    "DROP TABLE sample_farm",
    "DROP TABLE principle_revision",
    "DROP TABLE principle_set",
    "DROP FUNCTION keep_locked_sample_farms()",
    "DROP FUNCTION keep_frozen_principles()",
)


def upgrade() -> None:
    """Owners keep principle sets; what is frozen stays."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """All sets, farms and rounds are lost."""
    for statement in UNDO:
        op.execute(statement)
