"""`python -m hunt.fuzz [SECONDS]`: throws bent texts at every target until the time is over.

Each target runs in a process of its own with an equal share of the time. A text that breaks a promise is kept
in tests/rules_dsl/corpus, where every run of the tests meets it again. Exit code 0: nothing found.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests/rules_dsl/corpus"
SEEDS = {
    "rules": [ROOT / "tests/rules_dsl/spec", ROOT / "procedure_library/catalogue"],
    "forms": [ROOT / "tests/rules_dsl/spec", ROOT / "procedure_library/catalogue"],
}
SUFFIXES = {"rules": ".motcua", "forms": ".json"}
MINUTES = 5
LONGEST = 10_000
# What the fuzzer itself gives up on; slowness is told by the target long before.
HANGS_AFTER = 60
SLACK = "8"


def sort_of(target: str) -> str:
    return "forms" if target == "form" else "rules"


def main(seconds: int) -> int:
    from hunt.targets import TARGETS

    found = [name for name in TARGETS if not survives(name, seconds // len(TARGETS))]
    print(f"Found by: {', '.join(found)}" if found else "Nothing found.")
    return int(bool(found))


def survives(target: str, seconds: int) -> bool:
    """Whether the target kept its promises for so long."""
    sort = sort_of(target)
    work = ROOT / ".var/fuzz" / target
    seeds = ROOT / ".var/fuzz/seeds" / sort
    found = ROOT / ".var/fuzz/found" / target
    for folder in (work, seeds, found):
        folder.mkdir(parents=True, exist_ok=True)
    gather(sort, seeds)
    command = [sys.executable, "-m", "hunt.fuzz", "--target", target, str(work), str(seeds)]
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-timeout={HANGS_AFTER}"]
    outcome = subprocess.run(
        [*command, *limits, f"-artifact_prefix={found}/", "-print_final_stats=1"],
        cwd=ROOT,
        env={**os.environ, "MOTCUA_FUZZ_SLACK": SLACK},
        check=False,
    )
    for path in found.iterdir():
        shutil.move(path, CORPUS / sort / f"{target}-{path.name.split('-')[-1][:10]}{SUFFIXES[sort]}")
    return outcome.returncode == 0


def gather(sort: str, into: Path) -> None:
    """The texts to begin with: what the repository knows to be a good one, and the corpus."""
    for folder in (*SEEDS[sort], CORPUS / sort):
        for number, path in enumerate(sorted(folder.rglob(f"*{SUFFIXES[sort]}"))):
            for part, text in enumerate(pieces(path.read_text(encoding="utf-8", errors="replace"), sort)):
                (into / f"{folder.name}-{number}-{part}").write_text(text, encoding="utf-8")


def pieces(text: str, sort: str) -> list[str]:
    """A file of rules as one file for each rule, since small texts are read often; a form as it is."""
    if sort != "rules":
        return [text]
    language, *rules = text.split("\n\n")
    return [f"{language}\n\n{rule}" for rule in rules] or [text]


def hunt(target: str, arguments: list[str]) -> None:
    """Runs the fuzzer in this process; it does not come back."""
    import atheris

    with atheris.instrument_imports(include=["rules_dsl", "form_builder"]):
        from hunt.mutating import bent
        from hunt.targets import TARGETS

    def once(data: bytes) -> None:
        TARGETS[target](data.decode("utf-8", "replace"))

    def bend(data: bytes, most: int, seed: int) -> bytes:
        return atheris.Mutate(data, most) if seed % 5 == 0 else bent(target, data, seed, most)

    atheris.Setup([sys.argv[0], *arguments], once, custom_mutator=bend)
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--target"]:
        hunt(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MINUTES * 60))
