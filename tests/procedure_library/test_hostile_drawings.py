"""What is no drawing of ours, or a trap, is told as findings: in bounded time and memory, by every way in."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from config import CHECKOUT
from procedure_library.bpmn import Steps, read_steps
from procedure_library.bpmn.reading import LONGEST, MOST_ELEMENTS
from procedure_library.checks import check
from procedure_library.package import STEPS, package_files, read_files, read_package
from tests.procedure_library.samples import definition

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:motcua="urn:motcua:steps:1" targetNamespace="urn:x">'
)
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def drawing(inside: str, before: str = "") -> str:
    return f'{before}{HEAD}<bpmn:process id="p">{inside}</bpmn:process></bpmn:definitions>'


def flows(*pairs: tuple[str, str]) -> str:
    return "".join(
        f'<bpmn:sequenceFlow id="f{n}" sourceRef="{source}" targetRef="{target}"/>'
        for n, (source, target) in enumerate(pairs)
    )


# What somebody may send → the code of the first finding; None: it is read, and the checks say what is wrong.
HOSTILE: dict[str, tuple[bytes, str | None]] = {
    "nothing": (b"", "procedures.bpmn.unreadable"),
    "no XML at all": (b"%PDF-1.7 \x00\x01\x02", "procedures.bpmn.unreadable"),
    "random bytes": (bytes(range(256)), "procedures.bpmn.unreadable"),
    "cut off": (drawing('<bpmn:startEvent id="a"/>').encode()[:-9], "procedures.bpmn.unreadable"),
    "a NUL in a name": (
        drawing('<bpmn:startEvent id="a" name="x\x00"/>').encode(),
        "procedures.bpmn.unreadable",
    ),
    "a control character": (
        drawing('<bpmn:startEvent id="a" name="x&#7;"/>').encode(),
        "procedures.bpmn.unreadable",
    ),
    "billion laughs": (
        drawing("&l11;", f'<!DOCTYPE d [<!ENTITY l0 "ha">{LAUGHS}]>').encode(),
        "procedures.bpmn.forbidden",
    ),
    "quadratic blow-up": (
        drawing("&a;" * 50_000, f'<!DOCTYPE d [<!ENTITY a "{"x" * 50_000}">]>').encode(),
        "procedures.bpmn.forbidden",
    ),
    "an external entity": (
        drawing("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>').encode(),
        "procedures.bpmn.forbidden",
    ),
    "a parameter entity": (
        drawing("", '<!DOCTYPE d [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]>').encode(),
        "procedures.bpmn.forbidden",
    ),
    "a document type": (drawing("", "<!DOCTYPE d>").encode(), "procedures.bpmn.forbidden"),
    "UTF-16": (
        drawing('<bpmn:startEvent id="a"/>', '<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
        None,
    ),
    "UTF-8 with a mark": (b"\xef\xbb\xbf" + drawing('<bpmn:startEvent id="a"/>').encode(), None),
    "Latin-1 that says UTF-8": (
        drawing('<bpmn:startEvent id="a" name="é"/>').encode("latin-1"),
        "procedures.bpmn.unreadable",
    ),
    "an encoding of several bytes": (
        drawing("", '<?xml version="1.0" encoding="shift_jis"?>').encode(),
        "procedures.bpmn.encoding",
    ),
    "an encoding nobody knows": (
        drawing("", '<?xml version="1.0" encoding="klingon"?>').encode(),
        "procedures.bpmn.encoding",
    ),
    "UTF-32": (
        drawing("", '<?xml version="1.0" encoding="utf-32"?>').encode("utf-32"),
        "procedures.bpmn.unreadable",
    ),
    "fifty megabytes": (b"<a>" + b" " * 50_000_000 + b"</a>", "procedures.bpmn.too_long"),
    "as long as may be, deep": (b"<a>" * (LONGEST // 3), "procedures.bpmn.unreadable"),
    "deep and closed": (b"<a>" * 300_000 + b"</a>" * 300_000, "procedures.bpmn.not_one_process"),
    "attributes without end": (
        ("<a " + " ".join(f"b{n}=''" for n in range(200_000)) + "/>").encode(),
        "procedures.bpmn.not_one_process",
    ),
    "a name of megabytes": (drawing(f'<bpmn:startEvent id="a" name="{"x" * 3_000_000}"/>').encode(), None),
    "more elements than anybody draws": (
        drawing('<bpmn:startEvent id="a"/>' * (MOST_ELEMENTS + 1)).encode(),
        "procedures.bpmn.too_many_elements",
    ),
    "another process besides": (
        f'{HEAD}<bpmn:process id="p"/><bpmn:process id="q"/></bpmn:definitions>'.encode(),
        "procedures.bpmn.not_one_process",
    ),
    "elements without ids": (drawing("<bpmn:startEvent/><bpmn:userTask/><bpmn:sequenceFlow/>").encode(), "?"),
    "elements that are none of ours": (
        drawing('<bpmn:subProcess id="x"/><script/>').encode(),
        "procedures.bpmn.unknown_element",
    ),
    "the same id twice": (drawing('<bpmn:startEvent id="a"/><bpmn:endEvent id="a"/>').encode(), None),
    "flows in circles and from themselves": (
        drawing(
            '<bpmn:startEvent id="a"/><bpmn:userTask id="b"/><bpmn:userTask id="c"/>'
            + flows(("a", "b"), ("b", "c"), ("c", "b"), ("b", "b"))
        ).encode(),
        None,
    ),
    "flows from and to nowhere": (
        drawing('<bpmn:startEvent id="a"/>' + flows(("a", "z"), ("y", "a"))).encode(),
        None,
    ),
    "keys that lead out of the folder": (drawing('<bpmn:startEvent id="../../etc/passwd"/>').encode(), None),
    "a number of five thousand digits": (
        drawing(f'<bpmn:userTask id="a" motcua:budget="{"9" * 5_000} working_day"/>').encode(),
        "procedures.file.wrong_shape",
    ),
    "attempts without end": (
        drawing(f'<bpmn:serviceTask id="a" motcua:attempts="{"9" * 5_000}"/>').encode(),
        "procedures.file.wrong_shape",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_told_as_findings(name: str) -> None:
    content, code = HOSTILE[name]
    found = read_steps(content)
    if code is None:
        assert isinstance(found, Steps)
        drawn = read_files({**dict(package_files(definition())), STEPS: content})
        told = drawn if isinstance(drawn, tuple) else check(drawn, without=("proofs",))
        assert any(finding.severity == "error" for finding in told)
    else:
        assert isinstance(found, tuple)
        assert code in ("?", found[0].code)


BRANCHES, CONDITIONS = 900, 40


def chained() -> str:
    """Branches one behind the other, and conditions that may hold in more sets than there are atoms."""
    branches = "".join(f'<bpmn:exclusiveGateway id="b{n}" motcua:choice="c"/>' for n in range(BRANCHES))
    links = [(f"b{n}", f"b{n + 1}") for n in range(BRANCHES - 1)] * 2
    ways = flows(("a", "b0"), *links, (f"b{BRANCHES - 1}", "z"))
    ways = ways.replace('<bpmn:sequenceFlow id="f', '<bpmn:sequenceFlow motcua:when="v" id="f')
    return drawing(
        f'<bpmn:startEvent id="a"/>{branches}<bpmn:endEvent id="z" motcua:ending="granted"/>{ways}'
    )


def fanned() -> str:
    """One inclusive split of forty ways."""
    tasks = "".join(f'<bpmn:userTask id="t{n}" motcua:role="leader"/>' for n in range(CONDITIONS))
    into = "".join(
        f'<bpmn:sequenceFlow id="i{n}" sourceRef="s" targetRef="t{n}" motcua:when="k{n}"/>'
        f'<bpmn:sequenceFlow id="o{n}" sourceRef="t{n}" targetRef="j"/>'
        for n in range(CONDITIONS)
    )
    return drawing(
        '<bpmn:startEvent id="a"/><bpmn:inclusiveGateway id="s" gatewayDirection="Diverging"/>'
        f'<bpmn:inclusiveGateway id="j" gatewayDirection="Converging"/>{tasks}<bpmn:endEvent id="z"/>'
        f"{flows(('a', 's'), ('j', 'z'))}{into}"
    )


# For all of it together; of the memory libraries take the greater part.
WITHIN = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (1_200_000_000, 1_200_000_000))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from tests.procedure_library import test_hostile_drawings as t
from procedure_library.checks import soundness
from procedure_library.checks.subject import Subject
from dataclasses import replace
for name in t.HOSTILE:
    t.test_it_is_told_as_findings(name)
for content in (t.chained(), t.fanned()):
    steps = t.read_steps(content.encode())
    assert isinstance(steps, t.Steps), steps
    drawn = replace(t.definition(), steps=steps.steps, transitions=steps.transitions)
    t.check(drawn, without=("proofs",))
    assert [*soundness.check(Subject(drawn))]
print("told")
"""


def test_all_of_it_takes_bounded_time_and_memory() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHIN], capture_output=True, text=True, check=False, cwd=CHECKOUT
    )
    assert done.stdout.endswith("told\n"), done.stderr[-2000:]


def test_a_file_of_fifty_megabytes_in_a_package_is_not_even_read(tmp_path: Path) -> None:
    for path, content in package_files(definition()):
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
    with (tmp_path / STEPS).open("ab") as steps:
        steps.truncate(50_000_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read_package(tmp_path)
    assert isinstance(found, tuple)
    assert found[0].code == "procedures.file.too_long"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
