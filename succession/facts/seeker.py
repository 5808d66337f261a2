"""What a seeker brings, in the order in which the forms ask for it. Pure."""

from succession.facts import measures, terms
from succession.facts.field import Field
from succession.facts.shapes import HalfYear, YesNo
from succession.i18n import Text

SEEKER_FIELDS: tuple[Field, ...] = (
    Field(
        "training",
        terms.TRAINING,
        "skills",
        Text("Your training"),
        Text("If you are several: the highest that one of you has."),
        is_matched=True,
    ),
    Field(
        "experience_years",
        measures.EXPERIENCE,
        "skills",
        Text("Years of experience in this field"),
        Text("Practice, training and seasons count."),
        is_matched=True,
    ),
    Field("licence", terms.LICENCE, "skills", Text("Entitlement to run a licensed craft"), is_matched=True),
    Field(
        "equity",
        measures.MONEY_OWN,
        "money",
        Text("Own money you could bring in"),
        Text("Others see a range, never this figure."),
        is_matched=True,
    ),
    Field("financing", terms.FINANCING, "money", Text("How far is the financing?"), is_matched=True),
    Field("concept", terms.CONCEPT, "plan", Text("How far is your plan?"), is_matched=True),
    Field("labour", terms.LABOUR, "plan", Text("Full-time or part-time?"), is_matched=True),
    Field(
        "start_from",
        HalfYear(),
        "plan",
        Text("From when could you start?"),
        Text("A rough date is enough. Others see only the half-year."),
        is_matched=True,
    ),
    Field(
        "shared_months",
        measures.MONTHS,
        "plan",
        Text("How long would you share the work with the previous owners?"),
        Text("0 if you want to start alone."),
        is_matched=True,
    ),
    Field("trial_ready", YesNo(), "plan", Text("Would you do a trial year?"), is_matched=True),
    Field("residence", terms.RESIDENCE, "plan", Text("Where would you live?"), is_matched=True),
    Field("keep_staff", terms.HOW_FAR, "values", Text("Would you keep the staff?"), is_matched=True),
    Field("keep_animals", terms.HOW_FAR, "values", Text("Would you keep the animals?"), is_matched=True),
    Field("organic_plan", terms.INTENTION, "values", Text("Do you want to work organically?"), is_matched=True),
    Field(
        "open_farm",
        YesNo(),
        "values",
        Text("Should people be welcome to visit?"),
        Text("Open days, school classes, neighbours."),
        is_matched=True,
    ),
    Field("direct_sale", YesNo(), "values", Text("Do you want to sell directly to people?"), is_matched=True),
    Field("adults", measures.STAFF, "household", Text("How many adults are you?")),
    Field("children", measures.STAFF, "household", Text("How many children live with you?")),
    Field("school_children", measures.STAFF, "household", Text("How many of them will go to school here?")),
)
