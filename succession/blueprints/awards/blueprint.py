"""The blueprint that the views of awards belong to, and who may enter the rooms in which lots are worked on."""

from flask import Blueprint

from succession.accounts.actor import Role
from succession.web.gate import requires

bp = Blueprint("awards", __name__)
who_work = requires(Role.LANDOWNER)
