-- The authorization server of a launch said that each of its answers names it (RFC 9207): one that does not is refused,
-- whichever process takes it. Launches from before are answered as they were.
alter table launch_state add column answer_names_issuer boolean not null default false;
