import { orOnlyId } from '../../contract/only-id.ts';
import { fileReportBody, reportShape } from '../../contract/report.ts';
import { fileReport } from '../../record/use-cases/file-report.ts';
import { getReport } from '../../record/use-cases/get-report.ts';
import { mayReadReport } from '../../record/use-cases/may-read-report.ts';
import { contentOf, pdfAnswer } from '../reports/report-pdf.ts';
import { reportView } from './report-view.ts';
import { defineRoute } from './route.ts';

export const reportRoutes = [
  defineRoute({
    method: 'post',
    path: '/plans/{planId}/reports',
    operationId: 'fileReport',
    shows: 'report',
    tag: 'Plans',
    summary: 'Write the between-session report for the chart',
    description: 'It is filed as a draft: only a clinician who has read it in the app can sign one.',
    needs: ['DocumentReference.c'],
    body: fileReportBody,
    example: { sourceId: 'report-5', from: '2026-03-01T10:00:00-05:00', to: '2026-03-25T15:00:00-04:00' },
    answers: {
      201: { description: 'Filed', schema: orOnlyId(reportShape) },
      200: { description: 'This was filed before', schema: orOnlyId(reportShape) },
    },
    errors: ['unknown-artefact', 'source-id-conflict'],
    async handle({ record, tenant, clientId, params, body: asked }) {
      const filed = await fileReport(record, tenant.id, { ...asked, clientId, planId: params.planId });
      // sent again by a token that is told of no safety signal, it may be a report that names one
      const shown = mayReadReport(record.actor, filed.report);
      const body = shown ? reportView(filed.report, tenant) : { id: filed.report.id };
      return { status: filed.created ? 201 : 200, body };
    },
  }),
  defineRoute({
    method: 'get',
    path: '/reports/{reportId}/pdf',
    operationId: 'getReportPdf',
    tag: 'Plans',
    summary: 'A filed report or addendum as PDF',
    description: 'It names no patient, inside or in its file name.',
    needs: ['DocumentReference.r'],
    answers: { 200: { description: 'The report', contentType: 'application/pdf' } },
    errors: ['unknown-artefact', 'report-too-long', 'pdf-unavailable'],
    async handle({ record, tenant, params }) {
      return pdfAnswer(contentOf(await getReport(record, tenant.id, params.reportId)));
    },
  }),
];
