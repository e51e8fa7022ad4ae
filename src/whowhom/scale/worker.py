"""A worker process of the local engine: takes shards from a pipe, gives outcomes, and says which page it is at."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import threading
import time
from multiprocessing.connection import Connection

from whowhom.config import Options
from whowhom.errors import WhowhomError
from whowhom.scale.limits import Limits
from whowhom.scale.shard import run_shard, warm

#: What a worker says: ready; at page (place, processor seconds so far, monotonic time); outcome (pickled); stop the run (error).
READY, AT_PAGE, OUTCOME, ERROR = "ready", "at page", "outcome", "error"


def serve(connection: Connection, options: Options, limits: Limits) -> None:
    """Code shards until None comes; end by itself when it has grown beyond `limits.worker_bytes`."""
    # Ctrl-C goes to the whole group: the parent ends the run in order, the workers go on until told.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["TOKENIZERS_PARALLELISM"] = "false"  # the cores are taken by the other workers
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(connection, waiting), daemon=True).start()
    try:
        warm(options)
        connection.send((READY, None))
        while (message := waiting.get()) != b"":
            shard = pickle.loads(message)
            outcome = run_shard(shard, options, limits, lambda place: connection.send((AT_PAGE, (place, time.process_time(), time.monotonic()))))
            connection.send((OUTCOME, pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)))
            if outcome.resident_bytes > limits.worker_bytes:
                return
    except WhowhomError as error:
        connection.send((ERROR, error_parts(error)))


def _listen(connection: Connection, waiting: queue.SimpleQueue[bytes]) -> None:
    """Read ahead, so that the parent never waits for a busy worker; without a parent there is nothing left to do."""
    try:
        while (message := connection.recv_bytes()) != b"":
            waiting.put(message)
        waiting.put(b"")
    except (EOFError, OSError):
        os._exit(0)


def error_parts(error: WhowhomError) -> tuple[type[WhowhomError], str, str, str]:
    """An error in parts that can be pickled."""
    return type(error), error.what, error.where, error.remedy
