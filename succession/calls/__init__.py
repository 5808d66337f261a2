"""Calls: lots of an owner's parcels, dates, states from the draft to the contract, and what the public reads."""
