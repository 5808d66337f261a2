"""The two typefaces of the product for letters, taken from the built front end; without it DejaVu stands in. Pure."""

from pathlib import Path

FOLDER = Path(__file__).parent.parent / "static" / "dist" / "fonts"
SCHEME = "font:"
_FACES = (
    ("Source Sans", "source-sans-3-latin-wght-normal.woff2", "normal"),
    ("Source Sans", "source-sans-3-latin-wght-italic.woff2", "italic"),
    ("Source Serif", "source-serif-4-latin-wght-normal.woff2", "normal"),
)
NAMES = frozenset(name for _, name, _ in _FACES)


def style_sheet() -> str:
    """The rules that make the typefaces known; addresses of our own scheme that nothing but `font_file` answers."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-style: {style}; src: url("{SCHEME}{name}") }}'
        for family, name, style in _FACES
        if (FOLDER / name).is_file()
    )


def font_file(address: str) -> bytes | None:
    """The bytes of one of our typefaces; nothing for any other address."""
    name = address.removeprefix(SCHEME)
    if not address.startswith(SCHEME) or name not in NAMES:
        return None
    return (FOLDER / name).read_bytes()
