"""What the `packaging` library says about the texts in the JSON on stdin; `null` where it refuses one."""

import base64
import importlib.metadata
import json
import sys

from packaging.licenses import canonicalize_license_expression
from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name, canonicalize_version, parse_sdist_filename, parse_wheel_filename
from packaging.version import Version


def version(text):
    found = Version(text)
    return [str(found), canonicalize_version(text), found.is_prerelease, found.local is not None]


def order(pair):
    a, b = map(Version, pair)
    return (a > b) - (a < b)


def requirement(text):
    found = Requirement(text)
    specifiers = sorted(str(specifier) for specifier in set(found.specifier))
    return [found.name, sorted(found.extras), specifiers, found.url, found.marker is not None]


def wheel(filename):
    name, version, build, tags = parse_wheel_filename(filename)
    return [name, str(version), str(build), sorted(map(str, tags))]


def sdist(filename):
    name, version = parse_sdist_filename(filename)
    return [name, str(version)]


def installed(_):
    """The metadata of every distribution in this environment: real files, from whatever build tools made them."""
    files = (found.read_text("METADATA") for found in importlib.metadata.distributions())
    return [base64.b64encode(text.encode()).decode() for text in files if text]


ORACLES = {
    "names": lambda text: canonicalize_name(text, validate=True),
    "versions": version,
    "order": order,
    "specifiers": lambda text: len(SpecifierSet(text)) >= 0,
    "requirements": requirement,
    "licences": canonicalize_license_expression,
    "wheels": wheel,
    "sdists": sdist,
    "metadata": lambda text: Metadata.from_email(text.encode()) is not None,
    "installed": installed,
}


def answer(oracle, text):
    try:
        return oracle(text)
    except Exception:
        return None


oracle = ORACLES[sys.argv[1]]
json.dump([answer(oracle, text) for text in json.load(sys.stdin)], sys.stdout)
