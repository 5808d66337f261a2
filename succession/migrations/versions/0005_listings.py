"""Offers, their parcels and wishes, and what is published of them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE listing (
        created_by_account_id INTEGER,
        idempotency_key UUID,
        reference VARCHAR(8) NOT NULL,
        kind TEXT NOT NULL,
        state TEXT DEFAULT 'draft' NOT NULL,
        title VARCHAR DEFAULT '' NOT NULL,
        description VARCHAR DEFAULT '' NOT NULL,
        service_level TEXT DEFAULT 'link' NOT NULL,
        is_confidential BOOLEAN DEFAULT false NOT NULL,
        published_level SMALLINT,
        site_id INTEGER,
        place_id INTEGER,
        version INTEGER DEFAULT 1 NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE,
        confirmed_at TIMESTAMP WITH TIME ZONE,
        ended_at TIMESTAMP WITH TIME ZONE,
        takeover_models VARCHAR[],
        available_from DATE,
        price NUMERIC(12, 2),
        land_rent NUMERIC(12, 2),
        premises_rent NUMERIC(12, 2),
        instalments BOOLEAN,
        area_ha NUMERIC(9, 4),
        land_uses VARCHAR[],
        soil_points NUMERIC(5, 2),
        contiguity VARCHAR,
        access VARCHAR,
        water VARCHAR,
        drainage VARCHAR,
        restrictions VARCHAR[],
        farmstead_land_km NUMERIC(5, 1),
        leased_area_ha NUMERIC(9, 4),
        leased_secured_percent INTEGER,
        organic VARCHAR,
        livestock VARCHAR[],
        buildings VARCHAR[],
        dwelling_rooms INTEGER,
        who_stays VARCHAR,
        school_km NUMERIC(5, 1),
        machines VARCHAR,
        stock_included BOOLEAN,
        staff INTEGER,
        turnover NUMERIC(12, 2),
        profit NUMERIC(12, 2),
        licence_bound BOOLEAN,
        licence_holder VARCHAR,
        transition_months INTEGER,
        trial_year BOOLEAN,
        mentoring BOOLEAN,
        id SERIAL NOT NULL,
        public_id UUID DEFAULT gen_random_uuid() NOT NULL,
        owner_organisation_id INTEGER,
        owner_account_id INTEGER,
        CONSTRAINT pk_listing PRIMARY KEY (id),
        CONSTRAINT ck_listing_owned_by_one CHECK (num_nonnulls(owner_organisation_id, owner_account_id) = 1),
        CONSTRAINT ck_listing_kind_known CHECK (kind IN ('land', 'farm', 'horticulture', 'forestry', 'craft',
            'shop', 'inn', 'care', 'other')),
        CONSTRAINT ck_listing_state_known CHECK (state IN ('draft', 'published', 'reserved', 'handed_over',
            'withdrawn')),
        CONSTRAINT ck_listing_service_level_known CHECK (service_level IN ('list', 'link', 'facilitated')),
        CONSTRAINT uq_listing_reference UNIQUE (reference),
        CONSTRAINT uq_listing_created_by_account_id_idempotency_key UNIQUE (created_by_account_id, idempotency_key),
        CONSTRAINT ck_listing_title_short CHECK (length(title) <= 120),
        CONSTRAINT ck_listing_description_short CHECK (length(description) <= 6000),
        CONSTRAINT ck_listing_version_counts CHECK (version >= 1),
        CONSTRAINT ck_listing_published_level_known CHECK (published_level BETWEEN 4 AND 7),
        CONSTRAINT ck_listing_published_has_a_time CHECK (state NOT IN ('published', 'reserved') OR published_at IS
            NOT NULL),
        CONSTRAINT ck_listing_takeover_models_allowed CHECK (takeover_models <@ ARRAY['lease', 'sale', 'annuity',
            'gradual', 'employment', 'heritable_building_right', 'cooperative', 'non_profit_holder', 'gift',
            'share_farming']::varchar[]),
        CONSTRAINT ck_listing_available_from_allowed CHECK (available_from BETWEEN DATE '2000-01-01' AND DATE
            '2100-12-31'),
        CONSTRAINT ck_listing_price_allowed CHECK (price BETWEEN 0 AND 100000000),
        CONSTRAINT ck_listing_land_rent_allowed CHECK (land_rent BETWEEN 0 AND 20000),
        CONSTRAINT ck_listing_premises_rent_allowed CHECK (premises_rent BETWEEN 0 AND 1000000),
        CONSTRAINT ck_listing_area_ha_allowed CHECK (area_ha BETWEEN 0 AND 20000),
        CONSTRAINT ck_listing_land_uses_allowed CHECK (land_uses <@ ARRAY['arable', 'grassland', 'permanent_crop',
            'garden', 'forest', 'water', 'other']::varchar[]),
        CONSTRAINT ck_listing_soil_points_allowed CHECK (soil_points BETWEEN 0 AND 120),
        CONSTRAINT ck_listing_contiguity_allowed CHECK (contiguity IN ('scattered', 'blocks', 'one_block')),
        CONSTRAINT ck_listing_access_allowed CHECK (access IN ('none', 'track', 'narrow', 'wide')),
        CONSTRAINT ck_listing_water_allowed CHECK (water IN ('none', 'possible', 'connected', 'irrigation')),
        CONSTRAINT ck_listing_drainage_allowed CHECK (drainage IN ('wet', 'partly', 'drained')),
        CONSTRAINT ck_listing_restrictions_allowed CHECK (restrictions <@ ARRAY['nature_reserve', 'biosphere',
            'water_protection', 'flood_area', 'monument', 'pre_emption', 'residence_right', 'pipeline']::varchar[]),
        CONSTRAINT ck_listing_farmstead_land_km_allowed CHECK (farmstead_land_km BETWEEN 0 AND 500),
        CONSTRAINT ck_listing_leased_area_ha_allowed CHECK (leased_area_ha BETWEEN 0 AND 20000),
        CONSTRAINT ck_listing_leased_secured_percent_allowed CHECK (leased_secured_percent BETWEEN 0 AND 100),
        CONSTRAINT ck_listing_organic_allowed CHECK (organic IN ('conventional', 'converting', 'organic')),
        CONSTRAINT ck_listing_livestock_allowed CHECK (livestock <@ ARRAY['dairy', 'cattle', 'pigs', 'poultry',
            'sheep_goats', 'horses', 'bees']::varchar[]),
        CONSTRAINT ck_listing_buildings_allowed CHECK (buildings <@ ARRAY['barn', 'cowshed', 'machine_hall',
            'greenhouse', 'workshop', 'sales_room', 'guest_rooms', 'cold_store', 'office']::varchar[]),
        CONSTRAINT ck_listing_dwelling_rooms_allowed CHECK (dwelling_rooms BETWEEN 0 AND 100),
        CONSTRAINT ck_listing_who_stays_allowed CHECK (who_stays IN ('nobody', 'nearby', 'own_dwelling',
            'same_house')),
        CONSTRAINT ck_listing_school_km_allowed CHECK (school_km BETWEEN 0 AND 500),
        CONSTRAINT ck_listing_machines_allowed CHECK (machines IN ('none', 'some', 'complete')),
        CONSTRAINT ck_listing_staff_allowed CHECK (staff BETWEEN 0 AND 10000),
        CONSTRAINT ck_listing_turnover_allowed CHECK (turnover BETWEEN 0 AND 100000000),
        CONSTRAINT ck_listing_profit_allowed CHECK (profit BETWEEN 0 AND 100000000),
        CONSTRAINT ck_listing_licence_holder_allowed CHECK (licence_holder IN ('leaves', 'stays_a_while',
            'employee')),
        CONSTRAINT ck_listing_transition_months_allowed CHECK (transition_months BETWEEN 0 AND 240),
        CONSTRAINT fk_listing_created_by_account_id FOREIGN KEY(created_by_account_id) REFERENCES account (id) ON
            DELETE SET NULL,
        CONSTRAINT fk_listing_site_id FOREIGN KEY(site_id) REFERENCES site (id) ON DELETE SET NULL,
        CONSTRAINT fk_listing_place_id FOREIGN KEY(place_id) REFERENCES place (id) ON DELETE RESTRICT,
        CONSTRAINT uq_listing_public_id UNIQUE (public_id),
        CONSTRAINT fk_listing_owner_organisation_id FOREIGN KEY(owner_organisation_id) REFERENCES organisation (id)
            ON DELETE RESTRICT,
        CONSTRAINT fk_listing_owner_account_id FOREIGN KEY(owner_account_id) REFERENCES account (id) ON DELETE
            RESTRICT
    )
    """,
    "CREATE INDEX ix_listing_created_by_account_id ON listing (created_by_account_id)",
    "CREATE INDEX ix_listing_owner_account_id ON listing (owner_account_id)",
    "CREATE INDEX ix_listing_owner_organisation_id ON listing (owner_organisation_id)",
    "CREATE INDEX ix_listing_place_id ON listing (place_id)",
    "CREATE INDEX ix_listing_site_id ON listing (site_id)",
    "CREATE INDEX ix_listing_state ON listing (state)",
    """
    CREATE TABLE listing_parcel (
        listing_id INTEGER NOT NULL,
        parcel_id INTEGER NOT NULL,
        CONSTRAINT pk_listing_parcel PRIMARY KEY (listing_id, parcel_id),
        CONSTRAINT fk_listing_parcel_listing_id FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE CASCADE,
        CONSTRAINT fk_listing_parcel_parcel_id FOREIGN KEY(parcel_id) REFERENCES parcel (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_listing_parcel_parcel_id ON listing_parcel (parcel_id)",
    """
    CREATE TABLE listing_wish (
        listing_id INTEGER NOT NULL,
        criterion VARCHAR(40) NOT NULL,
        importance TEXT NOT NULL,
        values JSONB DEFAULT '{}'::jsonb NOT NULL,
        CONSTRAINT pk_listing_wish PRIMARY KEY (listing_id, criterion),
        CONSTRAINT ck_listing_wish_importance_known CHECK (importance IN ('none', 'nice', 'rather', 'important',
            'very', 'must')),
        CONSTRAINT ck_listing_wish_counts CHECK (importance <> 'none'),
        CONSTRAINT fk_listing_wish_listing_id FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE listing_publication (
        listing_id INTEGER NOT NULL,
        public_id UUID NOT NULL,
        reference VARCHAR(8) NOT NULL,
        title VARCHAR NOT NULL,
        description VARCHAR NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        service_level TEXT NOT NULL,
        owner_kind TEXT NOT NULL,
        place_area_id INTEGER NOT NULL,
        facts JSONB NOT NULL,
        wishes JSONB NOT NULL,
        published_at TIMESTAMP WITH TIME ZONE NOT NULL,
        confirmed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_listing_publication PRIMARY KEY (listing_id),
        CONSTRAINT ck_listing_publication_kind_known CHECK (kind IN ('land', 'farm', 'horticulture', 'forestry',
            'craft', 'shop', 'inn', 'care', 'other')),
        CONSTRAINT ck_listing_publication_state_known CHECK (state IN ('draft', 'published', 'reserved',
            'handed_over', 'withdrawn')),
        CONSTRAINT ck_listing_publication_service_level_known CHECK (service_level IN ('list', 'link',
            'facilitated')),
        CONSTRAINT ck_listing_publication_owner_kind_known CHECK (owner_kind IN ('public_body', 'church',
            'foundation', 'private')),
        CONSTRAINT ck_listing_publication_state_shown CHECK (state IN ('published', 'reserved')),
        CONSTRAINT uq_listing_publication_public_id UNIQUE (public_id),
        CONSTRAINT fk_listing_publication_listing_id FOREIGN KEY(listing_id) REFERENCES listing (id) ON DELETE
            CASCADE,
        CONSTRAINT fk_listing_publication_place_area_id FOREIGN KEY(place_area_id) REFERENCES place_area (id) ON
            DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_listing_publication_kind_published_at ON listing_publication (kind, published_at)",
    "CREATE INDEX ix_listing_publication_place_area_id ON listing_publication (place_area_id)",
    """
    CREATE INDEX ix_listing_publication_words
        ON listing_publication USING gin (lower(title || ' ' || description) gin_trgm_ops)
    """,
    """
    CREATE TABLE published_offer (
        id BIGINT NOT NULL,
        place INTEGER NOT NULL,
        kind SMALLINT NOT NULL,
        published TIMESTAMP WITH TIME ZONE NOT NULL,
        takeover_models SMALLINT,
        available_from SMALLINT,
        price SMALLINT,
        land_rent SMALLINT,
        premises_rent SMALLINT,
        instalments SMALLINT,
        area_ha SMALLINT,
        land_uses SMALLINT,
        soil_points SMALLINT,
        contiguity SMALLINT,
        access SMALLINT,
        water SMALLINT,
        organic SMALLINT,
        livestock SMALLINT,
        dwelling_rooms SMALLINT,
        school_km SMALLINT,
        transition_months SMALLINT,
        trial_year SMALLINT,
        mentoring SMALLINT,
        wish_training_min SMALLINT,
        wish_experience_min SMALLINT,
        wish_licence_min SMALLINT,
        wish_equity_min SMALLINT,
        wish_financing_min SMALLINT,
        wish_concept_min SMALLINT,
        wish_labour_min SMALLINT,
        wish_start_latest SMALLINT,
        wish_shared_months_min SMALLINT,
        wish_residence_min SMALLINT,
        wish_keep_staff_min SMALLINT,
        wish_keep_animals_min SMALLINT,
        wish_organic_plan_min SMALLINT,
        weight_training SMALLINT DEFAULT '0' NOT NULL,
        weight_experience SMALLINT DEFAULT '0' NOT NULL,
        weight_licence SMALLINT DEFAULT '0' NOT NULL,
        weight_equity SMALLINT DEFAULT '0' NOT NULL,
        weight_financing SMALLINT DEFAULT '0' NOT NULL,
        weight_concept SMALLINT DEFAULT '0' NOT NULL,
        weight_labour SMALLINT DEFAULT '0' NOT NULL,
        weight_successor_start SMALLINT DEFAULT '0' NOT NULL,
        weight_shared_time SMALLINT DEFAULT '0' NOT NULL,
        weight_trial_ready SMALLINT DEFAULT '0' NOT NULL,
        weight_residence SMALLINT DEFAULT '0' NOT NULL,
        weight_keep_staff SMALLINT DEFAULT '0' NOT NULL,
        weight_keep_animals SMALLINT DEFAULT '0' NOT NULL,
        weight_organic_plan SMALLINT DEFAULT '0' NOT NULL,
        weight_open_farm SMALLINT DEFAULT '0' NOT NULL,
        weight_direct_sale SMALLINT DEFAULT '0' NOT NULL,
        must INTEGER NOT NULL,
        weight_sum SMALLINT NOT NULL,
        CONSTRAINT pk_published_offer PRIMARY KEY (id),
        CONSTRAINT fk_published_offer_id FOREIGN KEY(id) REFERENCES listing (id) ON DELETE CASCADE,
        CONSTRAINT fk_published_offer_place FOREIGN KEY(place) REFERENCES place_area (id) ON DELETE RESTRICT
    )
    """,
    "CREATE INDEX ix_published_offer_place_kind ON published_offer (place, kind)",
)

TABLES = ("published_offer", "listing_publication", "listing_wish", "listing_parcel", "listing")


def upgrade() -> None:
    """Create the tables of the room."""
    for statement in STATEMENTS:
        op.execute(statement)


def downgrade() -> None:
    """Drop them, dependent ones first."""
    for table in TABLES:
        op.drop_table(table)
