-- When it was last sent without a clear answer: the EHR may still be working on it, so nothing is made anew before that can
-- no longer be. Null: no request about it can be under way. Only delivery writes it, and only where there was a doubt.
alter table ledger add column doubt_at timestamptz;
