"""One encoder, many heads: what a sentence says, in probabilities. It knows language and no politics.

`open_encoder` gives an `Encoder`; `Encoder.read` answers the open question for sentences (which words
name, act, report, happen), `Encoder.judge` the pointed one (what is it between these marked words).
"""

from whowhom.encoder.reading import Judgement, Question, Reading
from whowhom.encoder.session import Encoder, available, open_encoder

__all__ = ["Encoder", "Judgement", "Question", "Reading", "available", "open_encoder"]
