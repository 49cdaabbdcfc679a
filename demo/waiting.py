"""What waits in the demo: a signed paper, and a change of a listing on sale, by the services that volunteers use.

So the operators' queues, the household's page and the list to check have something to do.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from catalog.listing.data import data_of, version_of
from catalog.listing.services import propose_revision
from catalog.models import OPEN_REVISION, Product
from catalog.photos.selectors import counted_photos
from demo.accounts import household_of
from demo.people import serving, team_of
from households.access import Acting
from households.models import Mandate, Scope
from households.models.agreement import GivenBy
from onboarding.services import mandate_on_paper, open_case_again

PAPER_OF, TEAM, PAPER_SINCE, PAPER_DAYS = "tra-thanh", "tan-cuong", timedelta(hours=5), 365
CHANGED, CHANGED_SINCE = ("tra-hoa", "Chè Tân Cương móc câu"), timedelta(hours=2)
NEW_WORDS = (
    "Chè búp hái một tôm hai lá trên đồi Hồng Thái, sao tay trên chảo gang, đánh mốc bằng tay. "
    "Nước xanh vàng, hương cốm, chát dịu rồi ngọt. Gói 500 g hút chân không, nên uống trong 12 tháng."
)


def load_waiting(*, now: datetime) -> None:
    """Loaded again, it adds nothing while they wait."""
    _paper(now - PAPER_SINCE)
    _change(now - CHANGED_SINCE)


def _paper(at: datetime) -> None:
    """The household signed on paper that its team may go on for another year; it holds when nobody objects in time."""
    household = household_of(PAPER_OF)
    if Mandate.objects.filter(household=household, given_how=GivenBy.PAPER).exists():
        return
    volunteer = serving("volunteer", TEAM)
    mandate_on_paper(
        case=open_case_again(household=household, team=team_of(TEAM), actor=volunteer, now=at),
        scopes=list(Scope),
        days=PAPER_DAYS,
        photo=_signed_sheet(),
        actor=volunteer,
        now=at,
    )


def _signed_sheet() -> ContentFile[bytes]:
    """A sheet with lines of writing and a signature below, as a phone would photograph it."""
    sheet = Image.new("RGB", (900, 1200), "#f3efe2")
    pen = ImageDraw.Draw(sheet)
    for line in range(14):
        pen.line([(110, 200 + 48 * line), (790 - 90 * (line % 3), 200 + 48 * line)], fill="#3a3f4a", width=5)
    pen.line([(520, 1010), (560, 950), (600, 1030), (650, 940), (700, 1020), (780, 960)], fill="#1f3a93", width=6)
    written = BytesIO()
    sheet.save(written, "JPEG", quality=80)
    return ContentFile(written.getvalue(), name="giay-uy-quyen.jpg")


def _change(at: datetime) -> None:
    """The volunteer wrote better words for a listing on sale; the old ones stand until its leader has read them."""
    household, title = household_of(CHANGED[0]), CHANGED[1]
    listing = Product.objects.get(household=household, title=title)
    if listing.revisions.filter(status__in=OPEN_REVISION).exists():
        return
    propose_revision(
        acting=Acting(serving("volunteer", TEAM), household, team_of(TEAM)),
        listing=listing,
        data=replace(data_of(listing), description=NEW_WORDS),
        photos=list(counted_photos(listing)),
        version=version_of(listing, listing.stockrecords.get()),
        replaces=None,
        now=at,
    )
