import { Registry } from 'prom-client';
import type { Config } from './config/read-config.ts';
import { chartReader } from './delivery/chart-reader.ts';
import { startChecking } from './delivery/check/start-checking.ts';
import { type Delivery, startDelivery } from './delivery/deliver.ts';
import { isAbout } from './ehr/is-about.ts';
import { type Ehr, openEhr } from './ehr/open-ehr.ts';
import { patientIdentifiers } from './ehr/patient-identifiers.ts';
import { systemClock } from './foundation/clock.ts';
import { defined } from './foundation/defined.ts';
import { createApp } from './http/create-app.ts';
import type { Logger } from './logger.ts';
import { migrate } from './record/database/migrate.ts';
import { loadResponseSecret, loadSessionKey, loadSigningKeys } from './record/keys/secrets.ts';
import { openRecord } from './record/open-record.ts';
import { keepSearchZones } from './record/store/keep-search-zones.ts';
import { probeStore } from './record/store/probe-store.ts';
import { appPages } from './start/app-pages.ts';
import { checkDataDir } from './start/check-data-dir.ts';
import { claimPort } from './start/claim-port.ts';
import { withDemoClient } from './start/demo-client.ts';
import { ehrConnections } from './start/ehr-connections.ts';
import { openStore } from './start/open-store.ts';
import { openOperatorDoor } from './start/operator/operator-door.ts';
import { whenDatabaseAnswers } from './start/outlive-database.ts';
import { personArrived } from './start/person-arrived.ts';
import { safetyReach } from './start/safety-reach.ts';
import { startSandboxProcess } from './start/sandbox-process.ts';
import { signedInPeople } from './start/signed-in-people.ts';
import { smartClients } from './start/smart-clients.ts';
import { startSweeping } from './start/start-sweeping.ts';
import { type EhrWatch, watchEhrs } from './start/watch-ehrs.ts';

export interface StartOptions {
  readonly logger: Logger;
  /** Told of named milestones; fault tests stop the process there. */
  readonly reach?: (point: string) => void;
}

/** The service, running. */
export interface Running {
  readonly url: string;
  readonly sandboxUrl?: string;
  /** What does not work yet, in words for a person; the service runs nevertheless. */
  readonly problems: readonly string[];
  /** Resolves when nothing is left to deliver now. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts everything that the configuration asks for, in this order: port, database, sandbox EHR, doors, delivery, sweep.
 * An EHR that is down does not keep the service from starting; a busy port or a locked folder does.
 * @throws `port-busy`, `folder-locked`, `configuration-invalid`
 */
export async function start(config: Config, { logger, reach = () => {} }: StartOptions): Promise<Running> {
  const closing: (() => Promise<unknown>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closing.reverse().splice(0)) await close();
  };
  try {
    // the port first: whoever finds it taken must not touch the database of the one who has it
    const port = await claimPort(config);
    closing.push(port.close);
    const clock = systemClock;
    if (config.sandbox !== undefined) checkDataDir(config.dataDir);
    const database = await openStore(config);
    closing.push(() => database.close());
    const steadily = <T>(step: () => Promise<T>): Promise<T> => whenDatabaseAnswers(step, logger);
    await steadily(() => migrate(database, clock));
    const signingKeys = await steadily(() => loadSigningKeys(database, clock));

    const publicUrl = config.publicUrl.replace(/:0$/, `:${port.number}`);
    const sandbox =
      config.sandbox === undefined
        ? undefined
        : await startSandboxProcess({ ...config.sandbox, dataDir: config.dataDir, serviceUrl: publicUrl });
    if (sandbox !== undefined) closing.push(sandbox.stop);
    const tenants = await withDemoClient(config);

    const store = probeStore(database);
    const ehrs = new Map<string, Ehr>();
    for (const tenant of tenants) {
      const ehr = openEhr(tenant, { signingKey: signingKeys, clock, store });
      ehrs.set(tenant.id, ehr);
      closing.push(() => ehr.close());
    }
    let delivery: Delivery | undefined;
    const record = openRecord({
      database,
      clock,
      publicUrl,
      tenants: tenants.map(
        ({ id, name, timeZone, language, sandbox: isSandbox, lateGraceHours, weekBegins, sources }) => ({
          ...{ id, name, timeZone, language, sandbox: isSandbox, sources },
          ...defined({ lateGraceHours, weekBegins }),
        }),
      ),
      responseSecret: await steadily(() => loadResponseSecret(database, clock)),
      standingOf: async (tenantId, patientId) =>
        (await ehrs.get(tenantId)?.standingOf(patientId)) ?? { answer: 'unreachable' },
      patientIdentifiers: (tenantId, patientId) => patientIdentifiers(ehrs.get(tenantId), patientId),
      isAboutPatient: async (tenantId, named) =>
        isAbout(ehrs.get(tenantId), named, tenants.find(({ id }) => id === tenantId)?.fhirBase ?? ''),
      safetyReaches: async (tenantId) =>
        safetyReach(
          ehrs.get(tenantId),
          tenants.find(({ id }) => id === tenantId),
        ),
      chart: chartReader({ database, ehrs }),
      reach,
      changed: () => delivery?.hint(),
    });
    await steadily(() => keepSearchZones(record));
    const clients = smartClients(tenants, { signingKey: signingKeys, clock });
    const sessionKey = await steadily(() => loadSessionKey(database, clock));
    const people = signedInPeople({ database, clock, sessionKey }, clients);
    const delivering = await startDelivery({ database, ehrs, clock, logger, reach, people });
    delivery = delivering;
    closing.push(() => delivering.stop());

    let watch: EhrWatch | undefined;
    const connections = ehrConnections(ehrs, clock);
    const pages = appPages();
    const app = createApp({
      record,
      tenants,
      config: { publicUrl },
      logger,
      metrics: new Registry(),
      signingKeys,
      smart: { clients, sessionKey },
      signedIn: (event) => void personArrived({ database, ehrs, clock, logger, delivery: delivering }, event),
      health: () => ({ status: 'ready', parts: watch?.parts() ?? {} }),
      ...defined({ monitoring: config.monitoring }),
      connections,
      landings: async (tenantId) => connections.get(tenantId)?.landings(),
      ...defined({ pages }),
      chartUrl: (tenantId, patientId) =>
        sandbox === undefined || !record.tenants.get(tenantId)?.sandbox
          ? undefined
          : `${sandbox.url}/${patientId === undefined ? '' : `chart/${encodeURIComponent(patientId)}`}`,
    });
    port.serve(app);
    // taken down last, but told at once: nothing new is begun on what is being closed
    const stopServing = async (): Promise<void> => port.stopServing();
    // only now: an EHR's authorization server asks our doors for our keys before it answers
    const watching = await watchEhrs(ehrs, logger);
    watch = watching;
    // it is not started again by itself: somebody may have stopped it to see what an EHR that is down does
    void sandbox?.ended.then(async (how) => {
      logger.error(
        { how },
        'the sandbox EHR has ended; what is to land is kept. Start the service again to start it, too',
      );
      await watching.listen(0);
    });
    closing.push(async () => watching.stop());
    if (config.databaseUrl === undefined) {
      closing.push(
        await openOperatorDoor({
          ...{ dataDir: config.dataDir, record, tenants, logger },
          learned: async (tenantId) => ehrs.get(tenantId)?.learned(),
        }),
      );
    }
    const sweeping = startSweeping(record, logger);
    closing.push(() => sweeping.stop());
    const checking = startChecking({ record, ehrs, logger });
    closing.push(() => checking.stop());
    closing.push(stopServing);
    return {
      url: publicUrl,
      ...(sandbox === undefined ? {} : { sandboxUrl: sandbox.url }),
      problems: watching.problems(),
      idle: () => delivering.idle(),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
