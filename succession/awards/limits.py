"""How long what is written about an award may be. Pure."""

LONGEST_NAME = 200
LONGEST_REASON = 4000
MOST_VOTES = 1000
MOST_MEMBERS = 100
