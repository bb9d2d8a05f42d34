import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Json } from '../sandbox/open-sandbox.ts';
import { sendNaively } from './naive-client.ts';
import { openSimulator } from './open-simulator.ts';
import { base64, message, note, reading, response } from './sarahs-things.ts';
import { personToken } from './simulator-client.ts';

const id = (value: string) => ({ system: 'https://example.org/id', value });
const subject = { reference: 'Patient/sarah' };
const pdf = { attachment: { contentType: 'application/pdf', data: base64('%PDF-1.7') } };

/** A plan's things as a product would send them that knows nothing of the EHR in front of it. */
const things: Record<string, Json & { resourceType: string }> = {
  plan: { resourceType: 'CarePlan', identifier: [id('plan')], status: 'active', intent: 'plan', subject },
  step: { resourceType: 'Task', identifier: [id('step')], status: 'requested', intent: 'order', for: subject },
  log: typed(response('https://example.org/Questionnaire/exposure|1', 'went', { identifier: id('log') })),
  distress: typed(reading(id2('distress'), 'survey', { identifier: [id('distress')] })),
  pulse: typed(
    reading({ system: 'http://loinc.org', code: '8867-4' }, 'vital-signs', {
      identifier: [id('pulse')],
      method: { text: 'by hand' },
    }),
  ),
  report: typed(note({ identifier: [id('report')], content: [...note().content, pdf] })),
  feedback: typed(message({ identifier: [id('feedback')] })),
};

interface Outcome {
  /** In the chart not at all. */
  lost: string[];
  /** In the chart twice. */
  doubled: string[];
  /** In the chart, but not as it was sent: what is missing. */
  cut: Record<string, string[]>;
  /** In the chart, though the client believes that it never arrived. */
  believedLost: string[];
}

const byHand: Record<string, Outcome> = {
  epic: {
    lost: ['plan', 'step', 'log', 'distress', 'feedback'],
    doubled: ['report'],
    cut: { report: ['content[1]'] },
    believedLost: ['pulse'],
  },
  'oracle-health': {
    lost: ['plan', 'step', 'log', 'distress'],
    doubled: ['pulse', 'report', 'feedback'],
    cut: { pulse: ['identifier', 'method'] },
    believedLost: [],
  },
  athenahealth: {
    lost: ['plan', 'step', 'log', 'distress', 'pulse', 'report', 'feedback'],
    doubled: [],
    cut: {},
    believedLost: [],
  },
  meditech: {
    lost: ['plan', 'step', 'distress', 'pulse', 'report'],
    doubled: ['log', 'feedback'],
    cut: {},
    believedLost: [],
  },
  veradigm: {
    lost: ['plan', 'step', 'feedback'],
    doubled: ['log', 'distress', 'pulse', 'report'],
    cut: {},
    believedLost: [],
  },
};

it.each(Object.entries(byHand))('at %s it loses and doubles', async (vendor, expected) => {
  const { simulator, service, close } = await openSimulator(vendor);
  try {
    const token = await personToken(simulator, service, { user: 'Practitioner/dr-okafor', patient: 'sarah' });
    const arrived: string[] = [];
    for (const [name, thing] of Object.entries(things)) {
      // the first answer is lost on the way
      await simulator.fault({ method: 'POST', type: thing.resourceType, action: 'drop-after-commit', times: 1 });
      arrived.push(...(await sendNaively(simulator.fhirBase, token.access_token, { [name]: thing })));
      await simulator.clearFaults();
    }

    const stands: Record<string, Json[]> = {};
    for (const line of simulator.commits()) {
      const read = await fetch(`${simulator.fhirBase}/${line.type}/${line.id}`, {
        headers: { authorization: `Bearer ${token.access_token}` },
      });
      const resource = (await read.json()) as Json;
      const name = nameOf(resource);
      stands[name] = [...(stands[name] ?? []), resource];
    }
    const names = Object.keys(things);
    expect({
      lost: names.filter((name) => stands[name] === undefined),
      doubled: names.filter((name) => (stands[name]?.length ?? 0) > 1),
      cut: Object.fromEntries(
        names
          .map((name) => [name, missing(things[name] ?? {}, stands[name]?.[0])] as const)
          .filter(([, elements]) => elements.length > 0),
      ),
      believedLost: names.filter((name) => stands[name] !== undefined && !arrived.includes(name)),
    }).toEqual(expected);
  } finally {
    await close();
  }
});

it('is at most 40 lines long', () => {
  const text = readFileSync(join(import.meta.dirname, 'naive-client.ts'), 'utf8');
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});

function id2(code: string) {
  return { system: 'https://example.org/codes', code };
}

function typed(resource: Json): Json & { resourceType: string } {
  return { ...resource, resourceType: String(resource.resourceType) };
}

/** Which of the things a resource of the chart is: by its identifier, else by its code. */
function nameOf(resource: Json): string {
  const identifier = Array.isArray(resource.identifier) ? resource.identifier[0] : resource.identifier;
  if (identifier !== undefined) return String(identifier.value);
  return resource.code?.coding?.[0]?.code === '8867-4' ? 'pulse' : 'unknown';
}

/** What was sent and is not there. */
function missing(sent: Json, kept: Json | undefined): string[] {
  if (kept === undefined) return [];
  const elements = Object.keys(sent).filter((element) => kept[element] === undefined);
  return (sent.content?.length ?? 0) > (kept.content?.length ?? 0) ? [...elements, 'content[1]'] : elements;
}
