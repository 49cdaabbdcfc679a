"""Open the accounts of households that consented and confirmed their phone, from the moment both were so.

Consents say when an account opened, closed by a withdrawal, and opened again. Storefronts were opened and closed with
an audit row each. A household without a consent, or whose phone was never confirmed, stays what it was: a case.
"""

from django.db import migrations, models

STOREFRONT = {"open_storefront": "shown", "close_storefront": "shut"}


def life_of(household, consents):
    """Its (kind, moment) pairs, in their order; ``consents`` are (given, withdrawn) pairs, the oldest first."""
    events = []
    is_open = False
    for number, (given, withdrawn) in enumerate(consents):
        begins = max(given, household.phone_confirmed_at)
        if not is_open and (withdrawn is None or begins < withdrawn):
            events.append(("reopened" if events else "opened", begins))
            is_open = True
        renewed = number + 1 < len(consents) and consents[number + 1][0] <= withdrawn if withdrawn else False
        if is_open and withdrawn and not renewed:
            events.append(("closed", withdrawn))
            is_open = False
    if is_open and household.closed_at:
        events.append(("closed", household.closed_at))
    return events


def open_accounts(apps, _schema_editor):
    Household, Event = apps.get_model("households", "Household"), apps.get_model("households", "AccountEvent")
    Consent, Entry = apps.get_model("onboarding", "Consent"), apps.get_model("core", "AuditEntry")
    last = 0
    while households := list(Household.objects.filter(pk__gt=last).order_by("pk")[:1000]):
        last = households[-1].pk
        by_code = {row.code: row for row in households}
        consents = {row.pk: [] for row in households}
        given = Consent.objects.filter(household__in=households).order_by("given_at", "pk")
        for household_id, since, until in given.values_list("household_id", "given_at", "withdrawn_at"):
            consents[household_id].append((since, until))
        events, shown = [], set()
        switched = Entry.objects.filter(action__in=STOREFRONT, household_code__in=by_code).order_by("at", "pk")
        for code, action, at, actor in switched.values_list("household_code", "action", "at", "actor_id"):
            household = by_code[code]
            shown.add(household.pk)
            events.append(Event(household=household, kind=STOREFRONT[action], at=at, actor_id=actor))
        for household in households:
            dates = consents[household.pk]
            household.consented_at = next((since for since, until in dates if until is None), None)
            life = life_of(household, dates) if household.phone_confirmed_at else []
            household.opened_at = life[0][1] if life else None
            household.closed_at = life[-1][1] if life and life[-1][0] == "closed" else None
            events += [Event(household=household, kind=kind, at=at) for kind, at in life]
            if household.is_selling and household.pk not in shown:
                events.append(Event(household=household, kind="shown", at=household.registered_at))
        Event.objects.bulk_create(events)
        Household.objects.bulk_update(households, ["consented_at", "opened_at", "closed_at"])


class Migration(migrations.Migration):

    dependencies = [
        ("onboarding", "0002_alter_consent_given_how"),
        ("households", "0008_account_life"),
        ("core", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="given_how",
            field=models.CharField(choices=[("code", "one-time code sent to the household's phone"), ("paper", "signed paper, photographed"), ("self", "the household itself, signed in")], max_length=8, verbose_name="given by"),
        ),
        migrations.AlterField(
            model_name="onboardingcase",
            name="outcome",
            field=models.CharField(
                choices=[("open", "under way"), ("finished", "all steps settled"), ("given_up", "given up")],
                default="open",
                max_length=8,
                verbose_name="outcome",
            ),
        ),
        migrations.RunPython(open_accounts, migrations.RunPython.noop),
    ]
