import { crc32, deflateSync, inflateSync } from 'node:zlib';

export interface Grey {
  readonly width: number;
  readonly height: number;
  /** A byte a pixel. */
  readonly grey: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A grey picture as PNG, 4 bits a pixel, for eyes. @see https://www.w3.org/TR/png-3/ */
export function toPng({ width, height, grey }: Grey): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 4;
  const stride = Math.ceil(width / 2);
  const rows = Buffer.alloc((stride + 1) * height);
  grey.forEach((value, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    const at = y * (stride + 1) + 1 + (x >> 1);
    rows[at] = (rows[at] ?? 0) | ((value >> 4) << (x % 2 === 0 ? 4 : 0));
  });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Reads what `toPng` wrote: one IDAT, no filter. */
export function fromPng(png: Buffer): Grey {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const rows = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
  const stride = Math.ceil(width / 2);
  const grey = Uint8Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    const pair = rows[y * (stride + 1) + 1 + (x >> 1)] ?? 0;
    return (x % 2 === 0 ? pair >> 4 : pair & 15) * 17;
  });
  return { width, height, grey };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
