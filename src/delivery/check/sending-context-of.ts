import type { Ehr } from '../../ehr/open-ehr.ts';
import type { SendingContext } from '../sending-context.ts';

/** What an EHR is at this moment, as far as sending to it depends on it. @throws `ehr-unreachable` when it was never reached */
export async function readSendingContext(ehr: Ehr): Promise<SendingContext> {
  const landings = await ehr.landings();
  const capabilities = await ehr.capabilities();
  const { traits, observationRows } = ehr;
  return { landings: new Map(landings.map((row) => [row.artefact, row])), capabilities, traits, observationRows };
}
