"""The team's pages under /to/ and the household's under /ho/."""

from __future__ import annotations

from django.urls import path, re_path

from onboarding.views import (
    agreement,
    household,
    mandates,
    new_case,
    own_people,
    papers,
    personal_data,
    steps,
    team,
)

app_name = "onboarding"

LEFT_OUT = r"^to/ho-so/(?P<pk>\d+)/(?P<step>identity|consent|mandate|storefront|first_listing)/de-sau/$"

team_pages = [
    path("to/", team.TeamHomeView.as_view(), name="team_home"),
    path("to/ho/", team.TeamHouseholdsView.as_view(), name="team_households"),
    path("to/giay-mau/", team.PaperFormView.as_view(), name="paper_form"),
    path("to/thanh-vien/", team.TeamMembersView.as_view(), name="team_members"),
    path("to/moi/", new_case.NewCaseView.as_view(), name="case_new"),
    path("to/ho/<str:code>/", team.TeamHouseholdView.as_view(), name="team_household"),
    path("to/ho/<str:code>/so-dien-thoai/", team.ShowPhoneView.as_view(), name="show_phone"),
    path("to/ho/<str:code>/mo-ho-so/", team.OpenAgainView.as_view(), name="case_again"),
]

case_pages = [
    path("to/ho-so/<int:pk>/", steps.CaseView.as_view(), name="case"),
    path("to/ho-so/<int:pk>/giay-mau/", team.CasePaperFormView.as_view(), name="case_paper_form"),
    path("to/ho-so/<int:pk>/danh-tinh/", steps.IdentityView.as_view(), name="identity"),
    path("to/ho-so/<int:pk>/dong-y/", agreement.ConsentView.as_view(), name="consent"),
    path("to/ho-so/<int:pk>/dong-y/ma/", agreement.ConsentCodeView.as_view(), name="consent_code"),
    path("to/ho-so/<int:pk>/dong-y/giay/", agreement.ConsentPaperView.as_view(), name="consent_paper"),
    path("to/ho-so/<int:pk>/uy-quyen/", agreement.MandateView.as_view(), name="mandate"),
    path("to/ho-so/<int:pk>/uy-quyen/ma/", agreement.MandateCodeView.as_view(), name="mandate_code"),
    path("to/ho-so/<int:pk>/uy-quyen/giay/", agreement.MandatePaperView.as_view(), name="mandate_paper"),
    path("to/ho-so/<int:pk>/gian-hang/", steps.StorefrontView.as_view(), name="storefront"),
    path("to/ho-so/<int:pk>/san-pham/", steps.FirstListingView.as_view(), name="first_listing"),
    path("to/ho-so/<int:pk>/dung-lai/", steps.GiveUpView.as_view(), name="give_up"),
    re_path(LEFT_OUT, steps.LeaveOutView.as_view(), name="leave_out"),
]

OWN_PAPER = r"^ho/(?P<code>[\w-]+)/giay/(?P<kind>uy-quyen|dong-y)/(?P<pk>\d+)/"
TEAM_PAPER = r"^to/giay/(?P<kind>uy-quyen|dong-y)/(?P<pk>\d+)/"

paper_pages = [
    path("to/giay/", papers.PapersToCheckView.as_view(), name="papers_to_check"),
    re_path(TEAM_PAPER + "anh/$", papers.PaperPictureView.as_view(), name="paper_picture"),
    re_path(TEAM_PAPER + "xac-nhan/$", papers.ConfirmPaperView.as_view(), name="paper_confirm"),
    re_path(TEAM_PAPER + "tu-choi/$", papers.RefusePaperView.as_view(), name="paper_refuse_checked"),
    re_path(OWN_PAPER + "$", household.PaperView.as_view(), name="household_paper"),
    re_path(OWN_PAPER + "goc/$", household.PaperAsSentView.as_view(), name="household_paper_as_sent"),
    re_path(OWN_PAPER + "dung/$", papers.ConfirmOwnPaperView.as_view(), name="own_paper_confirm"),
    re_path(OWN_PAPER + "tu-choi/$", papers.RefuseOwnPaperView.as_view(), name="own_paper_refuse"),
    re_path(
        r"^giay/(?P<kind>uy-quyen|dong-y)/(?P<pk>\d+)/(?P<signature>[\w-]+)/$",
        papers.refuse_by_link,
        name="paper_refuse",
    ),
]

household_pages = [
    path("ho/", household.HouseholdHomeView.as_view(), name="household_home"),
    path("ho/nhan/", household.ClaimView.as_view(), name="claim"),
    path("ho/dang-ky/", own_people.RegisterView.as_view(), name="register"),
    path("ho/<str:code>/", household.HouseholdView.as_view(), name="household"),
    path("ho/<str:code>/gian-hang/", household.EditStorefrontView.as_view(), name="household_edit"),
    path("ho/<str:code>/nguoi-mua-thay/", household.SeenStorefrontView.as_view(), name="household_seen"),
    path("ho/<str:code>/nguoi/", own_people.MembersView.as_view(), name="household_members"),
    path("ho/<str:code>/nguoi/<int:pk>/roi/", own_people.RemoveMemberView.as_view(), name="member_remove"),
    path("ho/<str:code>/dong-mo/", household.SwitchStorefrontView.as_view(), name="household_switch"),
    path("ho/<str:code>/uy-quyen/", mandates.MandatesView.as_view(), name="household_mandates"),
    path("ho/<str:code>/uy-quyen/cho/", mandates.GiveMandateView.as_view(), name="mandate_give"),
    path("ho/<str:code>/uy-quyen/<int:pk>/thu-hoi/", mandates.WithdrawMandateView.as_view(), name="mandate_withdraw"),
    path("ho/<str:code>/uy-quyen/<int:pk>/lay-lai/", mandates.GiveMandateAgainView.as_view(), name="mandate_again"),
    path("ho/<str:code>/dong-tai-khoan/", household.CloseAccountView.as_view(), name="account_close"),
    path("ho/<str:code>/mo-lai-tai-khoan/", household.ReopenAccountView.as_view(), name="account_reopen"),
    path("ho/<str:code>/chuyen-noi-o/", household.MoveView.as_view(), name="household_move"),
    path("ho/<str:code>/dong-y/", household.GiveConsentView.as_view(), name="consent_give"),
    path("ho/<str:code>/rut-dong-y/", household.WithdrawConsentView.as_view(), name="consent_withdraw"),
    path("ho/<str:code>/viec-da-lam/", household.ActsView.as_view(), name="household_acts"),
    path("ho/<str:code>/du-lieu/", personal_data.OwnDataView.as_view(), name="own_data"),
    path("ho/<str:code>/du-lieu/ban-sao/", personal_data.CopyView.as_view(), name="own_data_copy"),
    path("ho/<str:code>/du-lieu/xoa/", personal_data.AskErasureView.as_view(), name="own_data_erase"),
    path("ho/<str:code>/the/", household.CardView.as_view(), name="household_card"),
]

urlpatterns = [*team_pages, *case_pages, *paper_pages, *household_pages]
