import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';

/** What the proxy does with a request instead of forwarding it; `pass` forwards it and returns the server's answer. */
export type ProxyFault = (request: IncomingMessage, response: ServerResponse, pass: () => void) => void;

export interface Proxy {
  url: string;
  /** Sets the answer for matching requests from now on; null: forward them. */
  fault(matches: (request: IncomingMessage) => boolean, fault: ProxyFault | null): void;
  /** Whether connections may be upgraded to WebSocket; an open connection is cut. */
  upgrades(allowed: boolean): void;
  /** Number of requests that met the fault. */
  met: number;
  close(): Promise<void>;
}

/** A proxy in front of the server, as in corporate networks. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port, host, origin } = new URL(target);
  /** The server trusts it under the public host name. */
  const headersOf = ({ headers }: IncomingMessage) => ({ ...headers, host, ...(headers.origin ? { origin } : {}) });
  const tunnels = new Set<Socket>();
  let matches: (request: IncomingMessage) => boolean = () => false;
  let fault: ProxyFault | null = null;
  let upgrades = true;

  const server = createServer((incoming, answer) => {
    const pass = () => forward(incoming, answer);
    if (!fault || !matches(incoming)) return pass();
    proxy.met++;
    fault(incoming, answer, pass);
  });
  const forward = (incoming: IncomingMessage, answer: ServerResponse) => {
    const { method, url } = incoming;
    const onward = request({ hostname, port, method, path: url, headers: headersOf(incoming) }, (said) => {
      if (answer.destroyed) return void said.resume();
      answer.writeHead(said.statusCode!, said.headers);
      said.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  };
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    if (!upgrades) return void socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    const onward = request({ hostname, port, path: incoming.url, headers: headersOf(incoming) });
    tunnels.add(socket);
    socket.on('close', () => tunnels.delete(socket)).on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
    onward.on('response', () => socket.destroy());
    onward.on('upgrade', (said, back, first) => {
      const lines = said.rawHeaders.flatMap((_, at, raw) => (at % 2 === 0 ? `${raw[at]}: ${raw[at + 1]}` : []));
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
      socket.write(first);
      back.write(head);
      back.pipe(socket).pipe(back);
      back.on('error', () => socket.destroy());
      socket.on('close', () => back.destroy());
    });
    onward.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const proxy: Proxy = {
    url: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    met: 0,
    fault(which, how) {
      proxy.met = 0;
      matches = which;
      fault = how;
    },
    upgrades(allowed) {
      upgrades = allowed;
      if (!allowed) for (const tunnel of tunnels) tunnel.destroy();
    },
    async close() {
      server.closeAllConnections();
      for (const tunnel of tunnels) tunnel.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

const json = { 'content-type': 'application/json' };
const answer =
  (status: number, headers: Record<string, string>, body: string): ProxyFault =>
  (incoming, response) => {
    incoming.resume();
    response.writeHead(status, headers).end(body);
  };

/** Faulty answers observed from intermediaries between page and server. */
export const proxyFaults: Readonly<Record<string, ProxyFault>> = {
  'HTML with 502': answer(502, { 'content-type': 'text/html' }, '<h1>502 Bad Gateway</h1>'),
  'JSON with 502': answer(502, json, '{"message":"Bad gateway"}'),
  'JSON with 429': answer(429, json, '{"message":"Too many requests"}'),
  'JSON with 429 and Retry-After': answer(429, { ...json, 'retry-after': '2' }, '{"message":"Too many requests"}'),
  'JSON of a gateway with 503': answer(503, json, '{"error":"upstream unavailable"}'),
  'HTML of a captive portal with 200': answer(200, { 'content-type': 'text/html' }, '<h1>Welcome to the hotel</h1>'),
  'JSON of a gateway with 401': answer(401, json, '{"error":"unauthorized"}'),
  'a redirect to a login page': (incoming, response) => {
    incoming.resume();
    response.writeHead(302, { location: '/sign-in' }).end();
  },
  'a cut before the server': (incoming) => void incoming.socket.destroy(),
  'a cut after the server did it': (incoming, response, pass) => {
    // The server's answer is dropped here.
    response.writeHead = () => {
      incoming.socket.destroy();
      return response;
    };
    pass();
  },
  'truncated JSON after the server did it': (_, response, pass) => {
    const { writeHead, end, write } = response;
    response.writeHead = ((status: number) => writeHead.call(response, status, json)) as typeof writeHead;
    response.write = (() => true) as typeof write;
    response.end = (() => end.call(response, '{"card": {"id": "', 'utf8')) as unknown as typeof end;
    pass();
  },
  'ten seconds of silence': (incoming) => {
    setTimeout(() => incoming.socket.destroy(), 10_000);
  },
};
