import ast
import re
from collections import defaultdict

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from succession.config import CHECKOUT
from tests.structure.source import PACKAGE, house

LITERALS = {"Text": 1, "Texts": 2, "gettext": 1, "lazy_gettext": 1, "_": 1, "ngettext": 2, "lazy_ngettext": 2}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "Text": (1,),
    "Texts": (1, 2),
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
GERMAN = PACKAGE / "translations" / "de" / "LC_MESSAGES" / "messages.po"


def text_calls():
    """Every call that makes a sentence, with the module; SQLAlchemy's Text is another thing."""
    for module in house():
        if "from sqlalchemy import" in module.text and re.search(r"from sqlalchemy import [^)]*?\bText\b", module.text):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LITERALS:
                yield module, node


def literal(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_every_sentence_is_written_out_where_it_is_made():
    """A variable or an f-string would never be found by extraction, and stay English in silence."""
    wrong = [
        module.place(call)
        for module, call in text_calls()
        if module.path.name != "i18n.py"
        and any(literal(argument) is None for argument in call.args[: LITERALS[call.func.id]])
    ]
    assert wrong == []


def test_a_sentence_is_given_exactly_the_values_it_names():
    """Where the values stand beside it; a template in a table gets its values later."""
    wrong = []
    for module, call in text_calls():
        count = LITERALS[call.func.id]
        messages = [literal(argument) for argument in call.args[:count]]
        if call.func.id not in {"Text", "Texts"} or None in messages:
            continue
        wanted = {name for message in messages for name in PLACEHOLDER.findall(message)} - {"num"}
        rest = call.args[count + (call.func.id == "Texts") :]
        given = rest[0] if rest else next((k.value for k in call.keywords if k.arg == "values"), None)
        if isinstance(given, ast.Dict) and all(key is not None for key in given.keys):
            names = {literal(key) for key in given.keys}
            if names - {"num"} != wanted:
                wrong.append((module.place(call), sorted(wanted), sorted(map(str, names))))
    assert wrong == []


@pytest.fixture(scope="module")
def extracted():
    """Every message in the source: its id (two for plurals) and where it stands."""
    with (CHECKOUT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = defaultdict(set)
    for name, line, message, _, _ in extract_from_dir(PACKAGE, methods, options, KEYWORDS):
        found[message].add(f"{name}:{line}")
    found.pop("", None)
    return found


@pytest.fixture(scope="module")
def german():
    with GERMAN.open("rb") as file:
        return {message.id: message for message in read_po(file, locale="de", abort_invalid=True) if message.id}


def test_messages_name_their_values(extracted):
    bare = re.compile(r"%(?!\(|%)[sdif]|%[sd]\b|{\w*}")
    wrong = [
        (one, places)
        for message, places in extracted.items()
        for one in (message if isinstance(message, tuple) else (message,))
        if bare.search(one)
    ]
    assert wrong == []


def test_the_german_catalogue_has_every_message(extracted, german):
    missing = {str(message): sorted(places)[:2] for message, places in extracted.items() if message not in german}
    assert missing == {}


def test_the_german_catalogue_has_no_message_that_is_gone(extracted, german):
    assert sorted(str(message) for message in german if message not in extracted) == []


def test_every_german_message_is_filled_and_sure(german):
    def is_whole(message):
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        expected = 2 if isinstance(message.id, tuple | list) else 1
        return len(strings) == expected and all(strings) and not message.fuzzy

    assert sorted(str(message.id) for message in german.values() if not is_whole(message)) == []


def test_german_messages_have_the_same_placeholders(german):
    """One form of a plural may leave out what it says in words."""
    wrong = []
    for message in german.values():
        pairs = [(message.id, message.string)]
        if isinstance(message.id, tuple | list):
            pairs = list(zip(message.id, message.string, strict=True))
        for english, translated in pairs:
            names, used = set(PLACEHOLDER.findall(english)), set(PLACEHOLDER.findall(translated))
            if used - names - {"num"} or (names - used - {"num"}):
                wrong.append((english, translated))
    assert wrong == []
