"""The built wheel, outside the checkout: complete, and it works on its own."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel without a network, from the backend that is installed."""
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", target, ROOT],
        check=True,
        capture_output=True,
        text=True,
    )
    (built,) = target.glob("*.whl")
    return built


def test_the_wheel_holds_what_ships_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {name for name in tops if not name.endswith(".dist-info")} == {"riskmap"}
    for part in ("fonts/OFL.txt", "templates/", "styles/"):
        assert any(f"riskmap/_data/reports/{part}" in name for name in names), part
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith("tests") or name.endswith(".pyc")]


def test_the_wheel_works_where_no_checkout_is(wheel, tmp_path):
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    model = tmp_path / "model.yaml"
    model.write_text(
        "riskmap: 1\norganisation: Test\nfunctions:\n  f: {needs: [s]}\nservices:\n  s: {}\n"
    )
    # The libraries come from this environment, riskmap only from the wheel: a base interpreter
    # knows neither the environment nor its editable install of the checkout.
    libraries = sysconfig.get_path("purelib")
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(site), libraries]),
        "SOURCE_DATE_EPOCH": "0",
    }
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info[0]}.{sys.version_info[1]}"
    command = [base, "-m", "riskmap"]
    for arguments in (["assess", model], ["schema"], ["report", model, "-o", tmp_path / "b.html"]):
        ran = subprocess.run(
            [*command, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
    where = subprocess.run(
        [base, "-c", "import riskmap; print(riskmap.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(site))
    assert (tmp_path / "b.html").read_text().count("Test") > 0
