import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { unheldTexts } from '../foundation/plain-text.ts';
import { invalid, problemOf } from './configuration-problem.ts';
import { sharedByPeople } from './tenant-addresses.ts';
import { type Tenant, tenantSchema } from './tenant-schema.ts';

/** The EHR connections of a TENANTS_FILE. @throws `configuration-invalid`, naming keys, never their values */
export function readTenants(file: string): Tenant[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const problem = cause instanceof SyntaxError ? 'the file is not valid JSON' : 'the file cannot be read';
    throw invalid([{ variable: 'TENANTS_FILE', problem }], cause);
  }
  const parsed = z.array(tenantSchema).min(1).safeParse(json);
  if (!parsed.success) {
    throw invalid(
      parsed.error.issues.map((issue) => ({
        variable: keyOf(issue.path),
        problem: problemOf(issue),
      })),
    );
  }
  const unheld = [...unheldTexts(parsed.data)];
  if (unheld.length > 0) {
    const problem = 'must not hold control characters, nor half of a character';
    throw invalid(unheld.map((path) => ({ variable: keyOf(path), problem })));
  }
  const ids = parsed.data.map((tenant) => tenant.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalid([{ variable: 'TENANTS_FILE', problem: `two tenants have the id "${twice}"` }]);
  const shared = sharedByPeople(parsed.data);
  if (shared !== -1) {
    const problem = 'another tenant with a clientId has it: a launch from there would be either’s';
    throw invalid([{ variable: `TENANTS_FILE[${shared}].fhirBase`, problem }]);
  }
  return parsed.data.map((tenant) => ({ ...tenant, sandbox: false }));
}

function keyOf(path: readonly PropertyKey[]): string {
  return `TENANTS_FILE${path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')}`;
}
