-- Why a row stands as it does: a code, and beside it what there is to tell, as json text (src/homework/ledger/row-reason.ts).
-- The sentences are made where people read them. `reason` keeps only words that are somebody's own: of a person who withdrew it, of
-- the landing table for what stays in the app, and sentences from before there were codes that are not turned into one here.
alter table ledger add column reason_code text collate "C", add column reason_detail text;

update ledger l set reason_code = known.code, reason_detail = known.detail, reason = null
  from (values
    ('goes into the next between-session report', 'report', null),
    ('for a person''s token: this service''s own scopes don''t cover it; it is written when a clinician opens this patient', 'person', null),
    ('for an open encounter of this patient (encounterRule latest-open)', 'encounter', '{"rule":"latest-open"}'),
    ('for the next encounter to be opened of this patient (encounterRule next-opened)', 'encounter', '{"rule":"next-opened"}'),
    ('for a clinician to choose its encounter in the app', 'encounter-choice', null),
    ('for an encounter; this service may not read encounters here', 'encounter-access', null),
    ('for what it refers to, in the same group', 'group', null),
    ('the EHR answers for this patient with another record and does not say with whose alone; nothing is sent until somebody of the integration team has confirmed it', 'patient', '{"standing":"merged"}'),
    ('the EHR had this patient and has them no more; nothing is sent until somebody of the integration team has confirmed it who they are now, or the EHR has them again', 'patient', '{"standing":"gone"}'),
    ('the EHR holds this patient as inactive and does not say why; it goes on when the EHR holds them as active again', 'patient', '{"standing":"inactive"}'),
    ('preliminary: it is filed once it is final', 'final', null),
    ('the EHR took it for review (202); it is looked up until that ends', 'review', null),
    ('sent without a clear answer; it is looked up before anything else', 'unclear', null),
    ('the EHR holds it and does not say under which id; confirm or withdraw it by hand', 'unnamed', null),
    ('the EHR refused it as it is; see its words', 'refused', null),
    ('the EHR took it for review and then refused it; see its words', 'refused-in-review', null),
    ('the EHR has no patient with this id; nothing was sent. Check the id, then retry', 'unknown-patient', null),
    ('the record holds no resource for this artefact', 'no-resource', null),
    ('no row is built for its code here', 'no-row', null),
    ('told in the between-session report', 'told-in-report', null),
    ('withdrawn before it was sent', 'never-sent', null),
    ('withdrawn; the EHR does not hold it', 'not-held', null)
  ) as known (sentence, code, detail)
 where l.reason = known.sentence;

update ledger
   set reason_code = 'patient', reason = null,
       reason_detail = json_build_object('standing', 'merged', 'survivorId', substring(reason from '^for a person: the EHR has merged this patient into Patient/([^;]+);'))::text
 where state <> 'withdrawn' and reason ~ '^for a person: the EHR has merged this patient into Patient/[^;]+;';

update ledger
   set reason_code = 'no-update', reason = null,
       reason_detail = json_build_object(
         'type', substring(reason from '^the EHR takes no update of ([A-Za-z]+); version'),
         'version', substring(reason from '; version ([0-9]+) stands there$')::int)::text
 where state = 'rejected' and reason ~ '^the EHR takes no update of [A-Za-z]+; version [0-9]+ stands there$';

update ledger
   set reason_code = 'no-update', reason = null,
       reason_detail = json_build_object(
         'type', substring(reason from ' and the EHR takes no update of ([A-Za-z]+)$'),
         'place', substring(reason from '^an older version stands as ([^ ]+) and'))::text
 where state = 'rejected' and reason ~ '^an older version stands as [^ ]+ and the EHR takes no update of [A-Za-z]+$';

update ledger
   set reason_code = 'other-doors', reason = null,
       reason_detail = json_build_object(
         'type', substring(reason from '^this EHR takes no ([A-Za-z]+);'),
         'doors', to_json(string_to_array(substring(reason from '; the signal goes by (.+)$'), ', ')))::text
 where state = 'landed' and reason ~ '^this EHR takes no [A-Za-z]+; the signal goes by .+$';

update ledger
   set reason_code = 'stands-there', reason = null,
       reason_detail = json_build_object('version', substring(reason from '^version ([0-9]+) already stands')::int)::text
 where state = 'withdrawn' and reason ~ '^version [0-9]+ already stands in the EHR; correct it there$';

-- the landing table's own words stay
update ledger set reason_code = 'app-only' where state = 'landed' and landing = 'app-only' and reason_code is null;
