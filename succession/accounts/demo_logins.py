"""The accounts with which people try the demo region: one for each role, all with one password. Pure."""

from succession.accounts.actor import Role

DEMO_ROLES = (Role.SEEKER, Role.TRANSFEROR, Role.LANDOWNER, Role.ADVISOR, Role.MENTOR, Role.COORDINATOR)
DEMO_ROLE_OF = {f"{role}@example.org": role for role in DEMO_ROLES}
DEMO_LOGINS = tuple(DEMO_ROLE_OF)
DEMO_PASSWORD = "gemeinsam-an-der-elbe"  # noqa: S105 - printed at the start and refused in production
