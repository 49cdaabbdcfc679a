"""Set a checkout up and serve it: what `make run` calls. May be interrupted at any point and repeated."""

from __future__ import annotations

import errno
import socket
from typing import Any

import waitress
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application

from core.wsgi import refuse_other_encodings
from marketplace.celery import app
from marketplace.clock import start_clock
from marketplace.management.commands.set_up import require_database
from marketplace.set_up import DEMO_LOADED, STEPS, Step, take_needed, was_done
from marketplace.warming import warm_up

DEMO = Step(
    "Demo province",
    lambda: settings.LOAD_DEMO and apps.is_installed("demo") and not was_done(DEMO_LOADED),
    lambda out: call_command("load_demo", stdout=out),
)

ADDRESSES = (
    ("/", "the market"),
    ("/dang-nhap/", "sign in with a phone number"),
    ("/dang-nhap/mat-khau/", "sign in as officer or operator"),
    ("/hop-tin/", "the messages that would go to phones, with the sign-in codes"),
)


class Command(BaseCommand):
    help = "Set up what is missing, load the demo into a new checkout, and serve it in this one process."

    requires_system_checks = []  # the steps mend what some checks complain about; they are asked afterwards

    def handle(self, *args: Any, **options: Any) -> None:
        require_free_port(settings.HOST, settings.PORT)
        require_database()
        out: Any = self.stdout
        take_needed((*STEPS, DEMO), out)
        self.check()
        if settings.CELERY_TASK_ALWAYS_EAGER:
            start_clock(app)
        application = refuse_other_encodings(get_wsgi_application())
        warm_up()
        self._say_where()
        waitress.serve(application, host=settings.HOST, port=settings.PORT, _quiet=True, **server_options())

    def _say_where(self) -> None:
        self.stdout.write(self.style.SUCCESS("\nChợ Nhà Nông is open. Stop it with Ctrl-C.\n"))
        for path, words in ADDRESSES:
            self.stdout.write(f"  {settings.SITE_URL}{path:<22} {words}")
        if apps.is_installed("demo"):
            call_command("demo_sign_ins", stdout=self.stdout._out)
        self.stdout.flush()


def server_options() -> dict[str, Any]:
    """Waitress reads a whole body before it asks the application, so it must refuse a large one itself."""
    return {"threads": 8, "ident": None, "max_request_body_size": settings.MAX_BODY_BYTES}


def require_free_port(host: str, port: int) -> None:
    """Before minutes of work, not after. Raises CommandError, which names the setting to change."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        refused = f"{host}:{port} cannot be served ({error.strerror})."
        if error.errno == errno.EADDRINUSE:
            mend = f"Stop the program that uses it, or choose another port: PORT={port + 1} make run"
        elif error.errno == errno.EACCES:
            mend = f"Ports below 1024 are the system's, choose another: PORT={port + 8000} make run"
        else:
            mend = "HOST is no address of this machine: write 127.0.0.1, or 0.0.0.0 to serve other machines too."
        raise CommandError(f"{refused} {mend}") from error
    except UnicodeError as error:
        raise CommandError(f"HOST is {host!r}, which is no name of a machine: write 127.0.0.1.") from error
