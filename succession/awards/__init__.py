"""Deciding on a lot: runs, evidence, conflicts of interest, the office's preparation, the body's decision. No Flask."""
