"""``torget-verify``: checks an export from Torget on a machine without Torget.

It needs Python 3.12 or later and the package ``cryptography``, and reaches no network.
"""

import argparse
import json
import sys
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NoReturn

from torget.verifier.examine import Finding, Report, examine
from torget.verifier.tree import Refused

HELP = """användning: torget-verify EXPORT [--checkpoint FIL] [--public-key FIL]
                     [--tsa-roots FIL] [--json]

Prövar en export ur Torget (ZIP-fil eller uppackad mapp): att varje version, dess bilagor och
dess rader i journalen är som kommunen undertecknade dem.

  --checkpoint FIL   en kontrollpunkt som kommunen har publicerat tidigare (/bevis/ på dess
                     webbplats): visar om journalen har skrivits om sedan dess. Får upprepas.
  --public-key FIL   kommunens publika nyckel, hämtad på annat håll än ur exporten
  --tsa-roots FIL    rotcertifikat (PEM) för tidsstämplar, hämtade på annat håll än ur exporten
  --json             skriv svaret som JSON

Svarar 0 om allt är bevisat, 1 om något inte är det, 2 om kommandot är fel skrivet.
"""
_LARGEST = 2_000_000_000  # bytes, unpacked: an export of one record is far smaller
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


class _Parser(argparse.ArgumentParser):
    def format_help(self) -> str:
        return HELP

    def error(self, message: str) -> NoReturn:
        del message  # it is in English, and the help says it all
        self.exit(2, HELP)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one export and tell what is proved. Return 0 if all is, else 1."""
    parser = _Parser(prog="torget-verify")
    parser.add_argument("export", type=Path)
    parser.add_argument("--checkpoint", type=Path, action="append", default=[])
    parser.add_argument("--public-key", type=Path)
    parser.add_argument("--tsa-roots", type=Path)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    try:
        report = examine(
            load(chosen.export),
            keys=chosen.public_key.read_text("utf-8") if chosen.public_key else "",
            earlier={str(path): path.read_bytes() for path in chosen.checkpoint},
            roots=chosen.tsa_roots.read_bytes() if chosen.tsa_roots else b"",
        )
    except Refused as error:
        report = Report(faults=[Finding("Exporten", str(error))])
    except (OSError, UnicodeDecodeError) as error:
        name = getattr(error, "filename", None) or "en av filerna"
        report = Report(faults=[Finding(str(name), "går inte att läsa")])
    sys.stdout.write(_as_json(report) if chosen.json else _as_text(report))
    return int(bool(report.faults))


def load(path: Path) -> dict[str, bytes]:
    """Return the files of an export, by name.

    Raises:
        Refused: it cannot be read, or not in one way only.
    """
    if path.is_dir():
        found = [each for each in sorted(path.rglob("*")) if each.is_file()]
        named = {each.relative_to(path).as_posix(): each for each in found}
        _refuse_large(each.stat().st_size for each in found)
        return {name: each.read_bytes() for name, each in named.items() if name[0] != "."}
    try:
        with zipfile.ZipFile(path) as packed:
            members = [each for each in packed.infolist() if not each.is_dir()]
            if len({each.filename for each in members}) != len(members):
                raise Refused("innehåller två filer med samma namn")
            _refuse_large(each.file_size for each in members)
            return {each.filename: packed.read(each) for each in members}
    except _DAMAGED as error:
        raise Refused("går inte att öppna: filen saknas eller är skadad") from error


def _refuse_large(sizes: Iterable[int]) -> None:
    if sum(sizes) > _LARGEST:
        raise Refused("är större än någon export av en handling")


def _as_json(report: Report) -> str:
    told = {
        "proved": not report.faults,
        "faults": [finding._asdict() for finding in report.faults],
        "proofs": [finding._asdict() for finding in report.proved],
        "remarks": [finding._asdict() for finding in report.remarks],
    }
    return json.dumps(told, indent=1) + "\n"


def _as_text(report: Report) -> str:
    parts = [("Bevisat", report.proved), ("Att veta", report.remarks), ("FEL", report.faults)]
    rows = [f"{mark}: {_plain(row)}" for mark, found in parts for row in found]
    end = f"{len(report.faults)} fel." if report.faults else "Allt i exporten är bevisat."
    return "\n".join([*rows, end, ""])


def _plain(row: Finding) -> str:
    """Return a finding without anything that could steer the terminal or turn the text around."""
    told = f"{row.object}: {row.explanation}"
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in told
    )


if __name__ == "__main__":
    sys.exit(main())
