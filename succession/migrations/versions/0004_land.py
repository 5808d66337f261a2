"""Parcels, farmsteads and imports; exact places in tables of their own."""

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NOW = sa.text("now()")
EMPTY = sa.text("''")
NEW_UUID = sa.text("gen_random_uuid()")


def _identity() -> list[sa.Column]:
    """The internal number and the public id."""
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), server_default=NEW_UUID, nullable=False),
    ]


def _owner() -> list[sa.Column]:
    """The two columns of which exactly one is filled."""
    return [
        sa.Column("owner_organisation_id", sa.Integer(), nullable=True),
        sa.Column("owner_account_id", sa.Integer(), nullable=True),
    ]


def _owned_rules(table: str) -> list[sa.Constraint]:
    """Key, public id and exactly one owner."""
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("public_id", name=op.f(f"uq_{table}_public_id")),
        sa.CheckConstraint(
            "num_nonnulls(owner_organisation_id, owner_account_id) = 1", name=op.f(f"ck_{table}_owned_by_one")
        ),
        sa.ForeignKeyConstraint(
            ["owner_organisation_id"],
            ["organisation.id"],
            name=op.f(f"fk_{table}_owner_organisation_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_account_id"], ["account.id"], name=op.f(f"fk_{table}_owner_account_id"), ondelete="RESTRICT"
        ),
    ]


def _index(table: str, *columns: str) -> None:
    """An index named as the models name it."""
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _create_land_import() -> None:
    op.create_table(
        "land_import",
        *_identity(),
        *_owner(),
        sa.Column("started_by_account_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("content_hash", sa.CHAR(64), nullable=True),
        sa.Column("stored_name", sa.String(64), nullable=True),
        sa.Column("format", sa.String(40), nullable=True),
        sa.Column("layer", sa.String(255), nullable=True),
        sa.Column("crs", sa.String(255), nullable=True),
        sa.Column("source", sa.String(255), server_default=EMPTY, nullable=False),
        sa.Column("source_on", sa.Date(), nullable=True),
        sa.Column("licence", sa.String(120), server_default=EMPTY, nullable=False),
        sa.Column("attribution", sa.String(255), server_default=EMPTY, nullable=False),
        sa.Column("choices", JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("rows_read", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("rows_declared", sa.Integer(), nullable=True),
        sa.Column("report", JSONB(), nullable=True),
        sa.Column("idempotency_key", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        *_owned_rules("land_import"),
        sa.ForeignKeyConstraint(
            ["started_by_account_id"],
            ["account.id"],
            name=op.f("fk_land_import_started_by_account_id"),
            ondelete="SET NULL",
        ),
        sa.UniqueConstraint(
            "started_by_account_id",
            "idempotency_key",
            name=op.f("uq_land_import_started_by_account_id_idempotency_key"),
        ),
        sa.CheckConstraint(
            "state IN ('uploaded', 'checking', 'checked', 'refused', 'importing', 'done', 'failed')",
            name=op.f("ck_land_import_state_known"),
        ),
    )
    _index("land_import", "owner_organisation_id", "owner_account_id", "started_by_account_id")


def _create_parcel() -> None:
    op.create_table(
        "parcel",
        *_identity(),
        *_owner(),
        sa.Column("parcel_key", sa.String(20), nullable=True),
        sa.Column("reference", sa.String(200), nullable=True),
        sa.Column("name", sa.String(160), nullable=True),
        sa.Column("official_area_m2", sa.Numeric(14, 2), nullable=True),
        sa.Column("land_use", sa.Text(), nullable=True),
        sa.Column("crop_code", sa.String(32), nullable=True),
        sa.Column("crop_name", sa.String(160), nullable=True),
        sa.Column("soil_points", sa.Numeric(5, 2), nullable=True),
        sa.Column("land_import_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        *_owned_rules("parcel"),
        sa.ForeignKeyConstraint(
            ["land_import_id"], ["land_import.id"], name=op.f("fk_parcel_land_import_id"), ondelete="SET NULL"
        ),
        sa.CheckConstraint(
            "land_use IN ('arable', 'grassland', 'permanent_crop', 'garden', 'forest', 'water', 'other')",
            name=op.f("ck_parcel_land_use_known"),
        ),
        sa.CheckConstraint("official_area_m2 >= 0", name=op.f("ck_parcel_official_area_not_negative")),
        sa.CheckConstraint("soil_points BETWEEN 0 AND 120", name=op.f("ck_parcel_soil_points_in_range")),
        sa.CheckConstraint("length(parcel_key) = 20", name=op.f("ck_parcel_parcel_key_complete")),
    )
    _index("parcel", "owner_organisation_id", "owner_account_id", "land_import_id")
    for column in ("owner_organisation_id", "owner_account_id"):
        op.create_index(
            f"uq_parcel_{column}_parcel_key",
            "parcel",
            [column, "parcel_key"],
            unique=True,
            postgresql_where=sa.text("parcel_key IS NOT NULL"),
        )


def _create_exact() -> None:
    op.create_table(
        "parcel_location",
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("geom", Geometry("MULTIPOLYGON", srid=25832, spatial_index=False), nullable=False),
        sa.Column(
            "area_m2", sa.Double(), sa.Computed("st_area(st_transform(geom, 3035))", persisted=True), nullable=False
        ),
        sa.PrimaryKeyConstraint("parcel_id", name=op.f("pk_parcel_location")),
        sa.ForeignKeyConstraint(
            ["parcel_id"], ["parcel.id"], name=op.f("fk_parcel_location_parcel_id"), ondelete="CASCADE"
        ),
    )
    op.create_index("idx_parcel_location_geom", "parcel_location", ["geom"], postgresql_using="gist")
    op.create_table(
        "site_location",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("geom", Geometry("POINT", srid=25832, spatial_index=False), nullable=False),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_site_location")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_site_location_site_id"), ondelete="CASCADE"),
    )
    op.create_index("idx_site_location_geom", "site_location", ["geom"], postgresql_using="gist")
    op.create_table(
        "land_import_preview",
        sa.Column("land_import_id", sa.Integer(), nullable=False),
        sa.Column("picture", JSONB(), nullable=True),
        sa.Column("features", JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("land_import_id", name=op.f("pk_land_import_preview")),
        sa.ForeignKeyConstraint(
            ["land_import_id"],
            ["land_import.id"],
            name=op.f("fk_land_import_preview_land_import_id"),
            ondelete="CASCADE",
        ),
    )


def upgrade() -> None:
    """Create the tables of the room."""
    _create_land_import()
    _create_parcel()
    op.create_table(
        "site",
        *_identity(),
        *_owner(),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=NOW, nullable=False),
        *_owned_rules("site"),
    )
    _index("site", "owner_organisation_id", "owner_account_id")
    _create_exact()


def downgrade() -> None:
    """Drop them, the exact places first."""
    for table in ("land_import_preview", "site_location", "parcel_location", "site", "parcel", "land_import"):
        op.drop_table(table)
