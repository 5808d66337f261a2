"""Applications to a call: declarations sealed until the deadline, receipts, envelopes on paper."""
