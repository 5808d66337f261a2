import re

import pytest

from tests.structure.source import TEMPLATES, templates

PAGES = [path for path in templates() if path.suffix == ".html"]
NAMES = [str(path.relative_to(TEMPLATES)) for path in PAGES]
FORBIDDEN = {
    "inline script": r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)",
    "inline style": r"<style\b|\sstyle\s*=",
    "event attribute": r"<[^>]*\son[a-z]+\s*=",
    "script address": r"javascript:",
    "unescaped value": r"\|\s*safe\b|{%\s*autoescape\s+false",
    "another host": r"(?:src|href)\s*=\s*[\"']https?://(?!www\.openstreetmap\.org|creativecommons\.org)[^\"']*\.(?:js|css|woff2?|png|svg)",
}
# Data for scripts is no script: the browser does not run it and the policy does not touch it.
DATA = re.compile(r"<script type=\"application/json\"[^>]*>.*?</script>", re.DOTALL)


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_template_compiles(whole_app, path):
    whole_app.jinja_env.get_template(str(path.relative_to(TEMPLATES)))


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_every_page_has_a_title(path):
    """Its own, or that of a page it extends; `base.html` has none."""
    text = path.read_text(encoding="utf-8")
    while parent := re.search(r"{%-?\s*extends\s+[\"']([^\"']+)", text):
        if re.search(r"{%-?\s*block title\s*-?%}\s*\S", text):
            return
        assert parent[1] != "base.html", "a page needs {% block title %}"
        text = (TEMPLATES / parent[1]).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=NAMES)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has_an(what, path):
    text = DATA.sub("", path.read_text(encoding="utf-8"))
    assert re.search(FORBIDDEN[what], text, re.IGNORECASE) is None


def test_a_component_file_holds_one_macro_named_like_it():
    wrong = []
    for path in (TEMPLATES / "components").glob("*.html"):
        macros = re.findall(r"{%-?\s*macro\s+(\w+)", path.read_text(encoding="utf-8"))
        open_macros = [name for name in macros if not name.startswith("_")]
        if open_macros != [path.stem.replace("-", "_")]:
            wrong.append((path.name, open_macros))
    assert wrong == []
