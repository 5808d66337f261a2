"""What is said when a link from a mail cannot be used: what it was for, and the way to a new one."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from succession.accounts.links import DeadLink, LinkState
from succession.blueprints.accounts.blueprint import bp
from succession.i18n import Text
from succession.web.errors import say
from succession.web.negotiation import wants_json

CUT_OFF = Text(
    "Perhaps your mail program has cut the link off. Copy the whole address from the mail into the address line."
)
WAYS = {
    "confirm": (
        Text("If you have confirmed your address already, sign in. If not, ask for another link."),
        ".confirmation",
        Text("Ask for another link"),
    ),
    "set_password": (
        Text("Links to a new password work once, within an hour. Ask for another one."),
        ".forgotten",
        Text("Ask for another link"),
    ),
    "new_address": (
        Text("If your new address does not count yet, sign in with the former one and change it once more."),
        ".account",
        Text("To my account"),
    ),
    "former_address": (
        Text("A change of address can be taken back for a week. If you cannot get into your account, please call us."),
        ".sign_in",
        Text("Sign in"),
    ),
    "join": (
        Text("If you have accepted the invitation already, sign in. If not, ask whoever invited you for a new one."),
        ".sign_in",
        Text("Sign in"),
    ),
}


@bp.errorhandler(DeadLink)
def _dead_link(dead: DeadLink) -> ResponseReturnValue:
    if wants_json():
        return {"status": dead.status, "message": say(dead.text)}, dead.status
    view = (request.endpoint or "").removeprefix("accounts.").removesuffix("_submit")
    advice, endpoint, label = WAYS.get(view, WAYS["join"])
    page = render_template(
        "accounts/dead_link.html",
        sentence=dead.text,
        advice=advice,
        cut_off=CUT_OFF if dead.state is LinkState.UNKNOWN else None,
        way=url_for(endpoint),
        label=label,
    )
    return page, dead.status
