"""The blueprint of award records."""

from flask import Blueprint

bp = Blueprint("award_records", __name__)
