"""Measurements beside plain tools; `script/bench` runs them."""
