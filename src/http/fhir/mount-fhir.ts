import type { Express } from 'express';
import type { AppOptions } from '../app-options.ts';
import { HttpProblem } from '../http-problem.ts';
import { smartConfiguration } from '../oauth/smart-configuration.ts';
import { hasBody, readForm, readJson } from '../read-body.ts';
import { capabilityStatement, statementDate } from './capability-statement.ts';
import { openToAnyOrigin, openToTenantOrigins } from './cross-origin.ts';
import { readWishes, sendFhir } from './fhir-answer.ts';
import { type Tenants, tenantIn, typeNamed } from './fhir-caller.ts';
import { fhirContent } from './fhir-content.ts';
import { readHandler } from './read-handler.ts';
import { responseDoor } from './response-door.ts';
import { responseHandler } from './response-handler.ts';
import { searchHandler } from './search-handler.ts';

/** Definitions come with the program: they are as old as the statement that announces them. */
const definitionsChanged = `${statementDate}T00:00:00.000Z`;

/** Mounts the FHIR endpoint of every tenant under `/fhir/{tenant}`. */
export function mountFhir(app: Express, options: AppOptions, tenants: Tenants): void {
  const { publicUrl } = options.config;
  const base = '/fhir/:tenant';
  const search = searchHandler(options, tenants, definitionsChanged);

  app.use(`${base}/response/:occurrence/:signature`, openToAnyOrigin('POST'));
  app.use([`${base}/metadata`, `${base}/.well-known`], openToAnyOrigin('GET', 'HEAD'));
  app.use(base, openToTenantOrigins(tenants));

  app.get(`${base}/.well-known/smart-configuration`, (request, response) => {
    response.json(smartConfiguration(publicUrl, tenantIn(request, tenants).id));
  });
  app.get(`${base}/metadata`, readWishes, (request, response) => {
    const tenant = tenantIn(request, tenants);
    sendFhir(response, capabilityStatement(publicUrl, tenant));
  });
  // an address of one sort for each interaction: what is left over is refused below, by name
  app.post(
    `${base}/response/:occurrence/:signature`,
    readWishes,
    responseDoor(options, tenants),
    fhirContent,
    readJson('application/fhir+json'),
    responseHandler(options, tenants),
  );
  const form = readForm();
  app.post(
    `${base}/:type/_search`,
    readWishes,
    (request, response, next) => (hasBody(request) ? form(request, response, next) : next()),
    search,
  );
  app.all(`${base}/:type/_search`, (request) => refuseInteraction(request.path, tenantIn(request, tenants).id));
  app.get(`${base}/:type`, readWishes, search);
  app.get(`${base}/:type/:id`, readWishes, readHandler(options, tenants, definitionsChanged));
  app.all([base, `${base}/*rest`], (request) => refuseInteraction(request.path, tenantIn(request, tenants).id));
  app.use('/fhir', () => {
    throw new HttpProblem('not-found', 'There is nothing at this address');
  });

  function refuseInteraction(path: string, tenantId: string): never {
    const parts = path
      .split('/')
      .filter((part) => part !== '')
      .slice(2);
    const [first = ''] = parts;
    if (first === 'response') throw new HttpProblem('method-not-allowed', 'Answers are sent here by POST', ['POST']);
    if (first === '' || first.startsWith('$') || first.startsWith('_')) {
      throw new HttpProblem('method-not-allowed', `No such interaction with the whole of ${tenantId}`, []);
    }
    if (first !== 'metadata') typeNamed(first);
    const allow = parts[1] === '_search' ? ['POST'] : ['GET'];
    throw new HttpProblem(
      'method-not-allowed',
      'This endpoint is to be read and searched; nothing else is done here',
      allow,
    );
  }
}
