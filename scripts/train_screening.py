"""Make src/torget/screening/words/model.json from labelled JSON Lines.

Needs scikit-learn, which Torget itself does not: run it in an environment of its own,
``python scripts/train_screening.py OUT [PART]``. The seed is our own writing (CC0). A letter listed
as ``maybe`` is left out for that text. Files with PART in the name are left out: leave one voice
out (``_3``) to get an honest figure.
"""

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

import numpy as np  # noqa: E402
from scipy.sparse import csr_matrix  # noqa: E402
from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402
from sklearn.linear_model import LogisticRegression  # noqa: E402

from torget.screening.model import pieces  # noqa: E402
from torget.screening.sentences import read  # noqa: E402

LETTERS = "abcdegh"
FLOORS = {"a": 0.5, "b": 0.45, "c": 0.45, "d": 0.45, "e": 0.4, "g": 0.5, "h": 0.6}
KEPT = 12_000
UNIT = 0.02


def records(without: str) -> list[dict[str, Any]]:
    """Return the seed, but for files whose name holds ``without``."""
    paths = sorted((ROOT / "scripts" / "screening_seed").glob("*.jsonl"))
    return [
        json.loads(line) | {"draft": path.name.startswith("drafts")}
        for path in paths
        if not without or without not in path.name
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def cut(text: str) -> list[str]:
    """Return the pieces of a text, as the running model cuts it."""
    reading = read(text)
    return list(pieces(reading, 0, len(reading.view.text)))


def main(out: str, without: str = "") -> None:
    """Train twice: once to choose the pieces that matter, once on those alone."""
    rows = records(without)
    texts = [cut(row["text"]) for row in rows]
    vectors = TfidfVectorizer(analyzer=lambda x: x, min_df=2, sublinear_tf=True)
    table = vectors.fit_transform(texts)
    matter = np.max(np.abs(np.array([m.coef_[0] for m in fit(table, rows)])), axis=0)
    names = vectors.get_feature_names_out()
    chosen = sorted(names[i] for i in np.argsort(-matter)[:KEPT])
    vectors = TfidfVectorizer(analyzer=lambda x: x, vocabulary=chosen, sublinear_tf=True)
    models = fit(vectors.fit_transform(texts), rows)
    weights = np.array([m.coef_[0] for m in models])
    data = {
        "letters": list(LETTERS),
        "bias": [round(float(m.intercept_[0]), 4) for m in models],
        "floor": [FLOORS[letter] for letter in LETTERS],
        "unit": UNIT,
        "pieces": {
            piece: [
                round(float(vectors.idf_[i]) * 100),
                *(int(w) for w in np.rint(weights[:, i] / UNIT)),
            ]
            for i, piece in enumerate(chosen)
        },
    }
    Path(out).write_text(
        json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


def fit(table: csr_matrix, rows: list[dict[str, Any]]) -> list[LogisticRegression]:
    """Return one model a letter. Drafts only teach what is secret."""
    models = []
    for letter in LETTERS:
        keep = [
            i
            for i, row in enumerate(rows)
            if letter not in row["maybe"] and (letter == "h" or not row["draft"])
        ]
        right = [letter in rows[i]["labels"] for i in keep]
        models.append(
            LogisticRegression(C=10, class_weight="balanced", max_iter=2000).fit(table[keep], right)
        )
    return models


if __name__ == "__main__":
    main(*sys.argv[1:])
