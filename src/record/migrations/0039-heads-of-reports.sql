-- What a preview needs of each report that was filed: when it was, and what it said last of which artefact, without its words. A report of a
-- week of daily homework has some 20 kB, and one look since the last visit read those of a year.
create function report_head(body jsonb) returns jsonb language sql immutable parallel safe as $$
  select body - 'text' - 'members' - 'content' || case when body ? 'content' then jsonb_build_object('told', (
      select coalesce(jsonb_agg(fact - 'lines' order by nth), '[]') from jsonb_array_elements(body->'content'->'told') with ordinality as told(fact, nth)))
    else '{}' end
$$;
alter table report add column head jsonb not null generated always as (report_head(body)) stored;
