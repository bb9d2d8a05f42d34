import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/**
 * `commits.ndjson`: one line a committed write.
 *
 * The lines are first written to the database in the same transaction as the resources and only then to the file, so
 * store and log cannot disagree: whatever a crash left out of the file is added at the next flush or start.
 */
export class CommitLog {
  readonly #database: DatabaseSync;
  readonly #file: number;
  #lastSeq: number;

  constructor(database: DatabaseSync, path: string) {
    this.#database = database;
    const lines = completeLines(path);
    const kept = database.prepare('SELECT seq, line FROM commit_line ORDER BY seq').all();
    if (lines.text.length > kept.length || lines.text.some((line, index) => line !== kept[index]?.line)) {
      // the log belongs to another database (the old one was removed by hand): keep it aside, never mix
      renameSync(path, `${path}.${Date.now()}.old`);
      lines.text = [];
      lines.bytes = 0;
    }
    this.#file = openSync(path, 'a+', 0o600);
    ftruncateSync(this.#file, lines.bytes); // a line cut short by a crash is written again in full
    this.#lastSeq = Number(kept[lines.text.length - 1]?.seq ?? 0);
    this.flush();
  }

  /** Brings the file up to the database and fsyncs it. */
  flush(): void {
    const rows = this.#database
      .prepare('SELECT seq, line FROM commit_line WHERE seq > ? ORDER BY seq')
      .all(this.#lastSeq);
    if (rows.length === 0) return;
    writeSync(this.#file, rows.map((row) => `${row.line}\n`).join(''));
    fsyncSync(this.#file);
    this.#lastSeq = Number(rows.at(-1)?.seq);
  }

  close(): void {
    closeSync(this.#file);
  }
}

function completeLines(path: string): { text: string[]; bytes: number } {
  if (!existsSync(path)) return { text: [], bytes: 0 };
  const content = readFileSync(path);
  const bytes = content.lastIndexOf(10) + 1;
  const text = content.subarray(0, bytes).toString('utf8').split('\n').slice(0, -1);
  return { text, bytes };
}
