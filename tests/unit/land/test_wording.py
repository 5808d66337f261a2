import numpy as np

from succession.blueprints.land import wording
from succession.geo.findings import FileRefused, Finding
from succession.geo.region import DEFAULT_REGION, missing_crs
from succession.land.report import Report

PRIGNITZ_33 = (289_000.0, 5_876_000.0, 343_000.0, 5_910_000.0)


def told(refusal: FileRefused):
    report = wording.on_page(Report("land.gpkg", reasons=(Finding(refusal.code, refusal.text),)))
    return report.reasons[0].text


def test_pages_do_not_speak_of_options_of_the_command_line():
    for bounds in (PRIGNITZ_33, (np.nan,) * 4, (1.0, 2.0, 3.0, 4.0)):
        text = told(missing_crs(bounds, DEFAULT_REGION))
        assert "--" not in str(text)
