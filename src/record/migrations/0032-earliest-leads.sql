-- Of several things that ask for attention a plan told of the latest; it tells of the earliest now. The sweep writes every
-- running plan once, and with it its reasons.
update plan set sweep_at = 'epoch' where status = 'active';
