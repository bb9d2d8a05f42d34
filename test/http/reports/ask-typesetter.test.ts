import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasCode } from '../../../src/foundation/intersession-error.ts';
import { askTypesetter } from '../../../src/http/reports/ask-typesetter.ts';
import { aReport, sentences } from './every-script.ts';

const job = (lines: readonly string[]) => ({ content: aReport(lines), patientName: undefined });
const long = () => Array.from({ length: 1_500 }, (_, at) => `${at} ${sentences.Chinese}`);
const isPdf = (bytes: Buffer) => bytes.subarray(0, 5).toString() === '%PDF-';

/** The typesetter's process, among the children of this one. */
function typesetters(): readonly number[] {
  const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').trim().split(' ');
  return children
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('typeset/process.ts'))
    .map(Number);
}

describe('askTypesetter', () => {
  it('writes one after the other, in one process', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, (_, at) => askTypesetter(job([`report ${at}`]))));
    expect(all.every(isPdf)).toBe(true);
    expect(new Set(all.map((bytes) => bytes.toString('latin1'))).size).toBe(12);
  });

  it('refuses by name what would wait for too many others, and writes the rest', async () => {
    const answers = await Promise.allSettled(Array.from({ length: 60 }, () => askTypesetter(job(['a']))));
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBe(9);
    for (const refusal of refused)
      expect(refusal.status === 'rejected' && hasCode(refusal.reason, 'pdf-unavailable')).toBe(true);
  });

  it('refuses what it cannot set without saying what it was, and goes on', async () => {
    const { content } = job(['words of a patient']);
    const broken = { content: { ...content, date: 'no date' }, patientName: 'Sarah Whitfield' };
    const refused = await askTypesetter(broken).catch((error: Error) => error);
    expect(hasCode(refused, 'pdf-unavailable')).toBe(true);
    expect(JSON.stringify([refused, `${refused}`])).not.toMatch(/Whitfield|patient|no date/);
    expect(isPdf(await askTypesetter(job(['a'])))).toBe(true);
  });

  it.runIf(process.platform === 'linux')('loses one report when its process falls, and starts another', async () => {
    await askTypesetter(job(['a']));
    const before = typesetters();
    expect(before).toHaveLength(1);
    const [falls, next] = [askTypesetter(job(long())).catch((error: unknown) => error), askTypesetter(job(['b']))];
    process.kill(before[0] ?? 0, 'SIGKILL');
    expect(hasCode(await falls, 'pdf-unavailable')).toBe(true);
    expect(isPdf(await next)).toBe(true);
    expect(typesetters()).toHaveLength(1);
    expect(typesetters()).not.toEqual(before);
  });

  it.runIf(process.platform === 'linux')('is replaced after some hundred reports, and misses none', async () => {
    await askTypesetter(job(['a']));
    const before = typesetters();
    for (let hundred = 0; hundred < 10; hundred += 1) {
      await Promise.all(Array.from({ length: 50 }, () => askTypesetter(job(['a']))));
    }
    await askTypesetter(job(['a']));
    await expect.poll(() => typesetters().filter((pid) => before.includes(pid))).toEqual([]);
    expect(typesetters()).toHaveLength(1);
  });

  it.runIf(process.platform === 'linux')('gives its process nothing of the service’s environment', async () => {
    process.env.A_SECRET_OF_THE_SERVICE = 'told to nobody';
    onTestFinished(() => void delete process.env.A_SECRET_OF_THE_SERVICE);
    await askTypesetter(job(['a']));
    const [pid] = typesetters();
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toMatch(/SECRET|DATABASE_URL|HOME/);
  });
});
