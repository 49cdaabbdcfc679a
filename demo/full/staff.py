"""Who signs in to look at the full demo: the province's officer, a commune's, and an operator."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import OPERATORS_GROUP, User
from accounts.second_factor import enrol_totp
from demo.full.totals import PROVINCE
from demo.people import STAFF_PASSWORD, STAFF_TOTP_SECRET
from households.models import Commune, CommuneOfficer, ProvinceOfficer

# The phones and names of data/people.csv, so that the start lists them among the sign-ins.
PROVINCE_OFFICER, COMMUNE_OFFICER, OPERATOR = "+84912000202", "+84912000201", "+84912000301"


@transaction.atomic
def write_staff(commune: Commune, since: datetime) -> None:
    """Staff of the demo, with the password and authenticator secret of the small one."""
    officer = _staff(PROVINCE_OFFICER, "Ngô Quang Huy")
    ProvinceOfficer.objects.get_or_create(user=officer, province_id=PROVINCE, defaults={"since": since})
    officer = _staff(COMMUNE_OFFICER, "Đặng Thu Hà")
    CommuneOfficer.objects.get_or_create(user=officer, commune=commune, defaults={"since": since})
    operator = _staff(OPERATOR, "Vũ Ngọc Anh")
    operator.groups.add(Group.objects.get_or_create(name=OPERATORS_GROUP)[0])


def _staff(phone: str, full_name: str) -> User:
    user = User.objects.filter(phone=phone).first()
    if user is None:
        user = User.objects.create_user(phone, STAFF_PASSWORD, full_name=full_name, is_staff=True)
    enrol_totp(user=user, secret=STAFF_TOTP_SECRET)
    return user
