import { storedTypes } from '../../../src/http/fhir/parse-include.ts';
import type { AppWithSources } from '../app/open-app-with-sources.ts';
import type { Answer } from '../open-doors.ts';
import { readPages } from '../read-pages.ts';
import { textOf } from '../reports/read-pdf.ts';
import type { Tab } from '../smart/open-app.ts';

export interface Crawl {
  readonly planId: string;
  readonly reportId: string;
  /** Sarah is open to each of them who opens patients. */
  readonly tabs: Readonly<Record<'patient' | 'clinician' | 'coordinator' | 'integration', Tab>>;
  /** Source systems with the scopes that they ask with; `name` stands in the place. */
  readonly sources: readonly {
    readonly client: 'alpha' | 'beta' | 'gamma';
    readonly scope: string;
    readonly name: string;
  }[];
  /** What is looked for in the coordinator’s list. */
  readonly q: string;
}

/** What a door answered: text by text (a search’s pages, a PDF), and the headers. */
export interface Told {
  readonly texts: readonly string[];
  readonly headers: readonly string[];
}

/** What every door that is read tells each caller, by `caller: door`; a door that refuses is not in it. */
export async function crawlDoors(app: AppWithSources, crawl: Crawl): Promise<ReadonlyMap<string, Told>> {
  const { planId, reportId } = crawl;
  const found = new Map<string, Told>();
  const keep = (place: string, ...answers: readonly Answer[]) => {
    const good = answers.filter(({ status }) => status === 200);
    if (good.length === 0) return;
    found.set(place, {
      texts: good.map(({ text }) => text),
      headers: good.flatMap(({ headers }) => [...headers.values()]),
    });
  };
  const keepPdf = async (place: string, answer: Response) => {
    if (answer.status !== 200) return;
    found.set(place, { texts: [await textOf(new Uint8Array(await answer.arrayBuffer()))], headers: [] });
  };
  for (const [role, tab] of Object.entries(crawl.tabs)) {
    const call = (method: string, path: string, given?: object) => app.call(tab, method, `/app/v1${path}`, given);
    for (const path of [
      ...['/patient', '/roster', '/ledger/summary', '/ledger/check', '/copy-key', '/own-name', '/people', '/merges'],
      ...['/encounters', '/connection'],
    ]) {
      keep(`${role}: ${path}`, await call('GET', path));
    }
    keep(`${role}: /ledger`, await call('POST', '/ledger/search', { limit: 200 }));
    keep(`${role}: /roster/search`, await call('POST', '/roster/search', { q: crawl.q }));
    keep(`${role}: a row of the ledger`, await call('GET', `/ledger/plan/${planId}`));
    const period = { from: '2026-03-01T15:00:00Z' };
    keep(`${role}: preview`, await call('POST', `/plans/${planId}/reports/preview`, period));
    const headers = { authorization: `Bearer ${tab.session}`, 'x-launch': tab.launchId };
    await keepPdf(
      `${role}: preview pdf`,
      await fetch(`${app.doors.url}/app/v1/plans/${planId}/reports/preview/pdf`, {
        ...{ method: 'POST', body: JSON.stringify(period) },
        headers: { ...headers, 'content-type': 'application/json' },
      }),
    );
    await keepPdf(`${role}: report pdf`, await fetch(`${app.doors.url}/app/v1/reports/${reportId}/pdf`, { headers }));
  }
  for (const { client, scope, name } of crawl.sources) {
    const token = await app.sourceToken(client, scope);
    const get = (path: string) => app.doors.call('GET', path, { token });
    for (const path of [`/plans/${planId}`, '/plans', '/ledger?limit=200', `/ledger/plan/${planId}`, '/merges']) {
      keep(`${name}: ${path.replace(planId, '{id}').replace(/\?.*/, '')}`, await get(`/api/v1${path}`));
    }
    keep(`${name}: /safety-signals`, await get('/api/v1/safety-signals?patientId=sarah'));
    for (const type of storedTypes)
      keep(`${name}: ${type}`, ...(await readPages(get, `/fhir/north/${type}?_count=200`)));
    const along = ['CarePlan:goal', 'CarePlan:activity-reference'].map((include) => `_include=${include}`);
    const based = ['QuestionnaireResponse', 'Observation', 'Communication'].map(
      (type) => `_revinclude=${type}:based-on`,
    );
    keep(`${name}: all included`, await get(`/fhir/north/CarePlan?${[...along, ...based].join('&')}`));
    const headers = { authorization: `Bearer ${token}` };
    await keepPdf(`${name}: report pdf`, await fetch(`${app.doors.url}/api/v1/reports/${reportId}/pdf`, { headers }));
  }
  for (const path of ['/health', '/ready', '/metrics', '/fhir/north/Task', '/api/v1/plans', '/app/v1/patient']) {
    keep(`nobody: ${path}`, { ...(await app.doors.call('GET', path)), status: 200 });
  }
  found.set('nobody: log', { texts: [app.doors.log()], headers: [] });
  return found;
}

/** A text with what of it is coded (a note’s words in a resource) beside it in the open. */
export function opened(text: string): string {
  const coded = [...text.matchAll(/"data":\s*"([A-Za-z0-9+/=]+)"/g)].map(([, data = '']) => data);
  return [text, ...coded.map((data) => Buffer.from(data, 'base64').toString('utf8'))].join('\n');
}
