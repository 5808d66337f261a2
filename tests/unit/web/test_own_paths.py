import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.web.own_paths import own_path


@pytest.mark.parametrize("target", ["/", "/search", "/search?kind=farm&page=2", "/offers/1#map", "/a//b"])
def test_paths_of_this_site_are_kept(target):
    assert own_path(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "search",
        "//evil.example",
        "///evil.example",
        "/\\evil",
        "\\/evil",
        "https:evil",
        "https://evil.example",
        "javascript:alert(1)",
        "/a\nb",
        "/\t/evil.example",
        "/\r\nSet-Cookie: x=y",
        " /a",
        "/a b",
        "/a\x7f",
        "/" + "a" * 3000,
    ],
)
def test_everything_else_is_not(target):
    assert own_path(target) is None


@given(st.text(alphabet="/\\:@?#.ab \t\n%", max_size=12))
def test_what_is_kept_always_stays_on_this_site(target):
    kept = own_path(target)
    assert kept is None or (kept.startswith("/") and not kept.startswith("//") and "\\" not in kept)
