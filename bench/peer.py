"""The same round solved by the package `algmatch`, which lives in an environment of its own inside the instance folder.

It is no dependency of the product: the first measurement installs it, and without a network the line is left out.
"""

import json
import subprocess
import sys
import venv
from pathlib import Path

from succession.allocation.market import Market, Placement
from succession.config import CHECKOUT

PEER = "algmatch==1.5.2"
PROGRAM = """
import json, sys, time
from algmatch import HospitalResidentsProblem
market = json.load(sys.stdin)
residents = {one + 1: [lot + 1 for lot in row] for one, row in enumerate(market["wishes"])}
hospitals = {
    lot + 1: {"capacity": capacity, "preferences": [one + 1 for one in row]}
    for lot, (capacity, row) in enumerate(zip(market["capacities"], market["priorities"]))
}
begun = time.perf_counter()
problem = HospitalResidentsProblem(dictionary={"residents": residents, "hospitals": hospitals})
found = problem.get_stable_matching()["resident_sided"]
seconds = time.perf_counter() - begun
placement = [int(found[f"r{one}"][1:]) - 1 if found.get(f"r{one}") else -1 for one in residents]
print(json.dumps({"seconds": seconds, "placement": placement}))
"""


def solve(market: Market) -> tuple[float, Placement] | None:
    """Seconds (without reading the lists) and placement; None if the package cannot be installed."""
    python = _environment()
    if python is None:
        return None
    given = {"wishes": market.wishes, "priorities": market.priorities, "capacities": market.capacities}
    done = subprocess.run(
        [str(python), "-c", PROGRAM], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    return found["seconds"], found["placement"]


def _environment() -> Path | None:
    folder = CHECKOUT / "instance" / "bench-peer"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{PEER}: not installed, so not measured", file=sys.stderr)
        return None
    return python
