"""The settings: read once, judged together."""

import stat
from pathlib import Path

import pytest

from config import Settings, SettingsError, default_data_folder, read_settings

KEY = "0123456789abcdef0123456789abcdef"


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as told:
        read_settings(
            {
                "MOTCUA_DATA_FOLDER": str(tmp_path),
                "PORT": "http",
                "MOTCUA_DATABASE_URL": "sqlite:///motcua.db",
                "MOTCUA_SECRET_KEY": "short",
                "MOTCUA_DEMO": "yes",
            }
        )
    assert [problem.split(":")[0] for problem in told.value.problems] == [
        "MOTCUA_DATABASE_URL",
        "PORT",
        "MOTCUA_SECRET_KEY",
        "MOTCUA_DEMO",
    ]


def test_nothing_has_to_be_set_for_the_embedded_database(tmp_path: Path) -> None:
    settings = read_settings({"MOTCUA_DATA_FOLDER": str(tmp_path / "data")})
    assert settings == Settings(
        data_folder=tmp_path / "data",
        public_url="http://127.0.0.1:8000",
        secret_key=settings.secret_key,
        identity_key=settings.identity_key,
    )
    assert settings.embedded


def test_generated_keys_are_kept_and_private(tmp_path: Path) -> None:
    environment = {"MOTCUA_DATA_FOLDER": str(tmp_path)}
    first, second = read_settings(environment), read_settings(environment)
    assert (first.secret_key, first.identity_key) == (second.secret_key, second.identity_key)
    assert first.secret_key != first.identity_key
    assert len(first.secret_key) == 64
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "secrets" / "secret_key").stat().st_mode) == 0o600


def test_a_managed_database_asks_for_keys_that_outlive_the_machine(tmp_path: Path) -> None:
    managed = {"MOTCUA_DATA_FOLDER": str(tmp_path), "MOTCUA_DATABASE_URL": "postgresql://app@db/motcua"}
    with pytest.raises(SettingsError) as told:
        read_settings(managed)
    assert told.value.problems == (
        "MOTCUA_SECRET_KEY: missing; make one with: openssl rand -hex 32",
        "MOTCUA_IDENTITY_KEY: missing; make one with: openssl rand -hex 32",
    )
    settings = read_settings({**managed, "MOTCUA_SECRET_KEY": KEY, "MOTCUA_IDENTITY_KEY": KEY})
    assert settings.database_url == "postgresql+psycopg://app@db/motcua"
    assert not settings.embedded


def test_trying_it_out_on_a_managed_database_makes_keys(tmp_path: Path) -> None:
    environment = {
        "MOTCUA_DATA_FOLDER": str(tmp_path),
        "MOTCUA_DATABASE_URL": "postgres://app@db/motcua",
        "MOTCUA_DEMO": "1",
    }
    assert len(read_settings(environment).secret_key) == 64


@pytest.mark.parametrize(
    ("host", "public_url", "secure"),
    [
        ("127.0.0.1", "", False),
        ("::1", "", False),
        ("127.0.0.1", "https://motcua.example", True),
        ("0.0.0.0", "", True),
    ],
)
def test_cookies_need_https_except_on_this_machine(
    tmp_path: Path, host: str, public_url: str, secure: bool
) -> None:
    settings = read_settings(
        {"MOTCUA_DATA_FOLDER": str(tmp_path), "MOTCUA_HOST": host, "MOTCUA_PUBLIC_URL": public_url}
    )
    assert settings.secure_cookies is secure


def test_each_checkout_has_a_data_folder_of_its_own() -> None:
    one, other = default_data_folder(Path("/srv/one")), default_data_folder(Path("/srv/two"))
    assert one != other
    assert one == default_data_folder(Path("/srv/one"))
