"""Front-end files: hashed names from the bundler's manifest, kept for good, compressed beforehand."""

import json
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Flask, Response, request, send_from_directory, url_for
from werkzeug.security import safe_join

from common.problems import MotcuaError
from common.web.guards import public

FOLDER = Path(__file__).parents[2] / "static" / "dist"
ONE_YEAR = 365 * 24 * 3600
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

assets = Blueprint("assets", __name__)


class AssetsNotBuilt(MotcuaError):
    """The front end has no manifest: `npm run build` has not been run."""


def read_manifest(folder: Path = FOLDER) -> dict[str, str]:
    """Name in the templates → hashed name on disk."""
    try:
        return dict(json.loads((folder / "manifest.json").read_text()))
    except FileNotFoundError as missing:
        raise AssetsNotBuilt("the front end is not built: run `npm ci && npm run build`") from missing


def install(app: Flask) -> None:
    """Serves /static and gives templates `asset(name)`."""
    manifest = read_manifest()

    def asset(name: str) -> str:
        return url_for("assets.file", name=manifest[name])

    app.jinja_env.globals["asset"] = asset
    app.register_blueprint(assets, url_prefix="/static")


@assets.get("/<path:name>")
@public
def file(name: str) -> Response:
    """One bundled file, in the smallest encoding the browser takes; its name changes with its content."""
    for encoding, suffix in ENCODINGS:
        if request.accept_encodings[encoding] and _exists(name + suffix):
            return _kept(_sent(name, suffix), encoding)
    return _kept(_sent(name, ""), None)


def _exists(name: str) -> bool:
    path = safe_join(str(FOLDER), name)
    return path is not None and Path(path).is_file()


def _sent(name: str, suffix: str) -> Response:
    response = send_from_directory(FOLDER, name + suffix, conditional=True, max_age=ONE_YEAR)
    if suffix:
        response.mimetype = guess_type(name)[0] or "application/octet-stream"
    return response


def _kept(response: Response, encoding: str | None) -> Response:
    if encoding:
        response.content_encoding = encoding
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.immutable = True
    return response
