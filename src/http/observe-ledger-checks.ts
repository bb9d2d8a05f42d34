import { Gauge, type Registry } from 'prom-client';
import { findingKinds } from '../homework/ledger/finding-kind.ts';
import type { HomeworkRecord } from '../record/homework-record.ts';
import { type LastCheck, lastChecks } from '../record/ledger/check/last-checks.ts';

/** Measures what each tenant's last check of the ledger found, and when; read from the database when it is asked for. */
export function observeLedgerChecks(record: HomeworkRecord, metrics: Registry): void {
  let reading: Promise<readonly LastCheck[]> | undefined;
  // once for all of them; without the database they are told as they were, and /ready says that it is away
  const last = (): Promise<readonly LastCheck[]> => {
    reading ??= lastChecks(record)
      .catch(() => [])
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const gauge = <Label extends string>(
    description: { readonly name: string; readonly help: string; readonly labelNames: readonly Label[] },
    set: (gauge: Gauge<Label>, check: LastCheck) => void,
  ): void => {
    const made: Gauge<Label> = new Gauge({
      ...description,
      registers: [metrics],
      async collect() {
        for (const check of await last()) set(made, check);
      },
    });
  };
  gauge(
    {
      name: 'intersession_ledger_check_finished_timestamp_seconds',
      help: 'When the last check of the ledger against the EHR came to its end',
      labelNames: ['tenant'],
    },
    (made, { tenant, finishedAt }) => made.set({ tenant }, Date.parse(finishedAt) / 1000),
  );
  gauge(
    {
      name: 'intersession_ledger_check_rows',
      help: 'Ledger rows that the last check held against the EHR',
      labelNames: ['tenant'],
    },
    (made, { tenant, checked }) => made.set({ tenant }, checked),
  );
  gauge(
    {
      name: 'intersession_ledger_check_findings',
      help: 'What the last check found, by kind; unsettled and unreadable are rows that could not be compared',
      labelNames: ['tenant', 'kind'],
    },
    (made, { tenant, kinds }) => {
      for (const kind of findingKinds) made.set({ tenant, kind }, kinds[kind] ?? 0);
    },
  );
}
