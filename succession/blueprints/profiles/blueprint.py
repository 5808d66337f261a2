"""The blueprint that the views of seekers belong to, and who may enter their rooms."""

from flask import Blueprint

from succession.accounts.actor import Role
from succession.web.gate import requires

bp = Blueprint("profiles", __name__)
seekers_only = requires(Role.SEEKER)
