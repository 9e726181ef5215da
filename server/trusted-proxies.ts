import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Whether to believe the proxy at this address about who it forwards for; `hop` counts proxies from the board, from 0. */
export type TrustedProxies = (address: string, hop: number) => boolean;

/**
 * Reads TRUST_PROXY: how many proxies stand before the board, or their addresses and networks (`10.0.0.7, fd00::/8`).
 * Null where it is neither.
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
 * Who a request came from: the last address in X-Forwarded-For, read from the right, that no trusted proxy has written.
 * Without a trusted proxy the header is what anybody may write, and only the connection counts.
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

/** The same for a request; empty where there is none, because a page asked in process. */
export function addressOf(trusted: TrustedProxies, request: IncomingMessage | undefined): string {
  if (!request) return '';
  const header = request.headers['x-forwarded-for'];
  return clientAddress(
    trusted,
    request.socket.remoteAddress ?? '',
    Array.isArray(header) ? header.join() : (header ?? null),
  );
}

/** Without port, brackets and the IPv4 that IPv6 wraps; null where it is no address. */
function bare(text: string): string | null {
  const address = text.replace(/^\[([^\]]*)\](:\d+)?$/, '$1').replace(/^(\d+(\.\d+){3}):\d+$/, '$1');
  const mapped = /^::ffff:(\d+(\.\d+){3})$/i.exec(address)?.[1];
  return isIP(mapped ?? address) ? (mapped ?? address).toLowerCase() : null;
}
