"""A case: one attempt of one team to bring one household on line, step by step."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from households.models import DigitalTeam, Household
from onboarding.steps import STEPS


class OnboardingCase(models.Model):
    """Open until every step is done or skipped, or the team gives up with a reason. One open case per household.

    How a case ended does not say whether the household is on the market: ``selectors.is_on_the_market`` does.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", _("under way")
        FINISHED = "finished", _("all steps settled")
        GIVEN_UP = "given_up", _("given up")

    household = models.ForeignKey(Household, models.PROTECT, related_name="onboarding_cases")
    team = models.ForeignKey(DigitalTeam, models.PROTECT, related_name="onboarding_cases")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "-pk")
        indexes = [models.Index(fields=["team", "outcome", "-opened_at"], name="case_of_team")]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=models.Q(outcome="open"), name="one_open_case_per_household"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="open", closed_at__isnull=True)
                | (~models.Q(outcome="open") & models.Q(closed_at__isnull=False)),
                name="case_closed_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.opened_at:%Y-%m-%d}"


class StepRecord(models.Model):
    """Where one step of a case stands; the audit trail keeps how it got there."""

    class State(models.TextChoices):
        DONE = "done", _("done")
        SKIPPED = "skipped", _("skipped")
        BLOCKED = "blocked", _("blocked")

    case = models.ForeignKey(OnboardingCase, models.CASCADE, related_name="steps")
    step = models.CharField(_("step"), max_length=16, choices=[(step.code, step.title) for step in STEPS])
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "step"], name="step_once_per_case"),
            models.CheckConstraint(
                condition=models.Q(state="done") | ~models.Q(reason=""), name="step_left_out_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.state}"
