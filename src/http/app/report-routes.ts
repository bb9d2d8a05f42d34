import { appBodies } from '../../contract/app/bodies.ts';
import { defined } from '../../foundation/defined.ts';
import { invalidRequest } from '../../homework/replace-in-state.ts';
import type { WrittenWords } from '../../homework/report/with-clinician-words.ts';
import { chooseEncounter } from '../../record/use-cases/choose-encounter.ts';
import { fileReport } from '../../record/use-cases/file-report.ts';
import { getReport } from '../../record/use-cases/get-report.ts';
import { previewReport, type ReportPreview } from '../../record/use-cases/preview-report.ts';
import { contentOf, pdfAnswer } from '../reports/report-pdf.ts';
import { withUserToken } from '../smart/with-user-token.ts';
import { type AppCall, type AppRoute, defineAppRoute } from './app-route.ts';
import { openPatientOf, ownedByOpenPatient } from './open-record-of.ts';
import { showChangedPlan } from './show-changed-plan.ts';

const clinician = ['clinician'] as const;
/** Visits that a note is offered for. */
const mostOffered = 10;
type Period = { readonly from?: string; readonly to?: string; readonly words?: WrittenWords | undefined };

/** The note for the chart: read first, then filed as it was read, as a draft or signed. */
export const reportRoutes: readonly AppRoute[] = [
  defineAppRoute({
    method: 'post',
    path: '/plans/{planId}/reports/preview',
    roles: clinician,
    writes: false,
    body: appBodies['POST /plans/{planId}/reports/preview'],
    bodyOptional: true,
    async handle(call) {
      const { from, to, text, digest, content, sections, untold } = await preview(call, call.body);
      const encounters = await encountersToChoose(call);
      const { period, nothing } = content;
      return {
        status: 200,
        body: {
          ...{ from, to, period, text, digest, sections },
          ...defined({ nothing, encounters }),
          ...(untold.length === 0 ? {} : { untold }),
        },
      };
    },
  }),
  defineAppRoute({
    method: 'post',
    path: '/plans/{planId}/reports/preview/pdf',
    roles: clinician,
    writes: false,
    body: appBodies['POST /plans/{planId}/reports/preview/pdf'],
    bodyOptional: true,
    async handle(call) {
      const { content } = await preview(call, call.body);
      return pdfAnswer({ ...content, marker: 'Not filed yet.' }, call.session.sealed.patient?.name);
    },
  }),
  defineAppRoute({
    method: 'post',
    path: '/plans/{planId}/reports',
    roles: clinician,
    writes: ['DocumentReference'],
    body: appBodies['POST /plans/{planId}/reports'],
    async handle(call) {
      const { record, tenant, session, body } = call;
      const { sign, encounter, ...rest } = body;
      const planId = await planInPath(call);
      if (encounter !== undefined) await refuseForeignEncounter(call, encounter);
      const { userReference } = session;
      await fileReport(record, tenant.id, {
        ...{ ...rest, planId, author: userReference },
        ...(sign ? { signedBy: userReference } : {}),
        ...defined({ encounter }),
      });
      return { status: 201, body: await showChangedPlan(call, planId) };
    },
  }),
  defineAppRoute({
    method: 'get',
    path: '/encounters',
    roles: clinician,
    writes: false,
    async handle(call) {
      return { status: 200, body: { encounters: await offered(call) } };
    },
  }),
  defineAppRoute({
    method: 'post',
    path: '/reports/{reportId}/encounter',
    roles: clinician,
    writes: ['DocumentReference'],
    body: appBodies['POST /reports/{reportId}/encounter'],
    async handle(call) {
      const { reportId = '' } = call.params;
      const { encounter } = call.body;
      const { planId } = await ownedByOpenPatient(call, { artefact: 'report', id: reportId });
      await refuseForeignEncounter(call, encounter);
      await chooseEncounter(call.record, call.tenant.id, { planId, reportId, encounter });
      return { status: 200, body: await showChangedPlan(call, planId) };
    },
  }),
  defineAppRoute({
    method: 'get',
    path: '/reports/{reportId}/pdf',
    roles: clinician,
    writes: false,
    async handle(call) {
      const { record, tenant, params, session } = call;
      const { reportId = '' } = params;
      await ownedByOpenPatient(call, { artefact: 'report', id: reportId });
      return pdfAnswer(contentOf(await getReport(record, tenant.id, reportId)), session.sealed.patient?.name);
    },
  }),
];

async function planInPath(call: AppCall<unknown, undefined>): Promise<string> {
  const { planId = '' } = call.params;
  await ownedByOpenPatient(call, { artefact: 'plan', id: planId });
  return planId;
}

async function preview(call: AppCall<Period, undefined>, body: Period): Promise<ReportPreview> {
  return previewReport(call.record, call.tenant.id, { ...body, planId: await planInPath(call) });
}

/** The patient's encounters, where the tenant leaves the choice to a person; undefined: there is nothing to choose. */
async function encountersToChoose(call: AppCall<unknown, undefined>) {
  return call.tenant.encounterRule === 'ask' ? offered(call) : undefined;
}

async function offered(call: AppCall<unknown, undefined>) {
  const read = await encountersOf(call);
  return read.slice(0, mostOffered).map(({ reference, start, status }) => ({
    ...{ reference, start, status },
    ...(reference === call.session.encounter ? { isLaunch: true as const } : {}),
  }));
}

/** Read with the user's own token: what they may not see is not offered. */
async function encountersOf({ options, smart, session, ...call }: AppCall<unknown, undefined>) {
  const patientId = openPatientOf({ session });
  const until = (await call.record.clockOf(session.tenantId)).now().toISOString();
  const read = await withUserToken(options, smart, session, (client, accessToken) =>
    client.visits(accessToken, { patientId, until }),
  );
  return read ?? [];
}

/** @throws `invalid-request` for an encounter that is not one of this patient's */
async function refuseForeignEncounter(call: AppCall<unknown, undefined>, encounter: string): Promise<void> {
  if (encounter === call.session.encounter) return;
  const known = await encountersOf(call);
  if (!known.some(({ reference }) => reference === encounter))
    throw invalidRequest('encounter', 'is not one of this patient’s that you can see');
}
