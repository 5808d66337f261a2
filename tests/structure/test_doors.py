import ast

from tests.structure.source import Function, called, named

# Doors without a person's permission to ask, each with its reason.
NEEDS_NO_PERMISSION = {
    "succession/accounts/service_confirmation.py:needs_confirmation": "only answers a question",
    "succession/accounts/service_confirmation.py:refuse_without_confirmation": "only refuses",
    "succession/accounts/service_representation.py:note": "called by doors that have asked",
    "succession/accounts/service.py:reserve_try": "whoever signs in is not known yet; the brake decides",
    "succession/accounts/service.py:sign_in": "whoever signs in is not known yet; the password decides",
    "succession/accounts/service.py:sign_out": "ends only the session whose token is shown",
    "succession/accounts/service.py:note_seen": "notes only the time of the session whose token is shown",
    "succession/accounts/service.py:choose_language": "one's own language",
    "succession/audit/service.py:record": "called by doors that have asked",
    "succession/outbox/service.py:enqueue": "called by doors that have asked",
}


def doors(*names):
    for module in named(*names):
        if "blueprints" in module.path.parts or "web" in module.path.parts or "cli" in module.path.parts:
            continue
        for node in module.tree.body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield module, node


def parameters(function):
    return [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]


def test_every_writing_and_reading_door_takes_the_session_first():
    """What takes none must not need one."""
    asks = {"execute", "scalar", "scalars", "object_session", "flush"}
    wrong = [
        f"{module.name}:{door.name}"
        for module, door in doors("service", "queries")
        if parameters(door)[:1] not in (["session"], ["reader"])
        and ({"session", "reader"} & set(parameters(door)) or asks & called(door))
    ]
    assert wrong == []


def test_no_door_commits_or_rolls_back():
    wrong = [
        f"{module.name}:{door.name}"
        for module, door in doors("service", "queries", "personal_data", "jobs")
        if {"commit", "rollback"} & called(door) and "task" not in str(door.decorator_list)
    ]
    assert wrong == []


def test_every_writing_door_for_a_person_asks_for_permission_first():
    """Directly, or by a function of the same module that does."""
    wrong = []
    for module, door in doors("service"):
        name = f"{module.name}:{door.name}"
        if "actor" not in parameters(door) or name in NEEDS_NO_PERMISSION:
            continue
        asking = {node.name for node in module.tree.body if isinstance(node, Function) and "authorize" in called(node)}
        if not ({"authorize"} | asking) & called(door):
            wrong.append(name)
    assert wrong == []


def test_the_list_of_doors_without_permission_is_true():
    existing = {f"{module.name}:{door.name}" for module, door in doors("service")}
    rooms = {name.split(":")[0] for name in existing}
    assert [name for name in NEEDS_NO_PERMISSION if name.split(":")[0] in rooms and name not in existing] == []


def test_doors_are_told_the_time():
    """Only the edges ask the clock."""
    edges = {"blueprints", "web", "cli", "demo"}
    wrong = []
    for module in named("service", "queries", "policy", "mails"):
        if edges & set(module.path.parts):
            continue
        wrong += [module.place(node) for node in ast.walk(module.tree) if asks_the_clock(node)]
    assert wrong == []


def asks_the_clock(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    )
