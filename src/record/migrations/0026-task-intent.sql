-- R4 takes the intents that a Task may have, but for `unknown`, from request-intent: what is stored for searches by system and code says so.
update search_value set value = 'http://hl7.org/fhir/request-intent|' || split_part(value, '|', 2)
 where type = 'Task' and param = 'intent' and value like 'http://hl7.org/fhir/task-intent|%';
