import type { TypesetAnswer, TypesetJob } from '../ask-typesetter.ts';
import { typeset } from './typeset.ts';

// The typesetter's own process: one report after the other, until the service lets go.
process.on('message', ({ content, patientName }: TypesetJob) => process.send?.(write(content, patientName)));
process.on('disconnect', () => process.exit());

function write(content: TypesetJob['content'], patientName: string | undefined): TypesetAnswer {
  try {
    return { bytes: typeset(content, patientName) };
  } catch {
    return { failed: true };
  }
}
