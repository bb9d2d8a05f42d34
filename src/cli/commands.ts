import type { Command } from './command.ts';
import { demoCommand } from './demo/demo-command.ts';
import { doctorCommand } from './doctor/doctor-command.ts';
import { exportCommand } from './export-command.ts';
import { importCommand } from './import-command.ts';
import { ledgerCommand } from './ledger-command.ts';
import { migrateCommand } from './migrate-command.ts';
import { sandboxCommand } from './sandbox-command.ts';
import { startCommand } from './start-command.ts';

/** Every command, in the order in which a newcomer needs them. */
export const commands: readonly Command[] = [
  startCommand,
  demoCommand,
  doctorCommand,
  ledgerCommand,
  exportCommand,
  importCommand,
  migrateCommand,
  sandboxCommand,
];
