"""Front-end files: small, kept for good, from here only."""

import gzip
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from common.web import assets

FIRST_PAGE_BYTES = 150_000


@pytest.fixture
def style(app: Flask) -> str:
    with app.test_request_context():
        return str(app.jinja_env.globals["asset"]("app.css"))


def test_a_file_comes_in_the_smallest_encoding_the_browser_takes(client: FlaskClient, style: str) -> None:
    plain = client.get(style)
    zipped = client.get(style, headers={"Accept-Encoding": "gzip"})
    small = client.get(style, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert [each.headers.get("Content-Encoding") for each in (plain, zipped, small)] == [None, "gzip", "br"]
    assert gzip.decompress(zipped.data) == plain.data
    assert len(small.data) < len(zipped.data) < len(plain.data)
    for each in (plain, zipped, small):
        assert each.mimetype == "text/css"
        assert each.headers["Vary"] == "Accept-Encoding"
        assert each.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in each.headers


def test_a_browser_that_has_the_file_gets_it_only_once(client: FlaskClient, style: str) -> None:
    first = client.get(style)
    assert client.get(style, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "path", ["/static/nothing.css", "/static/../../config.py", "/static/%2e%2e/%2e%2e/config.py", "/static/"]
)
def test_only_files_of_the_bundle_are_served(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept-Encoding": "br"}).status_code == 404


def test_the_first_page_is_light(client: FlaskClient) -> None:
    page = client.get("/sign-in")
    style = client.get(re.search(r'href="(/static/app[^"]*css)"', page.text)[1]).text  # type: ignore[index]
    fonts = {f"/static/{name}" for name in re.findall(r"url\(([^)]*woff2)\)", style)}
    files = {*fonts, *re.findall(r'(?:href|src)="(/static/[^"#]+)', page.text)}
    sizes = {file: len(client.get(file, headers={"Accept-Encoding": "br"}).data) for file in files}
    assert len(page.data) + sum(sizes.values()) <= FIRST_PAGE_BYTES, sizes


def test_the_manifest_names_what_is_there() -> None:
    named = json.loads((assets.FOLDER / "manifest.json").read_text())
    assert {"app.css", "app.js", "icons.svg", "mark.svg"} <= set(named)
    assert all((assets.FOLDER / hashed).is_file() for hashed in named.values())


def test_an_absent_bundle_says_what_to_run(tmp_path: object) -> None:
    with pytest.raises(assets.AssetsNotBuilt, match="npm run build"):
        assets.read_manifest(tmp_path)  # type: ignore[arg-type]
