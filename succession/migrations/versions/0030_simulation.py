"""The log of simulations: which sets were tried on whom, and when."""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE simulation (
        owner_organisation_id INTEGER NOT NULL,
        made_by_account_id INTEGER,
        made_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        basis TEXT NOT NULL,
        call_id INTEGER,
        lot_number INTEGER,
        is_public BOOLEAN NOT NULL,
        applicants INTEGER NOT NULL,
        sets JSONB NOT NULL,
        farms JSONB,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_simulation PRIMARY KEY (id),
        CONSTRAINT ck_simulation_basis_known CHECK (basis IN ('sample_farms', 'past_call')),
        CONSTRAINT ck_simulation_call_if_past CHECK ((basis = 'past_call') = (call_id IS NOT NULL)),
        CONSTRAINT ck_simulation_lot_of_call CHECK ((call_id IS NULL) = (lot_number IS NULL)),
        CONSTRAINT ck_simulation_farms_if_sample CHECK ((basis = 'sample_farms') = (farms IS NOT NULL)),
        CONSTRAINT ck_simulation_tried_on_somebody CHECK (applicants >= 1),
        CONSTRAINT ck_simulation_two_to_four_sets CHECK (jsonb_array_length(sets) BETWEEN 2 AND 4),
        CONSTRAINT ck_simulation_ten_in_public CHECK (NOT is_public OR call_id IS NULL OR applicants >= 10),
        CONSTRAINT fk_simulation_owner_organisation_id
            FOREIGN KEY (owner_organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT,
        CONSTRAINT fk_simulation_made_by_account_id
            FOREIGN KEY (made_by_account_id) REFERENCES account (id) ON DELETE SET NULL,
        CONSTRAINT fk_simulation_call_id FOREIGN KEY (call_id) REFERENCES call (id) ON DELETE RESTRICT,
        CONSTRAINT uq_simulation_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_simulation_owner_organisation_id ON simulation (owner_organisation_id)",
    "CREATE INDEX ix_simulation_made_by_account_id ON simulation (made_by_account_id)",
    "CREATE INDEX ix_simulation_call_id ON simulation (call_id)",
    """
    CREATE FUNCTION keep_simulations() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'made_by_account_id' = to_jsonb(NEW) - 'made_by_account_id' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a simulation stays in the log as it was' USING ERRCODE = 'restrict_violation';
    END
    $body$
    """,
    """
    CREATE TRIGGER simulation_kept BEFORE UPDATE OR DELETE ON simulation
        FOR EACH ROW EXECUTE FUNCTION keep_simulations()
    """,
)


def upgrade() -> None:
    """Simulations are logged."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """The log is lost."""
    op.execute("DROP TABLE simulation")
    op.execute("DROP FUNCTION keep_simulations()")
