"""Rounds over many lots or parcels: wishes, deferred acceptance, serial picking, certificates and fairness."""
