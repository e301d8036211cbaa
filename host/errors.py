"""The exception tree: everything a user can cause, in words for that user.

HostError
├── DeviceError       the board: not found, refused, fell silent
│   ├── RateError     the board does not send at the rate it claims
│   └── OtherBoardError  another board answers than the one that was named
├── RecordingError    a file: not readable, not what it says it is
├── ClinicError       what is kept of patients: not readable, not to be saved
│   ├── DamagedError  what a file says cannot be made out
│   └── ConflictError somebody else saved it meanwhile
├── SettingsError     an option or a montage that cannot work
└── DisplayError      no window can be shown here
"""


class HostError(Exception):
    """Something a user can cause and put right; the message says how."""


class DeviceError(HostError):
    """The board cannot be used as asked."""


class RateError(DeviceError):
    """The board sends at another rate than it claims."""


class OtherBoardError(DeviceError):
    """Another board answers than the one that was named."""


class RecordingError(HostError):
    """A file cannot be read as a recording."""


class ClinicError(HostError):
    """What is kept of patients cannot be read or saved."""


class DamagedError(ClinicError):
    """What a file of a patient says cannot be made out; where it lies is said."""


class ConflictError(ClinicError):
    """Somebody else saved a newer version meanwhile; nothing of it was overwritten."""


class SettingsError(HostError):
    """An option, or a combination of options, that cannot work."""


class DisplayError(HostError):
    """No window can be shown on this system as it is."""
