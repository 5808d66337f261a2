"""The accounts to try the demo region with: one for each role, and two without whom no land is given out. Pure."""

from succession.accounts.actor import Role
from succession.i18n import Text

DEMO_ROLES = (Role.SEEKER, Role.TRANSFEROR, Role.LANDOWNER, Role.ADVISOR, Role.MENTOR, Role.COORDINATOR)
OFFICE, COUNCIL = "office@example.org", "council@example.org"
"""The second person of the office, who checks what the first prepared; and who enters what the council decided."""

DEMO_WORK: dict[str, Text] = {
    **{f"{role}@example.org": role.label for role in DEMO_ROLES},
    OFFICE: Text("Office: the second person, who checks"),
    COUNCIL: Text("Council: enters what was decided"),
}
"""What somebody does, by the address they sign in with."""

DEMO_LOGINS = tuple(DEMO_WORK)
DEMO_PASSWORD = "gemeinsam-an-der-elbe"  # noqa: S105 - printed at the start and refused in production
