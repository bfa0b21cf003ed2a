"""Generate banks of realistic questions, the same ones for the same arguments."""

from __future__ import annotations

import random
from pathlib import Path

_sentence_words = (
    "gradient activation layer weight bias logit softmax loss entropy batch normalisation momentum learning rate sample"
    " variance expectation kernel attention token embedding residual dropout regularisation likelihood posterior prior"
    " convolution pooling stride channel recurrent gate memory optimiser curvature Hessian Jacobian eigenvalue rank"
    " overfitting validation split leakage precision recall threshold calibration imbalance cluster tree boosting"
    " bagging is are becomes vanishes grows shrinks depends on because when although the a an of to with"
    " without for each every"
)
_words = _sentence_words.split()
_tags = ("relu", "gradients", "optimisation", "probability", "trees", "metrics", "attention", "regularisation")
_companies = ("Google", "Meta", "Amazon", "OpenAI", "NVIDIA", "Spotify")


def generate_bank(folder: Path, files: int, per_file: int, seed: int = 0) -> None:
    """Write `files` files of `per_file` questions of about 1.5 KB into topic folders of fifty files each."""
    random_words = random.Random(seed)
    for number in range(files):
        path = folder / f"topic-{number // 50:03}" / f"questions-{number % 50:02}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = [_entry(random_words, number, position, files, per_file) for position in range(per_file)]
        path.write_text("questions:\n" + "\n".join(entries), encoding="utf-8")


def question_id(file: int, position: int) -> str:
    """Return the id of a generated question."""
    return f"question-{file:04}-{position:03}"


def _entry(words: random.Random, file: int, position: int, files: int, per_file: int) -> str:
    link = question_id(words.randrange(files), words.randrange(per_file))
    own = question_id(file, position)
    see_also = f"    see_also: [{link}]\n" if link != own else ""
    return f"""\
  - id: {own}
    question: {_sentence(words, 9)}?
    difficulty: {words.choice(("easy", "medium", "hard"))}
    minutes: {words.randrange(2, 15)}
    companies: [{", ".join(words.sample(_companies, 2))}]
    tags: [{", ".join(words.sample(_tags, 2))}]
    simple_answer: >
      {_sentence(words, 14)}.
      {_sentence(words, 12)}.
    technical_answer: |
      {_sentence(words, 12)}: $\\nabla L = p - y$.

      | quantity | value |
      |---|---|
      | {_sentence(words, 3)} | $\\sigma(x)$ |

      {_sentence(words, 13)}.
    analogy: {_sentence(words, 11)}.
    mistakes:
      - claim: {_sentence(words, 8)}.
        correction: {_sentence(words, 10)}.
    key_points:
      - {_sentence(words, 7)}
      - {_sentence(words, 7)}
      - {_sentence(words, 7)}
    follow_ups:
      - question: {_sentence(words, 6)}?
        answer: {_sentence(words, 10)}.
{see_also}"""


def _sentence(words: random.Random, length: int) -> str:
    return " ".join(words.choices(_words, k=length)).capitalize()
