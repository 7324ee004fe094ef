"""Processes that prepare: nobody waits for them longer than they are wanted."""

import signal
import threading
from concurrent.futures import Future

import pytest

from archive.pipeline import workers


@pytest.fixture
def interruptible():
    """Ctrl-C is heard, also where the suite runs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_is_heard_while_a_text_is_waited_for(interruptible):
    """Also where the signal reaches another thread than the one that waits."""
    prepared = Future()
    interrupt = threading.Timer(0.3, lambda: signal.pthread_kill(threading.get_ident(), signal.SIGINT))
    in_the_end = threading.Timer(20, prepared.set_result, [[]])
    for timer in (interrupt, in_the_end):
        timer.daemon = True
        timer.start()
    with pytest.raises(KeyboardInterrupt):
        workers._awaited(prepared)
    in_the_end.cancel()
    assert not prepared.done()
