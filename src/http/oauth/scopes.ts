/** One thing a token may do: `CarePlan.r`; `*` stands for every type. */
export interface Permission {
  readonly type: string;
  /** c create, r read, u update, d delete, s search. */
  readonly action: 'c' | 'r' | 'u' | 'd' | 's';
}

const scopePattern = /^system\/([A-Z][A-Za-z]*|\*)\.(?:(c?r?u?d?s?)|read|write|\*)$/;
const actionsOf: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/**
 * The permissions of one SMART system scope, version 2 (`system/Task.rs`) or 1 (`system/Task.read`).
 * Undefined for anything else, also for the finer `?param=value` form, which we do not offer.
 *
 * @see https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
export function parseScope(scope: string): Permission[] | undefined {
  const match = scopePattern.exec(scope);
  const type = match?.[1];
  if (match === null || type === undefined || scope.endsWith('.')) return undefined;
  const actions = match[2] ?? actionsOf[scope.slice(scope.indexOf('.') + 1)] ?? '';
  return [...actions].map((action) => ({ type, action: action as Permission['action'] }));
}

/** Whether scopes, space-separated, permit an action on a type. */
export function permits(scopes: string, { type, action }: Permission): boolean {
  return splitScopes(scopes).some((scope) =>
    parseScope(scope)?.some(
      (permission) => permission.action === action && (permission.type === '*' || permission.type === type),
    ),
  );
}

/** Whether everything that `scope` permits is permitted by `scopes`. */
export function covers(scopes: string, scope: string): boolean {
  const wanted = parseScope(scope);
  return wanted?.every((permission) => permits(scopes, permission)) === true;
}

export const splitScopes = (scopes: string): string[] => scopes.split(' ').filter((scope) => scope !== '');
