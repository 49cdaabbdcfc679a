"""Whom the routes of signing in and of one's account are for."""

from tests.doors import PUBLIC, SIGNED_IN, STAFF, Door
from tests.sent import everybodys

BY_STEP = "only a half-done sign-in reaches it; anybody else is sent to the first step"

DOORS = {
    "account_request_login_code": Door(PUBLIC, untried="who is signed in is sent to the account page"),
    "account_confirm_login_code": Door(PUBLIC, untried=BY_STEP),
    "account_login": Door(PUBLIC, untried="who is signed in is sent to the account page"),
    "mfa_authenticate": Door(PUBLIC, untried=BY_STEP),
    "account_inactive": Door(PUBLIC),
    "account_logout": Door(PUBLIC),
    "account_home": Door(SIGNED_IN),
    "account_change_password": Door(STAFF),
    "account_reauthenticate": Door(STAFF, untried="asks for a password that officers of the cast have not"),
    "mfa_index": Door(STAFF),
    "mfa_reauthenticate": Door(STAFF, untried="asks for an app that staff of the cast have not"),
    "mfa_activate_totp": Door(STAFF),
    "mfa_deactivate_totp": Door(STAFF, untried="asks for an app that staff of the cast have not"),
    "mfa_view_recovery_codes": Door(STAFF, untried="asks for codes that staff of the cast have not"),
    "mfa_generate_recovery_codes": Door(STAFF),
}

SENT = {
    "code": everybodys("a code is compared with those of the one who signs in"),
    "ARGUMENT": everybodys(
        "names words in the visitor's own session; in another's session there are none by that name"
    ),
}
