"""Organisations: data law and address, mandates of offices, invitations of members."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    ALTER TABLE organisation
        ADD COLUMN data_law TEXT DEFAULT 'gdpr' NOT NULL
            CONSTRAINT ck_organisation_data_law_known CHECK (data_law IN ('gdpr', 'dsg_ekd', 'kdg')),
        ADD COLUMN supervisor VARCHAR DEFAULT '' NOT NULL,
        ADD COLUMN postal_address VARCHAR DEFAULT '' NOT NULL,
        ADD COLUMN phone VARCHAR DEFAULT '' NOT NULL,
        ADD COLUMN email VARCHAR DEFAULT '' NOT NULL,
        ADD COLUMN website VARCHAR DEFAULT '' NOT NULL,
        ADD COLUMN registered_by_account_id INTEGER
            CONSTRAINT fk_organisation_registered_by_account_id REFERENCES account (id) ON DELETE SET NULL,
        ADD COLUMN verified_at TIMESTAMP WITH TIME ZONE,
        ADD CONSTRAINT uq_organisation_id_kind UNIQUE (id, kind)
    """,
    "CREATE INDEX ix_organisation_registered_by_account_id ON organisation (registered_by_account_id)",
    # Those that are there already were made by the people who run the network.
    "UPDATE organisation SET verified_at = created_at",
    "UPDATE organisation SET data_law = 'dsg_ekd' WHERE kind = 'parish'",
    "DROP INDEX uq_organisation_name_kind",
    """
    CREATE UNIQUE INDEX uq_organisation_name_kind ON organisation (lower(name), kind) WHERE verified_at IS NOT NULL
    """,
    """
    CREATE TABLE mandate (
        id SERIAL CONSTRAINT pk_mandate PRIMARY KEY,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL CONSTRAINT uq_mandate_public_id UNIQUE,
        owner_organisation_id INTEGER NOT NULL,
        owner_kind TEXT NOT NULL,
        office_organisation_id INTEGER NOT NULL,
        office_kind TEXT NOT NULL,
        scopes TEXT[] NOT NULL,
        starts_on DATE NOT NULL,
        ends_on DATE,
        revoked_at TIMESTAMP WITH TIME ZONE,
        given_by_account_id INTEGER
            CONSTRAINT fk_mandate_given_by_account_id REFERENCES account (id) ON DELETE SET NULL,
        note VARCHAR DEFAULT '' NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        CONSTRAINT fk_mandate_owner_organisation_id_owner_kind FOREIGN KEY (owner_organisation_id, owner_kind)
            REFERENCES organisation (id, kind) ON UPDATE CASCADE ON DELETE CASCADE,
        CONSTRAINT fk_mandate_office_organisation_id_office_kind FOREIGN KEY (office_organisation_id, office_kind)
            REFERENCES organisation (id, kind) ON UPDATE CASCADE ON DELETE CASCADE,
        CONSTRAINT ck_mandate_owner_may_own CHECK (
            owner_kind IN ('municipality', 'parish', 'foundation', 'private')
        ),
        CONSTRAINT ck_mandate_office_manages CHECK (office_kind = 'managing_office'),
        CONSTRAINT ck_mandate_two_organisations CHECK (owner_organisation_id <> office_organisation_id),
        CONSTRAINT ck_mandate_scopes_known CHECK (
            cardinality(scopes) > 0 AND scopes <@ ARRAY['import', 'call', 'score', 'letters', 'decide']
        ),
        CONSTRAINT ck_mandate_ends_after_start CHECK (ends_on >= starts_on),
        CONSTRAINT ex_mandate_one_at_a_time EXCLUDE USING gist (
            owner_organisation_id WITH =, office_organisation_id WITH =, daterange(starts_on, ends_on, '[]') WITH &&
        ) WHERE (revoked_at IS NULL)
    )
    """,
    "CREATE INDEX ix_mandate_office_organisation_id ON mandate (office_organisation_id)",
    "CREATE INDEX ix_mandate_given_by_account_id ON mandate (given_by_account_id)",
    """
    CREATE TABLE organisation_invitation (
        id SERIAL CONSTRAINT pk_organisation_invitation PRIMARY KEY,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL CONSTRAINT uq_organisation_invitation_public_id UNIQUE,
        organisation_id INTEGER NOT NULL
            CONSTRAINT fk_organisation_invitation_organisation_id REFERENCES organisation (id) ON DELETE CASCADE,
        email VARCHAR NOT NULL
            CONSTRAINT ck_organisation_invitation_email_shape CHECK (position('@' in email) > 1),
        role TEXT NOT NULL CONSTRAINT ck_organisation_invitation_role_known CHECK (
            role IN ('clerk', 'checker', 'reader', 'administrator')
        ),
        token_hash BYTEA NOT NULL CONSTRAINT uq_organisation_invitation_token_hash UNIQUE,
        invited_by_account_id INTEGER
            CONSTRAINT fk_organisation_invitation_invited_by_account_id REFERENCES account (id) ON DELETE SET NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        accepted_at TIMESTAMP WITH TIME ZONE,
        withdrawn_at TIMESTAMP WITH TIME ZONE
    )
    """,
    "CREATE INDEX ix_organisation_invitation_organisation_id ON organisation_invitation (organisation_id)",
    "CREATE INDEX ix_organisation_invitation_invited_by_account_id ON organisation_invitation (invited_by_account_id)",
)

# A name that stands twice among the unchecked gets its number, so that the former rule can hold again.
UNDO = (
    "DROP TABLE organisation_invitation",
    "DROP TABLE mandate",
    "DROP INDEX uq_organisation_name_kind",
    """
    UPDATE organisation o SET name = o.name || ' (' || o.id || ')'
    WHERE EXISTS (
        SELECT 1 FROM organisation other
        WHERE lower(other.name) = lower(o.name) AND other.kind = o.kind
          AND (other.verified_at IS NOT NULL AND o.verified_at IS NULL
               OR o.verified_at IS NULL AND other.verified_at IS NULL AND other.id < o.id)
    )
    """,
    """
    ALTER TABLE organisation
        DROP CONSTRAINT uq_organisation_id_kind,
        DROP COLUMN data_law,
        DROP COLUMN supervisor,
        DROP COLUMN postal_address,
        DROP COLUMN phone,
        DROP COLUMN email,
        DROP COLUMN website,
        DROP COLUMN registered_by_account_id,
        DROP COLUMN verified_at
    """,
    "CREATE UNIQUE INDEX uq_organisation_name_kind ON organisation (lower(name), kind)",
)


def upgrade() -> None:
    """Add the columns, create the tables."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """As it was before."""
    for statement in UNDO:
        op.execute(statement)
