/**
 * The condition that a resource is no draft of somebody else's: a log that was never sent is there for its writer alone,
 * who is told by `actorKey`. `resource` is the alias of the row, `reader` the bound key.
 */
export function notSomebodysDraft(resource: string, reader: string): string {
  return `(${resource}.type <> 'QuestionnaireResponse' or not exists (select from log draft
    where draft.tenant = ${resource}.tenant and draft.id = ${resource}.id
      and (draft.status = 'in-progress' or draft.body->>'unsent' = 'true')
      and draft.body->>'madeBy' is distinct from ${reader}::text))`;
}
