// Cuts an EHR's CapabilityStatement and SMART configuration down to what decides a landing:
//   node scripts/compact-ehr-statement.mjs STATEMENT SMART-CONFIGURATION OUT
// `source`, `vendor` and `refusals` are written by hand; they stay as they are in OUT.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const types = [
  ...['Task', 'CarePlan', 'Goal', 'Questionnaire', 'QuestionnaireResponse', 'Observation', 'DocumentReference'],
  ...['Communication', 'Provenance', 'Flag', 'Subscription', 'Patient', 'Encounter'],
];
const [statementFile, smartFile, out] = process.argv.slice(2);
if (out === undefined) {
  console.error('usage: node scripts/compact-ehr-statement.mjs STATEMENT SMART-CONFIGURATION OUT');
  process.exit(2);
}
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const statement = read(statementFile);
const rest = statement.rest.find(({ mode }) => mode === 'server');
const byType = (value) =>
  Object.fromEntries(
    types.flatMap((type) => {
      const resource = rest.resource.find((one) => one.type === type);
      const found = resource === undefined ? undefined : value(resource);
      return found === undefined ? [] : [[type, found]];
    }),
  );
const ours = new RegExp(`^(system|user|patient)/(${types.join('|')}|\\*)\\.`);
const scopes = [...new Set(read(smartFile).scopes_supported ?? [])];
const kept = { source: '', vendor: '', refusals: [], ...(existsSync(out) ? read(out) : {}) };
const compact = {
  source: kept.source,
  vendor: kept.vendor,
  stated: String(statement.date).slice(0, 10),
  interactions: byType(({ interaction = [] }) => interaction.map(({ code }) => code).sort()),
  searchParameters: byType(({ searchParam = [] }) => searchParam.map(({ name }) => name).sort()),
  conditionalCreate: byType(({ conditionalCreate }) => conditionalCreate),
  system: (rest.interaction ?? []).map(({ code }) => code).sort(),
  // a granular scope beside the same without a condition says nothing more
  scopesSupported: scopes
    .filter((scope) => ours.test(scope) && !(scope.includes('?') && scopes.includes(scope.split('?')[0])))
    .sort(),
  refusals: kept.refusals,
};
writeFileSync(out, `${JSON.stringify(compact, null, 2)}\n`);
