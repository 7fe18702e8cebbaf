"""Remakes src/lib/data from the newest releases of the packages that the Python world keeps these lists in.

Run `python3 scripts/refresh-data.py` where pip can reach a package index, read the difference, commit it.
"""

import datetime
import importlib
import importlib.metadata
import json
import pathlib
import subprocess
import sys
import tempfile

SOURCES = ["trove-classifiers", "stdlib-list", "packaging"]
DATA = pathlib.Path(__file__).parent.parent / "src" / "lib" / "data"


def classifiers():
    trove = importlib.import_module("trove_classifiers")
    return {"classifiers": sorted(trove.classifiers), "deprecated": trove.deprecated_classifiers}


def stdlib_names():
    """Normalized, without the underscores around `__main__` and its like, submodules too: what PyPI refuses."""
    stdlib = importlib.import_module("stdlib_list")
    normalize = importlib.import_module("packaging.utils").canonicalize_name
    modules = {module for version in stdlib.short_versions for module in stdlib.stdlib_list(version)}
    return {"names": sorted({normalize(module.strip("-_.")) for module in modules})}


def spdx_exceptions():
    """The npm package of the licences' exceptions lags years behind."""
    spdx = importlib.import_module("packaging.licenses._spdx")
    return {"exceptions": sorted(exception["id"] for exception in spdx.EXCEPTIONS.values())}


def write(name, source, content):
    head = {"source": f"{source} {importlib.metadata.version(source)}", "date": datetime.date.today().isoformat()}
    text = json.dumps({**head, **content}, indent=1, ensure_ascii=False)
    (DATA / name).write_text(text + "\n", encoding="utf-8")


with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, *SOURCES], check=True)
    sys.path.insert(0, folder)
    write("trove-classifiers.json", "trove-classifiers", classifiers())
    write("stdlib-names.json", "stdlib-list", stdlib_names())
    write("spdx-exceptions.json", "packaging", spdx_exceptions())
