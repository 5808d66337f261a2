"""Mails about reports; subjects are neutral, because other eyes may read a mailbox. Pure."""

from succession.legal.models_reports import Report, ReportDecision
from succession.outbox.values import Mail


def received(report: Report, path: str) -> Mail:
    """To who reported: it has arrived, under which number, and where they read how it goes on."""
    return Mail("legal/received", {"reference": report.reference, "path": path})


def decided_for_reporter(report: Report, decision: ReportDecision, path: str | None) -> Mail:
    """To who reported: what was decided and why."""
    return Mail("legal/decided", {**_decided(report, decision), "path": path})


def decided_for_owner(report: Report, decision: ReportDecision, path: str) -> Mail:
    """To whom it affects: what was decided and why, and what they can do; never who reported it."""
    return Mail("legal/decided_for_owner", {**_decided(report, decision), "reason": report.reason.label, "path": path})


def _decided(report: Report, decision: ReportDecision) -> dict[str, object]:
    return {
        "reference": report.reference,
        "decision": decision.decision.label,
        "explanation": decision.decision.explanation,
        "ground": decision.ground.label,
        "statement": decision.statement,
    }
