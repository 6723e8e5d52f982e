#!/bin/sh
# Pins every dependency with its hashes, and no address of any index: where packages come from is each machine's own affair.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 --no-header "$@"; }
pin() { compile pyproject.toml "$@"; }
pin -o requirements/run.txt
pin --extra dev -c requirements/run.txt -o requirements/dev.txt
pin --extra bench -c requirements/run.txt -o requirements/bench.txt
pin --extra node -c requirements/run.txt -o requirements/node.txt
pin --extra hunt -c requirements/run.txt -o requirements/hunt.txt
# Packages of which only the data is read.
compile --no-deps requirements/data.in -o requirements/data.txt
