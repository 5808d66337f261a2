"""How much of a file is accepted, as numbers that an error can name. Pure."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper limits of one file; an installation may give its own."""

    file_bytes: int = 1024 * MIB
    unpacked_bytes: int = 4096 * MIB
    archive_members: int = 2_000
    compression_ratio: int = 200
    """Counts only for members above `ratio_from_bytes`: tables full of blanks compress well without being bombs."""
    ratio_from_bytes: int = 100 * MIB
    rows: int = 2_000_000
    columns: int = 1_000
    json_feature_bytes: int = 32 * MIB
    csv_field_characters: int = 16 * MIB
    soil_areas: int = 200_000


DEFAULT_LIMITS = Limits()
