"""Get a checkout ready and serve it: what `make run` calls. May be interrupted at any point and repeated."""

from __future__ import annotations

import socket
import time
from typing import Any

import waitress
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application

from marketplace.celery import app
from marketplace.clock import start_clock
from marketplace.set_up import STEPS
from search.asking.knowledge import warm_up

ADDRESSES = (
    ("/", "the market"),
    ("/dang-nhap/", "sign in with a phone number"),
    ("/dang-nhap/mat-khau/", "sign in as officer or operator"),
    ("/hop-tin/", "the messages that would go to phones, with the sign-in codes"),
)


class Command(BaseCommand):
    help = "Get the checkout ready, load what is missing, and serve it with the embedded engines."

    requires_system_checks = []  # the steps mend what some checks complain about; they are asked afterwards

    def handle(self, *args: Any, **options: Any) -> None:
        self._require_free_port()
        for step in STEPS:
            if step.is_needed():
                self._take(step)
        self.check()
        if settings.CELERY_TASK_ALWAYS_EAGER:
            start_clock(app)
        application = get_wsgi_application()
        warm_up()
        self._say_where()
        waitress.serve(application, host=settings.HOST, port=settings.PORT, threads=8, ident=None, _quiet=True)

    def _require_free_port(self) -> None:
        """Before minutes of work, not after."""
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.HOST, settings.PORT))
            except OSError as error:
                raise CommandError(
                    f"{settings.HOST}:{settings.PORT} cannot be served ({error.strerror}). "
                    f"Stop the program that uses it, or choose another port: PORT={settings.PORT + 1} make run"
                ) from error

    def _take(self, step: Any) -> None:
        started = time.monotonic()
        self.stdout.write(f"{step.label} …")
        self.stdout.flush()
        step.take(self.stdout._out)
        self.stdout.write(f"  done in {time.monotonic() - started:.1f} s")

    def _say_where(self) -> None:
        self.stdout.write(self.style.SUCCESS("\nChợ Nhà Nông is open. Stop it with Ctrl-C.\n"))
        for path, words in ADDRESSES:
            self.stdout.write(f"  {settings.SITE_URL}{path:<22} {words}")
        if apps.is_installed("demo"):
            call_command("demo_sign_ins", stdout=self.stdout._out)
        self.stdout.flush()
