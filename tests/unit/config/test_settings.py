import stat

import pytest

from succession.config import Environment, SettingsError, is_weak_secret, load_settings


def settings(tmp_path, **given):
    return load_settings({"SUCCESSION_INSTANCE": str(tmp_path), **given})


def test_nothing_needs_to_be_set_for_development(tmp_path):
    found = settings(tmp_path)
    assert (found.environment, found.database_url) == (Environment.DEVELOPMENT, None)


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    first = settings(tmp_path).secret_key
    assert len(first) == 64
    assert settings(tmp_path).secret_key == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize("secret", ["", "short", "change-me" * 5, "x" * 64, "secret" * 8])
def test_production_refuses_a_secret_that_is_not_its_own(tmp_path, secret):
    with pytest.raises(SettingsError, match="SECRET_KEY"):
        settings(tmp_path, SUCCESSION_ENV="production", SECRET_KEY=secret)
    assert list(tmp_path.iterdir()) == []


def test_production_takes_a_random_secret(tmp_path):
    secret = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"
    assert settings(tmp_path, SUCCESSION_ENV="production", SECRET_KEY=secret).secret_key == secret
    assert not is_weak_secret(secret)


def test_the_environment_goes_before_the_file(tmp_path):
    (tmp_path / "settings.env").write_text('# ours\nSUCCESSION_CONTACT_NAME="Büro"\nSMTP_PORT=25\n', encoding="utf-8")
    found = settings(tmp_path, SMTP_PORT="2525")
    assert (found.contact.name, found.mail.port) == ("Büro", 2525)


def test_any_spelling_of_postgresql_means_our_driver(tmp_path):
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        assert settings(tmp_path, DATABASE_URL=f"{scheme}://x@h/d").database_url == "postgresql+psycopg://x@h/d"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SUCCESSION_ENV", "live"),
        ("DATABASE_URL", "sqlite:///x.db"),
        ("SUCCESSION_REGION", "10,20"),
        ("SUCCESSION_REGION", "12,52,10,53"),
        ("SMTP_PORT", "many"),
        ("SMTP_STARTTLS", "perhaps"),
        ("SUCCESSION_TRUSTED_PROXIES", "all"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path, name, value):
    with pytest.raises(SettingsError, match=name):
        settings(tmp_path, **{name: value})


def test_a_line_that_is_no_setting_is_named_with_its_number(tmp_path):
    (tmp_path / "settings.env").write_text("\nSMTP_HOST mail\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="line 2"):
        settings(tmp_path)


def test_the_region_has_an_inside():
    region = load_settings({"SUCCESSION_INSTANCE": "/nonexistent", "SECRET_KEY": "x"}).region
    assert region.contains(11.15, 52.97)
    assert not region.contains(9.0, 52.97)


def test_no_secret_is_shown_where_settings_are_printed(tmp_path):
    found = settings(
        tmp_path, SECRET_KEY="s3cr3t-key", DATABASE_URL="postgresql://x:s3cr3t@h/d", SMTP_PASSWORD="s3cr3t"
    )
    assert "s3cr3t" not in repr(found)


def test_k_is_five_unless_the_operator_asks_for_more_and_never_under_three(tmp_path):
    given = {"SUCCESSION_INSTANCE": str(tmp_path)}
    assert load_settings(given).least_alike == 5
    assert load_settings({**given, "SUCCESSION_K": "8"}).least_alike == 8
    for wrong in ("2", "0", "five", "1001"):
        with pytest.raises(SettingsError, match="SUCCESSION_K"):
            load_settings({**given, "SUCCESSION_K": wrong})
