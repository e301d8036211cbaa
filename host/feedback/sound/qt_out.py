"""The computer's loudspeaker through Qt, in a thread of its own: a busy window makes no gaps.

The only file that imports PyQt6.QtMultimedia; import it late (`open_audio`).
"""

from PyQt6.QtCore import QCoreApplication, QIODevice, QObject, QThread, QTimer, pyqtSignal, pyqtSlot
from PyQt6.QtMultimedia import QAudio, QAudioDevice, QAudioFormat, QAudioSink, QMediaDevices

from host.feedback.sound.audio_out import NO_DEVICE, REFUSED, STARTING, Mixer
from host.feedback.sound.heartbeat import LOOK_MS, Heartbeat
from host.feedback.sound.pcm import CHANNELS, Coding, buffer_bytes, encoded
from host.feedback.sound.synth import Synth, SynthSettings

RATE_HZ = 48000
CLOSES_WITHIN_MS = 3000
"""A driver that hangs must not hold the window."""
_CODINGS = {
    QAudioFormat.SampleFormat.Float: Coding.FLOAT32,
    QAudioFormat.SampleFormat.Int16: Coding.INT16,
}

_FAILED = {QAudio.Error.OpenError, QAudio.Error.IOError, QAudio.Error.FatalError}
"""Not an underrun: after that it plays on."""


class Pull(QIODevice):
    """Synthesises what a sink asks for, at the moment it asks."""

    def __init__(self, mixer: Mixer, rate_hz: int, coding: Coding, parent: QObject) -> None:
        super().__init__(parent)
        self._mixer = mixer
        self._synth = Synth(SynthSettings(rate_hz=rate_hz))
        self._coding = coding
        self._most = buffer_bytes(rate_hz, coding)
        # Unbuffered: Qt would otherwise read 16 KiB ahead, which are 40 ms.
        mode = QIODevice.OpenModeFlag
        self.open(mode.ReadOnly | mode.Unbuffered)

    def isSequential(self) -> bool:
        """Sound has no place to go back to."""
        return True

    def bytesAvailable(self) -> int:
        """Return that there is always enough to fill a buffer."""
        return self._most + super().bytesAvailable()

    def readData(self, maxlen: int) -> bytes:
        """Return whole frames, at most as many as are asked for."""
        frames = max(maxlen, 0) // self._coding.frame_bytes
        mixer = self._mixer
        mixer.taken += frames
        return encoded(self._synth.push(mixer.voices, frames, mixer.loudness), self._coding)

    def writeData(self, _data: object) -> int:
        """Refuse: nothing is recorded here."""
        return -1


class Speaker(QObject):
    """Keeps a sink running on the computer's default device; lives in the sound's thread.

    All of Qt's multimedia is called from that thread alone: asked from two at once, its first
    look for devices can lock up.
    """

    def __init__(self, mixer: Mixer) -> None:
        super().__init__()
        self._mixer = mixer
        self._sink: QAudioSink | None = None
        self._heart = Heartbeat()
        self.problem = STARTING
        """Why nothing can be heard; may be read from any thread."""

    @pyqtSlot()
    def begin(self) -> None:
        """Find a device, and whenever devices come or go find one anew."""
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self.reopen)
        self._looks = QTimer(self)
        self._looks.timeout.connect(self.look)
        self._looks.start(LOOK_MS)
        self.reopen()

    @pyqtSlot()
    def reopen(self) -> None:
        """Play on the device that is the default one now; without any, wait for one."""
        self._drop()
        device = QMediaDevices.defaultAudioOutput()
        form = None if device.isNull() else chosen_format(device)
        if form is None:
            self.problem = NO_DEVICE if device.isNull() else REFUSED
            return
        coding = _CODINGS[form.sampleFormat()]
        self._sink = sink = QAudioSink(device, form, self)
        sink.setBufferSize(buffer_bytes(form.sampleRate(), coding))
        sink.start(Pull(self._mixer, form.sampleRate(), coding, sink))

    @pyqtSlot()
    def look(self) -> None:
        """Say whether sound goes out; where it does not, try again now and then."""
        self._heart = self._heart.after(self._mixer.taken)
        if self._sink is None:
            return
        self.problem = self._heart.problem
        if self._heart.reopen(failed=self._sink.error() in _FAILED):
            self.reopen()

    @pyqtSlot()
    def finish(self) -> None:
        """Stop playing, and end the thread."""
        self._looks.stop()
        self._drop()
        thread = self.thread()
        if thread is not None:
            thread.quit()

    def _drop(self) -> None:
        sink, self._sink = self._sink, None
        if sink is not None:
            sink.stop()
            sink.deleteLater()


class QtAudioOut(QObject):
    """An `AudioOut`; make and close it in the window's thread."""

    _closing = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.mixer = Mixer()
        self._thread = QThread(self)
        self._thread.setObjectName("sound")
        self._speaker = Speaker(self.mixer)
        self._speaker.moveToThread(self._thread)
        self._thread.started.connect(self._speaker.begin)
        self._closing.connect(self._speaker.finish)
        app = QCoreApplication.instance()
        if app is not None:
            # A thread that outlived the program would end it hard.
            app.aboutToQuit.connect(self.close)
        self._thread.start(QThread.Priority.TimeCriticalPriority)

    @property
    def notice(self) -> str:
        """Why nothing can be heard, in one sentence; empty while sound goes out."""
        return self.mixer.notice(self._speaker.problem)

    def close(self) -> None:
        """Fall silent; return once the sink is gone."""
        if self._thread.isRunning():
            self._closing.emit()
            self._thread.wait(CLOSES_WITHIN_MS)


def chosen_format(device: QAudioDevice) -> QAudioFormat | None:
    """Return a stereo format that the device takes, or None."""
    for rate_hz in (RATE_HZ, device.preferredFormat().sampleRate()):
        for sample_format in _CODINGS:
            form = QAudioFormat()
            form.setSampleRate(rate_hz)
            form.setChannelCount(CHANNELS)
            form.setSampleFormat(sample_format)
            if device.isFormatSupported(form):
                return form
    return None
