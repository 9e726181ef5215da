import type { IncomingMessage, OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  gzipSync,
  type BrotliCompress,
  type Gzip,
} from 'node:zlib';

/** In bytes. A smaller answer takes a few packets either way, and compressing it takes longer than sending it. */
const least = 4 * 1024;
/**
 * In bytes. An answer in one piece up to this size is compressed synchronously, in well under a millisecond: a stream
 * costs several times as much, and waits for the thread pool three times.
 */
const atOnce = 32 * 1024;
const text = /^(text\/|application\/(json|problem\+json|javascript|xml|manifest\+json)|image\/svg\+xml)/;

/**
 * Answers that contain a secret beside text that somebody else may choose: their compressed length would leak the
 * secret. (The session token is in headers, which are not compressed.)
 */
const secrets =
  /^\/(api\/(auth|setup|invitations|demo|sign-in)\b|api\/organisations\/[^/]+\/invitations|(sign-in|setup|join)\b)/;

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** Compresses an answer with Brotli or gzip if the browser accepts it and compression is worthwhile. */
export function compressAnswer(request: IncomingMessage, response: ServerResponse): void {
  const coding = acceptedCoding(request.headers['accept-encoding']);
  if (!coding || request.method === 'HEAD' || secrets.test(request.url ?? '')) return;
  const plain = {
    writeHead: response.writeHead.bind(response) as (status: number) => ServerResponse,
    write: response.write.bind(response) as (chunk: Uint8Array) => boolean,
    end: response.end.bind(response) as () => ServerResponse,
  };
  let coder: Gzip | BrotliCompress | null = null;

  // The head is delayed until the first part of the body, so that the length of an answer in one piece is known.
  response.writeHead = (status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    if (typeof rest[0] === 'string') response.statusMessage = rest[0];
    setAll(response, rest.at(-1) as Headers | undefined);
    return response;
  };
  const begin = () => {
    if (response.headersSent) return;
    if (isWorthIt(response)) {
      response.removeHeader('content-length');
      response.setHeader('content-encoding', coding);
      coder = coderOf(coding, plain, response);
    }
    response.appendHeader('vary', 'accept-encoding');
    plain.writeHead(response.statusCode);
  };
  response.write = ((chunk: unknown, ...rest: unknown[]) => {
    begin();
    return (coder ? coder.write.bind(coder) : plain.write)(...([chunk, ...rest] as [never]));
  }) as typeof response.write;
  response.flushHeaders = begin;
  response.end = ((chunk?: unknown, ...rest: unknown[]) => {
    if (isBody(chunk) && !response.headersSent) {
      response.setHeader('content-length', Buffer.byteLength(chunk));
      if (Buffer.byteLength(chunk) <= atOnce && isWorthIt(response)) chunk = compressAtOnce(coding, chunk, response);
    }
    begin();
    (coder ? coder.end.bind(coder) : plain.end)(...([chunk, ...rest] as never[] as []));
    return response;
  }) as typeof response.end;
}

const isBody = (chunk: unknown): chunk is string | Uint8Array =>
  typeof chunk === 'string' || chunk instanceof Uint8Array;

function setAll(response: ServerResponse, headers: Headers | undefined): void {
  if (Array.isArray(headers)) {
    const pairs = Array.isArray(headers[0])
      ? (headers as unknown as [string, string][])
      : headers.flatMap((name, at) => (at % 2 === 0 ? [[String(name), headers[at + 1]!] as const] : []));
    for (const [name, value] of pairs) response.appendHeader(name, String(value));
  } else if (typeof headers === 'object') {
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  }
}

function isWorthIt(response: ServerResponse): boolean {
  const { statusCode: status } = response;
  if (status < 200 || status === 204 || status === 206 || status === 304) return false;
  if (response.hasHeader('content-encoding') || !text.test(String(response.getHeader('content-type') ?? '')))
    return false;
  return Number(response.getHeader('content-length') ?? least) >= least;
}

/** Compresses a body synchronously and sets its headers. `content-encoding` prevents a second compression. */
function compressAtOnce(coding: 'br' | 'gzip', body: string | Uint8Array, response: ServerResponse): Buffer {
  const packed = coding === 'br' ? brotliCompressSync(body, { params: brotliParams }) : gzipSync(body, { level });
  response.setHeader('content-length', packed.length);
  response.setHeader('content-encoding', coding);
  return packed;
}

/** The compression level with the lowest total time for a board. */
const level = 4;
const brotliParams = { [constants.BROTLI_PARAM_QUALITY]: level, [constants.BROTLI_PARAM_LGWIN]: 18 };

function coderOf(
  coding: 'br' | 'gzip',
  plain: { write(chunk: Uint8Array): boolean; end(): unknown },
  response: ServerResponse,
) {
  // Each write is flushed immediately: a page arrives in parts.
  const coder =
    coding === 'br'
      ? createBrotliCompress({ flush: constants.BROTLI_OPERATION_FLUSH, params: brotliParams })
      : createGzip({ flush: constants.Z_SYNC_FLUSH, level });
  coder.on('data', (chunk: Uint8Array) => {
    if (!plain.write(chunk)) coder.pause();
  });
  coder.on('drain', () => response.emit('drain'));
  coder.once('end', () => plain.end());
  response.on('drain', () => coder.resume());
  response.once('close', () => coder.destroy());
  return coder;
}

/** The accepted coding, preferring Brotli; null if neither is accepted. */
function acceptedCoding(header: string | string[] | undefined): 'br' | 'gzip' | null {
  const accepted = String(header ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]);
  return accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : null;
}
