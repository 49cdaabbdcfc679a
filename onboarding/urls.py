"""The team's pages under /to/ and the household's under /ho/."""

from __future__ import annotations

from django.urls import path, re_path

from onboarding.views import agreement, door, household, steps, team

app_name = "onboarding"

LEFT_OUT = r"^to/ho-so/(?P<pk>\d+)/(?P<step>identity|consent|mandate|storefront|first_listing)/de-sau/$"

team_pages = [
    path("to/", team.TeamHome.as_view(), name="team_home"),
    path("to/ho-so/", team.TeamCases.as_view(), name="team_cases"),
    path("to/thanh-vien/", team.TeamMembers.as_view(), name="team_members"),
    path("to/moi/", door.NewCase.as_view(), name="case_new"),
    path("to/ho/<str:code>/", team.TeamHousehold.as_view(), name="team_household"),
    path("to/ho/<str:code>/so-dien-thoai/", team.ShowPhone.as_view(), name="show_phone"),
    path("to/ho/<str:code>/mo-ho-so/", team.OpenAgain.as_view(), name="case_again"),
]

case_pages = [
    path("to/ho-so/<int:pk>/", steps.CaseView.as_view(), name="case"),
    path("to/ho-so/<int:pk>/danh-tinh/", steps.Identity.as_view(), name="identity"),
    path("to/ho-so/<int:pk>/dong-y/", agreement.Consent.as_view(), name="consent"),
    path("to/ho-so/<int:pk>/dong-y/ma/", agreement.ConsentCode.as_view(), name="consent_code"),
    path("to/ho-so/<int:pk>/dong-y/giay/", agreement.ConsentPaper.as_view(), name="consent_paper"),
    path("to/ho-so/<int:pk>/uy-quyen/", agreement.Mandate.as_view(), name="mandate"),
    path("to/ho-so/<int:pk>/uy-quyen/ma/", agreement.MandateCode.as_view(), name="mandate_code"),
    path("to/ho-so/<int:pk>/uy-quyen/giay/", agreement.MandatePaper.as_view(), name="mandate_paper"),
    path("to/ho-so/<int:pk>/gian-hang/", steps.Storefront.as_view(), name="storefront"),
    path("to/ho-so/<int:pk>/san-pham/", steps.FirstListing.as_view(), name="first_listing"),
    path("to/ho-so/<int:pk>/dung-lai/", steps.GiveUp.as_view(), name="give_up"),
    re_path(LEFT_OUT, steps.LeaveOut.as_view(), name="leave_out"),
]

household_pages = [
    path("ho/", household.HouseholdHome.as_view(), name="household_home"),
    path("ho/nhan/", household.Claim.as_view(), name="claim"),
    path("ho/<str:code>/", household.HouseholdView.as_view(), name="household"),
    path("ho/<str:code>/gian-hang/", household.EditStorefront.as_view(), name="household_edit"),
    path("ho/<str:code>/dong-mo/", household.SwitchStorefront.as_view(), name="household_switch"),
    path("ho/<str:code>/uy-quyen/", household.Mandates.as_view(), name="household_mandates"),
    path("ho/<str:code>/uy-quyen/<int:pk>/thu-hoi/", household.WithdrawMandate.as_view(), name="mandate_withdraw"),
    path("ho/<str:code>/rut-dong-y/", household.WithdrawConsent.as_view(), name="consent_withdraw"),
    path("ho/<str:code>/viec-da-lam/", household.Acts.as_view(), name="household_acts"),
    path("ho/<str:code>/the/", household.Card.as_view(), name="household_card"),
    re_path(
        r"^ho/(?P<code>[\w-]+)/giay/(?P<kind>uy-quyen|dong-y)/(?P<pk>\d+)/$",
        household.Paper.as_view(),
        name="household_paper",
    ),
]

urlpatterns = [*team_pages, *case_pages, *household_pages]
