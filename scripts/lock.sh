#!/bin/sh
# Pins every dependency with its hashes, and no address of any index: where packages come from is each machine's own affair.
set -eu
cd "$(dirname "$0")/.."
pin() { uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 --no-header pyproject.toml "$@"; }
pin -o requirements/run.txt
pin --extra dev -c requirements/run.txt -o requirements/dev.txt
pin --extra bench -c requirements/run.txt -o requirements/bench.txt
pin --extra node -c requirements/run.txt -o requirements/node.txt
pin --extra hunt -c requirements/run.txt -o requirements/hunt.txt
