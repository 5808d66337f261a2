"""The blueprint that the views of organisations belong to; what one may do there, the services decide."""

from flask import Blueprint

from succession.web.gate import requires

bp = Blueprint("organisations", __name__, url_prefix="/organisations")
signed_in = requires()
