"""Questions of buyers, answered in public by the household."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QuestionsConfig(AppConfig):
    name = "catalog.questions"
    label = "questions"

    def ready(self) -> None:
        from accounts.workspaces import register
        from catalog.questions.selectors import questions_for, questions_of_asker

        register(_("Questions of buyers"), "questions:waiting", lambda user, now: questions_for(user, now).exists())
        register(_("My questions"), "questions:mine", lambda user, now: questions_of_asker(user).exists())
