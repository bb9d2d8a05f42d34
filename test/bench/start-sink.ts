import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface Sink {
  readonly base: string;
  /** Writes answered since it started. */
  served(): Promise<number>;
  /** Bodies of its first writes. */
  kept(): Promise<string[]>;
  stop(): void;
}

/** Starts the EHR that takes everything; it ends with us. */
export async function startSink(delayMs: number): Promise<Sink> {
  const child = fork(join(import.meta.dirname, 'sink.ts'), { env: { ...process.env, SINK_DELAY_MS: String(delayMs) } });
  const port = await new Promise<number>((resolve) => child.once('message', (message) => resolve(Number(message))));
  const origin = `http://127.0.0.1:${port}`;
  const ask = async <T>(path: string): Promise<T> => (await (await fetch(origin + path)).json()) as T;
  return {
    base: `${origin}/fhir`,
    served: () => ask<number>('/served'),
    kept: () => ask<string[]>('/kept'),
    stop: () => child.kill(),
  };
}
