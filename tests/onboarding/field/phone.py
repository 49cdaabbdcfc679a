"""A volunteer's phone as the server meets it: it enrols, writes acts under its own keys, sends bundles and photos."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.keys import new_key
from onboarding.field.models import FieldDevice
from onboarding.field.schemas import APP_VERSION
from tests.sign_in import sign_in

PROOF = "5" * 64
API = "/to/api/v1"


@dataclass
class FieldPhone:
    """``clock_error`` is how far its clock is ahead of ours."""

    user: User
    now: datetime
    clock_error: timedelta = timedelta()
    client: Client = field(default_factory=Client)
    token: str = ""
    device_key: str = ""

    def enrol(self) -> FieldPhone:
        sign_in(self.client, self.user)
        answer = self.client.post(
            f"{API}/devices", {"name": "Điện thoại của tổ", "proof": PROOF}, content_type="application/json"
        )
        assert answer.status_code == 201, answer.content
        self.token, self.device_key = answer.json()["token"], answer.json()["device"]
        self.client = Client()  # the app needs no session any more
        return self

    @property
    def device(self) -> FieldDevice:
        return FieldDevice.objects.get(pk=self.device_key)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def act(self, kind: str, **said: Any) -> dict[str, Any]:
        at = self.now + self.clock_error - timedelta(minutes=30)
        return {"key": str(new_key(at)), "kind": kind, "happened_at": at.isoformat(), **said}

    def send(self, *acts: dict[str, Any], app: int = APP_VERSION) -> Any:
        """The HTTP answer."""
        bundle = {"app": app, "sent_at": (self.now + self.clock_error).isoformat(), "acts": acts}
        return self.client.post(f"{API}/bundles", bundle, content_type="application/json", headers=self.headers)

    def answers(self, *acts: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.send(*acts)
        assert answer.status_code == 200, answer.content
        given: list[dict[str, Any]] = answer.json()["answers"]
        return given

    def statuses(self, *acts: dict[str, Any]) -> list[str]:
        return [answer["status"] for answer in self.answers(*acts)]

    def territory(self, cursor: str = "", **headers: str) -> Any:
        answer = self.client.get(f"{API}/territory", {"cursor": cursor}, headers={**self.headers, **headers})
        assert answer.status_code == 200, answer.content
        return answer

    def begin(self, content: bytes, *, sha256: str = "") -> Any:
        digest = sha256 or hashlib.sha256(content).hexdigest()
        named = base64.b64encode(digest.encode()).decode()
        headers = {"Upload-Length": str(len(content)), "Upload-Metadata": f"sha256 {named}"}
        return self.client.post(reverse("field:uploads"), headers=self.tus | headers)

    @property
    def tus(self) -> dict[str, str]:
        return {**self.headers, "Tus-Resumable": "1.0.0"}

    def piece(self, where: str, offset: int, content: bytes) -> Any:
        return self.client.patch(
            where,
            content,
            content_type="application/offset+octet-stream",
            headers=self.tus | {"Upload-Offset": str(offset)},
        )

    def upload(self, content: bytes, piece: int = 100_000) -> str:
        """Send all of a photo; its SHA-256, by which acts name it."""
        begun = self.begin(content)
        where, offset = begun["Location"], int(begun["Upload-Offset"])
        while offset < len(content):
            offset = int(self.piece(where, offset, content[offset : offset + piece])["Upload-Offset"])
        return hashlib.sha256(content).hexdigest()
