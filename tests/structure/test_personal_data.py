"""Every column of every table is marked exactly once, and no way to a person is forgotten."""

from collections import Counter
from uuid import UUID

import pytest
from sqlalchemy import Column, text
from sqlalchemy.sql import visitors

from succession.marks import OnErasure, Person
from succession.migrations.tables import all_tables
from succession.privacy.register import FOREIGN, REGISTER, data_classes

SOMEBODY = Person(7, UUID(int=7), "somebody@example.org", "Some Body")
BY_TABLE = {marked.table.name: marked for marked in REGISTER}
GOING = {
    marked.table.name
    for marked in REGISTER
    if any(concern.on_erasure is OnErasure.DELETE for concern in marked.concerns)
}
COLUMNS = """
SELECT c.relname AS table_name, a.attname AS column_name
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'm')
ORDER BY c.relname, a.attnum
"""
HOW = """
Every column stands in exactly one of `plain`, `personal` and `secret` (succession/marks.py). Write in the
`personal_data.py` of the room that has the table, into REGISTER (rows that point at others before those others):

    Marked(
        table=table_of(YourModel),
        plain=("id", ...),             # says nothing about a person
        personal=("account_id", ...),  # goes into the export
        secret=("token_hash", ...),    # personal, never exported
        data_class=YOUR_DATA_CLASS,    # what for, on what ground, how long; a class of your own or one of the room
        concerns=(Concern(names(YourModel.account_id), OnErasure.DELETE),),
        retention=(Retention("created_at", timedelta(days=30)),),
    )

A part of a room with a file of its own (`personal_data_<part>.py`) is added to the REGISTER of the room, a new room
to REGISTER in succession/privacy/register.py.
"""


def marks_of(name):
    marked = BY_TABLE[name]
    return Counter((*marked.plain, *marked.personal, *marked.secret))


def named_by(marked):
    """The columns of a table by which its concerns find the rows of a person."""
    return {
        element.name
        for concern in marked.concerns
        for element in visitors.iterate(concern.where(SOMEBODY))
        if isinstance(element, Column) and element.table is marked.table
    }


def ways_to_a_person(table):
    """Keys to an account, and columns that hold the public id of one or an e-mail address."""
    for column in table.columns:
        points = any(key.column.table.name == "account" for key in column.foreign_keys)
        if points or column.name.endswith(("account_public_id", "person_public_id")):
            yield column.name


def test_every_column_of_the_database_is_marked_exactly_once(session):  # P1
    wrong = []
    for table, column in session.execute(text(COLUMNS)):
        if table in FOREIGN:
            continue
        count = marks_of(table)[column] if table in BY_TABLE else 0
        if count != 1:
            wrong.append(f"{table}.{column} is marked {count} times")
    assert not wrong, "\n" + "\n".join(wrong) + "\n" + HOW


def test_nothing_is_marked_that_does_not_exist(session):
    existing = {tuple(row) for row in session.execute(text(COLUMNS))}
    wrong = [(name, column) for name in BY_TABLE for column in marks_of(name) if (name, column) not in existing]
    assert wrong == []
    assert [name for name in FOREIGN if name not in {table for table, _ in existing}] == []


def test_every_table_stands_in_the_register_once():
    assert [name for name, count in Counter(marked.table.name for marked in REGISTER).items() if count > 1] == []
    assert set(BY_TABLE) & set(FOREIGN) == set()


def test_every_way_to_a_person_is_covered_by_a_concern():
    wrong = [
        f"{name}.{column}: no concern of {name} finds its rows by this column"
        for name, table in all_tables().tables.items()
        if name in BY_TABLE
        for column in ways_to_a_person(table)
        if column not in named_by(BY_TABLE[name])
    ]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("marked", REGISTER, ids=lambda marked: marked.table.name)
def test_a_table_says_what_is_done_with_personal_columns_or_has_none(marked):
    is_personal = bool(marked.personal or marked.secret)
    assert is_personal == (marked.data_class is not None), "a data class says what for, and how long"
    # Hashes from which nobody can be found again need a period instead.
    assert bool(marked.personal) <= bool(marked.concerns), "whose rows, and what an erasure does"
    assert is_personal <= bool(marked.concerns or marked.retention), "a concern, or a period"
    columns = set(marked.table.columns.keys())
    for concern in marked.concerns:
        assert (concern.on_erasure is OnErasure.KEEP) == (concern.hold is not None)
        assert (concern.on_erasure is OnErasure.CLEAR) == bool(concern.clears)
        assert set(concern.clears) <= columns
        assert set(concern.hides) <= set(marked.personal), "only personal columns are exported at all"
    for retention in marked.retention:
        assert retention.column in columns
        assert retention.warns == (retention.whom is not None), "whom to warn"


@pytest.mark.parametrize("marked", REGISTER, ids=lambda marked: marked.table.name)
def test_whatever_points_at_a_row_goes_before_it(marked):
    """A foreign key that restricts would stop an erasure half way."""
    order = [other.table.name for other in REGISTER]
    for key in marked.table.foreign_keys:
        target = key.column.table.name
        if target == marked.table.name or target not in GOING:
            continue
        assert order.index(marked.table.name) < order.index(target), f"{marked.table.name} before {target}"


def test_a_data_class_has_one_meaning():
    meanings = {}
    for marked in REGISTER:
        if marked.data_class is not None:
            assert meanings.setdefault(marked.data_class.key, marked.data_class) == marked.data_class
    assert len(data_classes()) == len(meanings)
