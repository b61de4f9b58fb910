"""The list of mutations. Each is handed a random generator and a source, and gives words and files (name → bytes); None
where it has nothing to change in this source."""

ALL = ("published", "whole", "partial")
MUTATIONS = []  # (name, kinds, maker)


def mutation(*kinds, weight=1):
    """`weight`: how many of them it stands for, where it draws from a list of its own."""
    def add(make):
        MUTATIONS.extend([(make.__name__.replace("_", " "), kinds or ALL, make)] * weight)
        return make
    return add


# Bytes that say nothing of the log, and why a verifier may read them or not.
IRRELEVANT = [
    (r"(^|/)(index|verify|READ-ME)\.html$|(^|/)verify\.sh$|(^|/)rulebooks/", "pages for people: nothing is concluded from them (annex G)"),
    (r"^timestamps/", "what a time stamp is worth is asked of a time-stamping authority's certificate, not of the log"),
]


def turned(rng, raw, at=None):
    """One bit of one byte turned."""
    at = rng.randrange(len(raw)) if at is None else at
    return raw[:at] + bytes([raw[at] ^ 1 << rng.randrange(8)]) + raw[at + 1:]
