import { buildBundle, readBundleAnswer } from './build-bundle.ts';
import type { Sending } from './sending.ts';
import type { SendingWork } from './sending-work.ts';

/** Writes what is left to write, once: as one transaction where the EHR offers it, else in the order of the references. */
export async function sendWrites(sending: Sending): Promise<void> {
  const { open } = sending;
  if (open.length === 0) return;
  if (sending.asTransaction && open.length > 1)
    await sendTogether(sending, 'transaction', withoutOrphans(sending, open));
  else await sendInOrder(sending);
}

async function sendInOrder(sending: Sending): Promise<void> {
  const together = sending.options.context.capabilities.system.includes('batch');
  for (;;) {
    const wave = sending.open.filter(
      ({ write, next, tried }) => next === 'send' && !tried && write.needs.every((urn) => sending.known.has(urn)),
    );
    if (wave.length === 0 || !sending.options.leaseHolds()) break;
    for (const work of wave) work.tried = true;
    if (together && wave.length > 1) await sendTogether(sending, 'batch', wave);
    else await Promise.all(wave.map((work) => sendAlone(sending, work)));
  }
  for (const work of sending.works) work.tried = false;
  const open = sending.open;
  const there = new Set([...open.map(({ write }) => write.urn), ...sending.known.keys()]);
  for (const work of open) if (!work.write.needs.every((urn) => there.has(urn))) sending.orphaned(work);
}

async function sendTogether(
  sending: Sending,
  type: 'batch' | 'transaction',
  works: readonly SendingWork[],
): Promise<void> {
  if (works.length === 0) return;
  const { ehr, group } = sending.options;
  const writes = works.map((work) => work.toBundleWrite(sending.known));
  const body = buildBundle(type, ehr.base, writes);
  const { attemptId } = group;
  const way = wayOf(sending, works);
  const answer = await ehr.write({ method: 'POST', path: '', body, attemptId, prefer: 'minimal', ...way });
  if (answer.ok) sending.httpStatus = answer.status;
  const answers = readBundleAnswer(answer, writes, ehr.base);
  if (!('ok' in answers)) {
    works.forEach((work, at) => {
      const entry = answers[at];
      if (entry !== undefined) sending.judge(work, entry);
    });
    return;
  }
  sending.httpStatus = answers.failure.status ?? sending.httpStatus;
  if (type === 'transaction' && answers.failure.disposition === 'reject' && works.length > 1) {
    sending.asTransaction = false;
    return;
  }
  for (const work of works) sending.judge(work, answers);
}

async function sendAlone(sending: Sending, work: SendingWork): Promise<void> {
  const { ehr, group } = sending.options;
  const { resourceType, resource, update, ifNoneExist } = work.toBundleWrite(sending.known);
  const common = {
    ...{ body: resource, attemptId: group.attemptId, prefer: 'minimal' as const },
    ...wayOf(sending, [work]),
  };
  const answer =
    update === undefined
      ? await ehr.write({ ...common, method: 'POST', path: resourceType, ifNoneExist })
      : await ehr.write({ ...common, method: 'PUT', path: update.reference, ifMatch: update.ifMatch });
  sending.httpStatus = answer.ok ? answer.status : (answer.failure.status ?? sending.httpStatus);
  sending.judge(work, answer);
}

/** Nothing is sent by whom the work no longer belongs to; and when it left is kept, for it counts until it settles. */
function wayOf({ options }: Sending, works: readonly SendingWork[]) {
  return {
    mayBegin: options.leaseHolds,
    onSent: () => {
      for (const work of works) work.sentAt = options.now();
      options.onSent();
    },
  };
}

/** What can go into one transaction: nothing in it may need what is neither in it nor in the EHR. */
function withoutOrphans(sending: Sending, open: readonly SendingWork[]): readonly SendingWork[] {
  let works = open;
  for (;;) {
    const there = works;
    const isThere = (urn: string): boolean => sending.known.has(urn) || there.some(({ write }) => write.urn === urn);
    const lacking = works.filter(({ write }) => !write.needs.every(isThere));
    if (lacking.length === 0) return works;
    for (const work of lacking) sending.orphaned(work);
    works = works.filter((work) => !lacking.includes(work));
  }
}
