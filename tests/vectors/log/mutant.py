"""The list of altered golden logs, and what every alteration is made with. An altered log without
log.txt is another log than the golden one, so nothing beside it is looked at."""

MUTANTS = []  # (name, claim that fails first, maker)


def mutant(claim):
    def add(make):
        name = make.__name__.replace("_", " ")
        MUTANTS.append((name, claim, make))
        return make
    return add


def entry_file(index):
    return f"entries/{index:02}.json"


def entries_of(files):
    return [files[name] for name in sorted(files) if name.startswith("entries/")]


def with_entries(files, entries):
    rest = {name: raw for name, raw in files.items() if not name.startswith("entries/")}
    rest.update({entry_file(index): raw for index, raw in enumerate(entries)})
    return rest


def replaced(files, name, old, new, count=1):
    assert old in files[name], (name, old)
    return {**files, name: files[name].replace(old, new, count)}
