"""Every report that can be asked for, by code."""

from __future__ import annotations

from reporting.reports.base import Report
from reporting.reports.households import HOUSEHOLDS
from reporting.reports.progress import PROGRESS
from reporting.reports.transactions import TRANSACTIONS

REPORTS: dict[str, Report] = {report.code: report for report in (PROGRESS, HOUSEHOLDS, TRANSACTIONS)}
