"""A source with more to say about it. Pure."""

from collections.abc import Iterator

from pyproj import CRS

from succession.geo.findings import Finding
from succession.geo.formats.source import BATCH_SIZE, Record, Source


class Noted:
    """The same records under further notes and, where a file has none of its own, the names of layers."""

    def __init__(
        self, source: Source, notes: tuple[Finding, ...], *, layer: str | None = None, layers: tuple[str, ...] = ()
    ) -> None:
        self._source, self._notes = source, notes
        self._layer, self._layers = layer, layers

    @property
    def format(self) -> str:
        return self._source.format

    @property
    def layer(self) -> str | None:
        return self._layer or self._source.layer

    @property
    def layers(self) -> tuple[str, ...]:
        return self._layers or self._source.layers

    @property
    def crs(self) -> CRS | None:
        return self._source.crs

    @property
    def crs_is_implied(self) -> bool:
        return self._source.crs_is_implied

    @property
    def columns(self) -> tuple[str, ...]:
        return self._source.columns

    @property
    def declared(self) -> int | None:
        return self._source.declared

    @property
    def notes(self) -> tuple[Finding, ...]:
        return (*self._notes, *self._source.notes)

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[Record]]:
        """The records of the source."""
        return self._source.batches(size)
