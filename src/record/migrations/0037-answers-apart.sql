-- What was answered stands beside a log and not in it, as the text that it is: a plan of a year has hundreds of them, each change reads the
-- plan whole, and hardly any looks at an answer.
alter table log add column items json not null default '[]';
update log set items = coalesce((body->'items')::json, '[]'), body = body - 'items' where body ? 'items';
