"""The one thread that runs a contact check, so that no sample waits for a window."""

from collections.abc import Callable

from host.session.contacting.building import ContactBuild, ContactStage
from host.session.contacting.running import ContactSession
from host.session.contacting.view import ContactView
from host.session.threaded import READ_S, Threaded


class ContactWorker(Threaded[ContactStage]):
    """Runs a contact check in a thread; whoever shows it asks for its newest view."""

    def __init__(self, build: ContactBuild) -> None:
        super().__init__(build, name="contact")

    @property
    def view(self) -> ContactView:
        """The newest moment; cheap, from any thread."""
        stage = self.stage
        return ContactView() if stage is None else stage.session.view

    def ask(self, wish: Callable[[ContactSession], None]) -> None:
        """Have something done to the check, by its own thread, before it reads again."""
        self.wish(lambda stage: wish(stage.session))

    def _step(self, stage: ContactStage) -> None:
        stage.session.step(READ_S)
