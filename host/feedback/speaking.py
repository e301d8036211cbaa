"""Qt's own `self.tr` speaks from the same catalogue as `tr` (decision 0016)."""

from PyQt6.QtCore import QCoreApplication, QTranslator

from host.translation import tr


class Catalogue(QTranslator):
    """Answers Qt with what `tr` says."""

    def translate(
        self,
        _context: str | None,
        sourceText: str | None,  # noqa: N803  Qt's own name
        disambiguation: str | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str:
        """Return the words in the reader's language."""
        return tr(sourceText or "")

    def isEmpty(self) -> bool:
        """Say that it has words: Qt asks no empty one."""
        return False


def speak_in_qt(application: QCoreApplication) -> Catalogue:
    """Let Qt ask the catalogue that `tr` asks; it is the application's from now on."""
    made = Catalogue(application)
    application.installTranslator(made)
    return made
