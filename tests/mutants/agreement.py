"""When verifiers agree: for each two of them, about the claims that both prove of the intact source, either both find
something that failed, or neither does; and that one could not look never stands beside another's "good"."""

import itertools
import re

from verifiers import FAILED, GOOD, INCOMPLETE

# Of a bundle that is not whole these are "not checked" for what is missing between, and failed for what contradicts
# itself (annex G), by each verifier.
IN_PART = {"partial": {"chain", "author_streams"}}

# Where one verifier may say "could not be checked" and another "good", and why.
EXCEPTIONS = [
    ("partial", r"an event (with|without) a member|an event with null|: 32 levels",
     "what decodes an event strictly knows of no key that one which is not of its form introduces; whoever reads only the "
     "members that it needs knows the key. In a whole log the claim invariants fails; a bundle leaves that open (annex G)"),
]


def proved(answers, kind):
    """What each verifier checks of the intact source: what it proves, and what it says that it checks in part."""
    return {name: answer.of("proved") | IN_PART.get(kind, set()) for name, answer in answers.items()}


def objection(answer, claims):
    return bool(answer.of("failed") & claims)


def disagreements(answers, proves, kind="", words=""):
    found = []
    excepted = any(kind == of and re.search(pattern, words) for of, pattern, _ in EXCEPTIONS)
    for name, answer in answers.items():
        if answer.outcome not in (GOOD, FAILED, INCOMPLETE):
            found.append(f"{name}: {answer.outcome}")
        if (answer.outcome == FAILED) != bool(answer.of("failed")):
            found.append(f"{name}: {answer.outcome}, and failed: {sorted(answer.of('failed'))}")
    for one, other in itertools.combinations(answers, 2):
        both = proves[one] & proves[other]
        a, b = answers[one], answers[other]
        if objection(a, both) != objection(b, both):
            found.append(f"{one}: {said(a, both)}; {other}: {said(b, both)}")
        elif {a.outcome, b.outcome} == {GOOD, INCOMPLETE} and not excepted:
            found.append(f"{one}: {a.outcome}; {other}: {b.outcome}")
    return found


def said(answer, claims):
    failed = sorted(answer.of("failed") & claims)
    beside = sorted(answer.of("failed") - claims)
    return f"{answer.outcome}, failed {failed}" + (f" (and {beside}, which the other does not check)" if beside else "")
