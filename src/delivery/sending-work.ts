import type { EhrFailure } from '../ehr/ehr-failure.ts';
import type { Capabilities } from '../landing/capabilities.ts';
import type { BundleWrite } from './build-bundle.ts';
import { type RowResult, wasMade } from './claimed-group.ts';
import { ownPlace } from './load-references.ts';
import type { PlannedWrite } from './plan-sending.ts';
import { identifierIn, toWireText } from './wire-text.ts';

/** One write on its way through the rounds of an attempt. */
export class SendingWork {
  readonly write: PlannedWrite;
  next: 'look' | 'send';
  /** Where it stands in the EHR, as far as we know. */
  stands: { readonly reference: string; readonly version: string | undefined } | undefined;
  /** The EHR has said, now or earlier, that it made this: it is looked for, and never made again. */
  made: number | undefined;
  /** The EHR claimed a success and did not prove it: it is looked for once, at this place where one was named. */
  doubt: { readonly failure: EhrFailure; readonly mayStandAt?: string | undefined } | undefined;
  /** This attempt put it on the wire. */
  sent = false;
  /** Where it was written to, last; undefined: it was to be made. */
  sentTo: string | undefined;
  /** When all of it had left, last. */
  sentAt: Date | undefined;
  /** This round put it on the wire. */
  tried = false;
  /** What became of it; undefined: it is still open. */
  result: RowResult | undefined;
  /** `identifier=system|value&patient=id`, encoded, if this EHR can be asked to make it only where there is none; found at the first need. */
  private criteria: string | undefined | null = null;
  private readonly capabilities: Capabilities;

  constructor(write: PlannedWrite, capabilities: Capabilities) {
    const { ehrVersion } = write.row;
    // what stands in the place of something else, a note that told of it, is no place to write to
    const ehrReference = ownPlace(`${write.resourceType}/`, write.row.ehrReference);
    this.write = write;
    this.capabilities = capabilities;
    this.stands = ehrReference === null ? undefined : { reference: ehrReference, version: ehrVersion ?? undefined };
    this.made = wasMade({ ...write.row, ehrReference }) ? (write.row.lastStatus ?? 201) : undefined;
    // What stands there is read before it is written over: its id may be another patient's by now. And without
    // If-None-Exist a first contact may be a second one: our database may have been lost and told again.
    const unsure = write.mayStand || this.stands !== undefined || this.ifNoneExist() === undefined;
    this.next = unsure ? 'look' : 'send';
  }

  /** The criteria of a conditional create; undefined where the EHR offers none, or there is nothing to ask by. */
  ifNoneExist(): string | undefined {
    if (this.criteria !== null) return this.criteria;
    const { content, row, resourceType } = this.write;
    // the note that this one follows bears the same identifier: asked by it, the EHR would make nothing
    const offered = this.write.follows === undefined && this.capabilities.conditionalCreate[resourceType] === true;
    const identifier = offered ? identifierIn(content, row) : undefined;
    const patient = identifier === undefined ? undefined : this.patientCriterion();
    this.criteria =
      identifier === undefined || patient === undefined
        ? undefined
        : `identifier=${encodeURIComponent(identifier)}&${patient}`;
    return this.criteria;
  }

  /** The patient goes with the identifier: what bears it and is about somebody else must not stand for ours. */
  private patientCriterion(): string | undefined {
    const offered = this.capabilities.searchParams[this.write.resourceType] ?? [];
    const patient = encodeURIComponent(this.write.patientId);
    if (offered.includes('patient')) return `patient=${patient}`;
    return offered.includes('subject') ? `subject=Patient/${patient}` : undefined;
  }

  offers(interaction: 'create' | 'update'): boolean {
    return this.capabilities.interactions[this.write.resourceType]?.includes(interaction) === true;
  }

  /** Nobody has ever tried to send this, as far as our record goes. */
  isFirstContact(): boolean {
    const { mayStand, row } = this.write;
    return !mayStand && row.landed === 0 && row.ehrReference === null;
  }

  /** The write as it goes out now. `known`: urn → `Task/17` */
  toBundleWrite(known: ReadonlyMap<string, string>): BundleWrite {
    const { urn, resourceType } = this.write;
    this.sent = true;
    this.sentTo = this.stands?.reference;
    if (this.stands === undefined) {
      const ifNoneExist = this.ifNoneExist();
      return { urn, resourceType, resource: toWireText(this.write, known), update: undefined, ifNoneExist };
    }
    const { reference, version: ifMatch } = this.stands;
    const id = reference.slice(reference.indexOf('/') + 1);
    const update = { reference, ifMatch };
    return { urn, resourceType, resource: toWireText(this.write, known, id), update, ifNoneExist: undefined };
  }
}
