"""The web door of principles: one's own sets, their parts, versions and papers, and what everybody reads."""

from succession.blueprints.principles import criteria, farms, own, papers, parts, public, rules, ten_cases
from succession.blueprints.principles.blueprint import bp

__all__ = ["bp", "criteria", "farms", "own", "papers", "parts", "public", "rules", "ten_cases"]
