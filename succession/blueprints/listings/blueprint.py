"""The blueprint that the views of offers belong to, and who may enter the rooms in which offers are made."""

from flask import Blueprint

from succession.accounts.actor import Role
from succession.web.gate import requires

bp = Blueprint("listings", __name__)
owners_only = requires(Role.TRANSFEROR, Role.LANDOWNER)
