"""The blueprint of simulations."""

from flask import Blueprint

from succession.accounts.actor import Role
from succession.web.gate import requires

bp = Blueprint("simulation", __name__)
owners_only = requires(Role.LANDOWNER)
