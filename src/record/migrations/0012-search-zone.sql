-- In which zone the days of a tenant's resources (a plan's period, a goal's start) were written down for search. What stood
-- here before this table was written in UTC.
create table search_zone (tenant text collate "C" primary key, time_zone text not null);
