"""Only the routes of allauth that we need, under Vietnamese paths and allauth's names."""

from __future__ import annotations

from allauth.account.views import account_inactive, logout, reauthenticate
from allauth.mfa.base.views import index as second_factor
from allauth.mfa.base.views import reauthenticate as second_factor_again
from allauth.mfa.recovery_codes.views import generate_recovery_codes, view_recovery_codes
from allauth.mfa.totp.views import deactivate_totp
from django.urls import path

from accounts.second_factor_views import AuthenticatorView, SecondFactorView, staff_only
from accounts.views import AccountView, CodeView, NewPasswordView, PasswordView, PhoneView

urlpatterns = [
    path("dang-nhap/", PhoneView.as_view(), name="account_request_login_code"),
    path("dang-nhap/ma/", CodeView.as_view(), name="account_confirm_login_code"),
    path("dang-nhap/mat-khau/", PasswordView.as_view(), name="account_login"),
    path("dang-nhap/xac-thuc/", SecondFactorView.as_view(), name="mfa_authenticate"),
    path("dang-nhap/da-dong/", account_inactive, name="account_inactive"),
    path("dang-xuat/", logout, name="account_logout"),
    path("tai-khoan/", AccountView.as_view(), name="account_home"),
    path("tai-khoan/mat-khau/", NewPasswordView.as_view(), name="account_change_password"),
    path("tai-khoan/mat-khau/nhap-lai/", staff_only(reauthenticate), name="account_reauthenticate"),
    path("tai-khoan/xac-thuc/", staff_only(second_factor), name="mfa_index"),
    path("tai-khoan/xac-thuc/nhap-lai/", staff_only(second_factor_again), name="mfa_reauthenticate"),
    path("tai-khoan/xac-thuc/them/", staff_only(AuthenticatorView.as_view()), name="mfa_activate_totp"),
    path("tai-khoan/xac-thuc/bo/", staff_only(deactivate_totp), name="mfa_deactivate_totp"),
    path("tai-khoan/ma-du-phong/", staff_only(view_recovery_codes), name="mfa_view_recovery_codes"),
    path("tai-khoan/ma-du-phong/tao/", staff_only(generate_recovery_codes), name="mfa_generate_recovery_codes"),
]
