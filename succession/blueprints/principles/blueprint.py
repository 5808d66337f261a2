"""The blueprint of principles, and who may enter the rooms in which they are drafted."""

from flask import Blueprint

from succession.accounts.actor import Role
from succession.web.gate import requires

bp = Blueprint("principles", __name__)
owners_only = requires(Role.LANDOWNER)
