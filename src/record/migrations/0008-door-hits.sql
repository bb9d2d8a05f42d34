-- How often an address has come to a door that needs no token, in the minute that is running; whichever process answered.
-- The address stands here as a keyed hash, and only while its minute runs.
create table door_hits (key text primary key, began_at timestamptz not null, hits int not null);
create index door_hits_began on door_hits (began_at);
