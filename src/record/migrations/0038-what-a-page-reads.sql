-- What a plan's page says was done stands beside it until time changes it (`sweep_at`): a page need not count a year to say it.
-- Absent until the plan is next saved: it is counted then from all that there is.
alter table plan add column adherences json;
-- A patient's page asks for what is on its way, of a plan with thousands of rows that have landed.
create index ledger_plan_under_way on ledger (tenant, plan_id) where state in ('pending', 'in-flight');
