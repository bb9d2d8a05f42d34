import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { IntersessionError } from '../../foundation/intersession-error.ts';
import type { ReportContent } from '../../homework/report/report-model.ts';

/** What goes over to the typesetter's process. */
export interface TypesetJob {
  readonly content: ReportContent;
  readonly patientName: string | undefined;
}

/** What comes back. */
export type TypesetAnswer = { readonly bytes: Uint8Array } | { readonly failed: true };

interface Waiting {
  readonly job: TypesetJob;
  readonly resolve: (bytes: Buffer) => void;
  readonly reject: (error: Error) => void;
}

const program = fileURLToPath(new URL('typeset/process.ts', import.meta.url));
/** Milliseconds that one report may take: five times what the longest that is let in was seen to take. */
const patience = 30_000;
/** Milliseconds without work after which the process is ended, and its memory given back. */
const idle = 60_000;
const longestQueue = 50;
/** Reports after which a process that never rests is replaced: what it remembers grows by some 70 kB a report. */
const lifetime = 500;

const queue: Waiting[] = [];
let child: ChildProcess | undefined;
let current: Waiting | undefined;
let timer: NodeJS.Timeout | undefined;
let served = 0;

/**
 * A report as PDF by the typesetter, which is native code and has a process of its own: it holds up nobody but who else waits for
 * a PDF, can be ended when it takes too long, and takes nobody along when it falls. The process starts with the first report,
 * inherits no environment, and ends a minute after the last.
 * @throws IntersessionError `pdf-unavailable`
 */
export function askTypesetter(job: TypesetJob): Promise<Buffer> {
  if (queue.length >= longestQueue) return Promise.reject(unavailable('too many reports are being written at once'));
  return new Promise((resolve, reject) => {
    queue.push({ job, resolve, reject });
    next();
  });
}

function next(): void {
  if (current !== undefined) return;
  current = queue.shift();
  if (current === undefined) {
    rest();
    return;
  }
  clearTimeout(timer);
  if (served >= lifetime) letGo();
  served += 1;
  child ??= start();
  child.ref();
  child.channel?.ref();
  timer = setTimeout(() => fell('it took too long'), patience);
  child.send(current.job, (error) => {
    if (error !== null) fell('it could not be reached');
  });
}

function settle(by: (waiting: Waiting) => void): void {
  const waiting = current;
  current = undefined;
  clearTimeout(timer);
  if (waiting !== undefined) by(waiting);
  next();
}

/** Nothing to do: the process keeps nobody from ending. */
function rest(): void {
  child?.unref();
  child?.channel?.unref();
  timer = setTimeout(letGo, idle).unref();
}

/** The process ends by itself, as nobody speaks to it any more. */
function letGo(): void {
  const gone = child;
  child = undefined;
  gone?.removeAllListeners();
  gone?.disconnect();
}

/** The process is given up, with the report that it was at; the next report gets a new one. */
function fell(problem: string): void {
  const gone = child;
  child = undefined;
  gone?.removeAllListeners();
  gone?.kill('SIGKILL');
  settle(({ reject }) => reject(unavailable(problem)));
}

function start(): ChildProcess {
  served = 1;
  const started = fork(program, {
    execArgv: [],
    env: {},
    serialization: 'advanced',
    // what it writes could be words of a report
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  started.on('message', (answer: TypesetAnswer) => {
    settle(({ resolve, reject }) =>
      'bytes' in answer ? resolve(Buffer.from(answer.bytes)) : reject(unavailable('the report could not be set')),
    );
  });
  started.on('error', () => fell('it could not be started'));
  started.on('exit', () => {
    if (child === started) fell('it ended unexpectedly');
  });
  return started;
}

function unavailable(problem: string): IntersessionError<'pdf-unavailable'> {
  return new IntersessionError('pdf-unavailable', { problem }, `No PDF could be written: ${problem}. Try again later.`);
}
