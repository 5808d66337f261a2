"""What the queue holds on a person: how far work that they started has come."""

from datetime import timedelta

from succession.i18n import Text
from succession.jobs.models import WorkProgress
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, Retention, names, table_of

PROGRESS = DataClass(
    key="progress",
    title=Text("Work in the background"),
    purpose=Text("So that you see how far work has come that you have started."),
    ground=LegalGround.CONTRACT,
    keeping=Text("30 days."),
)

REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(WorkProgress),
        plain=("id", "public_id", "done", "total", "updated_at"),
        personal=("kind", "account_id", "state", "message", "target_path", "created_at", "finished_at"),
        data_class=PROGRESS,
        concerns=(Concern(names(WorkProgress.account_id), OnErasure.DELETE),),
        retention=(Retention("updated_at", timedelta(days=30)),),
    ),
)
