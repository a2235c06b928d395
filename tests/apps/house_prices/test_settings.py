import subprocess
import sys
from pathlib import Path

import pytest

from apps.house_prices.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_defaults_need_no_environment() -> None:
    settings = load_settings()
    assert settings.log_level == "INFO"
    assert settings.cors_origins == ()
    assert (settings.model_folder / "model.onnx").is_file()


def test_every_setting_is_read_from_its_name_in_capitals(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = {
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": "json",
        "LOG_FILE": str(tmp_path / "app.log"),
        "LOG_FILE_BYTES": "5000",
        "MAX_BODY_BYTES": "2000",
        "MAX_CONCURRENT_REQUESTS": "7",
        "MODEL_FOLDER": str(tmp_path),
        "LISTINGS_URL": "http://127.0.0.1:8002",
        "LISTINGS_TIMEOUT": "2.5",
        "CORS_ORIGINS": "http://localhost:5173, https://example.org",
    }
    assert set(given) == {name.upper() for name in Settings.model_fields}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.log_file == tmp_path / "app.log"
    assert settings.max_concurrent_requests == 7
    assert settings.cors_origins == ("http://localhost:5173", "https://example.org")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("LOG_LEVEL", "loud", "'DEBUG'"),
        ("LOG_FORMAT", "xml", "'human' or 'json'"),
        ("MAX_BODY_BYTES", "much", "valid integer"),
        ("MAX_CONCURRENT_REQUESTS", "0", "greater than or equal to 1"),
        ("CORS_ORIGINS", "example.org", "is not an origin"),
        ("LISTINGS_URL", "127.0.0.1:8002", "match pattern"),
        ("LISTINGS_TIMEOUT", "60", "less than or equal to 25"),
        ("CORS_ORIGINS", "*", "is not an origin"),
        ("CORS_ORIGINS", "https://example.org/page", "is not an origin"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_name_and_the_reason(
    name: str,
    value: str,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as stopped:
        load_settings()
    said = capsys.readouterr().err
    assert stopped.value.code == 3
    assert f"{name}: " in said
    assert reason in said


@pytest.mark.parametrize("app", ["apps.fastapi_app.main", "apps.flask_app.main"])
def test_a_wrong_setting_stops_the_app_without_a_traceback(app: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", f"import {app}"],
        env={"LOG_LEVEL": "loud"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 3
    assert "LOG_LEVEL" in run.stderr
    assert "Traceback" not in run.stderr
