-- What of a plan is not in the chart, without reading all that is: of a year of daily homework thousands of rows stand there, and every row of
-- the worklist asks.
create index ledger_plan_not_in_chart on ledger (tenant, plan_id) where state in ('rejected', 'unknown', 'waiting');
