"""The closed lists that facts are chosen from, least to most where an order exists. Pure."""

from succession.facts.shapes import Choice, Several, Term
from succession.i18n import Text

TAKEOVER_MODELS = Several(
    (
        Term("lease", Text("lease")),
        Term("sale", Text("sale")),
        Term("annuity", Text("sale for a life annuity")),
        Term("gradual", Text("joint business first, then handover")),
        Term("employment", Text("employment first, then handover")),
        Term("heritable_building_right", Text("heritable building right")),
        Term("cooperative", Text("cooperative or citizens' shares")),
        Term("non_profit_holder", Text("non-profit holder leases to the founder")),
        Term("gift", Text("gift with right of residence")),
        Term("share_farming", Text("share farming or contract farming")),
    )
)

LAND_USES = Several(
    (
        Term("arable", Text("arable land")),
        Term("grassland", Text("grassland")),
        Term("permanent_crop", Text("orchard or permanent crop")),
        Term("garden", Text("garden land")),
        Term("forest", Text("woodland")),
        Term("water", Text("water")),
        Term("other", Text("other land")),
    )
)

LIVESTOCK = Several(
    (
        Term("dairy", Text("dairy cows")),
        Term("cattle", Text("beef or suckler cattle")),
        Term("pigs", Text("pigs")),
        Term("poultry", Text("poultry")),
        Term("sheep_goats", Text("sheep or goats")),
        Term("horses", Text("horses")),
        Term("bees", Text("bees")),
    )
)

TRADES = Several(
    (
        Term("food", Text("bakery, butcher, food")),
        Term("wood", Text("wood and furniture")),
        Term("metal", Text("metal")),
        Term("building", Text("building and roofs")),
        Term("electrical_heating", Text("electricity and heating")),
        Term("vehicles_machines", Text("vehicles and machines")),
        Term("textile_leather", Text("textiles and leather")),
        Term("ceramics_art", Text("ceramics and art")),
        Term("print_media", Text("print and media")),
        Term("hospitality", Text("kitchen and guests")),
        Term("retail", Text("retail")),
        Term("care_health", Text("care and health")),
        Term("animals", Text("trade with and around animals")),
        Term("plants", Text("trade with and around plants")),
    )
)

RESTRICTIONS = Several(
    (
        Term("nature_reserve", Text("nature reserve")),
        Term("biosphere", Text("biosphere reserve")),
        Term("water_protection", Text("water protection area")),
        Term("flood_area", Text("flood area")),
        Term("monument", Text("listed building")),
        Term("pre_emption", Text("right of pre-emption")),
        Term("residence_right", Text("right of residence for somebody")),
        Term("pipeline", Text("pipeline or power line")),
    )
)

BUILDINGS = Several(
    (
        Term("barn", Text("barn")),
        Term("cowshed", Text("cowshed or sty")),
        Term("machine_hall", Text("machine hall")),
        Term("greenhouse", Text("greenhouse or polytunnel")),
        Term("workshop", Text("workshop")),
        Term("sales_room", Text("sales room")),
        Term("guest_rooms", Text("guest rooms")),
        Term("cold_store", Text("cold store")),
        Term("office", Text("office or practice")),
    )
)

ORGANIC = Choice(
    (
        Term("conventional", Text("conventional")),
        Term("converting", Text("in conversion to organic")),
        Term("organic", Text("certified organic")),
    )
)

ACCESS = Choice(
    (
        Term("none", Text("no access of its own")),
        Term("track", Text("field track")),
        Term("narrow", Text("paved, narrower than 3.5 m")),
        Term("wide", Text("paved, at least 3.5 m wide")),
    )
)

WATER = Choice(
    (
        Term("none", Text("no water")),
        Term("possible", Text("water could be connected")),
        Term("connected", Text("well or water connection")),
        Term("irrigation", Text("irrigation with permit")),
    )
)

DRAINAGE = Choice(
    (
        Term("wet", Text("wet, not drained")),
        Term("partly", Text("drained in part")),
        Term("drained", Text("drained or dry by nature")),
    )
)

CONTIGUITY = Choice(
    (
        Term("scattered", Text("scattered")),
        Term("blocks", Text("a few blocks")),
        Term("one_block", Text("one block")),
    )
)

MACHINES = Choice(
    (
        Term("none", Text("no machines")),
        Term("some", Text("some machines")),
        Term("complete", Text("complete set of machines")),
    )
)

WHO_STAYS = Choice(
    (
        Term("nobody", Text("nobody stays")),
        Term("nearby", Text("the previous owners live nearby")),
        Term("own_dwelling", Text("the previous owners stay in a dwelling of their own")),
        Term("same_house", Text("the previous owners stay in the same house")),
    )
)

LICENCE_HOLDER = Choice(
    (
        Term("leaves", Text("the licence leaves with the owner")),
        Term("stays_a_while", Text("the owner stays on as manager for a while")),
        Term("employee", Text("an employee holds the licence and stays")),
    )
)

TRAINING = Choice(
    (
        Term("none", Text("no training in this field")),
        Term("learning", Text("in training")),
        Term("vocational", Text("completed vocational training")),
        Term("master", Text("master craftsperson or degree")),
    )
)

FINANCING = Choice(
    (
        Term("open", Text("not clarified yet")),
        Term("talks", Text("in talks with a bank")),
        Term("promised", Text("promise of financing")),
    )
)

CONCEPT = Choice(
    (
        Term("idea", Text("an idea")),
        Term("outline", Text("an outline")),
        Term("written", Text("a written concept")),
        Term("reviewed", Text("a concept reviewed by an advisor")),
    )
)

LICENCE = Choice(
    (
        Term("no", Text("no entitlement to run a licensed craft")),
        Term("manager", Text("through an exception or an employed manager")),
        Term("holder", Text("entitled in person")),
    )
)

RESIDENCE = Choice(
    (
        Term("away", Text("keeps living elsewhere")),
        Term("nearby", Text("moves into the area")),
        Term("on_site", Text("lives on site")),
    )
)

HOW_FAR = Choice(
    (
        Term("no", Text("no")),
        Term("partly", Text("in part")),
        Term("yes", Text("yes")),
    )
)

INTENTION = Choice(
    (
        Term("no", Text("no")),
        Term("open", Text("undecided")),
        Term("yes", Text("yes")),
    )
)

LABOUR = Choice(
    (
        Term("part_time", Text("part-time")),
        Term("full_time", Text("full-time")),
    )
)
