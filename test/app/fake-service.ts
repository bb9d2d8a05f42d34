import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import type { LandingView, PatientHomework, StandingView, VisitView } from '../../src/contract/app/patient-homework.ts';
import type { LedgerView, LogView } from '../../src/contract/app/plan-view.ts';
import type { RosterPage, RosterRow } from '../../src/contract/app/roster.ts';
import type { SafetySignalView, SafetyView } from '../../src/contract/app/safety.ts';
import type { SessionView } from '../../src/contract/app/session.ts';
import { defined } from '../../src/foundation/defined.ts';
import { IntersessionError } from '../../src/foundation/intersession-error.ts';
import type { Instant, PlanState } from '../../src/homework/model.ts';
import { matchesName } from '../../src/homework/patient/match-name.ts';
import { sweep } from '../../src/homework/plan/sweep.ts';
import { safetyRuleCodes, safetyRules } from '../../src/homework/safety/safety-signal.ts';
import type { Weekday } from '../../src/homework/schedule/schedule.ts';
import { kindForApp } from '../../src/http/app/kind-for-app.ts';
import { describeError } from '../../src/http/describe-error.ts';
import { libraryPlans } from '../../src/kinds/library/registry.ts';
import { kindsOfPlan } from '../../src/kinds/own/kinds-of-plan.ts';
import { registeredKinds } from '../../src/kinds/registry.ts';
import { holdToContract } from '../http/app/held-to-contract.ts';
import { applyWrite, createPlan, draftIn, preview, rules } from './apply-write.ts';
import { wrongInBody } from './check-body.ts';
import { answerIntegration, type FakeIntegration } from './fake-integration.ts';
import { showPlan } from './show-plan.ts';

export interface Situation {
  readonly role: SessionView['role'];
  readonly now: Instant;
  readonly plans?: readonly PlanState[];
  readonly ledger?: readonly LedgerView[];
  readonly landings?: readonly LandingView[];
  readonly lastVisit?: Instant;
  /** Absent: the last visit alone, as the clinician’s own. */
  readonly visits?: PatientHomework['visits'];
  readonly standing?: StandingView;
  readonly roster?: readonly RosterRow[];
  /** What the list leaves out, and says so. */
  readonly notShown?: Partial<
    Pick<RosterPage, 'hidden' | 'gone' | 'unchecked' | 'countsAtLeast' | 'patients' | 'namesPartly'>
  >;
  /** When patients are next expected, by id. */
  readonly nextVisits?: Readonly<Record<string, string>>;
  readonly integration?: FakeIntegration;
  readonly canWrite?: boolean;
  /** What staff see; the patient never does. */
  readonly safety?: SafetyView;
  /** What the patient says of danger comes to nobody by itself. */
  readonly signalsWait?: true;
  /** Names of clinicians that the user may read, by reference. */
  readonly people?: Readonly<Record<string, string>>;
  readonly needPatientBanner?: boolean;
  /** Absent: the lifeline of the United States. */
  readonly crisisLine?: SessionView['tenant']['crisisLine'];
  readonly weekBegins?: Weekday;
  /** Absent: those that there are. */
  readonly libraryPlans?: typeof libraryPlans;
  /** Whose charts the app can be opened from; the first unless the launch names another. */
  readonly patients?: readonly { readonly id: string; readonly name: string; readonly birthDate?: string }[];
}

export interface FakeService {
  readonly origin: string;
  /** Where the EHR would open the app. */
  readonly launchUrl: string;
  /** The same for the chart of another patient of the situation. */
  launchUrlFor(patientId: string): string;
  /** Puts everything back to this situation; open app sessions end. */
  set(situation: Situation): void;
  /** Ends every app session, as time does. */
  expire(): void;
  /** Answers the next calls to paths that begin so with this problem, until `mend`. */
  refuse(pathBegin: string, status: number, code: string): void;
  mend(): void;
  /** Answers nothing any more to paths that begin so, until `mend`. */
  hang(pathBegin: string): void;
  plans(): readonly PlanState[];
  readonly calls: { readonly method: string; readonly path: string; readonly body: unknown }[];
  close(): Promise<void>;
}

const dist = join(import.meta.dirname, '..', '..', 'dist', 'app');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.map': 'application/json',
};
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
const sarah = { id: 'sarah', name: 'Sarah Whitfield', birthDate: '1991-05-04' };
const lifeline = { label: 'Suicide & Crisis Lifeline', phone: '988' };
const users = {
  clinician: { reference: 'Practitioner/dr-okafor', name: 'Dr Ada Okafor' },
  integration: { reference: 'Practitioner/integration-haddad', name: 'Noor Haddad' },
  coordinator: { reference: 'Practitioner/m-lindqvist', name: 'Maja Lindqvist' },
  patient: { reference: 'Patient/sarah', name: 'Sarah Whitfield' },
};

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const ownVisit = (start: Instant): VisitView => ({
  ...{ start, own: true, last: 'own', with: 'Dr. Adaeze Okafor', what: 'Psychotherapy, individual' },
});
const reply = (status: number, body: unknown): Reply => ({ status, body });

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/** A service for the app alone: serves the built app and answers as the contract says, from plans held in memory. */
export async function openFakeService(first: Situation): Promise<FakeService> {
  let situation = first;
  let states = [...(first.plans ?? [])];
  let generation = 1;
  let issued = 0;
  const sessions = new Map<string, { readonly launchId: string; readonly patientId: string }>();
  const launches = new Map<string, { readonly tabKeyHash: string; readonly patientId: string }>();
  const calls: { method: string; path: string; body: unknown }[] = [];
  let refusals: { begin: string; refusal: Refusal | 'hang' }[] = [];

  const server = createServer((request, response) => {
    answer(request, response).then(
      (said) => {
        if (said !== undefined) send(response, said);
      },
      (error: unknown) => send(response, refusalOf(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<Reply | undefined> {
    const url = new URL(request.url ?? '/', origin);
    const method = request.method ?? 'GET';
    const body = await readBody(request);
    const watched = /^\/(app\/v1|smart)\//.test(url.pathname);
    if (watched) calls.push({ method, path: `${url.pathname}${url.search}`, body });
    const rule = refusals.find(({ begin }) => url.pathname.startsWith(begin));
    if (rule?.refusal === 'hang') return undefined;
    if (rule !== undefined) throw rule.refusal;
    if (url.pathname === '/ready') return reply(200, {});
    if (url.pathname === '/fake-ehr/authorize') {
      response.writeHead(302, { Location: `/callback?code=code-1&state=${url.searchParams.get('state')}` }).end();
      return undefined;
    }
    if (url.pathname.startsWith('/smart/')) return held(signIn(method, url.pathname, body, request), method, url);
    if (url.pathname.startsWith('/app/v1/')) return held(work(method, url, body, request), method, url);
    serve(url.pathname, response);
    return undefined;
  }

  /** Nothing leaves here that the service itself would not answer. */
  function held(said: Reply, method: string, { pathname }: URL): Reply {
    if (pathname !== '/smart/session') holdToContract(method, pathname, said.body);
    return said;
  }

  function signIn(method: string, path: string, body: Record<string, unknown>, request: IncomingMessage): Reply {
    if (path === '/smart/session' && method === 'DELETE') {
      sessions.delete(tokenOf(request));
      return reply(204, undefined);
    }
    if (path === '/smart/launch') {
      if (body.iss !== `${origin}/fhir`) throw new Refusal(400, 'unknown-issuer');
      const state = `state-${issued++}`;
      const named = /^chart-of-(.+)$/.exec(String(body.launch))?.[1];
      launches.set(state, { tabKeyHash: String(body.tabKeyHash), patientId: named ?? 'sarah' });
      return reply(200, { authorizeUrl: `${origin}/fake-ehr/authorize?state=${state}` });
    }
    const begun = launches.get(String(body.state));
    launches.delete(String(body.state));
    const tabKeyHash = createHash('sha256').update(String(body.tabSecret)).digest('base64url');
    if (begun?.tabKeyHash !== tabKeyHash) throw new Refusal(409, 'state-replayed');
    const token = `session-${generation}-${issued++}`;
    sessions.set(token, { launchId: `launch-${token}`, patientId: begun.patientId });
    return reply(200, sessionView(token, begun.patientId));
  }

  function sessionView(token: string, patientId: string): SessionView {
    const { role, now, canWrite = true, needPatientBanner = true, crisisLine = lifeline, weekBegins } = situation;
    return {
      session: token,
      launchId: `launch-${token}`,
      expiresAt: new Date(Date.parse(now) + 3_600_000).toISOString(),
      tenant: {
        id: 'sandbox',
        name: 'Harbor Clinic',
        timeZone: 'America/New_York',
        language: 'en-US',
        crisisLine,
        ...defined({ weekBegins }),
        sandbox: true,
        now,
      },
      user: users[role],
      role,
      ...(role === 'coordinator' || role === 'integration' ? {} : { patient: patientOf(patientId) }),
      needPatientBanner: role !== 'patient' && needPatientBanner,
      canWrite,
    };
  }

  const patientOf = (id: string) => (situation.patients ?? [sarah]).find((patient) => patient.id === id) ?? sarah;

  function work(method: string, url: URL, body: Record<string, unknown>, request: IncomingMessage): Reply {
    const token = tokenOf(request);
    const session = sessions.get(token);
    if (session === undefined) throw new Refusal(401, 'session-expired');
    if (request.headers['x-launch'] !== session.launchId) throw new Refusal(403, 'launch-mismatch');
    const path = url.pathname.slice('/app/v1'.length);
    const { now, role } = situation;
    if (method === 'GET' && path === '/copy-key') return reply(200, { key: 'k'.repeat(43), days: 7 });
    if (method === 'GET' && path === '/own-name') return reply(200, { userName: users[role].name });
    if (method === 'GET' && path === '/people') return reply(200, { names: situation.people ?? {} });
    if (method === 'GET' && path === '/patient')
      return reply(200, patientHomework(session.patientId, url.searchParams.get('all') === 'true'));
    if (method === 'GET' && path === '/roster') return reply(200, rosterPage(url.searchParams));
    if (method === 'POST' && path === '/roster/search') {
      const words = Object.entries(body).map(([key, value]): [string, string] => [key, String(value)]);
      return reply(200, rosterPage(new URLSearchParams(words)));
    }
    if (role === 'integration') {
      if (situation.integration === undefined) throw new Refusal(404, 'unknown-artefact');
      if (method === 'POST' && !path.endsWith('/ask-again') && situation.canWrite === false)
        throw new Refusal(403, 'forbidden');
      const said = answerIntegration(situation.integration, { method, path, body, now });
      if (said === undefined) throw new Refusal(404, 'unknown-artefact');
      situation = { ...situation, integration: said.after };
      return reply(200, said.body);
    }
    const wrong = method === 'GET' ? undefined : wrongInBody(method, path, body);
    // a page that sends it is told so, and its test is red
    if (wrong !== undefined) throw new Refusal(400, 'invalid-request');
    if (path.startsWith('/contacts')) return contacts(method, path, body);
    if (path === '/roster/visits') {
      const asked = Array.isArray(body.patientIds) ? body.patientIds : [];
      const visits = Object.entries(situation.nextVisits ?? {}).map(([patientId, start]) => ({ patientId, start }));
      return reply(200, { visits: visits.filter(({ patientId }) => asked.includes(patientId)) });
    }
    if (path === '/open-patient') {
      if (body.patientId !== 'sarah') {
        const { roster = [] } = situation;
        const shut = roster.map((row) => (row.patientId === body.patientId ? { ...row, mayOpen: false } : row));
        situation = { ...situation, roster: shut };
        throw new Refusal(403, 'forbidden');
      }
      return reply(200, { patient: sarah });
    }
    if (path === '/safety-signals') {
      if (role === 'patient') return reply(200, { reaches: situation.signalsWait !== true });
      const rule = safetyRuleCodes.find((code) => code === body.rule) ?? 'other-concern';
      const by = { type: 'person', reference: users[role].reference } as const;
      const signal: SafetySignalView = {
        id: `signal-${calls.length}`,
        patientId: session.patientId,
        planId: states[0]?.plan.id ?? '',
        rule,
        words: safetyRules[rule],
        ordinal: 1,
        status: 'open',
        raisedAt: now,
        evidence: [{ at: now, by, ...(typeof body.text === 'string' && { text: body.text }) }],
        version: 1,
      };
      const { safety = { open: [] } } = situation;
      situation = { ...situation, safety: { ...safety, open: [...safety.open, signal] } };
      return reply(201, { signal });
    }
    if (path.startsWith('/safety-signals/')) {
      const { safety = { open: [] } } = situation;
      const open = safety.open.filter(({ id }) => !path.includes(id));
      const closing = safety.open.find((signal) => !open.includes(signal));
      if (closing === undefined) throw new Refusal(409, 'signal-closed');
      const closed = { status: 'closed', closedAt: now, closedBy: users[role].reference } as const;
      const signal: SafetySignalView = { ...closing, ...closed, closeReason: String(body.reason) };
      situation = { ...situation, safety: { ...safety, open, closed: [signal, ...(safety.closed ?? [])] } };
      return reply(200, { signal });
    }
    if (situation.canWrite === false) throw new Refusal(403, 'forbidden');
    const actor = role === 'patient' ? 'patient' : users[role].reference;
    const write = { method, path, body, actor, at: now };
    if (path.endsWith('/reports/preview')) return reply(200, preview(stateFor(path), body, now));
    if (path === '/plans') {
      const made = createPlan(write);
      states = [made, ...states];
      return reply(201, { plan: shown(made) });
    }
    for (const [index, state] of states.entries()) {
      const after = body.event === 'undo-withdraw' ? undone.get(path) : applyWrite(state, write);
      if (after === undefined) continue;
      if (body.event === 'withdraw') undone.set(path, state);
      if (body.event === 'undo-withdraw') undone.delete(path);
      const isAct = role === 'clinician' && (path.endsWith('/talked-over') || body.byHand === true);
      if (isAct && method === 'POST') noted.add(path);
      if (method === 'DELETE') noted.delete(path);
      states = states.with(index, after);
      const plan = shown(after);
      const draft = path.startsWith('/drafts/') ? plan.logs.find(({ id }) => id === draftIn(after, write)) : undefined;
      return reply(200, draft === undefined ? { plan } : { log: draft, version: plan.version });
    }
    throw new Refusal(404, 'unknown-artefact');
  }

  function contacts(method: string, path: string, body: Record<string, unknown>): Reply {
    const { now, roster = [] } = situation;
    const [, , contactId, end] = path.split('/');
    const change = (is: (row: RosterRow) => boolean, to: (row: RosterRow) => RosterRow) => {
      if (!roster.some(is)) throw new Refusal(404, 'unknown-artefact');
      situation = { ...situation, roster: roster.map((row) => (is(row) ? to(row) : row)) };
    };
    const awake = ({ asideUntil: _until, ...row }: RosterRow): RosterRow => ({
      ...row,
      signals: row.signals.filter((signal) => signal !== 'set-aside'),
    });
    if (contactId !== undefined) {
      change(
        ({ contact }) => contact?.id === contactId,
        (row) => {
          const { contact, ...rest } = awake(row);
          const ended =
            contact === undefined ? {} : { contact: { ...contact, ended: { at: now, by: users.coordinator.name } } };
          return method === 'DELETE' || end === undefined ? rest : { ...rest, ...ended };
        },
      );
      return reply(204, undefined);
    }
    const until = body.snoozeUntil === undefined ? undefined : `${String(body.snoozeUntil)}T08:00:00.000Z`;
    const row = roster.find(({ patientId }) => patientId === body.patientId);
    if (body.after !== undefined && body.after !== (row?.contact?.id ?? null))
      throw new Refusal(412, 'version-conflict');
    const id = `contact-${calls.length}`;
    const by = { id, at: now, by: users.coordinator.name, own: true, note: String(body.note) };
    change(
      ({ patientId }) => patientId === body.patientId,
      (before) => ({
        ...awake(before),
        contact: { ...by, ...defined({ snoozeUntil: until }) },
        ...(until === undefined ? {} : { asideUntil: until }),
        ...(until === undefined || before.openSignals > 0
          ? {}
          : { signals: [...awake(before).signals, 'set-aside'] as const }),
      }),
    );
    return reply(201, { id, undoUntil: new Date(Date.parse(now) + 600_000).toISOString() });
  }

  const undone = new Map<string, PlanState>();
  const noted = new Set<string>();
  const versions = new WeakMap<PlanState, number>();
  let versionsGiven = 0;
  const versionOf = (state: PlanState): number => {
    if (!versions.has(state)) versionsGiven += 1;
    const version = versions.get(state) ?? versionsGiven;
    versions.set(state, version);
    return version;
  };
  const stateFor = (path: string): PlanState => {
    const found = states.find(({ plan }) => path.includes(plan.id));
    if (found === undefined) throw new Refusal(404, 'unknown-artefact');
    return found;
  };
  const shown = (state: PlanState, all = false) => {
    const { now, role, ledger = [] } = situation;
    const until = new Date(Date.parse(now) + 600_000).toISOString();
    const undoable = [
      ...state.assignments
        .filter(({ id }) => undone.has(`/assignments/${id}/moves`))
        .map(({ id }) => ({ assignmentId: id, until })),
      ...state.barriers
        .filter(({ id }) => noted.has(`/barriers/${id}/talked-over`))
        .map(({ id }) => ({ barrierId: id, until })),
      ...state.feedback
        .filter(({ id }) => noted.has(`/feedback/${id}/read`))
        .map(({ id }) => ({ feedbackId: id, until })),
    ];
    const version = versionOf(state);
    const plan = showPlan(state, { now, reader: role, ledger, all });
    return {
      ...plan,
      ...(role === 'patient' ? { logs: plan.logs.map((log) => withTold(log, state, situation.signalsWait)) } : {}),
      version,
      ...(undoable.length === 0 ? {} : { undoable }),
    };
  };

  function patientHomework(patientId: string, all: boolean): object {
    const steps = states.flatMap(({ assignments }) => assignments);
    const { versions } = kindsOfPlan(registeredKinds, steps);
    const { now, role, lastVisit } = situation;
    const visits = situation.visits ?? (lastVisit === undefined ? undefined : [ownVisit(lastVisit)]);
    states = states.map((state) => sweep(state, now, rules));
    return {
      now,
      patient: patientOf(patientId),
      plans: states.filter(({ plan }) => plan.patientId === patientId).map((state) => shown(state, all)),
      kinds: versions.map((version) => kindForApp(version, role)),
      questionnaires: Object.fromEntries(versions.map(({ canonical, questionnaire }) => [canonical, questionnaire])),
      ...(role === 'clinician' ? { libraryPlans: situation.libraryPlans ?? libraryPlans } : {}),
      ...(lastVisit === undefined ? {} : { lastVisit }),
      ...(visits === undefined ? {} : { visits }),
      ...(situation.standing === undefined ? {} : { standing: situation.standing }),
      landings: situation.landings ?? [],
      ...(role === 'patient'
        ? defined({ signalsWait: situation.signalsWait })
        : { safety: situation.safety ?? { open: [] } }),
      whoSees: 'Once you send it, Dr Okafor and the care team at Harbor Clinic can read it.',
    };
  }

  function rosterPage(query: URLSearchParams): object {
    const all = situation.roster ?? [];
    const [filter, q] = [query.get('filter'), (query.get('q') ?? '').toLowerCase()];
    const isSafe = ({ openSignals }: RosterRow) => Number(openSignals === 0);
    const isNoted = ({ asideUntil }: RosterRow) => Number(asideUntil !== undefined);
    // nobody is while a signal is open
    const isAside = ({ asideUntil, openSignals }: RosterRow) => asideUntil !== undefined && openSignals === 0;
    const rows = all
      .filter(({ signals }) => filter === null || signals.some((signal) => signal === filter))
      .filter((row) => filter === null || filter === 'set-aside' || !isAside(row))
      .filter(
        ({ name = '', plans }) =>
          q === '' || matchesName(q, [name]) || plans.some(({ title }) => title.toLowerCase().includes(q)),
      )
      .toSorted((row, other) =>
        query.get('sort') === 'name'
          ? (row.name ?? '').localeCompare(other.name ?? '')
          : isSafe(row) - isSafe(other) || isNoted(row) - isNoted(other) || other.signals.length - row.signals.length,
      );
    const from = Number(query.get('after') ?? 0);
    const counts: Record<string, number> = {};
    for (const row of all)
      for (const signal of row.signals)
        if (!isAside(row) || signal === 'set-aside') counts[signal] = (counts[signal] ?? 0) + 1;
    const inNeed = all.filter((row) => !isAside(row) && row.reasons.some(({ code }) => code !== 'not-landed'));
    return {
      now: situation.now,
      rows: rows.slice(from, from + 8),
      counts,
      inNeed: inNeed.length,
      patients: { count: all.length },
      hidden: { patients: 0 },
      ...situation.notShown,
      safetyRoute: { name: 'Harbor Clinic on-call therapist', phone: '555-0100' },
      ...(rows.length > from + 8 ? { next: String(from + 8) } : {}),
    };
  }

  return {
    origin,
    launchUrl: `${origin}/launch?iss=${encodeURIComponent(`${origin}/fhir`)}&launch=from-the-chart`,
    launchUrlFor: (patientId) =>
      `${origin}/launch?iss=${encodeURIComponent(`${origin}/fhir`)}&launch=chart-of-${patientId}`,
    set(next) {
      situation = next;
      states = [...(next.plans ?? [])];
      refusals = [];
      sessions.clear();
      undone.clear();
      noted.clear();
      calls.length = 0;
    },
    expire() {
      generation += 1;
      sessions.clear();
    },
    refuse: (begin, status, code) => void refusals.push({ begin, refusal: new Refusal(status, code) }),
    hang: (begin) => void refusals.push({ begin, refusal: 'hang' }),
    mend: () => {
      refusals = [];
    },
    plans: () => states,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A patient's own log with its risk answers that were told: what was noticed here stays open. */
function withTold(log: LogView, { noticed = [] }: PlanState, waits = false): LogView {
  const own = noticed.flatMap(({ evidence: { logId, linkId } }) =>
    logId === log.id && linkId !== undefined ? [linkId] : [],
  );
  const linkIds = [...new Set(own)];
  return own.length === 0 ? log : { ...log, ...(waits ? { riskWaits: linkIds } : { riskTold: linkIds }) };
}

const tokenOf = (request: IncomingMessage): string => (request.headers.authorization ?? '').replace(/^Bearer /, '');

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const given = Buffer.concat(chunks).toString('utf8');
  const parsed: unknown = given === '' ? {} : JSON.parse(given);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

function send(response: ServerResponse, { status, body }: Reply): void {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function refusalOf(error: unknown): Reply {
  if (error instanceof Refusal) {
    const { status, code } = error;
    return reply(status, { code, status, title: code, detail: code });
  }
  if (!(error instanceof IntersessionError)) process.stderr.write(`fake service: ${String(error)}\n`);
  const { status, code, title, detail, issues } = describeError(error);
  return reply(status, { code, status, title, detail, issues });
}

/** The built app as the service serves it: one page for every address, under the strict policy. */
function serve(path: string, response: ServerResponse): void {
  const asset = path.startsWith('/assets/');
  const file = join(dist, asset ? normalize(path) : 'index.html');
  response.writeHead(200, {
    'Content-Type': types[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': policy,
    'Referrer-Policy': 'no-referrer',
    // as the service itself says of them
    ...(asset ? { 'Cache-Control': 'public, max-age=31536000, immutable' } : {}),
  });
  response.end(readFileSync(file));
}
