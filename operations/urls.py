"""Pages of operators, below /van-hanh/; every one asks for the second factor and for the operators' group."""

from __future__ import annotations

from django.urls import path

from operations.views import (
    data_requests,
    households,
    offices,
    orders,
    papers,
    people,
    start,
    tariffs,
    team_list,
    teams,
    voices,
)

app_name = "operations"
urlpatterns = [
    path("", start.show_start, name="start"),
    path("nguoi/", people.list_people, name="people"),
    path("nguoi/them/", people.add_staff, name="add_staff"),
    path("nguoi/<int:pk>/", people.show_person, name="person"),
    path("nguoi/<int:pk>/xem-so/", people.reveal_person_phone, name="reveal_person_phone"),
    path("nguoi/<int:pk>/<slug:deed>/", people.change_person, name="change_person"),
    path("to/", teams.list_teams, name="teams"),
    path("to/them/", teams.add_team, name="add_team"),
    path("to/danh-sach/", team_list.load_list, name="team_list"),
    path("to/<int:pk>/", teams.show_team, name="team"),
    path("to/<int:pk>/giai-the/", teams.dissolve, name="dissolve_team"),
    path("to/<int:pk>/thanh-vien/<int:member_pk>/<slug:deed>/", teams.change_member, name="change_member"),
    path("can-bo/", offices.list_offices, name="offices"),
    path("can-bo/<slug:level>/<int:pk>/thoi/", offices.relieve, name="relieve_officer"),
    path("ho/", households.list_households, name="households"),
    path("ho/<str:code>/", households.show_household, name="household"),
    path("ho/<str:code>/xem-so/", households.reveal_household_phone, name="reveal_household_phone"),
    path("ho/<str:code>/giay/<slug:kind>/<int:pk>/", households.show_paper, name="paper"),
    path("ho/<str:code>/giay/<slug:kind>/<int:pk>/goc/", households.show_paper_as_sent, name="paper_as_sent"),
    path("ho/<str:code>/tai-khoan/<slug:deed>/", households.change_account, name="change_account"),
    path("ho/<str:code>/chuyen-noi-o/", households.move, name="move_household"),
    path("ho/<str:code>/uy-quyen/<int:pk>/ket-thuc/", households.end_mandate, name="end_mandate"),
    path("giay/", papers.list_papers, name="papers"),
    path("giay/<slug:kind>/", papers.list_papers, name="papers_of_kind"),
    path("giay/<slug:kind>/<int:pk>/anh/", papers.show_paper_picture, name="paper_picture"),
    path("giay/<slug:kind>/<int:pk>/xac-nhan/", papers.confirm_paper, name="paper_confirm"),
    path("giay/<slug:kind>/<int:pk>/tu-choi/", papers.refuse_paper, name="paper_refuse"),
    path("yeu-cau/", data_requests.list_requests, name="data_requests"),
    path("yeu-cau/<int:pk>/", data_requests.answer_request, name="data_request"),
    path("don/", orders.list_orders, name="orders"),
    path("don/<str:number>/", orders.show_order, name="order"),
    path("don/<str:number>/xem-nguoi-mua/", orders.reveal_buyer, name="reveal_buyer"),
    path("van-de-don/", orders.list_problems, name="problems"),
    path("van-de-don/<int:pk>/", orders.answer_problem, name="problem"),
    path("bao-vi-pham/", voices.list_flags, name="flags"),
    path("bao-vi-pham/<int:pk>/", voices.decide_flags, name="flag"),
    path("tieng-noi/", voices.list_voices, name="voices"),
    path("tieng-noi/<slug:kind>/", voices.list_voices, name="voices_of_kind"),
    path("tieng-noi/<slug:kind>/<int:pk>/an/", voices.hide_voice, name="hide_voice"),
    path("tieng-noi/<slug:kind>/<int:pk>/hien/", voices.show_voice, name="show_voice"),
    path("cuoc/", tariffs.show_tariffs, name="tariffs"),
]
