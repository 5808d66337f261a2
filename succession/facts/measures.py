"""The bands in which numbers are published. Pure.

Widths follow LP-8: coarse enough that several businesses of a region share a band, fine enough to match on.
"""

from succession.facts.shapes import Unit, bands

AREA = bands(
    Unit.HECTARE,
    *("0.5", 1, "1.5", 2, "2.5", 3, "3.5", 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 60, 80, 100, 150, 200, 300, 500),
)
PRICE = bands(Unit.EURO, 25_000, 50_000, 100_000, 150_000, 250_000, 400_000, 600_000, 1_000_000, 2_000_000)
LAND_RENT = bands(Unit.EURO_PER_HECTARE_YEAR, 100, 150, 200, 250, 300, 400, 500, 700)
PREMISES_RENT = bands(Unit.EURO_PER_MONTH, 250, 500, 750, 1_000, 1_500, 2_500, 4_000)
SOIL = bands(Unit.SOIL_POINTS, 10, 20, 30, 40, 50, 60, 70, 80, 90)
ROOMS = bands(Unit.ROOMS, 1, 3, 5, 7, zero_apart=True)
MONTHS = bands(Unit.MONTHS, 1, 7, 13, 37, zero_apart=True)
EXPERIENCE = bands(Unit.YEARS, 1, 3, 6, 11, zero_apart=True)
KILOMETRES = bands(Unit.KILOMETRES, 2, 5, 10, 15, 25)
MONEY_OWN = bands(Unit.EURO, 10_000, 25_000, 50_000, 100_000, 200_000, 400_000)
TURNOVER = bands(Unit.EURO, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000)
PROFIT = bands(Unit.EURO, 10_000, 25_000, 50_000, 75_000, 100_000, 200_000)
STAFF = bands(Unit.PEOPLE, 1, 3, 6, 11, 21, zero_apart=True)
SHARE = bands(Unit.PERCENT, 25, 50, 75, 100)
