import os
from pathlib import Path

import pytest
from msgspec.structs import fields

from indexer.settings import DEFAULT_FILE, SECTIONS, Settings, SettingsError, load_settings

SHIPPED = Path(__file__).parents[2] / DEFAULT_FILE


def written(folder: Path, text: str) -> Path:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_setting_stands_in_the_shipped_file_with_its_default() -> None:
    settings = load_settings(SHIPPED, {})
    defaults = load_settings(None, {})
    for name, section in SECTIONS.items():
        for field in fields(section):
            value, default = getattr(getattr(settings, name), field.name), getattr(section(), field.name)
            shown = SHIPPED.read_text(encoding="utf-8")
            assert f"\n{field.name} = " in shown, f"{name}.{field.name} is missing from {DEFAULT_FILE}"
            if f"{name}.{field.name}" == "corpus.paths":
                assert value == tuple(SHIPPED.parent / path for path in default)
            elif f"{name}.{field.name}" in {"index.path", "corpus.spool"}:
                assert value == SHIPPED.parent / default
            else:
                assert value == default
    assert isinstance(defaults, Settings)


def test_every_setting_has_a_comment_above_it() -> None:
    above = ""
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        if " = " in line and not line.startswith("#"):
            assert above.startswith("#") or " = " in above, line
        above = line


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(None, {})
    assert settings.corpus.paths == (tmp_path / "seeds",)
    assert settings.index.path == tmp_path / "var" / "index"
    assert (settings.web.host, settings.web.port, settings.web.token) == ("127.0.0.1", 8000, "")


def test_the_file_of_the_working_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "[web]\nport = 9000\n")
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, {}).web.port == 9000


def test_relative_paths_start_at_the_files_folder(tmp_path: Path) -> None:
    file = written(tmp_path, '[corpus]\npaths = ["news", "../archive", "/srv/news"]\n[index]\npath = "idx"\n')
    settings = load_settings(file, {})
    assert settings.corpus.paths == (tmp_path / "news", tmp_path.parent / "archive", Path("/srv/news"))
    assert settings.index.path == tmp_path / "idx"
    assert settings.base == tmp_path


@pytest.mark.parametrize(
    ("variable", "value", "expected"),
    [
        ("RASAD_WEB__PORT", "9001", 9001),
        ("RASAD_WEB__HOST", "0.0.0.0", "0.0.0.0"),  # noqa: S104
        ("RASAD_WEB__TOKEN", "123", "123"),
        ("RASAD_WEB__TOKEN", "true", "true"),
        ("RASAD_SEARCH__K1", "0.9", 0.9),
        ("RASAD_SEARCH__K1", "2", 2.0),
        ("RASAD_SEARCH__RELATED", "false", False),
        ("RASAD_INDEX__PATH", "/srv/index", Path("/srv/index")),
        ("RASAD_CORPUS__PATHS", "/a,/b", (Path("/a"), Path("/b"))),
        ("RASAD_CORPUS__PATHS", f"/a{os.pathsep}/b", (Path("/a"), Path("/b"))),
        ("RASAD_CORPUS__PATHS", '["/a b", "/c,d"]', (Path("/a b"), Path("/c,d"))),
        ("RASAD_CORPUS__EXCLUDE", "", ()),
    ],
)
def test_the_environment_overrides_the_file(
    tmp_path: Path, variable: str, value: str, expected: object
) -> None:
    section, key = variable.removeprefix("RASAD_").lower().split("__")
    settings = load_settings(written(tmp_path, "[web]\nport = 9000\n"), {variable: value})
    assert getattr(getattr(settings, section), key) == expected


def test_a_relative_path_of_the_environment_starts_at_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "conf").mkdir()
    monkeypatch.chdir(tmp_path)
    settings = load_settings(written(tmp_path / "conf", ""), {"RASAD_INDEX__PATH": "here"})
    assert settings.index.path == tmp_path / "here"
    assert settings.corpus.paths == (tmp_path / "conf" / "seeds",)


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("[web]\nhost = '::1'\nprot = 1\n", "'web.prot'", 3),
        ("# port\n\n[wep]\nport = 1\n", "'wep'", 3),
        ("[web]\nport = '80'\n", "'web.port'", 2),
        ("[web]\nport = 70000\n", "'web.port'", 2),
        ("[web]\ntoken = 5\n", "'web.token'", 2),
        ("[search]\nk1 = 'high'\n", "'search.k1'", 2),
        ("[search]\nrelated = 1\n", "'search.related'", 2),
        ("[index]\nengine = 'lucene'\n", "'index.engine'", 2),
        ("[corpus]\npaths = 'seeds'\n", "'corpus.paths'", 2),
        ("[corpus]\npaths = [\n  'a',\n  5,\n]\n", "'corpus.paths'", 2),
        ("[index]\npath = ''\n", "'index.path'", 2),
        ("web = 5\n", "'web'", 1),
        ("port = 5\n", "'port'", 1),
        ("web.prot = 5\n", "'web.prot'", 1),
        ("web = { host = 'a', prot = 5 }\n", "'web.prot'", 1),
        ("[index]\nport = 1\n[web]\nport = 2\n", "'index.port'", 2),
        ("[web]\nhost = 'a'\n[index]\nhost = 'b'\n", "'index.host'", 4),
        ("base = '/x'\n", "'base'", 1),
    ],
)
def test_what_is_unknown_or_wrong_is_named_with_file_and_line(
    tmp_path: Path, text: str, key: str, line: int
) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(file, {})
    assert str(caught.value).startswith(f"{file}, line {line}: ")
    assert key in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("RASAD_WEB__PROT", "1"),
        ("RASAD_WEP__PORT", "1"),
        ("RASAD_WEB__PORT", "eighty"),
        ("RASAD_SEARCH__RELATED", "perhaps"),
        ("RASAD_CORPUS__PATHS", "[1, 2]"),
    ],
)
def test_a_wrong_environment_variable_is_named(tmp_path: Path, variable: str, value: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        load_settings(written(tmp_path, ""), {variable: value})


def test_other_variables_are_left_alone(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, ""), {"RASAD_HOME": "x", "PATH": "y"}).web.port == 8000


def test_broken_toml_names_the_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"config\.toml is not valid TOML: .*line 2"):
        load_settings(written(tmp_path, "[web]\nport = \n"), {})


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"absent\.toml"):
        load_settings(tmp_path / "absent.toml", {})
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"[web]\nhost = '\xff'\n")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load_settings(binary, {})
