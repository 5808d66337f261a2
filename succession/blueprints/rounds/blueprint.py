"""The blueprint that the views of rounds belong to."""

from flask import Blueprint

bp = Blueprint("rounds", __name__)
