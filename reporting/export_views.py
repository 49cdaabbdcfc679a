"""Asking for a file, seeing what was asked for, and fetching it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import DomainError
from core.paging import page_of
from core.unsent_forms import unsent_words
from reporting.forms import ExportForm
from reporting.frames import show_period
from reporting.guards import Reader, figures_reader_required
from reporting.models import ReportRun, RunStatus
from reporting.reports import REPORTS
from reporting.services import open_file, request_report

RUNS_ON_A_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@figures_reader_required
def request_and_list_runs(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """The form that asks for a report, and this person's runs."""
    asked_for = request.POST if request.method == "POST" else unsent_words(request.path) or request.GET
    form = ExportForm(asked_for, areas=reader.areas, now=reader.now)
    is_valid = form.is_valid()
    if request.method == "POST" and is_valid:
        asked = form.cleaned_data
        request_report(
            user=reader.user,
            report=asked["report"],
            format=asked["format"],
            area=asked["area"].key,
            period=asked["period"],
            cumulative=asked["cumulative"],
            breakdown=asked["breakdown"],
            key=asked["key"],
            now=reader.now,
        )
        messages.success(request, _("The report was asked for. It stands below as soon as it is ready."))
        return redirect("reporting:runs")
    page = page_of(request, ReportRun.objects.filter(requested_by=reader.user), per_page=RUNS_ON_A_PAGE)
    runs = [
        {
            "run": run,
            "name": REPORTS[run.report].name if run.report in REPORTS else run.report,
            "period": show_period(run.period, is_cumulative=run.is_cumulative),
        }
        for run in page
    ]
    context = {
        "form": form,
        "page_obj": page,
        "runs": runs,
        "is_waiting": any(run.status == RunStatus.WAITING for run in page),
    }
    return render(request, "reporting/runs.html", context, status=200 if is_valid else 400)


@require_safe
@figures_reader_required
def download_run(request: HttpRequest, reader: Reader, key: str) -> HttpResponse | FileResponse:
    """The file, streamed; only to who asked for it, while they still read figures of its area."""
    try:
        run = open_file(user=reader.user, key=key, now=reader.now)
    except DomainError as error:
        raise Http404(str(error)) from error
    name = f"{run.report}-{run.area}-{run.period}.{run.format}"
    return FileResponse(run.file.open("rb"), as_attachment=True, filename=name)
