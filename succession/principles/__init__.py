"""Principle sets: versioned documents, shipped catalogues, sample farms, the editor and what it warns of."""
