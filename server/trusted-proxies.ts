import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/**
 * Whether to trust the proxy at this address about the client it forwards for; `hop` counts proxies from the board,
 * from 0.
 */
export type TrustedProxies = (address: string, hop: number) => boolean;

/**
 * Parses TRUST_PROXY: the number of proxies in front of the board, or their addresses and networks (`10.0.0.7,
 * fd00::/8`). Null if it is neither.
 */
export function readTrustedProxies(setting: string): TrustedProxies | null {
  if (/^\d{1,2}$/.test(setting.trim())) {
    const hops = Number(setting);
    return (_, hop) => hop < hops;
  }
  const list = new BlockList();
  for (const part of setting.split(',').map((text) => text.trim())) {
    const [address = '', prefix] = part.split('/');
    const family = isIP(address);
    const longest = family === 4 ? 32 : 128;
    if (family === 0 || (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest))) return null;
    list.addSubnet(address, prefix === undefined ? longest : Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}

/**
 * The client address of a request: the first one, from the connection through X-Forwarded-For from right to left, that
 * is not a trusted proxy. Without a trusted proxy only the connection counts, because anybody can write the header.
 */
export function clientAddress(trusted: TrustedProxies, peer: string, forwardedFor: string | null): string {
  const chain = (forwardedFor ?? '').split(',').flatMap((text) => {
    const address = bare(text.trim());
    return address ? [address] : [];
  });
  let address = bare(peer) ?? peer;
  for (let hop = 0; trusted(address, hop); hop++) {
    const before = chain.pop();
    if (!before) break;
    address = before;
  }
  return address;
}

/** The same for a request; empty if there is none, because a page called the API in process. */
export function addressOf(trusted: TrustedProxies, request: IncomingMessage | undefined): string {
  if (!request) return '';
  const header = request.headers['x-forwarded-for'];
  return clientAddress(
    trusted,
    request.socket.remoteAddress ?? '',
    Array.isArray(header) ? header.join() : (header ?? null),
  );
}

/** An address without port, brackets and the IPv4-mapped prefix of IPv6; null if it is not an address. */
function bare(text: string): string | null {
  const address = text.replace(/^\[([^\]]*)\](:\d+)?$/, '$1').replace(/^(\d+(\.\d+){3}):\d+$/, '$1');
  const mapped = /^::ffff:(\d+(\.\d+){3})$/i.exec(address)?.[1];
  return isIP(mapped ?? address) ? (mapped ?? address).toLowerCase() : null;
}
