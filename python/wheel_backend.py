"""Packs the package for pip (PEP 517 and 660) with nothing but the standard library, so that it can be installed offline."""

import base64
import hashlib
import re
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAME = "neuromcu"
WHEEL = "Wheel-Version: 1.0\nGenerator: neuromcu\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def _project(field):
    return re.search(rf'^{field} = "(.+)"$', (HERE / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE).group(1)


def _metadata():
    return "\n".join(["Metadata-Version: 2.1", f"Name: {NAME}", f"Version: {_project('version')}", f"Summary: {_project('description')}",
                      "License: MIT", f"Requires-Python: {_project('requires-python')}", "Requires-Dist: numpy",
                      "Description-Content-Type: text/markdown", "", (HERE / "README.md").read_text(encoding="utf-8")])


def _wheel(folder, files):
    info = f"{NAME}-{_project('version')}.dist-info"
    name = f"{NAME}-{_project('version')}-py3-none-any.whl"
    files = {**files, f"{info}/METADATA": _metadata().encode(), f"{info}/WHEEL": WHEEL.encode()}
    record = []
    with zipfile.ZipFile(Path(folder) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in sorted(files.items()):
            wheel.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record.append(f"{path},sha256={digest},{len(content)}")
        wheel.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,"]) + "\n")
    return name


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Packs the package."""
    sources = [p for p in (HERE / NAME).iterdir() if p.suffix == ".py" or p.name == "py.typed"]
    return _wheel(wheel_directory, {f"{NAME}/{p.name}": p.read_bytes() for p in sources})


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    """Packs a pointer to the package, for pip install --editable."""
    return _wheel(wheel_directory, {f"{NAME}.pth": str(HERE).encode() + b"\n"})


def build_sdist(sdist_directory, config_settings=None):
    """Packs the sources."""
    root = f"{NAME}-{_project('version')}"
    with tarfile.open(Path(sdist_directory) / f"{root}.tar.gz", "w:gz") as archive:
        for path in [HERE / "pyproject.toml", HERE / "README.md", HERE / "wheel_backend.py", *sorted((HERE / NAME).glob("*.py")),
                     HERE / NAME / "py.typed"]:
            archive.add(path, f"{root}/{path.relative_to(HERE)}")
    return f"{root}.tar.gz"
