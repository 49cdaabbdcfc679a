"""Signing in: allauth with a phone number and a one-time code, password and second factor for staff."""

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_TIMEOUT = 1800
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False  # asked of password sign-ins only, which are those of staff
STAFF_SESSION_SECONDS = 12 * 60 * 60
# How long what was typed into a form waits for its person to sign in again (accounts/unsent_forms.py).
UNSENT_FORM_SECONDS = 2 * 60 * 60
ACCOUNT_FORMS = {
    "login": "accounts.forms.PasswordSignInForm",
    "request_login_code": "accounts.forms.PhoneForm",
    "confirm_login_code": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.PasswordAgainForm",
}
# Codes are counted by accounts/phone_codes.py. A whole training session may sign in behind one address.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
}
MFA_ADAPTER = "accounts.mfa_adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Chợ Nhà Nông"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.SecondFactorAgain",
    "activate_totp": "accounts.forms.AuthenticatorForm",
}
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "account_home"
LOGOUT_REDIRECT_URL = "/"
# Everything below these paths stands behind the second factor of staff (accounts/middleware.py).
STAFF_PATHS = ("/van-hanh/", "/noi-dung/", "/quan-tri/")
