-- A landing makes a ledger row a quarter longer (where it stands, its version, the time), and rows are written a group at a
-- time: at half full, every ninth did not find room on its page and wrote all its indexes anew.
alter table ledger set (fillfactor = 40);
-- What an attempt was about, for people: `measure 3f….suds v1 landed, …`. As json it cost
-- a fifth of the completion.
alter table attempt alter column rows type text using rows::text;
