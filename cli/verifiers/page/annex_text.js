// Made by annex.py out of docs/format.md. Change that page, and make this anew.

export const ANNEX_A = `00  acorn    actor    alarm    album    almond   alpine   amber    anchor
08  angle    ankle    antler   apple    apron    arcade   arrow    atlas
10  autumn   avenue   badge    bagel    bakery   balcony  bamboo   banjo
18  barley   basil    beacon   beaver   belfry   bench    berry    bicycle
20  birch    biscuit  blanket  blossom  bonnet   border   bottle   branch
28  bread    bridge   bronze   bucket   button   cabin    cactus   camera
30  candle   canoe    canyon   carbon   carpet   castle   cedar    cellar
38  chalk    chapel   cherry   chimney  cider    cinema   circle   citrus
40  clover   cobalt   coffee   comet    copper   coral    cotton   cradle
48  crane    crystal  cushion  daisy    dancer   deer     delta    denim
50  desert   diamond  dinner   dolphin  donkey   dragon   drawer   drum
58  eagle    easel    echo     eclipse  elbow    elder    engine   envelope
60  estate   fabric   falcon   farmer   feather  fennel   ferry    fiddle
68  finch    flannel  flute    forest   fossil   fountain funnel   gallery
70  garden   garlic   ginger   giraffe  glacier  globe    goblet   golden
78  granite  grape    gravel   guitar   hammer   harbour  hazel    hedge
80  helmet   heron    hickory  hollow   honey    horizon  hotel    hunter
88  icicle   igloo    indigo   iris     island   ivory    jacket   jaguar
90  jasmine  jelly    jigsaw   jungle   juniper  kayak    kettle   kitchen
98  kiwi     ladder   lagoon   lantern  laurel   leather  lemon    library
a0  lilac    linen    lizard   lobster  locket   lotus    lumber   magnet
a8  mallet   mango    maple    marble   meadow   melon    mercury  meteor
b0  mirror   mitten   mosaic   mountain museum   mustard  napkin   nectar
b8  needle   nickel   nutmeg   oasis    oatmeal  ocean    octave   olive
c0  onion    opal     orbit    orchard  otter    oyster   paddle   palace
c8  panther  parrot   peach    pebble   pelican  pencil   pepper   piano
d0  pigeon   pillow   pirate   planet   plum     pocket   poplar   potato
d8  prairie  pumpkin  puzzle   quarry   quilt    quiver   rabbit   radish
e0  rainbow  raven    ribbon   river    robin    rocket   rudder   saddle
e8  salmon   sandal   satchel  scarf    silver   summit   sunset   tavern
f0  teapot   thistle  thunder  ticket   timber   tractor  trumpet  tulip
f8  turnip   umbrella valley   velvet   violin   walnut   willow   window`;

export const ANNEX_B = `ledger_created 1, entry 0 only
  data    log_key {key hash, public_key bytes}, next_log_key hash, origin text, programme text, root_threshold integer,
          roots list of {key hash, party identifier, public_key bytes}, rulebook hash
  subject log/genesis
  files   <rulebook>
  rules   creates log/genesis; a key id is the SHA-256 of the DER public key; root keys are listed in ascending order of
          their ids, each once; the root threshold lies between 1 and the number of root parties; the next log key must
          be another key than the log key
party_registered 1, by root or role: DCC-REG
  data    class DCC|SERVICE_PROVIDER|SMSO|SUPPLIER|NETWORK|MANUFACTURER|TAG|SEC_PANEL|SECAS|GOVERNMENT|AUDITOR|WITNESS,
          [eui64] text, name text, party identifier
  subject party/<party>
  rules   creates party/<party>; a party needs a name
key_registered 1, by root or role: DCC-REG
  data    holder identifier, [holder_name] confidential member, key hash, party identifier, public_key bytes, valid_from
          time, valid_to time
  subject key/<key>
  rules   party/<party> exists; creates key/<key>; a key id is the SHA-256 of the DER public key; valid_to must lie
          after valid_from
key_revoked 1, by root or role: DCC-REG
  data    [compromised_since] time, key hash, reason text
  subject key/<key>
  rules   key/<key> exists; a revocation needs a reason
key_retired 1, by root or role: DCC-REG
  data    key hash, last_hash hash, last_sequence integer, reason text
  subject key/<key>
  rules   closes key/<key>
role_granted 1, by root threshold
  data    holder identifier, party identifier, role
          DCC-RM|DCC-TM|DCC-IM|DCC-REG|SP-TL|SMSO-TL|HARNESS|MFR|TAG-SEC|TAG-MEM|PANEL-SEC|SOS|AUD|WIT|VER
  subject party/<party>
  rules   party/<party> exists
role_withdrawn 1, by root threshold
  data    holder identifier, party identifier, reason text, role
          DCC-RM|DCC-TM|DCC-IM|DCC-REG|SP-TL|SMSO-TL|HARNESS|MFR|TAG-SEC|TAG-MEM|PANEL-SEC|SOS|AUD|WIT|VER
  subject party/<party>
  rules   party/<party> exists
roots_changed 1, by root threshold; a decision
  data    reason text, root_threshold integer, roots list of {key hash, party identifier, public_key bytes}
  subject log/roots
  rules   a key id is the SHA-256 of the DER public key; root keys are listed in ascending order of their ids, each
          once; the root threshold lies between 1 and the number of root parties
log_key_rotated 1, by root threshold; a decision
  data    log_key {key hash, public_key bytes}, next_log_key hash, reason text
  subject log/key
  rules   a key id is the SHA-256 of the DER public key; the next log key must be another key than the log key
clock_reset 1, by root threshold
  data    reason text
  subject log/clock
  rules   a clock reset needs a reason
decision_endorsed 1, by any key; a decision
  data    [comment] text, digest hash, target event address
  subject decision/<target>
decision_dissented 1, by any key; a decision
  data    digest hash, reason text, target event address
  subject decision/<target>
  rules   a dissent needs a reason
heartbeat 1, by any key
  data    [note] text
  subject log/heartbeat
release_declared 1, by role: DCC-RM
  data    cohorts set of identifier, release identifier, title text
  subject release/<release>
  rules   creates release/<release>
group_declared 1, by role: DCC-RM
  data    [description] text, group identifier, releases set of identifier, smso identifier
  subject group/<group>
  rules   creates group/<group>; release/<releases> exists
device_model_registered 1, by role: DCC-RM, MFR
  data    [cpl_ref] text, device_model identifier, device_type ESME|GSME|CHF|GPF|PPMID|IHD|HCALCS, firmware_version
          text, hardware_version text, manufacturer text, model text
  subject device_model/<device_model>
  rules   creates device_model/<device_model>; no other device_model has <device_type> + <manufacturer> + <model> +
          <hardware_version> + <firmware_version>
dmc_defined 1, by role: DCC-RM
  data    comms_provider identifier, device_models set of identifier, dmc identifier
  subject dmc/<dmc>
  rules   creates dmc/<dmc>; a DMC names at least one device model; device_model/<device_models> exists; no other dmc
          has <comms_provider> + <device_models>
planned_entry_declared 1, by role: DCC-RM
  data    category ACTIVE|DORMANT|MIXED, dmc identifier, groups set of identifier, planned_entry identifier, release
          identifier, required_kinds set of MT|SIT|SRVT|REGRESSION, smso identifier, [target_date] identifier
  subject planned_entry/<planned_entry>
  rules   creates planned_entry/<planned_entry>; release/<release> exists; dmc/<dmc> exists; group/<groups> exists; a
          planned entry requires at least one kind of test; target_date is a date like 2019-11-22; no other
          planned_entry has <release> + <smso> + <dmc> + <category>
planned_entry_amended 1, by role: DCC-RM
  data    [groups] set of identifier, planned_entry identifier, reason text, [required_kinds] set of
          MT|SIT|SRVT|REGRESSION, [target_date] identifier
  subject planned_entry/<planned_entry>
  rules   planned_entry/<planned_entry> exists; group/<groups> exists; an amendment needs a reason; a planned entry
          requires at least one kind of test; target_date is a date like 2019-11-22
planned_entry_withdrawn 1, by role: DCC-RM
  data    [consultation] identifier, explanation text, planned_entry identifier, reason
          deselected|uneconomic|excluded|other
  subject planned_entry/<planned_entry>
  rules   planned_entry/<planned_entry> exists
document_registered 1, by role: DCC-TM
  data    classification text, covers list of {category ACTIVE|DORMANT|MIXED, dmc identifier, kind
          MT|SIT|SRVT|REGRESSION, smso identifier}, digest hash, document identifier, document_type
          DNB_MT|DNB_SIT|DNB_SRVT|DNB_REGRESSION|TEST_APPROACH|COMPLETION_REPORT|AUDIT_REPORT|WORKOFF_PLAN|RTM|OTHER,
          obligations list of text, title text, version identifier
  subject document/<document>
  files   <digest>
  rules   creates document/<document>.v<version>; dmc/<dmc> exists
document_presented 1, by role: TAG-SEC
  data    date identifier, document identifier, meeting identifier, version identifier
  subject document/<document>
  rules   document/<document>.v<version> exists; date is a date like 2019-10-09
document_published 1, by role: DCC-TM
  data    date identifier, document identifier, url text, version identifier
  subject document/<document>
  rules   document/<document>.v<version> exists; date is a date like 2019-10-09
document_superseded 1, by role: DCC-TM
  data    document identifier, new_version identifier, old_version identifier, reason text
  subject document/<document>
  rules   document/<document>.v<old_version> exists; document/<document>.v<new_version> exists; a version cannot
          supersede itself
tag_position_recorded 1, by role: TAG-SEC; a decision
  data    about text, conditions list of {[due] identifier, text text}, dissent list of text, meeting identifier,
          minutes hash, position endorsed|endorsed_with_comments|not_endorsed|noted|recommends_to_panel, [version]
          identifier
  subject <about>
  files   <minutes>
  rules   about is a subject, like phase/MOC-MDS-SIT-01; due is a date like 2019-11-29
phase_planned 1, by role: DCC-TM
  data    [document] identifier, groups set of identifier, kind MT|SIT|SRVT|REGRESSION, name text, phase identifier,
          planned_entries set of identifier, stage identifier
  subject phase/<phase>
  rules   creates phase/<phase>; a phase is planned for at least one planned entry; planned_entry/<planned_entries>
          exists; group/<groups> exists
test_case_registered 1, by role: DCC-TM, SP-TL
  data    [digest] hash, requirements list of text, [service_reference] text, test_case identifier, title text,
          [tmad_step] text, version identifier
  subject test_case/<test_case>
  rules   creates test_case/<test_case>.v<version>
scope_items_listed 1, by role: DCC-TM
  data    items list of {[group] identifier, item identifier, planned_entry identifier, test_case identifier}, phase
          identifier, scope identifier
  subject scope/<scope>
  rules   phase/<phase> exists; planned_entry/<planned_entry> exists; no other scope has <scope> + <item>
scope_baselined 1, by role: DCC-TM; endorsed: SP-TL
  data    item_count integer, phase identifier, root hash, scope identifier, version identifier
  subject scope/<scope>
  rules   phase/<phase> exists; creates scope/<scope>; a scope has at least one item
scope_changed 1, by role: DCC-TM
  data    added list of {[group] identifier, item identifier, planned_entry identifier, test_case identifier},
          [approval] event address, phase identifier, reason text, removed set of identifier, scope identifier, version
          identifier
  subject scope/<scope>
  rules   scope/<scope> exists; phase/<phase> exists; there is an event <approval> before it; a change of scope needs a
          reason; planned_entry/<planned_entry> exists; no other scope has <scope> + <item>
environment_baselined 1, by role: SP-TL
  data    components list of {build text, [configuration] hash, name text}, environment identifier, phases set of
          identifier
  subject environment/<environment>
  rules   creates environment/<environment>; phase/<phases> exists; an environment has at least one component
build_deployed 1, by role: SP-TL
  data    [change] text, component text, environment identifier, from_build text, phases set of identifier, to_build
          text
  subject environment/<environment>
  rules   environment/<environment> exists; phase/<phases> exists
entry_criterion_evidenced 1, by role: DCC-TM
  data    criterion identifier, evidence list of hash, phase identifier, [planned_entry] identifier, status
          met|not_met|waived
  subject phase/<phase>
  files   <evidence>
  rules   phase/<phase> exists; planned_entry/<planned_entry> exists
entry_decided 1, by role: DCC-TM; a decision
  data    [evaluation] hash, outcome enter|enter_with_conditions|reject, phase identifier, planned_entries set of
          identifier, [reason] text
  subject phase/<phase>
  files   <evaluation>
  rules   phase/<phase> exists; a decision names the planned entries it is about; planned_entry/<planned_entries> exists
phase_started 1, by role: DCC-TM
  data    phase identifier, planned_entries set of identifier
  subject phase/<phase>
  rules   phase/<phase> exists; the step names the planned entries it is about; planned_entry/<planned_entries> exists
phase_completed 1, by role: DCC-TM
  data    phase identifier, planned_entries set of identifier
  subject phase/<phase>
  rules   phase/<phase> exists; the step names the planned entries it is about; planned_entry/<planned_entries> exists
phase_suspended 1, by role: DCC-TM
  data    phase identifier, reason text
  subject phase/<phase>
  rules   phase/<phase> exists; this step needs a reason
phase_resumed 1, by role: DCC-TM
  data    phase identifier, reason text
  subject phase/<phase>
  rules   phase/<phase> exists; this step needs a reason
phase_aborted 1, by role: DCC-TM
  data    phase identifier, reason text
  subject phase/<phase>
  rules   phase/<phase> exists; this step needs a reason
exit_cutoff_declared 1, by role: DCC-TM
  data    cutoff_size integer, phase identifier, planned_entries set of identifier
  subject phase/<phase>
  rules   phase/<phase> exists; the log had <cutoff_size> entries before it; a cut-off names the planned entries it is
          about; planned_entry/<planned_entries> exists
exit_decided 1, by role: DCC-TM, PANEL-SEC, SOS; a decision
  data    basis list of event address, outcome exit|exit_with_conditions|continue, phase identifier, planned_entries set
          of identifier, [reason] text
  subject phase/<phase>
  rules   phase/<phase> exists; there is an event <basis> before it; a decision names the planned entries it is about;
          planned_entry/<planned_entries> exists
run_started 1, by role: SP-TL, HARNESS
  data    attempt integer, builds list of text, counts_for set of MT|SIT|SRVT|REGRESSION, devices list of text,
          [environment] identifier, [item] identifier, [operator] identifier, phase identifier, planned_entry
          identifier, run identifier, test_case identifier, [tool] {name text, run_counter integer}
  subject run/<run>
  rules   creates run/<run>; phase/<phase> exists; planned_entry/<planned_entry> exists; environment/<environment>
          exists; attempts count from 1
run_finished 1, by role: SP-TL, HARNESS
  data    ended_at time, evidence list of hash, outcome passed|failed|blocked|error|not_completed|skipped, run
          identifier, started_at time, [summary] text
  subject run/<run>
  files   <evidence>
  rules   closes run/<run>; a run cannot end before it started
run_invalidated 1, by role: DCC-TM; endorsed: SP-TL, SMSO-TL, TAG-SEC
  data    reason text, [replaced_by] identifier, run identifier
  subject run/<run>
  rules   run/<run> exists; run/<replaced_by> exists; an invalidation needs a reason
import_started 1, by role: SP-TL, HARNESS
  data    [build] text, dialect text, evidence hash, file_name text, format identifier, import identifier, kind
          MT|SIT|SRVT|REGRESSION, mapping identifier, parser identifier, phase identifier, planned_entry identifier,
          repeat integer, result_count integer, [run_counter_first] integer, [time_zone] text
  subject import/<import>
  files   <evidence>
  rules   creates import/<import>; phase/<phase> exists; planned_entry/<planned_entry> exists
result_imported 1, by role: SP-TL, HARNESS
  data    [attempts] list of {[message] text, outcome passed|failed|blocked|error|not_completed|skipped}, [class_name]
          text, [counter] integer, [duration_ns] integer, [duration_text] text, evidence hash, import identifier, [item]
          identifier, [message] text, name text, [occurrence] integer, ordinal integer, outcome
          passed|failed|blocked|error|not_completed|skipped, position {column integer, line integer, offset integer},
          [properties] list of {name text, value text}, [started_at] time, [suites] list of text
  subject import/<import>
  files   <evidence>
  rules   is the next part of import/<import>
import_finished 1, by role: SP-TL, HARNESS
  data    counts {cases integer, errors integer, failed integer, passed integer, skipped integer}, declared {cases
          integer, errors integer, failed integer, passed integer, skipped integer}, elements {cases integer, errors
          integer, failed integer, passed integer, skipped integer}, import identifier, readings list of {code
          identifier, count integer, [position] {column integer, line integer, offset integer}, text text}, repairs list
          of {code identifier, count integer, [position] {column integer, line integer, offset integer}, text text},
          result_count integer, warnings list of {code identifier, count integer, [position] {column integer, line
          integer, offset integer}, text text}
  subject import/<import>
  rules   closes import/<import>, stating the number of its parts; the counts of an import add up to its results
import_refused 1, by role: SP-TL, HARNESS
  data    evidence hash, file_name text, format identifier, [phase] identifier, [planned_entry] identifier, [position]
          {column integer, line integer, offset integer}, reason text
  subject evidence/<evidence>
  files   <evidence>
  rules   phase/<phase> exists; planned_entry/<planned_entry> exists
execution_waived 1, by role: DCC-TM, TAG-SEC, PANEL-SEC; a decision
  data    [approval] event address, item identifier, phase identifier, planned_entry identifier, reason text
  subject phase/<phase>
  rules   phase/<phase> exists; planned_entry/<planned_entry> exists; there is an event <approval> before it; a waiver
          needs a reason
gap_declared 1, by role: SP-TL
  data    from_counter integer, phase identifier, reason text, source text, to_counter integer
  subject phase/<phase>
  rules   phase/<phase> exists; a gap ends where it begins, or later
evidence_added 1, by any key
  data    digest hash, digest_sha512 identifier, media_type text, name text, size_bytes integer, [title] text
  subject evidence/<digest>
  files   <digest>
  rules   digest_sha512 is 128 lower-case hexadecimal digits; states the SHA-512 and size of evidence/<digest> that
          earlier events state
evidence_unavailable 1, by any key
  data    about text, [digest] hash, reason text
  subject <about>
  rules   about is a subject, like run/R-0007; say why the evidence is not there
evidence_erased 1, by role: DCC-REG
  data    digest hash, legal_basis text, reason text
  subject evidence/<digest>
  rules   an erasure names its legal basis
issue_raised 1, by role: DCC-TM, DCC-IM, SP-TL, SMSO-TL, HARNESS
  data    [detail] confidential member, [external_key] text, groups set of identifier, issue identifier, kind
          preventing_execution|unexpected_outcome, phase identifier, planned_entries set of identifier, results list of
          event address, runs set of identifier, title text
  subject issue/<issue>
  rules   creates issue/<issue>; phase/<phase> exists; planned_entry/<planned_entries> exists; group/<groups> exists;
          run/<runs> exists; there is an event <results> before it
issue_triaged 1, by role: DCC-IM
  data    attribution dcc_systems|smso_systems|device|test_artefact|environment|unknown, issue identifier, owner
          identifier, planned_entries set of identifier, priority integer, rationale text, severity integer
  subject issue/<issue>
  rules   issue/<issue> exists; party/<owner> exists; planned_entry/<planned_entries> exists; severity lies between 1
          and 5
issue_severity_changed 1, by role: DCC-IM
  data    [approval] event address, from_severity integer, issue identifier, reason text, to_severity integer
  subject issue/<issue>
  rules   issue/<issue> exists; severity lies between 1 and 5; there is an event <approval> before it; a change of
          severity changes it; a change of severity needs a reason
issue_scope_changed 1, by role: DCC-IM
  data    added set of identifier, issue identifier, reason text, removed set of identifier
  subject issue/<issue>
  rules   issue/<issue> exists; planned_entry/<added> exists; planned_entry/<removed> exists; a change of the affected
          entries needs a reason
issue_assigned 1, by role: DCC-IM, SP-TL, SMSO-TL
  data    issue identifier, owner identifier
  subject issue/<issue>
  rules   issue/<issue> exists; party/<owner> exists
issue_analysed 1, by role: DCC-IM, SP-TL, SMSO-TL
  data    finding text, issue identifier
  subject issue/<issue>
  rules   issue/<issue> exists
issue_fix_delivered 1, by role: SP-TL, SMSO-TL, MFR
  data    build text, issue identifier
  subject issue/<issue>
  rules   issue/<issue> exists; a fix names its build
issue_workaround_agreed 1, by role: DCC-IM
  data    agreed_with identifier, description text, issue identifier
  subject issue/<issue>
  rules   issue/<issue> exists; party/<agreed_with> exists
issue_deferred 1, by role: DCC-IM
  data    [approval] event address, issue identifier, reason text, [target] identifier, [work_off_item] identifier
  subject issue/<issue>
  rules   issue/<issue> exists; there is an event <approval> before it
issue_rejected 1, by role: DCC-IM
  data    issue identifier, rationale text
  subject issue/<issue>
  rules   issue/<issue> exists
issue_duplicated 1, by role: DCC-IM
  data    issue identifier, of identifier
  subject issue/<issue>
  rules   issue/<issue> exists; issue/<of> exists; an issue cannot be a duplicate of itself
retest_recorded 1, by role: DCC-IM, SP-TL
  data    issue identifier, passed boolean, [result] event address, [run] identifier
  subject issue/<issue>
  rules   issue/<issue> exists; a retest is one run or one imported result; there is an event <result> before it;
          run/<run> exists
issue_closed 1, by role: DCC-IM
  data    closure retest_passed|no_fix_accepted|rejected|duplicate, issue identifier, [reason] text, runs set of
          identifier
  subject issue/<issue>
  rules   issue/<issue> exists; run/<runs> exists
issue_reopened 1, by role: DCC-TM, DCC-IM, SP-TL, SMSO-TL
  data    issue identifier, reason text
  subject issue/<issue>
  rules   issue/<issue> exists; a reopening needs a reason
issue_disputed 1, by any key
  data    issue identifier, reason text
  subject issue/<issue>
  rules   issue/<issue> exists
issue_referred 1, by any key
  data    issue identifier, reason text, to dcc|panel|authority
  subject issue/<issue>
  rules   issue/<issue> exists
dispute_determined 1, by role: DCC-REG, PANEL-SEC, SOS; a decision
  data    by dcc|panel|authority, determination text, issue identifier
  subject issue/<issue>
  rules   issue/<issue> exists
policy_published 1, by root or role: DCC-REG
  data    body {[approval] {quorums list of {body TAG|PANEL|SOS, endorsing_parties integer, present_parties integer,
          roles set of
          DCC-RM|DCC-TM|DCC-IM|DCC-REG|SP-TL|SMSO-TL|HARNESS|MFR|TAG-SEC|TAG-MEM|PANEL-SEC|SOS|AUD|WIT|VER}, rules list
          of {[body] TAG|PANEL|SOS, independent boolean, matter
          combined_completion|completion|deferral|dmc_selection|document|entry|epcl_entry|exit|policy_activation|
          scope_change|severity_downgrade|waiver, positions set of
          endorsed|endorsed_with_comments|not_endorsed|noted|recommends_to_panel, roles set of
          DCC-RM|DCC-TM|DCC-IM|DCC-REG|SP-TL|SMSO-TL|HARNESS|MFR|TAG-SEC|TAG-MEM|PANEL-SEC|SOS|AUD|WIT|VER}},
          [audit_regime] {regime audit_required|not_required|ledger_verification}, [calendar] {from identifier, holidays
          list of {date identifier, name text}, until identifier}, [combined_completion] {allowed boolean},
          [dmc_selection] {[consultation_working_days_min] integer, default_route list of
          consult_public|consult_sec_parties|consult_tag|tag_position, shared_by_kinds set of MT|SIT|SRVT|REGRESSION,
          substitution_routes list of {enabled boolean, legal_basis {clause text, document text, status
          proposed|in_force|removal_proposed|removed|withdrawn_before_effect}, releases set of identifier, route
          identifier, steps list of consult_public|consult_sec_parties|consult_tag|tag_position, when
          {[differing_fields_within] list of text, [during_test_phase] boolean}}}, [entry] {criteria list of {criterion
          identifier, required boolean, [text] text}, open_severities_barred list of integer, preceding_stages list of
          identifier, published_before_entry boolean}, [exit] {blocked_is_executed boolean, criteria list of {criterion
          identifier, required boolean, [text] text}, [executed_percent_min] integer, failing_with_open_issue boolean,
          [passed_percent_min] integer}, [import_mapping] {severities list of {from text, to integer}, source text},
          [lateness] {[issue_hours_max] integer, [result_hours_max] integer}, [migration] {dmrt_releases set of
          identifier, dmrt_stage identifier, security_features_required boolean, security_features_tag identifier, sides
          set of dcc_systems|smso_systems, stage identifier, tmad_steps list of text}, [regression]
          {[assessment_hours_max] integer, document_required boolean, firmware_is_change boolean, fix_is_change
          boolean}, [severity_taxonomy] {levels list of {severity integer, text text}, severities_not_deferred list of
          integer, triage_roles set of
          DCC-RM|DCC-TM|DCC-IM|DCC-REG|SP-TL|SMSO-TL|HARNESS|MFR|TAG-SEC|TAG-MEM|PANEL-SEC|SOS|AUD|WIT|VER}, [threshold]
          {carry_over none|combined_regression|all_kinds, combine all_parts|any_part, deselected_count boolean,
          downgrade_window_hours integer, exclude_attributions set of
          dcc_systems|smso_systems|device|test_artefact|environment|unknown, open_states set of
          RAISED|TRIAGED|ASSIGNED|FIX_DELIVERED|RETEST_PASSED|CLOSED|DEFERRED|REJECTED|DUPLICATE|WORKAROUND|REOPENED|
          DISPUTED, parts list of {attributions set of
          dcc_systems|smso_systems|device|test_artefact|environment|unknown, count
          distinct_issue|issue_once_per_scope|per_affected_entry, limits list of {max integer, severities list of
          integer}, part identifier, scope set of category|dmc|group|kind|phase|planned_entry|release|smso|stage},
          severity_at cutoff|raised|max_ever, untriaged_counts_as integer, work_off_severities list of integer},
          [witness] {age_hours_max integer, witnesses_min integer}}, digest hash, [interpretation] text, legal_basis
          list of {clause text, document text, status
          proposed|in_force|removal_proposed|removed|withdrawn_before_effect}, note text, policy identifier, title text,
          version integer
  subject policy/<policy>
  rules   creates policy/<policy>.v<version>; versions count from 1; digest is the SHA-256 of the body's canonical form;
          body: a policy is of exactly one kind; quorums are listed by body, each once; roles: a quorum names the roles
          of its members; endorsing_parties exceeds present_parties; rules are listed by matter; an approval rule asks
          for a body, for roles, or for independence; positions: a rule that asks for a body says which of its positions
          are a yes; from and until are dates, in this order; holidays are listed by date, each once; a holiday is a
          date between from and until; substitution_routes are listed in ascending order, each once; route: "default" is
          the default route; steps: a route has at least one step; criteria: a policy names at least one criterion;
          criteria are listed in ascending order, each once; severity lies between 1 and 5; severities are listed in
          ascending order, each once; executed_percent_min lies between 0 and 100; passed_percent_min lies between 0 and
          100; passed_percent_min exceeds executed_percent_min: what is not executed cannot pass; severities are listed
          in ascending order of "from", each once; levels: every severity from 1 to 5, in this order; parts: a threshold
          policy has at least one part; parts are listed in ascending order of their names, each once; limits: a part
          has at least one limit; severities: a limit names at least one severity; max: a limit on some severities
          exceeds the limit on more of them; severities: two limits of a part are on the same severities; open_states:
          at least one state counts as open
policy_activated 1, by root or role: DCC-REG; a decision
  data    [approval] event address, effective_from time, policy identifier, scope {kinds set of MT|SIT|SRVT|REGRESSION,
          releases set of identifier, smsos set of identifier}, version integer
  subject policy/<policy>
  rules   policy/<policy>.v<version> exists; release/<releases> exists; there is an event <approval> before it
policy_superseded 1, by root or role: DCC-REG; a decision
  data    effective_from time, [new_version] integer, old_version integer, policy identifier, reason text
  subject policy/<policy>
  rules   policy/<policy>.v<old_version> exists; policy/<policy>.v<new_version> exists; a version cannot supersede
          itself; a supersession needs a reason
clause_status_recorded 1, by root or role: DCC-REG
  data    clause identifier, document identifier, document_version text, effective_on identifier, [note] text, source
          text, status proposed|in_force|removal_proposed|removed|withdrawn_before_effect, [text_digest] hash
  subject clause/<document>-<clause>
  rules   effective_on is a date like 2019-08-29; a clause's status names its source
equivalence_claimed 1, by role: DCC-RM
  data    differing_fields list of text, planned_entry identifier, rationale hash, tested_dmc identifier
  subject planned_entry/<planned_entry>
  files   <rationale>
  rules   planned_entry/<planned_entry> exists; dmc/<tested_dmc> exists
epcl_entry_made 1, by role: DCC-RM; endorsed: PANEL-SEC
  data    basis tested|equivalence|directed, completions list of event address, date_first_added identifier, list_digest
          hash, list_version text, planned_entry identifier
  subject planned_entry/<planned_entry>
  rules   planned_entry/<planned_entry> exists; date_first_added is a date like 2019-11-22; there is an event
          <completions> before it
epcl_entry_removed 1, by role: DCC-RM
  data    planned_entry identifier, reason text
  subject planned_entry/<planned_entry>
  rules   planned_entry/<planned_entry> exists; a removal needs a reason
ppcl_entry_recorded 1, by role: DCC-RM
  data    date identifier, determination testing_required|not_required|undetermined, dmc identifier, requested_by
          identifier
  subject dmc/<dmc>
  rules   dmc/<dmc> exists; party/<requested_by> exists; date is a date like 2019-11-22
dmc_proposed 1, by role: DCC-RM
  data    dmc identifier, kinds set of MT|SIT|SRVT|REGRESSION, [population] text, rationale text, release identifier,
          smso identifier
  subject dmc/<dmc>
  rules   dmc/<dmc> exists; release/<release> exists; a DMC is proposed for at least one kind of test
consultation_opened 1, by role: DCC-REG
  data    about identifier, audiences set of tag|sec_parties|public, closes_at time, consultation identifier, documents
          list of hash, opens_at time, title text
  subject consultation/<consultation>
  files   <documents>
  rules   creates consultation/<consultation>; a consultation names whom it asks; a consultation closes after it opens
consultation_response_recorded 1, by role: DCC-REG
  data    [confidential] confidential member, consultation identifier, [document] hash, received_at time, respondent
          identifier, response identifier, [summary] text
  subject consultation/<consultation>
  files   <document>
  rules   consultation/<consultation> exists; no other consultation has <consultation> + <response>; a response says
          something, publicly or not
consultation_closed 1, by role: DCC-REG
  data    closed_at time, [conclusion] hash, consultation identifier, responses_count integer
  subject consultation/<consultation>
  files   <conclusion>
  rules   closes consultation/<consultation>
dmc_selected 1, by role: DCC-RM
  data    [consultation] identifier, dmc identifier, kinds set of MT|SIT|SRVT|REGRESSION, [position] event address,
          release identifier
  subject dmc/<dmc>
  rules   dmc/<dmc> exists; release/<release> exists; consultation/<consultation> exists; a DMC is selected for at least
          one kind of test; there is an event <position> before it
dmc_deselected 1, by role: DCC-RM
  data    dmc identifier, during_phase boolean, [phase] identifier, reason text, release identifier
  subject dmc/<dmc>
  rules   dmc/<dmc> exists; release/<release> exists; phase/<phase> exists; a de-selection needs a reason
dmc_substituted 1, by role: DCC-RM; endorsed: TAG-SEC
  data    [consultation] identifier, differing_fields list of text, new_dmc identifier, old_dmc identifier, [position]
          event address, release identifier, route identifier
  subject dmc/<old_dmc>
  rules   dmc/<old_dmc> exists; dmc/<new_dmc> exists; release/<release> exists; consultation/<consultation> exists; a
          DMC cannot be substituted by itself; there is an event <position> before it
selection_appealed 1, by any key
  data    appeal identifier, dmc identifier, grounds text, selection event address
  subject appeal/<appeal>
  rules   creates appeal/<appeal>; dmc/<dmc> exists; an appeal needs its grounds; there is an event <selection> before
          it
appeal_determined 1, by role: PANEL-SEC, SOS; a decision
  data    appeal identifier, outcome upheld|upheld_in_part|dismissed|withdrawn, reason text
  subject appeal/<appeal>
  rules   closes appeal/<appeal>; a determination needs a reason
document_items_listed 1, by role: DCC-TM
  data    document identifier, items list of {category ACTIVE|DORMANT|MIXED, dmc identifier, [group] identifier, kind
          MT|SIT|SRVT|REGRESSION, smso identifier, [stage] identifier, tags set of identifier, test_case identifier},
          version identifier
  subject document/<document>
  rules   document/<document>.v<version> exists; dmc/<dmc> exists; group/<group> exists
test_case_registered 2, by role: DCC-TM, SP-TL
  data    [digest] hash, requirements list of text, [service_reference] text, sides set of dcc_systems|smso_systems,
          tags set of identifier, test_case identifier, title text, [tmad_step] text, version identifier
  subject test_case/<test_case>
  rules   creates test_case/<test_case>.v<version>
test_device_enrolled 1, by role: SP-TL, MFR
  data    device identifier, device_model identifier, location text
  subject device/<device>
  rules   creates device/<device>; device_model/<device_model> exists
impact_assessed 1, by role: SP-TL; endorsed: DCC-TM
  data    changes list of event address, [document] hash, kinds set of MT|SIT|SRVT|REGRESSION, planned_entries set of
          identifier, reason text, verdict regress|no_regression_needed
  subject decision/<changes>
  files   <document>
  rules   an impact assessment names the changes that it is about; planned_entry/<planned_entries> exists; an impact
          assessment needs a reason; there is an event <changes> before it
regression_items_listed 1, by role: DCC-TM
  data    items list of {item identifier, phase identifier, planned_entry identifier}, regression identifier
  subject regression/<regression>
  rules   phase/<phase> exists; planned_entry/<planned_entry> exists
regression_scope_baselined 1, by role: DCC-TM; endorsed: SP-TL
  data    [document] identifier, item_count integer, kinds set of MT|SIT|SRVT|REGRESSION, regression identifier, root
          hash
  subject regression/<regression>
  rules   creates regression/<regression>; a regression cycle counts for at least one kind of test; a regression cycle
          has at least one item
regression_started 1, by role: DCC-TM
  data    regression identifier, triggers list of event address
  subject regression/<regression>
  rules   regression/<regression> exists; a regression cycle names the changes that it answers; there is an event
          <triggers> before it
regression_completed 1, by role: DCC-TM
  data    regression identifier, summary text
  subject regression/<regression>
  rules   closes regression/<regression>
exit_evaluated 1, by any key
  data    engine {[digest] hash, name text, version text}, inputs {root hash, size integer}, phase identifier,
          planned_entries set of identifier, policies list of {policy identifier, version integer}, [report] hash,
          verdicts list of {criterion identifier, planned_entry identifier, verdict
          MET|NOT_MET|WAIVED|NOT_APPLICABLE|UNDETERMINED}
  subject phase/<phase>
  files   <report>
  rules   phase/<phase> exists; planned_entry/<planned_entries> exists; the log had <inputs.size> entries before it
completion_report_issued 1, by role: DCC-TM; endorsed: DCC-REG; a decision
  data    document hash, kind MT|SIT|COMBINED, outstanding_issues set of identifier, phases set of identifier,
          planned_entries set of identifier, report identifier, [work_off_plan] identifier
  subject report/<report>
  files   <document>
  rules   creates report/<report>; a completion report names its phases and planned entries; phase/<phases> exists;
          planned_entry/<planned_entries> exists; issue/<outstanding_issues> exists; work_off_plan/<work_off_plan>
          exists
work_off_plan_baselined 1, by role: DCC-IM
  data    [document] hash, items list of {issue identifier, owner identifier, target identifier, [workaround] text},
          phases set of identifier, work_off_plan identifier
  subject work_off_plan/<work_off_plan>
  files   <document>
  rules   creates work_off_plan/<work_off_plan>; phase/<phases> exists; issue/<issue> exists; party/<owner> exists;
          target is a date like 2019-12-20; no other work_off_plan has <work_off_plan> + <issue>
work_off_item_updated 1, by role: DCC-IM
  data    issue identifier, [owner] identifier, reason text, [target] identifier, work_off_plan identifier
  subject work_off_plan/<work_off_plan>
  rules   work_off_plan/<work_off_plan> exists; issue/<issue> exists; party/<owner> exists; target is a date like
          2019-12-20; a change of a work-off item needs a reason
work_off_item_completed 1, by role: DCC-IM
  data    evidence list of hash, issue identifier, work_off_plan identifier
  subject work_off_plan/<work_off_plan>
  files   <evidence>
  rules   work_off_plan/<work_off_plan> exists; issue/<issue> exists
panel_decision_recorded 1, by role: PANEL-SEC; a decision
  data    about text, conditions list of {[due] identifier, text text}, decision
          approved|approved_with_conditions|rejected|deferred, minutes hash, reference identifier
  subject <about>
  files   <minutes>
  rules   about is a subject, like phase/MOC-MDS-SIT-01; due is a date like 2019-11-29
sos_decision_recorded 1, by role: PANEL-SEC, SOS; a decision
  data    about text, conditions list of {[due] identifier, text text}, decision
          approved|approved_with_conditions|rejected|deferred, minutes hash, reference identifier
  subject <about>
  files   <minutes>
  rules   about is a subject, like phase/MOC-MDS-SIT-01; due is a date like 2019-11-29
waiver_granted 1, by role: DCC-TM, DCC-REG, TAG-SEC, PANEL-SEC, SOS; a decision
  data    [approval] event address, [expires_on] identifier, [phase] identifier, planned_entries set of identifier,
          reason text, rule identifier, waiver identifier
  subject waiver/<waiver>
  rules   creates waiver/<waiver>; phase/<phase> exists; planned_entry/<planned_entries> exists; a waiver needs a
          reason; expires_on is a date like 2019-12-20; there is an event <approval> before it
release_completed 1, by role: DCC-RM; a decision
  data    release identifier
  subject release/<release>
  rules   release/<release> exists
external_audit_report_registered 1, by role: AUD
  data    auditor identifier, document hash, opinion unqualified|qualified|adverse|disclaimer, phases set of identifier,
          report identifier
  subject report/<report>
  files   <document>
  rules   creates report/<report>; party/<auditor> exists; an audit report names the phases that it is about;
          phase/<phases> exists
post_exit_defect_recorded 1, by role: DCC-IM
  data    defect identifier, environment live|uit, [issue] identifier, phase identifier, planned_entries set of
          identifier, severity integer, title text
  subject phase/<phase>
  rules   no other issue has <defect>; phase/<phase> exists; planned_entry/<planned_entries> exists; issue/<issue>
          exists; severity lies between 1 and 5
states_attested 1, by any key; a decision
  data    digests list of {digest hash, name identifier, version integer}, engine {[digest] hash, name text, version
          text}, size integer
  subject log/states
  rules   an attestation states at least one digest; the log had <size> entries before it
verification_performed 1, by any key
  data    engine {[digest] hash, name text, version text}, head {root hash, size integer}, [report] hash, result
          nothing_failed|failed|incomplete
  subject log/verification
  files   <report>
  rules   the log had <head.size> entries before it
checkpoint_witnessed 1, by any key
  data    head {root hash, size integer}, witness text, witnessed_at time
  subject log/checkpoint
  rules   a cosignature names its witness; the log had <head.size> entries before it
external_anchor_recorded 1, by any key
  data    anchor rfc3161|tag_minutes|published_page, anchored_at time, [evidence] hash, head {root hash, size integer},
          reference text
  subject log/checkpoint
  files   <evidence>
  rules   an anchor says where it can be found; the log had <head.size> entries before it
correction_recorded 1, by any key; a decision
  data    field text, new_value text, old_value text, reason text, target event address
  subject decision/<target>
  rules   a correction names its field and its reason; a correction changes something; there is an event <target> before
          it
clock_attested 1, by any key
  data    offset_ms signed integer, source text
  subject log/clock
  rules   an attestation of the clock names its source
import_finished 2, by role: SP-TL, HARNESS
  data    counts {cases integer, errors integer, failed integer, passed integer, skipped integer}, declared {[cases]
          integer, [errors] integer, [failed] integer, [skipped] integer}, elements {cases integer, errors integer,
          failed integer, passed integer, skipped integer}, import identifier, readings list of {code identifier, count
          integer, [position] {column integer, line integer, offset integer}, text text}, repairs list of {code
          identifier, count integer, [position] {column integer, line integer, offset integer}, text text}, result_count
          integer, warnings list of {code identifier, count integer, [position] {column integer, line integer, offset
          integer}, text text}
  subject import/<import>
  rules   closes import/<import>, stating the number of its parts; the counts of an import add up to its results
phase_planned 2, by role: DCC-TM
  data    [document] identifier, groups set of identifier, kind MT|SIT|SRVT|REGRESSION, name text, phase identifier,
          planned_entries set of identifier, [policies] {[entry] {policy identifier, version integer}, [exit] {policy
          identifier, version integer}, [regression] {policy identifier, version integer}, [threshold] {policy
          identifier, version integer}}, stage identifier
  subject phase/<phase>
  rules   creates phase/<phase>; a phase is planned for at least one planned entry; planned_entry/<planned_entries>
          exists; group/<groups> exists; policies names at least one policy
scope_items_listed 2, by role: DCC-TM
  data    items list of {[group] identifier, item identifier, planned_entry identifier, test_case identifier,
          [test_case_version] identifier, [variant] identifier}, phase identifier, scope identifier
  subject scope/<scope>
  rules   phase/<phase> exists; planned_entry/<planned_entry> exists; no other scope has <scope> + <item>;
          test_case/<test_case>.v<test_case_version> exists
scope_baselined 2, by role: DCC-TM; endorsed: SP-TL
  data    item_count integer, [items_document] hash, phase identifier, root hash, scope identifier, version identifier
  subject scope/<scope>
  files   <items_document>
  rules   phase/<phase> exists; creates scope/<scope>; a scope has at least one item
scope_changed 2, by role: DCC-TM
  data    added list of {[group] identifier, item identifier, planned_entry identifier, test_case identifier,
          [test_case_version] identifier, [variant] identifier}, [approval] event address, [item_count] integer, phase
          identifier, reason text, removed set of identifier, [root] hash, scope identifier, version identifier
  subject scope/<scope>
  rules   scope/<scope> exists; phase/<phase> exists; there is an event <approval> before it; a change of scope needs a
          reason; item_count and root go together; planned_entry/<planned_entry> exists; no other scope has <scope> +
          <item>; test_case/<test_case>.v<test_case_version> exists
environment_baselined 2, by role: SP-TL
  data    components list of {build text, [configuration] hash, name text}, [crypto_material] live|test, environment
          identifier, phases set of identifier
  subject environment/<environment>
  rules   creates environment/<environment>; phase/<phases> exists; an environment has at least one component
phase_suspended 2, by role: DCC-TM
  data    [criteria] set of identifier, phase identifier, reason text
  subject phase/<phase>
  rules   phase/<phase> exists; this step needs a reason; criteria names at least one criterion
phase_resumed 2, by role: DCC-TM
  data    [criteria] set of identifier, phase identifier, reason text
  subject phase/<phase>
  rules   phase/<phase> exists; this step needs a reason; criteria names at least one criterion
phase_aborted 2, by role: DCC-TM
  data    [criteria] set of identifier, phase identifier, reason text
  subject phase/<phase>
  rules   phase/<phase> exists; this step needs a reason; criteria names at least one criterion
exit_evaluated 2, by any key
  data    [counts] list of {blocked integer, error integer, failed integer, items integer, not_completed integer,
          not_run integer, passed integer, planned_entry identifier, running integer, skipped integer, stale integer,
          waived integer}, engine {[digest] hash, name text, version text}, inputs {root hash, size integer}, phase
          identifier, planned_entries set of identifier, policies list of {policy identifier, version integer}, [report]
          hash, verdicts list of {criterion identifier, planned_entry identifier, verdict
          MET|NOT_MET|WAIVED|NOT_APPLICABLE|UNDETERMINED}
  subject phase/<phase>
  files   <report>
  rules   phase/<phase> exists; planned_entry/<planned_entries> exists; the log had <inputs.size> entries before it;
          counts are of planned entries that the evaluation is about, in ascending order, each once; the counts of a
          planned entry add up to its items
device_model_registered 2, by role: DCC-RM, MFR
  data    [cpl_ref] text, device_model identifier, device_type ESME|GSME|CHF|GPF|PPMID|IHD|HCALCS, firmware_version
          text, hardware_version text, manufacturer text, model text, [source] text
  subject device_model/<device_model>
  rules   creates device_model/<device_model>; no other device_model has <device_type> + <manufacturer> + <model> +
          <hardware_version> + <firmware_version>
appeal_determined 2, by role: PANEL-SEC, SOS; a decision
  data    appeal identifier, [determined_by] identifier, outcome upheld|upheld_in_part|dismissed|withdrawn, reason text
  subject appeal/<appeal>
  rules   closes appeal/<appeal>; a determination needs a reason; party/<determined_by> exists
evidence_attached 1, by any key
  data    about text, digest hash, [note] text
  subject <about>
  files   <digest>
  rules   about is a subject, like phase/MOC-MDS-SIT-01`;
