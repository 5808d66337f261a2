"""Each published fact and each wish as one short phrase, for cards, pages and letters. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from succession.facts.display import listed, stated, wished
from succession.facts.field import Field, Wish
from succession.facts.shapes import Several, YesNo
from succession.i18n import Text


def phrase(field: Field, code: int) -> Text:
    """What a published fact says, as a phrase that stands alone."""
    if (field.name, code) in _APART:
        return _APART[field.name, code]
    if isinstance(field.shape, YesNo):
        return _YES_NO[field.name][0 if code else 1]
    if field.name == "takeover_models" and isinstance(field.shape, Several):
        terms = field.shape.chosen(code)
        return replace(_WITH_VALUE[field.name], values={"value": listed([t.label for t in terms], all_of_them=False)})
    return replace(_WITH_VALUE[field.name], values={"value": stated(field.shape, code)})


def wish_phrase(wish: Wish, values: Mapping[str, int]) -> Text:
    """What somebody asks of the other side, as a phrase that stands alone."""
    said = [wished(value, values[value.name]) for value in wish.values if value.name in values]
    if not said or said == [Text("yes")]:
        return wish.label
    return Text("%(label)s: %(value)s", {"label": wish.label, "value": listed(said)})


_WITH_VALUE = {
    "takeover_models": Text("Possible: %(value)s"),
    "available_from": Text("From the %(value)s"),
    "price": Text("Asking price: %(value)s"),
    "land_rent": Text("Land rent: %(value)s"),
    "premises_rent": Text("Rent for buildings and rooms: %(value)s"),
    "area_ha": Text("%(value)s in total"),
    "land_uses": Text("Used as: %(value)s"),
    "soil_points": Text("On average %(value)s"),
    "contiguity": Text("How the land lies: %(value)s"),
    "access": Text("Way to it: %(value)s"),
    "water": Text("Water: %(value)s"),
    "drainage": Text("Ground: %(value)s"),
    "restrictions": Text("To be respected: %(value)s"),
    "farmstead_land_km": Text("From the farmstead to the land: %(value)s"),
    "leased_area_ha": Text("Leased land: %(value)s"),
    "leased_secured_percent": Text("Leased land secured for a successor: %(value)s"),
    "organic": Text("Farming: %(value)s"),
    "livestock": Text("Animals: %(value)s"),
    "trades": Text("Trade: %(value)s"),
    "buildings": Text("Buildings and rooms: %(value)s"),
    "dwelling_rooms": Text("Dwelling free: %(value)s"),
    "who_stays": Text("Living there: %(value)s"),
    "school_km": Text("Primary school: %(value)s away"),
    "machines": Text("Machines: %(value)s"),
    "staff": Text("Staff: %(value)s"),
    "turnover": Text("Yearly turnover: %(value)s"),
    "profit": Text("Yearly profit: %(value)s"),
    "licence_holder": Text("Craft licence: %(value)s"),
    "transition_months": Text("Shared time: %(value)s"),
    "training": Text("Training: %(value)s"),
    "experience_years": Text("Experience: %(value)s"),
    "licence": Text("Licensed craft: %(value)s"),
    "equity": Text("Own money: %(value)s"),
    "financing": Text("Financing: %(value)s"),
    "concept": Text("Plan: %(value)s"),
    "labour": Text("Planned: %(value)s"),
    "start_from": Text("Start possible from the %(value)s"),
    "shared_months": Text("Shared time at the beginning: %(value)s"),
    "residence": Text("Living: %(value)s"),
    "keep_staff": Text("Keeping the staff: %(value)s"),
    "keep_animals": Text("Keeping the animals: %(value)s"),
    "organic_plan": Text("Working organically: %(value)s"),
    "adults": Text("Adults: %(value)s"),
    "children": Text("Children: %(value)s"),
    "school_children": Text("Children who go to school: %(value)s"),
}

_YES_NO = {
    "instalments": (Text("Instalments or an annuity are possible"), Text("No payment in instalments")),
    "stock_included": (Text("Goods, animals and material come with it"), Text("Without goods, animals and material")),
    "licence_bound": (Text("Needs an entry in the craft register"), Text("Needs no entry in the craft register")),
    "trial_year": (Text("A trial year is possible"), Text("No trial year")),
    "mentoring": (Text("Advice after the handover is offered"), Text("No advice after the handover")),
    "trial_ready": (Text("Ready for a trial year"), Text("Does not want a trial year")),
    "open_farm": (Text("Wants an open house or farm"), Text("Plans no open house or farm")),
    "direct_sale": (Text("Wants to sell directly"), Text("Plans no direct sale")),
}

_APART = {
    ("land_uses", 0): Text("Use of the land: not on our list"),
    ("takeover_models", 0): Text("Form of the handover still open"),
    ("restrictions", 0): Text("Nothing special to be respected"),
    ("trades", 0): Text("Trade: not on our list"),
    ("livestock", 0): Text("No animals"),
    ("buildings", 0): Text("No buildings"),
    ("access", 0): Text("No access of its own"),
    ("water", 0): Text("No water"),
    ("water", 1): Text("Water could be connected"),
    ("dwelling_rooms", 0): Text("No dwelling free"),
    ("machines", 0): Text("Without machines"),
    ("machines", 1): Text("Some machines come with it"),
    ("machines", 2): Text("All machines that are needed come with it"),
    ("licence_holder", 0): Text("The licence leaves with the owners"),
    ("licence_holder", 1): Text("The owners stay on as managers for a while"),
    ("licence_holder", 2): Text("Somebody employed there holds the licence and stays"),
    ("staff", 0): Text("No staff"),
    ("transition_months", 0): Text("No shared time planned"),
    ("training", 0): Text("No training in this field"),
    ("licence", 0): Text("No entitlement to run a licensed craft"),
    ("shared_months", 0): Text("Wants to start alone"),
    ("adults", 0): Text("Number of adults left open"),
    ("children", 0): Text("No children"),
    ("school_children", 0): Text("No children of school age"),
}
