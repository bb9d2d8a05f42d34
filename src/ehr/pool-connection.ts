import { Pool } from 'undici';
import type { AnswerHead, Connection } from './ask.ts';

/**
 * Connections to one origin that are kept open: several times as fast as `fetch`, and they tell when the bytes have left,
 * so that "never sent" and "sent, but no answer" are not mixed up.
 */
export function openPool(
  origin: string,
  connections: number,
): { readonly connection: Connection; close(): Promise<void> } {
  const pool = new Pool(origin, { connections, connectTimeout: 10_000 });
  const connection: Connection = ({ url, method, headers, body }, { closedBy, sent, received }) =>
    new Promise((resolve, reject) => {
      let head: AnswerHead | undefined;
      pool.dispatch(
        // how long it may take is for whoever asks
        {
          origin,
          path: `${url.pathname}${url.search}`,
          method,
          headers: { ...headers },
          body: body ?? null,
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        {
          onRequestStart(controller) {
            closedBy((reason) => controller.abort(reason));
          },
          onRequestSent: sent,
          onResponseStart(_controller, status, answered) {
            head = { status, header: (name) => single(answered[name]) };
          },
          onResponseData(controller, piece) {
            try {
              received(piece);
            } catch (error) {
              controller.abort(error instanceof Error ? error : new Error('not wanted'));
            }
          },
          onResponseEnd() {
            if (head === undefined) reject(new Error('an answer without a head'));
            else resolve(head);
          },
          onResponseError(_controller, error) {
            reject(error);
          },
        },
      );
    });
  return { connection, close: () => pool.destroy() };
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
