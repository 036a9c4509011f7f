"""Several files make one model."""

from pathlib import Path

import pytest

from riskmap.errors import ModelError
from riskmap.loading import load_model

HEAD = "riskmap: 1\norganisation: Example Ltd\n"
BODY = "functions: {orders: {needs: [shop]}}\n"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "model.yaml"


def test_sections_of_all_files_come_together(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        model=HEAD + "include: [parts/a.yaml, parts/b.yaml]\n" + BODY,
        parts__a="services:\n  shop: {provider: acme}\n",
        parts__b="include: c.yaml\nproviders:\n  acme:\n",
        parts__c="services:\n  till: {provider: acme}\n",
    )
    model = load_model(path)
    assert model.ids() == ("acme", "orders", "shop", "till")
    names = [Path(name).relative_to(tmp_path).as_posix() for name, _ in model.files]
    assert names == ["model.yaml", "parts/a.yaml", "parts/b.yaml", "parts/c.yaml"]
    where = model.entry("till").where
    assert where is not None
    assert where.file == str(tmp_path / "parts" / "c.yaml")


def test_the_file_that_includes_has_the_last_word(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        model=HEAD + "currency: EUR\ninclude: [a.yaml, b.yaml]\n" + BODY + "services: {shop: }\n",
        a="organisation: Another\ncurrency: USD\njurisdiction: NO\nas_of: 2012-05-14\n",
        b="jurisdiction: DE\n",
    )
    model = load_model(path)
    assert (model.organisation, model.currency) == ("Example Ltd", "EUR")
    assert model.jurisdiction == "NO"
    assert str(model.as_of) == "2012-05-14"


def test_each_file_is_read_once_however_often_it_is_included(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        model=HEAD + "include: [a.yaml, ./a.yaml, sub/../b.yaml, model.yaml]\n" + BODY,
        a="include: b.yaml\nservices: {shop: }\n",
        b="include: [a.yaml, model.yaml]\n",
        sub__x="",
    )
    assert [Path(name).name for name, _ in load_model(path).files] == [
        "model.yaml",
        "a.yaml",
        "b.yaml",
    ]


def test_names_are_written_as_a_user_would_type_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(
        tmp_path,
        models__model=HEAD + "include: ../shared/a.yaml\n" + BODY,
        shared__a="services: {shop: {owner: 5}}\n",
    )
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError) as caught:
        load_model("models/model.yaml")
    assert [str(p.location) for p in caught.value.problems] == ["shared/a.yaml:1:26"]
    monkeypatch.chdir(tmp_path / "models")
    with pytest.raises(ModelError) as caught:
        load_model("model.yaml")
    assert [str(p.location) for p in caught.value.problems] == ["../shared/a.yaml:1:26"]


def test_a_link_is_followed_where_it_stands(tmp_path: Path) -> None:
    path = write(tmp_path, real__more="services: {shop: }\n", links__x="", model="")
    (tmp_path / "links" / "folder").symlink_to(tmp_path / "real")
    path.write_text(HEAD + "include: links/folder/more.yaml\n" + BODY, encoding="utf-8")
    assert "shop" in load_model(path)


def test_digest_depends_on_every_file_and_on_no_name(tmp_path: Path) -> None:
    for folder, part in (("a", "shop: "), ("b", "shop: "), ("c", "shop: {owner: Sales}")):
        write(
            tmp_path / folder,
            model=HEAD + "include: more.yaml\n" + BODY,
            more=f"services: {{{part}}}\n",
        )
    digests = [load_model(tmp_path / name / "model.yaml").digest for name in "abc"]
    assert digests[0] == digests[1] != digests[2]
