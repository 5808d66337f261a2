"""How long what is written about an award may be, and how much of it. Pure."""

LONGEST_NAME = 200
LONGEST_REASON = 4000
MOST_VOTES = 1000
LONGEST_TIME_FOR_EVIDENCE = 120
"""Days."""
USUAL_TIME_FOR_EVIDENCE = 14
