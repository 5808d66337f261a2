"""Seekers, their searches and wishes, and what is published of them."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE seeker_profile (
        account_id INTEGER NOT NULL,
        introduction VARCHAR DEFAULT '' NOT NULL,
        version INTEGER DEFAULT 1 NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        training VARCHAR,
        experience_years INTEGER,
        licence VARCHAR,
        equity NUMERIC(12, 2),
        financing VARCHAR,
        concept VARCHAR,
        labour VARCHAR,
        start_from DATE,
        shared_months INTEGER,
        trial_ready BOOLEAN,
        residence VARCHAR,
        keep_staff VARCHAR,
        keep_animals VARCHAR,
        organic_plan VARCHAR,
        open_farm BOOLEAN,
        direct_sale BOOLEAN,
        adults INTEGER,
        children INTEGER,
        school_children INTEGER,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_seeker_profile PRIMARY KEY (id),
        CONSTRAINT uq_seeker_profile_account_id UNIQUE (account_id),
        CONSTRAINT ck_seeker_profile_introduction_short CHECK (length(introduction) <= 3000),
        CONSTRAINT ck_seeker_profile_version_counts CHECK (version >= 1),
        CONSTRAINT ck_seeker_profile_training_allowed CHECK (training IN ('none', 'learning', 'vocational',
            'master')),
        CONSTRAINT ck_seeker_profile_experience_years_allowed CHECK (experience_years BETWEEN 0 AND 70),
        CONSTRAINT ck_seeker_profile_licence_allowed CHECK (licence IN ('no', 'manager', 'holder')),
        CONSTRAINT ck_seeker_profile_equity_allowed CHECK (equity BETWEEN 0 AND 100000000),
        CONSTRAINT ck_seeker_profile_financing_allowed CHECK (financing IN ('open', 'talks', 'promised')),
        CONSTRAINT ck_seeker_profile_concept_allowed CHECK (concept IN ('idea', 'outline', 'written', 'reviewed')),
        CONSTRAINT ck_seeker_profile_labour_allowed CHECK (labour IN ('part_time', 'full_time')),
        CONSTRAINT ck_seeker_profile_start_from_allowed CHECK (start_from BETWEEN DATE '2000-01-01' AND DATE
            '2100-12-31'),
        CONSTRAINT ck_seeker_profile_shared_months_allowed CHECK (shared_months BETWEEN 0 AND 240),
        CONSTRAINT ck_seeker_profile_residence_allowed CHECK (residence IN ('away', 'nearby', 'on_site')),
        CONSTRAINT ck_seeker_profile_keep_staff_allowed CHECK (keep_staff IN ('no', 'partly', 'yes')),
        CONSTRAINT ck_seeker_profile_keep_animals_allowed CHECK (keep_animals IN ('no', 'partly', 'yes')),
        CONSTRAINT ck_seeker_profile_organic_plan_allowed CHECK (organic_plan IN ('no', 'open', 'yes')),
        CONSTRAINT ck_seeker_profile_adults_allowed CHECK (adults BETWEEN 0 AND 10000),
        CONSTRAINT ck_seeker_profile_children_allowed CHECK (children BETWEEN 0 AND 10000),
        CONSTRAINT ck_seeker_profile_school_children_allowed CHECK (school_children BETWEEN 0 AND 10000),
        CONSTRAINT fk_seeker_profile_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE,
        CONSTRAINT uq_seeker_profile_public_id UNIQUE (public_id)
    )
    """,
    """
    CREATE TABLE search (
        profile_id INTEGER NOT NULL,
        idempotency_key UUID,
        title VARCHAR DEFAULT '' NOT NULL,
        state TEXT DEFAULT 'draft' NOT NULL,
        kinds VARCHAR[] DEFAULT '{}' NOT NULL,
        place_id INTEGER,
        radius_km SMALLINT DEFAULT 25 NOT NULL,
        version INTEGER DEFAULT 1 NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        CONSTRAINT pk_search PRIMARY KEY (id),
        CONSTRAINT ck_search_state_known CHECK (state IN ('draft', 'published', 'withdrawn')),
        CONSTRAINT uq_search_profile_id_idempotency_key UNIQUE (profile_id, idempotency_key),
        CONSTRAINT ck_search_title_short CHECK (length(title) <= 80),
        CONSTRAINT ck_search_radius_km_in_range CHECK (radius_km BETWEEN 1 AND 100),
        CONSTRAINT ck_search_kinds_known CHECK (kinds <@ ARRAY['land', 'farm', 'horticulture', 'forestry', 'craft',
            'shop', 'inn', 'care', 'other']::varchar[]),
        CONSTRAINT ck_search_version_counts CHECK (version >= 1),
        CONSTRAINT ck_search_published_has_a_time CHECK (state <> 'published' OR published_at IS NOT NULL),
        CONSTRAINT fk_search_profile_id FOREIGN KEY(profile_id) REFERENCES seeker_profile (id) ON DELETE CASCADE,
        CONSTRAINT fk_search_place_id FOREIGN KEY(place_id) REFERENCES place (id) ON DELETE RESTRICT,
        CONSTRAINT uq_search_public_id UNIQUE (public_id)
    )
    """,
    "CREATE INDEX ix_search_place_id ON search (place_id)",
    "CREATE INDEX ix_search_profile_id ON search (profile_id)",
    """
    CREATE TABLE search_wish (
        search_id INTEGER NOT NULL,
        criterion VARCHAR(40) NOT NULL,
        importance TEXT NOT NULL,
        values JSONB DEFAULT '{}'::jsonb NOT NULL,
        CONSTRAINT pk_search_wish PRIMARY KEY (search_id, criterion),
        CONSTRAINT ck_search_wish_importance_known CHECK (importance IN ('none', 'nice', 'rather', 'important',
            'very', 'must')),
        CONSTRAINT ck_search_wish_counts CHECK (importance <> 'none'),
        CONSTRAINT fk_search_wish_search_id FOREIGN KEY(search_id) REFERENCES search (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE search_publication (
        search_id INTEGER NOT NULL,
        public_id UUID NOT NULL,
        introduction VARCHAR NOT NULL,
        kinds VARCHAR[] NOT NULL,
        place_area_id INTEGER NOT NULL,
        radius_km SMALLINT NOT NULL,
        facts JSONB NOT NULL,
        wishes JSONB NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_search_publication PRIMARY KEY (search_id),
        CONSTRAINT uq_search_publication_public_id UNIQUE (public_id),
        CONSTRAINT fk_search_publication_search_id FOREIGN KEY(search_id) REFERENCES search (id) ON DELETE CASCADE,
        CONSTRAINT fk_search_publication_place_area_id FOREIGN KEY(place_area_id) REFERENCES place_area (id) ON
            DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_search_publication_place_area_id ON search_publication (place_area_id)",
    """
    CREATE TABLE published_search (
        id BIGINT NOT NULL,
        place INTEGER NOT NULL,
        radius_km SMALLINT NOT NULL,
        kinds INTEGER NOT NULL,
        published TIMESTAMP WITH TIME ZONE NOT NULL,
        training SMALLINT,
        experience_years SMALLINT,
        licence SMALLINT,
        equity SMALLINT,
        financing SMALLINT,
        concept SMALLINT,
        labour SMALLINT,
        start_from SMALLINT,
        shared_months SMALLINT,
        trial_ready SMALLINT,
        residence SMALLINT,
        keep_staff SMALLINT,
        keep_animals SMALLINT,
        organic_plan SMALLINT,
        open_farm SMALLINT,
        direct_sale SMALLINT,
        wish_km SMALLINT,
        wish_takeover_models SMALLINT,
        wish_start_earliest SMALLINT,
        wish_start_latest SMALLINT,
        wish_price_max SMALLINT,
        wish_land_rent_max SMALLINT,
        wish_premises_rent_max SMALLINT,
        wish_area_min SMALLINT,
        wish_area_max SMALLINT,
        wish_land_uses SMALLINT,
        wish_soil_min SMALLINT,
        wish_contiguity_min SMALLINT,
        wish_access_min SMALLINT,
        wish_water_min SMALLINT,
        wish_organic_min SMALLINT,
        wish_livestock SMALLINT,
        wish_trades SMALLINT,
        wish_dwelling_min SMALLINT,
        wish_school_max SMALLINT,
        wish_transition_min SMALLINT,
        weight_distance SMALLINT DEFAULT '0' NOT NULL,
        weight_takeover SMALLINT DEFAULT '0' NOT NULL,
        weight_start SMALLINT DEFAULT '0' NOT NULL,
        weight_price SMALLINT DEFAULT '0' NOT NULL,
        weight_land_rent SMALLINT DEFAULT '0' NOT NULL,
        weight_premises_rent SMALLINT DEFAULT '0' NOT NULL,
        weight_instalments SMALLINT DEFAULT '0' NOT NULL,
        weight_area SMALLINT DEFAULT '0' NOT NULL,
        weight_land_use SMALLINT DEFAULT '0' NOT NULL,
        weight_soil SMALLINT DEFAULT '0' NOT NULL,
        weight_contiguity SMALLINT DEFAULT '0' NOT NULL,
        weight_access SMALLINT DEFAULT '0' NOT NULL,
        weight_water SMALLINT DEFAULT '0' NOT NULL,
        weight_organic SMALLINT DEFAULT '0' NOT NULL,
        weight_livestock SMALLINT DEFAULT '0' NOT NULL,
        weight_trade SMALLINT DEFAULT '0' NOT NULL,
        weight_dwelling SMALLINT DEFAULT '0' NOT NULL,
        weight_school SMALLINT DEFAULT '0' NOT NULL,
        weight_transition SMALLINT DEFAULT '0' NOT NULL,
        weight_trial_year SMALLINT DEFAULT '0' NOT NULL,
        weight_mentoring SMALLINT DEFAULT '0' NOT NULL,
        must INTEGER NOT NULL,
        weight_sum SMALLINT NOT NULL,
        CONSTRAINT pk_published_search PRIMARY KEY (id),
        CONSTRAINT fk_published_search_id FOREIGN KEY(id) REFERENCES search (id) ON DELETE CASCADE,
        CONSTRAINT fk_published_search_place FOREIGN KEY(place) REFERENCES place_area (id) ON DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_published_search_place_radius_km ON published_search (place, radius_km)",
)

TABLES = ("published_search", "search_publication", "search_wish", "search", "seeker_profile")


def upgrade() -> None:
    """Create the tables of the room."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    for table in TABLES:
        op.drop_table(table)
