"""The configuration: what is read from where, and what each mistake says."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.config import Config, load_config
from dateline.errors import ConfigError

TWO = """
default_provider = "openai"

[providers.openai]
model = "gpt-5-mini"
fallback = ["lab/big"]

[providers.lab]
kind = "openai-compatible"
base_url = "http://localhost:8000/v1"
model = "org/small"
concurrency = 8
"""


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATELINE_CONFIG", "DATELINE_PROVIDER", "DATELINE_CACHE_DIR", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def load(tmp_path: Path, text: str) -> Config:
    file = tmp_path / "dateline.toml"
    file.write_text(text, encoding="utf-8")
    return load_config(file)


def mistake(tmp_path: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)
    return str(caught.value)


def test_without_a_file_the_embedded_model_answers() -> None:
    config = load_config()

    assert config.source is None
    assert config.provider().kind == "local"
    assert config.provider().way_of_asking == "guided"


def test_the_nearest_file_upwards_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dateline.toml").write_text(TWO)
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)

    assert load_config().source == tmp_path / "dateline.toml"


def test_a_named_file_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such configuration file"):
        load_config(tmp_path / "other.toml")


def test_the_variable_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other.toml").write_text(TWO)
    monkeypatch.setenv("DATELINE_CONFIG", str(tmp_path / "other.toml"))

    assert load_config().source == tmp_path / "other.toml"


def test_settings_of_a_provider(tmp_path: Path) -> None:
    config = load(tmp_path, TWO)

    lab = config.provider("lab")

    assert (lab.name, lab.kind, lab.model) == ("lab", "openai-compatible", "org/small")
    assert (lab.max_concurrency, lab.way_of_asking) == (8, "direct")
    assert config.provider().name == "openai"


def test_a_table_named_like_a_kind_need_not_repeat_it(tmp_path: Path) -> None:
    assert load(tmp_path, TWO).provider("openai").kind == "openai"


@pytest.mark.parametrize(
    ("name", "kind", "model"),
    [
        ("lab/org/large", "openai-compatible", "org/large"),
        ("openai/gpt-5-nano", "openai", "gpt-5-nano"),
        ("local", "local", "smollm2-135m-instruct"),
        ("local/other.gguf", "local", "other.gguf"),
    ],
)
def test_a_name_may_bring_another_model(tmp_path: Path, name: str, kind: str, model: str) -> None:
    provider = load(tmp_path, TWO).provider(name)

    assert (provider.kind, provider.model) == (kind, model)


def test_another_model_keeps_the_name_of_the_table(tmp_path: Path) -> None:
    assert load(tmp_path, TWO).provider("lab/org/large").name == "lab"


def test_fallbacks_come_in_the_order_they_are_asked(tmp_path: Path) -> None:
    found = load(tmp_path, TWO).fallbacks()

    assert [(p.name, p.model) for p in found] == [("openai", "gpt-5-mini"), ("lab", "big")]


def test_the_cache_folder_is_relative_to_the_file(tmp_path: Path) -> None:
    config = load(tmp_path, '[cache]\ndir = ".dateline/cache"\n')

    assert config.cache_dir == tmp_path / ".dateline" / "cache"


def test_the_environment_overrides_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_PROVIDER", "lab")
    monkeypatch.setenv("DATELINE_CACHE_DIR", "/elsewhere")
    monkeypatch.setenv("DATELINE_LIMITS__MAX_USD", "2.5")
    monkeypatch.setenv("DATELINE_PROVIDERS__LAB__TIMEOUT_S", "7")
    monkeypatch.setenv("DATELINE_PROVIDERS__LAB__FALLBACK", "openai/x,local")
    monkeypatch.setenv("DATELINE_PROVIDERS__LAB__EXTRA_BODY", "{top_k = 5}")
    monkeypatch.setenv("DATELINE_PROVIDERS__OPENAI__FALLBACK", "[]")

    config = load(tmp_path, TWO)

    lab = config.provider()
    assert (lab.name, lab.timeout_s, lab.fallback) == ("lab", 7.0, ("openai/x", "local"))
    assert lab.extra_body == {"top_k": 5}
    assert config.provider("openai").fallback == ()
    assert config.cache_dir == Path("/elsewhere")
    assert config.limits.max_usd == 2.5


def test_the_environment_can_name_a_table_with_a_dash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_PROVIDERS__MY_LAB__MODEL", "other")

    config = load(tmp_path, '[providers.my-lab]\nkind = "scripted"\n')

    assert config.provider("my-lab").model == "other"


def test_the_environment_can_add_a_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_PROVIDERS__LAB__KIND", "openai-compatible")
    monkeypatch.setenv("DATELINE_PROVIDERS__LAB__BASE_URL", "http://localhost:1/v1")
    monkeypatch.setenv("DATELINE_PROVIDERS__LAB__MODEL", "123")

    assert load_config().provider("lab").model == "123"


def test_other_variables_of_that_prefix_are_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ARTICLES", "/somewhere")
    monkeypatch.setenv("DATELINE_PROVIDERS__LAB__KIND", "")

    assert load_config().providers == {}


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("DATELINE_PROVIDERS__LAB__TIMEOT_S", "1", 'Did you mean "timeout_s"?'),
        ("DATELINE_PROVIDERS__LAB__TIMEOUT_S", "soon", "wrong value"),
        ("DATELINE_PROVIDERS__LAB__API_KEY", "sk-abc", "api_key_env names"),
        ("DATELINE_CASH__DIR", "x", "names no setting"),
        ("DATELINE_CACHE__DIRR", "x", 'Did you mean "dir"?'),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, says: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(ConfigError) as caught:
        load_config()

    assert str(caught.value).startswith(variable)
    assert says in str(caught.value)
    assert "sk-abc" not in str(caught.value)


LAB = '[providers.lab]\nkind = "openai-compatible"\nbase_url = "http://h/v1"\nmodel = "m"\n'


@pytest.mark.parametrize(
    ("text", "where", "says"),
    [
        ("a = \n", ":1:5:", "not valid TOML"),
        ('a = "x"\na = "y"\n', ":2", "not valid TOML"),
        ('[providers.openai\nmodel = "x"', ":1:18:", "not valid TOML"),
        ("[cash]\nx = 1\n", ":1: cash:", 'unknown key. Did you mean "cache"?'),
        (LAB + 'modle = "x"\n', ":5: providers.lab.modle:", 'Did you mean "mode"?'),
        (LAB + "timeout = 3\n", ":5: providers.lab.timeout:", "Write timeout_s"),
        (LAB + 'timeout_s = "3"\n', ":5: providers.lab.timeout_s:", "wrong type"),
        (LAB + "attempts = 0\n", ":5: providers.lab.attempts:", "greater than or equal to 1"),
        (LAB + 'mode = "xml"\n', ":5: providers.lab.mode:", "'json_schema', 'tools'"),
        (LAB + 'fallback = "x"\n', ":5: providers.lab.fallback:", "wrong type"),
        (LAB + 'fallback = ["x"]\n', ":5: providers.lab.fallback[0]:", "no provider 'x'"),
        (LAB + 'fallback = ["lab"]\n', ":5: providers.lab.fallback:", "lab > lab"),
        (LAB + 'api_key = "sk-abc"\n', ":5: providers.lab.api_key:", "api_key_env ="),
        (LAB + 'api_key_env = "sk-abc"\n', ":5: providers.lab.api_key_env:", "not its value"),
        (LAB + 'headers = {Authorization = "Bearer sk-abc"}\n', ".headers:", "env:NAME"),
        (LAB + "extra_body = {day = 2025-01-01}\n", ".extra_body:", "as JSON"),
        ('[providers.x]\nmodel = "m"\n', ":1: providers.x.kind:", "missing"),
        ('[providers.x]\nkind = "opnai"\n', ":2: providers.x.kind:", 'Did you mean "openai"?'),
        ('[providers.x]\nkind = "openai-compatible"\n', ":1: providers.x:", "needs a base_url"),
        ('[providers]\nx = "y"\n', ":2: providers.x:", "wrong type"),
        ('[providers."a/b"]\nkind = "scripted"\n', ': providers."a/b":', "slash"),
        ('default_provider = "opnai"\n', ":1: default_provider:", 'Did you mean "openai"?'),
        ('[cache]\nenabled = "yes"\n', ":2: cache.enabled:", "wrong type"),
        ("[limits]\nmax_usd = -1\n", ":2: limits.max_usd:", "greater than 0"),
    ],
)
def test_a_mistake_names_file_line_key_and_remedy(
    tmp_path: Path, text: str, where: str, says: str
) -> None:
    message = mistake(tmp_path, text)

    assert message.startswith(str(tmp_path / "dateline.toml"))
    assert where in message
    assert says in message
    assert "sk-abc" not in message


def test_a_base_url_may_be_pasted_with_blanks_around_it(tmp_path: Path) -> None:
    path = tmp_path / "dateline.toml"
    path.write_text(LAB.replace("http://h/v1", " http://h/v1\\n"), "utf-8")

    assert load_config(path).provider("lab").base_url == "http://h/v1"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("localhost:8000/v1", "must start with http"),
        ("ftp://host/v1", "must start with http"),
        ("http://", "no host"),
        ("http://host:port/v1", "not a URL"),
        ("http://[::1/v1", "not a URL"),
        ("http://me:sk-abc@host/v1", "credentials"),
        ("http://host/v1?key=sk-abc", "query"),
        ("http://host/v 1", "spaces"),
        ("http://host/\\u0007v1", "control characters"),
    ],
)
def test_a_bad_base_url_is_explained(tmp_path: Path, url: str, says: str) -> None:
    message = mistake(tmp_path, LAB.replace("http://h/v1", url))

    assert ":3: providers.lab.base_url:" in message
    assert says in message
    assert ". Write something like" in message or ". Take them out" in message
    assert "sk-abc" not in message


def test_several_mistakes_are_counted(tmp_path: Path) -> None:
    message = mistake(tmp_path, LAB + "attempts = 0\nseed = 1.5\n")

    assert "1 more problem after this one" in message


def test_a_circle_of_fallbacks_is_shown(tmp_path: Path) -> None:
    text = "".join(
        f'[providers.{name}]\nkind = "scripted"\nfallback = ["{after}"]\n'
        for name, after in (("a", "b"), ("b", "c/other"), ("c", "a"))
    )

    assert "a > b > c > a" in mistake(tmp_path, text)


def test_a_file_that_is_not_utf8_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "dateline.toml"
    file.write_bytes(b'default_provider = "\xff"\n')

    with pytest.raises(ConfigError, match=r"not UTF-8 \(byte 20\)"):
        load_config(file)


def test_an_unknown_provider_lists_those_there_are(tmp_path: Path) -> None:
    config = load(tmp_path, TWO)

    with pytest.raises(ConfigError) as caught:
        config.provider("quux")

    assert {"anthropic", "lab", "local", "openai"} <= set(
        str(caught.value).replace(",", "").split()
    )
    assert "[providers.quux]" in str(caught.value)


def test_a_missing_key_names_file_setting_and_variable(tmp_path: Path) -> None:
    provider = load(tmp_path, TWO + 'api_key_env = "LAB_KEY"\n').provider("lab")

    with pytest.raises(ConfigError) as caught:
        provider.api_key()

    message = str(caught.value)
    assert f"{tmp_path / 'dateline.toml'}:13: providers.lab.api_key_env" in message
    assert "LAB_KEY is not set" in message
    assert "export LAB_KEY=" in message


def test_a_key_with_characters_that_cannot_be_sent_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "“sk-abc”")

    with pytest.raises(ConfigError) as caught:
        load(tmp_path, TWO).provider("openai").api_key()

    assert "OPENAI_API_KEY" in str(caught.value)
    assert "sk-abc" not in str(caught.value)


def test_a_server_without_a_named_variable_needs_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-openai")

    assert load(tmp_path, TWO).provider("lab").api_key() is None


def test_headers_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    provider = load(tmp_path, LAB + 'headers = {X-Api-Key = "env:K", X-Team = "a"}\n').provider(
        "lab"
    )
    with pytest.raises(ConfigError, match="variable K is not set"):
        provider.header_values()
    monkeypatch.setenv("K", "sk-abc")

    assert provider.header_values() == {"X-Api-Key": "sk-abc", "X-Team": "a"}
    assert "sk-abc" not in repr(provider)
