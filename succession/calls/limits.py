"""How long texts of a call may be, and how many things it may have. Pure."""

LONGEST_TITLE = 120
LONGEST_SUMMARY = 3_000
LONGEST_WORDS = 2_000
MOST_LOTS = 400
MOST_PARCELS_IN_A_LOT = 200
MOST_DOCUMENTS = 20
LEAST_DAYS_OPEN = 14
"""So long a call stays open after its opening and after a change."""
