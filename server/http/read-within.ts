import { TooLarge } from './problem.ts';

/** Reads a body of at most `limit` bytes. Throws TooLarge before a larger one is read completely. */
export async function readWithin(
  body: ReadableStream<Uint8Array> | null,
  limit: number,
  headers: Headers,
): Promise<Uint8Array> {
  const tooLarge = new TooLarge('file', limit / 1024 / 1024);
  if (Number(headers.get('content-length') ?? 0) > limit) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
