"""Golden logs told anew with something changed: every signature, link and checkpoint is good, so
only what is said can give them away."""

import signatures
import trees
from altered import Story, base64_of, canonical, note_of, thawed
from canonical import sha256
from mutant import mutant


def told(claim):
    """Decorates what changes the story. It becomes another log, without files beside it."""
    def add(prepare):
        def make(files, keys):
            story = Story(files, keys)
            prepare(story, keys)
            files = story.tell()
            story.after(files)
            return files
        make.__name__ = prepare.__name__
        mutant(claim)(make)
        return prepare
    return add


def at(index, change):
    """A hook that changes one thing and leaves all others."""
    return lambda here, thing: change(thing) if here == index else None


def author_of(story, index, name):
    story.told[index]["submission"]["author"] = {"key": story.keys.id(name)}


@told("author_streams")
def a_number_left_out(story, _):
    story.submission = at(5, lambda s: s["author"].update(sequence=1))


@told("author_streams")
def a_number_used_twice(story, _):
    story.submission = at(3, lambda s: s["author"].update(sequence=2))


@told("author_streams")
def another_submission_before(story, _):
    story.submission = at(3, lambda s: s["author"].update(previous="11" * 32))


@told("author_streams")
def a_first_submission_that_follows_something(story, _):
    story.submission = at(5, lambda s: s["author"].update(previous="11" * 32))


@told("author_streams")
def another_root_seen(story, _):
    story.submission = at(6, lambda s: s["seen"].update(root="11" * 32))


@told("author_streams")
def more_seen_than_there_was(story, _):
    story.submission = at(6, lambda s: s["seen"].update(size=7))


@told("author_streams")
def less_seen_than_before(story, _):
    root = sha256().hex()
    story.submission = at(10, lambda s: s.update(seen={"root": root, "size": 0}))


@told("author_streams")
def a_submission_voided_that_is_there(story, _):
    def change(submission):
        submission["author"]["voids"] = sha256(canonical(story.said[5])).hex()
    story.submission = at(8, change)


@told("author_streams")
def a_submission_voided_twice(story, _):
    def change(submission):
        submission["author"]["voids"] = story.said[8]["author"]["voids"]
    story.submission = at(9, change)


@told("author_streams")
def a_retirement_after_another_submission(story, _):
    story.submission = at(11, lambda s: s["events"][0]["data"].update(last_hash="11" * 32))


@told("author_streams")
def a_retirement_after_another_number(story, _):
    story.submission = at(11, lambda s: s["events"][0]["data"].update(last_sequence=0))


@told("author_streams")
def a_retirement_that_hides_a_stream(story, _):
    story.submission = at(11, lambda s: s["events"][0]["data"].update(last_hash="00" * 32,
                                                                      last_sequence=0))


@told("log")
def a_submission_for_another_log(story, _):
    story.submission = at(7, lambda s: s.update(log="11" * 32))


@told("log")
def the_origin_where_the_log_id_must_be(story, _):
    story.submission = at(7, lambda s: s.update(log="ledger.example/golden"))


@told("author_signatures")
def a_root_that_has_not_signed(story, keys):
    def change(entry):
        entry["signatures"] = [s for s in entry["signatures"] if s["key"] != keys.id("root-secas")]
    story.entry = at(0, change)


@told("author_signatures")
def a_key_id_that_is_not_the_hash_of_its_key(story, keys):
    def change(events):
        events[0]["data"]["public_key"] = base64_of(keys.spki["stranger"])
    story.events = at(2, change)


@told("author_signatures")
def a_key_of_small_order(story, keys):
    """Its holder can show a signature over anything: R is the neutral point, S is 0."""
    weak = signatures.ED25519 + b"\x01" + bytes(31)
    neutral = b"\x01" + bytes(63)
    key = sha256(weak).hex()

    def change(events):
        events[0]["data"].update(key=key, public_key=base64_of(weak))
        events[0]["subject"] = "key/" + key
    story.keep = lambda index: index != 5
    story.events = at(2, change)

    def sign(entry):
        entry["signatures"].append({"key": key, "signature": base64_of(neutral)})
        entry["signatures"].sort(key=lambda signature: signature["key"])
    story.entry = at(2, sign)


@told("author_signatures")
def a_submission_by_an_unknown_key(story, _):
    author_of(story, 5, "stranger")


@told("authority")
def a_run_by_somebody_without_the_role(story, _):
    author_of(story, 7, "tag-sec")
    story.keep = lambda index: index not in (8, 11)


@told("authority")
def a_role_from_one_root_alone(story, _):
    story.keep = lambda index: index not in (4,)


@told("authority")
def a_root_that_endorses_itself(story, _):
    author_of(story, 4, "root-dcc")


@told("authority")
def a_role_granted_by_no_root(story, _):
    author_of(story, 3, "dcc-rm")


@told("authority")
def a_second_genesis(story, _):
    first = thawed(story.told[0]["submission"]["events"][0])
    story.events = at(1, lambda events: events.append(first))


@told("chain")
def something_else_first(story, _):
    story.events = at(0, lambda events: events.insert(0, thawed(
        story.told[1]["submission"]["events"][0])))


@told("authority")
def a_retired_key_that_goes_on(story, _):
    heartbeat = {"data": {}, "occurred_at": "2019-11-04T09:13:00.000000Z",
                 "subject": "log/heartbeat", "type": "heartbeat", "version": 1}
    story.more = [("harness", [heartbeat])]


@told("time_order")
def a_time_that_goes_back(story, _):
    story.entry = at(6, lambda e: e.update(recorded_at="2019-11-04T09:04:59.000000Z"))


@told("authority")
def a_key_used_after_its_time(story, _):
    def change(index, entry):
        if index >= 5:
            entry["recorded_at"] = "2029-01-01T00:00:00.000000Z"
    story.entry = change


@told("authority")
def a_key_used_before_its_time(story, _):
    def change(events):
        events[0]["data"]["valid_from"] = "2019-11-05T00:00:00.000000Z"
    story.events = at(2, change)


@told("invariants")
def an_endorsement_of_other_bytes(story, _):
    story.submission = at(10, lambda s: s["events"][0]["data"].update(digest="11" * 32))


@told("invariants")
def an_endorsement_of_what_is_no_decision(story, _):
    def change(events):
        events[0]["data"]["target"] = "5.0"
        events[0]["subject"] = "decision/5.0"
    story.events = at(10, change)


@told("invariants")
def a_decision_that_saw_nothing(story, _):
    story.told[9]["submission"].pop("seen")


@told("invariants")
def an_expectation_that_does_not_hold(story, _):
    def change(submission):
        submission["expect"][1]["size"] = 5
    story.submission = at(6, change)


@told("invariants")
def a_run_that_was_never_started(story, _):
    def change(events):
        events[1]["data"]["run"] = "R-0002"
        events[1]["subject"] = "run/R-0002"
    story.events = at(8, change)


@told("invariants")
def a_thing_that_is_there_already(story, _):
    story.events = at(7, lambda events: events.append(thawed(events[0])))


@told("invariants")
def a_key_for_a_party_that_is_not_there(story, _):
    story.events = at(2, lambda events: events[1]["data"].update(party="NOBODY"))
    story.keep = lambda index: index not in (6, 10)


@told("invariants")
def another_subject_than_the_data_make(story, _):
    story.events = at(7, lambda events: events[0].update(subject="run/R-0002"))


@told("invariants")
def an_unknown_member_of_the_data(story, _):
    story.events = at(7, lambda events: events[0]["data"].update(zeal=1))


@told("invariants")
def a_member_of_the_data_missing(story, _):
    story.events = at(7, lambda events: events[0]["data"].pop("builds"))


@told("invariants")
def words_of_a_set_in_another_order(story, _):
    story.events = at(5, lambda events: events[3]["data"]["required_kinds"].sort())


@told("invariants")
def a_negative_count(story, _):
    story.events = at(7, lambda events: events[0]["data"]["tool"].update(run_counter=-1))


@told("invariants")
def a_word_that_the_list_lacks(story, _):
    story.events = at(8, lambda events: events[1]["data"].update(outcome="fine"))


@told("log_signature")  # for such a genesis names no key that anybody could believe
def a_threshold_above_the_parties(story, _):
    story.events = at(0, lambda events: events[0]["data"].update(root_threshold=3))


@told("invariants")
def a_root_key_as_an_authors_key(story, keys):
    def change(events):
        events[0]["data"].update(key=keys.id("root-secas"),
                                 public_key=base64_of(keys.spki["root-secas"]))
        events[0]["subject"] = "key/" + keys.id("root-secas")
    story.events = at(2, change)
    story.keep = lambda index: index != 5


@told("invariants")
def a_rotation_to_a_key_that_was_not_announced(story, keys):
    def change(events):
        data = events[0]["data"]
        data.update(next_log_key=keys.id("log-1"),
                    log_key={"key": keys.id("log-2"), "public_key": base64_of(keys.spki["log-2"])})
    story.events = at(12, change)


@told("evidence_files")
def another_size_of_a_file(story, _):
    story.events = at(8, lambda events: events[0]["data"].update(size_bytes=1))


@told("log_signature")
def the_old_key_after_its_rotation(story, keys):
    heartbeat = {"data": {}, "occurred_at": "2019-11-04T09:13:00.000000Z",
                 "subject": "log/heartbeat", "type": "heartbeat", "version": 1}
    story.more = [("dcc-rm", [heartbeat])]
    story.after = lambda files: files.update({"checkpoints/15.note": note_of(
        15, trees.root(story.leaves), ["log-0"], keys=keys)})


@told("author_streams")
def the_largest_number_there_is(story, _):
    """Whoever counts one further has a number that no state can hold."""
    story.submission = at(5, lambda s: s["author"].update(sequence=2**53 - 1))
