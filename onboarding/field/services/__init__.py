"""What can be done from the field."""

from onboarding.field.services.acts import take_bundle
from onboarding.field.services.devices import (
    DeviceRefused,
    enrol_device,
    lock_device,
    open_device,
    renew_device,
    unlock_device,
)
from onboarding.field.services.uploads import UploadRefused, begin_upload, receive_piece

__all__ = [
    "DeviceRefused",
    "UploadRefused",
    "begin_upload",
    "enrol_device",
    "lock_device",
    "open_device",
    "receive_piece",
    "renew_device",
    "take_bundle",
    "unlock_device",
]
