"""Gunicorn behind nginx: docs/running.md says how many processes a machine carries."""

import multiprocessing
import os

bind = os.environ.get("GUNICORN_BIND", "127.0.0.1:8000")
# The search's vocabulary and the code are read once and shared by the processes (marketplace/wsgi.py).
preload_app = True
workers = int(os.environ.get("GUNICORN_WORKERS", multiprocessing.cpu_count() + 1))
# A page waits for the database and the search engine more than it computes.
worker_class = "gthread"
threads = 4
# Reports and large pictures take seconds; whoever takes longer holds up others.
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True  # systemd starts, reloads and stops it
# nginx writes the access log; the application's own lines go to the journal.
accesslog = None
errorlog = "-"


def child_exit(server, worker):  # noqa: ANN001, ANN201  # gunicorn's own names
    """Keep the counts of a process that ended, and forget what it held at that moment."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
